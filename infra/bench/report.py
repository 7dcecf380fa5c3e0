"""Tells the figures: a table on the screen, and a file for machines."""

import json
import os
import platform
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from infra.bench.figures import Figure, Samples, Section
from infra.times import iso

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "bench.json"
SCHEMA = 1


def machine() -> dict[str, Any]:
    """Say what it was measured on."""
    with Path("/proc/cpuinfo").open() as told:
        processor = next((line.split(":")[1].strip() for line in told if line.startswith("model name")), platform.processor())
    return {
        "processor": processor,
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def document(sections: Sequence[Section]) -> dict[str, Any]:
    """Write all figures with where, when and of which state of the code they were measured."""
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, check=False, capture_output=True, text=True)
    figures = {section.title: [figure.document() for figure in section.figures] for section in sections}
    return {"schema": SCHEMA, "at": iso(time.time()), "commit": commit.stdout.strip(), "machine": machine(), "sections": figures}


def write(sections: Sequence[Section]) -> None:
    """Write the file."""
    FILE.write_text(json.dumps(document(sections), indent=1) + "\n")


def table(sections: Sequence[Section]) -> Table:
    """Lay out the figures, two lines for each: what and beside what, medians, and from the least to the most."""
    told = Table(box=SIMPLE_HEAD, pad_edge=False, title="Kursdag beside its floors: medians, least to most", title_justify="left")
    told.add_column("")
    for heading in ("Kursdag", "Floor", "Ratio", "At most"):
        told.add_column(heading, justify="right", no_wrap=True)
    for section in sections:
        told.add_section()
        shared = _shared_floor(section)
        told.add_row(f"[bold]{section.title}[/]" + (f"\n[dim]floor: {shared}[/]" if shared else ""))
        for figure in section.figures:
            told.add_row(*_row(figure, "" if shared else f"\n[dim]  {figure.floor.what}[/]"))
    return told


def _shared_floor(section: Section) -> str:
    """Name the floor of a section's figures, where it is the same for several."""
    floors = {figure.floor.what for figure in section.figures}
    return floors.pop() if len(floors) == 1 < len(section.figures) else ""


def _row(figure: Figure, floor: str) -> tuple[str, ...]:
    ratio = "–" if figure.ratio is None else f"{figure.ratio:.2f}"
    what = f"{figure.ours.what}, {figure.unit}{floor}"
    return what, _spread(figure.ours), _spread(figure.floor), ratio, _target(figure)


def _spread(samples: Samples) -> str:
    least, most = min(samples.values), max(samples.values)
    return number(samples.median) + (f"\n[dim]{number(least)}–{number(most)}[/]" if least < most else "")


def _target(figure: Figure) -> str:
    if figure.met is None:
        return ""
    target = number(figure.most) if figure.most is not None else f"{figure.most_ratio:g} ×"
    return target + ("" if figure.met else " [red]missed[/]")


def number(value: float) -> str:
    """Write a number with three digits that count, or whole."""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"  # noqa: PLR2004 – three digits


def show(sections: Sequence[Section]) -> None:
    """Print the table."""
    Console().print(table(sections))

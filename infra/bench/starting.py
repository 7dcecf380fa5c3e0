"""What a fresh interpreter spends until a function could take its first event."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from infra.bench.figures import Figure, Samples, Section
from infra.bench.measuring import MILLI
from infra.stack.access import environment

ROOT = Path(__file__).resolve().parents[2]

REPORT = "import time; print(time.process_time())"
FLOOR = f"import flask, boto3; boto3.client('dynamodb'); {REPORT}"
STARTED = "from functions.{function}.handler import handler; from shared.store.client import client; client(); " + REPORT
MOST = {"answer": 1.4}
"""Targets, as multiples of the floor, by function."""


def functions() -> list[str]:
    """Name every function there is."""
    return sorted(path.parent.name for path in (ROOT / "functions").glob("*/handler.py"))


def starting(repetitions: int, names: list[str], *, compiled: bool) -> Section:
    """Measure each function's import and first client against Flask's and a client's, with or without compiled modules at hand."""
    programs = {"flask and one client": FLOOR} | {name: STARTED.format(function=name) for name in names}
    with tempfile.TemporaryDirectory() as modules:
        if compiled:
            _all_spent(programs, Path(modules), compile_them=True)
        turns = [_all_spent(programs, Path(modules), compile_them=False) for _ in range(repetitions)]
    floor, *ours = (Samples(name, tuple(turn[name] for turn in turns)) for name in programs)
    title = "Cold import" if compiled else "Cold import without compiled modules"
    figures = [Figure("ms CPU", samples, floor, most_ratio=MOST.get(samples.what) if compiled else None) for samples in ours]
    return Section(title, figures)


def _all_spent(programs: dict[str, str], modules: Path, *, compile_them: bool) -> dict[str, float]:
    """Run programs one after the other, with the compiled modules of one folder alone."""
    return {name: _spent(program, modules, compile_them=compile_them) for name, program in programs.items()}


def _spent(program: str, modules: Path, *, compile_them: bool) -> float:
    """Run a program in an interpreter of its own; return its milliseconds of CPU, user and system, start included."""
    said = subprocess.run(
        [sys.executable, "-X", f"pycache_prefix={modules}", "-c", program],
        cwd=ROOT,
        env=os.environ | environment(1) | {"PYTHONDONTWRITEBYTECODE": "" if compile_them else "1"},
        check=True,
        capture_output=True,
        text=True,
    )
    return MILLI * float(said.stdout)

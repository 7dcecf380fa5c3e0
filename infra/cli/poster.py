"""The command about posters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console

from infra.known import known_programme
from infra.publishing import Faulty
from infra.service import connect
from shared import posters
from shared.posters import Shape
from shared.programmes import Day, Programme, day_of
from shared.rounds import Round, opens
from shared.store import published

screen = Console(highlight=False)


@click.command()
@click.argument("programme")
@click.argument("day", required=False)
@click.option("--slide", is_flag=True, help="For a screen, 16:9, instead of a sheet of A4.")
@click.option("-o", "folder", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="The folder to write to.")
def poster(programme: str, day: str | None, slide: bool, folder: Path) -> None:
    """Draw a poster with a QR code for each gathering of a course day, or of all: who scans it gets her own link by mail."""
    service = connect()
    declared = known_programme(programme)
    shape: Shape = "slide" if slide else "a4"
    folder.mkdir(parents=True, exist_ok=True)
    for found in _rounds(declared, day):
        for gathering in day_of(declared, found.day).gatherings:
            path = folder / posters.file_name(found, gathering.id, shape)
            drawn = posters.svg(posters.poster(service.outputs["BaseAddress"], declared, found, gathering), shape)
            path.write_text(drawn, encoding="utf-8")
            screen.print(str(path), soft_wrap=True, markup=False)


def _rounds(declared: Programme, day: str | None) -> Iterator[Round]:
    """Choose for each day the round that opens first: a poster leads to everything that is open."""
    about_days = sorted((found for found in published.rounds(declared.id).values() if found.evaluates), key=opens)
    known = {found.day: found for found in reversed(about_days)}
    days = [item for item in declared.days if item.id in known]
    if day and day not in known:
        raise Faulty([f"{declared.id} has no published round about a day {day}; it has: {_names(days)}"])
    yield from (known[item.id] for item in days if day in (None, item.id))


def _names(days: list[Day]) -> str:
    return ", ".join(item.id for item in days) or "none"

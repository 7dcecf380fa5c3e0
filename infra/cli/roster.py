"""Commands about who takes part: roster import, roster template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from rich.console import Console

from infra import roster_import
from infra.known import known_programme
from infra.publishing import Faulty
from infra.roster_import import Plan
from infra.service import Service, connect
from shared.programmes import Programme
from shared.rosters.attendance import left_out
from shared.rosters.changes import Changed, Changes, differences
from shared.rosters.columns import known_fields
from shared.rosters.files import table
from shared.rosters.people import Row, Table, places
from shared.rosters.template import template
from shared.store import roster as rosters
from shared.store.roster import ImportUnderWay

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
screen, errors = Console(highlight=False), Console(stderr=True, highlight=False)

SHOWN = 50
"""Lines of each kind that a plan shows."""


@click.group()
def roster() -> None:
    """Who takes part."""


@roster.command("import")
@click.argument("programme")
@click.argument("file", type=FILE)
@click.option("--plan", "plan_only", is_flag=True, help="Only show what would change.")
@click.option("--column", "columns", multiple=True, metavar="FIELD=HEADING", help='Say which column is what, like email="Kontakt".')
@click.option("--valid-part", is_flag=True, help="Import the rows that are valid, although others have faults.")
@click.option("--leave", is_flag=True, help="Whoever is on file and not in this file leaves today.")
@click.option("--same", metavar="ROWS", help="Rows of people on file who have a new address: 7,9; or all; or none.")
def import_roster(
    programme: str, file: Path, *, plan_only: bool, columns: tuple[str, ...], valid_part: bool, leave: bool, same: str | None
) -> None:
    """Import a CSV or XLSX file of participants: email, name, language, role, and the programme's unit columns.

    Headings are understood in Danish, Norwegian, Swedish and English. Nothing is imported while a row has a fault, unless
    --valid-part says so.
    """
    service = connect()
    declared = known_programme(programme)
    read = table(file.read_bytes(), declared, _by_hand(columns, declared), _units_on_file(programme))
    if read.faults and not (plan_only or (valid_part and read.rows)):
        raise Faulty([f"{file}: {fault}" for fault in read.faults])
    plan = roster_import.planned(declared, read, same=_same(same, read), leave=leave)
    if not plan_only:
        _ask(file, plan.changes, same)
        try:
            roster_import.carry_out(programme, plan)
        except ImportUnderWay as error:
            _note(service, programme, plan.changes, error.stored)
            raise
        _note(service, programme, plan.changes, len(plan.changes.new) + len(plan.changes.stored))
    _tell(file, read, plan, declared, in_full=plan_only)
    screen.print("Nothing was stored: this is the plan." if plan_only else "Imported.")
    if plan_only and read.faults:
        raise Faulty([f"{file}: {fault}" for fault in read.faults])


def _note(service: Service, programme: str, changes: Changes, stored: int) -> None:
    """Note what was stored, the new first."""
    new = min(stored, len(changes.new))
    if stored:
        service.note(programme, "imported", str(new), str(stored - new))


@roster.command("template")
@click.argument("programme")
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it; PROGRAMME-roster.xlsx unless said.")
@click.option("--language", help="The headings' language; the programme's first unless said.")
def write_template(programme: str, output: Path | None, language: str | None) -> None:
    """Write an Excel file to fill in: the programme's columns, with lists to choose from."""
    connect()
    declared = known_programme(programme)
    if language and language not in declared.languages:
        raise Faulty([f"the programme does not offer {language}: it has {', '.join(declared.languages)}"])
    path = output or Path(f"{programme}-roster.xlsx")
    path.write_bytes(template(declared, language or declared.languages[0], _units_on_file(programme)))
    screen.print(f"Written: {path}", soft_wrap=True)


def _units_on_file(programme: str) -> list[tuple[str, ...]]:
    return [place.units for person in rosters.people(programme) for place in places(person.participant)]


def _by_hand(columns: Iterable[str], programme: Programme) -> dict[str, str]:
    named = dict(text.partition("=")[::2] for text in columns)
    known = known_fields(programme)
    if strangers := [field for field in named if field not in known or not named[field]]:
        raise click.UsageError(
            f"--column takes FIELD=HEADING, and {', '.join(strangers)} is no field with a heading: there is {', '.join(known)}"
        )
    return named


def _same(same: str | None, read: Table) -> frozenset[int]:
    if same is None or same == "none":
        return frozenset()
    numbers = {row.number for row in read.rows}
    if same == "all":
        return frozenset(numbers)
    try:
        return frozenset(map(int, same.split(",")))
    except ValueError:
        raise click.UsageError("--same takes row numbers with commas between them, or all, or none") from None


def _ask(file: Path, changes: Changes, same: str | None) -> None:
    """Stop where somebody must say who is the same person: taken for two, she would get every mail twice."""
    asking = [doubt for doubt in changes.doubts if doubt.asks]
    if asking and same is None:
        raise Faulty([*(f"{file}: {doubt}" for doubt in asking), "say which with --same ROWS, or --same all, or --same none"])


def _tell(file: Path, read: Table, plan: Plan, programme: Programme, *, in_full: bool) -> None:
    changes = plan.changes
    if in_full:
        for line in _lines(changes):
            screen.print(line, markup=False, soft_wrap=True)
    if read.unread:
        screen.print(f"not read: {', '.join(read.unread)}", markup=False, soft_wrap=True)
    counts = (len(changes.new), len(changes.changed), changes.unchanged, len(changes.missing))
    leaving = f", {len(changes.leaving)} leave today" if changes.leaving else ""
    screen.print("{} new, {} changed, {} unchanged, {} not in this file".format(*counts) + leaving)
    for warning in [*changes.doubts, *left_out((row.participant for row in read.rows), programme)]:
        errors.print(f"warning: {warning}", markup=False, soft_wrap=True)
    if read.faults and not in_full:
        for fault in read.faults:
            errors.print(f"left out: {file}: {fault}", markup=False, soft_wrap=True)


def _lines(changes: Changes) -> Iterator[str]:
    yield from _some("new", [_new(row) for row in changes.new])
    yield from _some("changed", [_changed(item) for item in changes.changed])
    yield from _some("leaves", [item.before.email for item in changes.leaving])
    yield from _some("stays", [f"{person.email} (on file, not in this file)" for person in changes.missing])


def _some(kind: str, lines: list[str]) -> Iterator[str]:
    yield from (f"{kind:<8} {line}" for line in lines[:SHOWN])
    if len(lines) > SHOWN:
        yield f"{kind:<8} … and {len(lines) - SHOWN} more"


def _new(row: Row) -> str:
    person = row.participant
    return f"row {row.number}: {person.email}, {person.name}, {' › '.join([*person.units, person.role])}"


def _changed(item: Changed) -> str:
    where = f"row {item.row}: {item.after.email}" if item.row else item.after.email
    told = "; ".join(f"{what} {old or '–'} → {new or '–'}" for what, old, new in differences(item.before, item.after))
    return f"{where}: {told}"

"""The command about buddies: a draw, shown before it is stored."""

from __future__ import annotations

from collections.abc import Iterator
from secrets import randbelow

import click
from rich.console import Console

from infra.publishing import Faulty
from infra.roster_import import today
from infra.service import connect
from shared.programmes import Programme
from shared.rosters import buddy_draw
from shared.rosters.buddy_draw import PAIR, TRIAD, Draw
from shared.rosters.people import Participant
from shared.store import buddies as pairs
from shared.store import published

screen = Console(highlight=False)

MANY = 1_000_000


@click.command()
@click.argument("programme")
@click.option("--size", type=click.IntRange(PAIR, TRIAD), default=PAIR, help="Pairs (2, unless said) or triads (3).")
@click.option("--apart", metavar="UNIT", help="Never two of one: the name of a unit column, like school.")
@click.option("--role", "roles", multiple=True, help="Only people of this role; unless said, those who get a form that buddies share.")
@click.option("--seed", type=click.IntRange(0), help="The number of a draw, to have the same one again.")
@click.option("--yes", is_flag=True, help="Don't ask before storing it.")
def buddies(programme: str, *, size: int, apart: str | None, roles: tuple[str, ...], seed: int | None, yes: bool) -> None:
    """Draw learning buddies by lot for those who have none, and store them on the participant list.

    Whoever has a buddy keeps her. Of an odd number, three are one another's buddies.
    """
    service = connect()
    declared = published.programme(programme)
    if declared is None:
        raise Faulty([f"{programme} is not published; run `kursdag publish` first"])
    depth = _depth(declared, apart)
    if strangers := set(roles) - set(declared.roles):
        raise Faulty([f"the programme has no role {', '.join(sorted(strangers))}: there is {', '.join(declared.roles)}"])
    number = randbelow(MANY) if seed is None else seed
    seen, people = pairs.standing(programme, today(declared))
    found = buddy_draw.draw(people, roles or pairs.sharing_roles(declared), size, depth, number)
    for line in _lines(found, people):
        screen.print(line, markup=False, soft_wrap=True)
    screen.print(f"{len(found.kept)} kept, {len(found.drawn)} drawn, {len(found.alone)} alone; the number of this draw is {number}")
    if found.drawn:
        if not yes:
            click.confirm("Store this?", abort=True)
        service.note(programme, "paired", str(pairs.put(programme, seen, found.drawn)))
        screen.print("Stored.")


def _depth(programme: Programme, unit: str | None) -> int:
    if unit is None:
        return 0
    if unit not in programme.units:
        raise Faulty([f"the programme has no unit column {unit}: there is {', '.join(programme.units) or 'none'}"])
    return programme.units.index(unit) + 1


def _lines(found: Draw, people: dict[str, Participant]) -> Iterator[str]:
    for kind, groups in (("kept", found.kept), ("drawn", found.drawn)):
        for group in groups:
            yield f"{kind:<6} {' · '.join(_named(people[name]) for name in group)}"
    for name in found.alone:
        yield f"alone  {_named(people[name])}"


def _named(person: Participant) -> str:
    return f"{person.name} ({', '.join([*person.units, person.email])})"

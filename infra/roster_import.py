"""Imports a roster: what would change, and changing it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from shared import clock, schedule
from shared.programmes import Programme
from shared.rosters.changes import Changes, changes
from shared.rosters.people import COLUMNS, OPTIONAL, Participant, Row, Table
from shared.store import roster


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do to a roster that was read at this version."""

    version: int
    changes: Changes


def planned(programme: Programme, table: Table, *, same: Set[int] = frozenset(), leave: bool = False) -> Plan:
    """Compare a table with the roster on file."""
    version = roster.version(programme.id)
    held = {person.id: person.participant for person in roster.people(programme.id)}
    return Plan(version, changes(held, table, programme, today(programme), same=same, leave=leave))


def today(programme: Programme) -> str:
    """Return the date in a programme's zone."""
    return schedule.wall_clock(clock.wall_time(), programme.timezone).date().isoformat()


def as_table(participants: Sequence[Participant]) -> Table:
    """Make a table of participants who come from no file."""
    return Table(tuple(Row(number, person) for number, person in enumerate(participants, 2)), frozenset((*COLUMNS, *OPTIONAL)))


def carry_out(programme: str, plan: Plan) -> None:
    """Store what is new or changed; raise `ImportUnderWay` where the roster was changed since it was read."""
    roster.put_changes(programme, plan.version, plan.changes)

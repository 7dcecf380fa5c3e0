"""Imports a roster: what would change, and changing it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from shared.rosters import Participant
from shared.store import roster
from shared.store.roster import Person

AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Change:
    """What an import would do to a roster that was read at this version."""

    version: int
    new: tuple[Person, ...]
    changed: tuple[Person, ...]
    unchanged: int
    absent: int
    """People on file whom the imported file does not name; they stay."""


def planned(programme: str, participants: Sequence[Participant]) -> Change:
    """Compare a file with the roster, by address."""
    version = roster.version(programme)
    held = {person.participant.email.casefold(): person for person in roster.people(programme)}
    return compared(version, held, participants)


def compared(version: int, held: dict[str, Person], participants: Sequence[Participant]) -> Change:
    """Sort participants into new, changed and unchanged ones."""
    new = [item for item in participants if item.email.casefold() not in held]
    known = [(held[item.email.casefold()], item) for item in participants if item.email.casefold() in held]
    changed = [replace(person, participant=item) for person, item in known if person.participant != item]
    return Change(
        version,
        new=tuple(map(roster.new_person, new)),
        changed=tuple(changed),
        unchanged=len(known) - len(changed),
        absent=len(held) - len(known),
    )


def carry_out(programme: str, change: Change) -> None:
    """Store what is new or changed; raise `ImportUnderWay` where the roster was changed since it was read."""
    stored = change.new + change.changed
    if not stored:
        return
    roster.raise_version(programme, change.version)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda person: roster.put_person(programme, person), stored))

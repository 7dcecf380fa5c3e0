"""Rosters: who takes part, where she belongs, and from when until when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from shared.phrases import Phrase

COLUMNS = ("email", "name", "language", "role")
"""What a roster says of everybody; the programme's unit columns come on top."""
OPTIONAL = ("gathering", "buddy", "team", "from")
"""What it says where a programme needs it."""

MAX_ROWS = 20_000
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody belongs, and as what, from a date on."""

    since: str
    """A date, "2027-08-01"; empty for from the start."""
    role: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody on the roster."""

    email: str
    name: str
    language: str
    role: str
    units: tuple[str, ...]
    """From top to bottom, as the programme names its unit columns."""
    since: str = ""
    """The date from which she takes part with this role in these units; empty for from the start."""
    later: tuple[Place, ...] = ()
    """Where she belongs afterwards, by date."""
    gatherings: tuple[str, ...] = ()
    """The ids of gatherings that she attends instead of her unit's."""
    buddy: str = ""
    """The address of her buddy."""
    team: str = ""
    left: str = ""
    """The date from which she no longer takes part; empty while she does."""


def places(person: Participant) -> tuple[Place, ...]:
    """List where somebody belongs, from the first place to the last."""
    return (Place(person.since, person.role, person.units), *person.later)


def placed(person: Participant, found: Iterable[Place]) -> Participant:
    """Give somebody these places, by date; one that only repeats the place before it is left out."""
    first, *others = sorted(found, key=lambda place: place.since)
    kept = [first]
    kept += [new for old, new in pairwise([first, *others]) if (new.role, new.units) != (old.role, old.units)]
    return replace(person, since=first.since, role=first.role, units=first.units, later=tuple(kept[1:]))


def as_of(person: Participant, day: str) -> Participant | None:
    """Return somebody with the role and units that she has on a date; None if she does not take part then."""
    past = [place for place in places(person) if place.since <= day]
    if not past or (person.left and person.left <= day):
        return None
    return replace(person, role=past[-1].role, units=past[-1].units)


def has_left(person: Participant, today: str) -> bool:
    """Tell whether somebody no longer takes part; a substitute for one day leaves on the next."""
    return bool(person.left) and person.left <= today


@dataclass(frozen=True, slots=True)
class Row:
    """A participant as a table has her."""

    number: int
    participant: Participant


@dataclass(frozen=True, slots=True)
class RowFault:
    """Something wrong in a roster's table; rows count from 1, as a spreadsheet shows them."""

    row: int
    column: str
    """Empty where the fault is in no one column."""
    message: Phrase

    def __str__(self) -> str:
        place = f"row {self.row}, {self.column}" if self.column else f"row {self.row}"
        return f"{place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Table:
    """What a roster's file says."""

    rows: tuple[Row, ...]
    """The rows that are valid; the faults tell of the others."""
    says: frozenset[str]
    """The fields it has columns for: of the others it says nothing, and nobody's change."""
    faults: tuple[RowFault, ...] = ()
    unread: tuple[str, ...] = ()
    """Headings of columns that are no part of a roster."""
    headings: tuple[str, ...] = ()

"""What a table would change in a roster: who is new, changed, missing, and what is doubtful; nothing is written here."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from shared.phrases import Phrase, _
from shared.programmes import Programme
from shared.rosters.people import Participant, Place, Row, Table, as_of, placed, places
from shared.rosters.units import declared_units, near_spellings

Held = Mapping[str, Participant]
"""The people on file, by id."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody on file, as she is and as she would be."""

    id: str
    before: Participant
    after: Participant
    row: int = 0
    """0 where no row names her."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a table that may be meant, or may be a slip."""

    row: int
    message: Phrase
    asks: bool = False
    """Somebody must say whether she is the same person."""

    def __str__(self) -> str:
        return f"row {self.row}: {self.message}"


@dataclass(frozen=True, slots=True)
class Changes:
    """What a table would change."""

    new: tuple[Row, ...]
    changed: tuple[Changed, ...]
    leaving: tuple[Changed, ...]
    missing: tuple[Participant, ...]
    """People on file whom the table does not name, and who stay."""
    unchanged: int
    doubts: tuple[Doubt, ...]

    @property
    def stored(self) -> tuple[Changed, ...]:
        """List everybody on file who would be written anew."""
        return self.changed + self.leaving


def changes(held: Held, table: Table, programme: Programme, today: str, *, same: Set[int] = frozenset(), leave: bool = False) -> Changes:
    """Compare a table with a roster, by address; rows in ``same`` are people on file who have a new address."""
    comparing = _Comparing(held, table, today)
    known = {row.number: found for row in table.rows if (found := comparing.known(row, same))}
    both = [_told_anew(known[row.number], held, row, table, today) for row in table.rows if row.number in known]
    changed = [item for item in both if item.before != item.after]
    named = set(known.values())
    missing = [Changed(name, person, replace(person, left=today)) for name, person in held.items() if name not in named and not person.left]
    return Changes(
        new=tuple(row for row in table.rows if row.number not in known),
        changed=(*changed, *following(held, changed)),
        leaving=tuple(missing) if leave else (),
        missing=() if leave else tuple(item.before for item in missing),
        unchanged=len(both) - len(changed),
        doubts=tuple(sorted(comparing.doubts(programme, known), key=lambda doubt: doubt.row)),
    )


def _told_anew(name: str, held: Held, row: Row, table: Table, today: str) -> Changed:
    """Put what a row tells of somebody beside what is on file."""
    return Changed(name, held[name], retold(held[name], row.participant, table.says, today), row.number)


def following(held: Held, changed: Sequence[Changed]) -> Iterator[Changed]:
    """Give those whose buddy has a new address that address."""
    moved = {item.before.email.casefold(): item.after.email for item in changed if item.before.email != item.after.email}
    written = {item.id for item in changed}
    for name, person in held.items():
        if name not in written and person.buddy.casefold() in moved:
            yield Changed(name, person, replace(person, buddy=moved[person.buddy.casefold()]))


@dataclass
class _Comparing:
    """A roster beside a table, looked up by address, and by name and units."""

    held: Held
    table: Table
    today: str

    def __post_init__(self) -> None:
        # Whoever has left gives way to somebody with the same address who has not.
        by_leaving = sorted(self.held, key=lambda name: not self.held[name].left)
        self.by_email = {self.held[name].email.casefold(): name for name in by_leaving}
        self.in_table = {row.participant.email.casefold() for row in self.table.rows}
        self.alike: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
        for name, person in self.held.items():
            if person.email.casefold() not in self.in_table:
                self.alike[_likeness(as_of(person, self.today) or person)].append(name)

    def known(self, row: Row, same: Set[int]) -> str | None:
        """Find a row's person on file."""
        return self.by_email.get(row.participant.email.casefold()) or (self.likely(row) if row.number in same else None)

    def likely(self, row: Row) -> str | None:
        """Find the one on file who has a row's name and units, but an address that the table does not name."""
        found = self.alike.get(_likeness(row.participant), [])
        return found[0] if len(found) == 1 else None

    def doubts(self, programme: Programme, known: Mapping[int, str]) -> Iterator[Doubt]:
        yield from self._people(known)
        yield from self._buddies()
        yield from self._units(programme)

    def _people(self, known: Mapping[int, str]) -> Iterator[Doubt]:
        for row in self.table.rows:
            found = known.get(row.number)
            likely = None if found else self.likely(row)
            if likely:
                text = _("{name} is on file at the same place as {address}: is this the same person with a new address?")
                person = self.held[likely]
                yield Doubt(row.number, Phrase(text, {"name": person.name, "address": person.email}), asks=True)
            elif found and self.held[found].left:
                text = _("{name} has left on {date}, and stays so: the desk can take her back")
                yield Doubt(row.number, Phrase(text, {"name": row.participant.name, "date": self.held[found].left}))

    def _buddies(self) -> Iterator[Doubt]:
        for row in self.table.rows:
            buddy = row.participant.buddy.casefold()
            if buddy and buddy not in self.in_table and buddy not in self.by_email:
                text = _("the buddy {address} is neither in this table nor on file")
                yield Doubt(row.number, Phrase(text, {"address": row.participant.buddy}))

    def _units(self, programme: Programme) -> Iterator[Doubt]:
        rows: dict[tuple[str, ...], int] = {}
        for row in self.table.rows:
            units = row.participant.units
            for depth in range(1, len(units) + 1):
                rows.setdefault(units[:depth], row.number)
        settled = {units for person in self.held.values() for units in (place.units for place in places(person))}
        for near in near_spellings([row.participant.units for row in self.table.rows], settled | declared_units(programme)):
            text = _("`{unit}` looks like `{other}`, to which {people} belong: are they the same?")
            yield Doubt(rows[near.path], Phrase(text, {"unit": near.path[-1], "other": near.other, "people": near.people}))


def _likeness(person: Participant) -> tuple[str, tuple[str, ...]]:
    return person.name.casefold(), person.units


def retold(before: Participant, given: Participant, says: Set[str], today: str) -> Participant:
    """Return somebody on file as a table says she is; what it says nothing of stays."""
    kept = replace(
        before,
        email=given.email,
        name=given.name,
        language=given.language if "language" in says else before.language,
        gatherings=given.gatherings or before.gatherings,
        buddy=given.buddy or before.buddy,
        team=given.team or before.team,
    )
    return placed(kept, _placed_anew(before, given, today))


def moved_on(before: Participant, given: Participant, today: str) -> Participant:
    """Return somebody on file as a form says she is; what the form leaves empty she has no more."""
    kept = replace(given, left=before.left, later=())
    return placed(kept, _placed_anew(before, given, today))


def _placed_anew(before: Participant, given: Participant, today: str) -> list[Place]:
    """Add a place that has a date; without one, the place of today is what the table says."""
    held = {place.since: place for place in places(before)}
    now = max((since for since in held if since <= today), default=before.since)
    since = given.since or now
    return list((held | {since: Place(since, given.role, given.units)}).values())


def differences(before: Participant, after: Participant, called: Callable[[str], str] = str) -> list[tuple[str, str, str]]:
    """List what differs between somebody as she was and as she is, by field, with both values written out."""
    pairs = zip(_written(before, called).items(), _written(after, called).values(), strict=True)
    return [(field, old, new) for (field, old), new in pairs if old != new]


def _written(person: Participant, called: Callable[[str], str]) -> dict[str, str]:
    return {
        "email": person.email,
        "name": person.name,
        "language": person.language,
        "place": "; ".join(written_place(place, called) for place in places(person)),
        "gathering": ", ".join(person.gatherings),
        "buddy": person.buddy,
        "team": person.team,
        "left": person.left,
    }


def written_place(place: Place, called: Callable[[str], str] = str) -> str:
    """Write where somebody belongs, as what, and from when; ``called`` tells what a role is called."""
    path = " › ".join([*place.units, called(place.role)])
    return f"{path} ({place.since} →)" if place.since else path

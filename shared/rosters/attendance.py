"""Who attends which gathering: by her units, her own choice, and from when until when she takes part."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from shared.hints import listed
from shared.phrases import Phrase, _
from shared.programmes import Day, Gathering, Programme, gathering_of
from shared.rosters.people import Participant, as_of


def attended(person: Participant, day: Day) -> str | None:
    """Find the gathering of a day that somebody attends."""
    found = _gathering(person, day)
    return found.id if found else None


def as_attending(person: Participant, day: Day) -> Participant | None:
    """Return somebody with the role and units that she has at her gathering of a day; None if she attends none."""
    found = _gathering(person, day)
    return as_of(person, found.date) if found else None


def _gathering(person: Participant, day: Day) -> Gathering | None:
    own = [gathering for gathering in day.gatherings if gathering.id in person.gatherings]
    return next((gathering for gathering in own or day.gatherings if _attends(person, gathering, chosen=bool(own))), None)


def _attends(person: Participant, gathering: Gathering, *, chosen: bool) -> bool:
    found = as_of(person, gathering.date)
    return found is not None and (chosen or not gathering.units or next(iter(found.units), "") in gathering.units)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Top-level units that no gathering of a day names; nobody there is invited to that day."""

    day: str
    units: tuple[str, ...]
    people: int

    @property
    def phrase(self) -> Phrase:
        """Say it to whoever has brought a roster."""
        values = {"day": self.day, "units": listed(self.units), "people": self.people}
        return Phrase(_("{day}: no gathering names {units}, so {people} in this file will not be invited"), values)

    def __str__(self) -> str:
        return str(self.phrase)


def left_out(found: Iterable[Participant], programme: Programme) -> list[LeftOut]:
    """Find those whom some day has no place for: often meant, sometimes a unit's name that was misspelt."""
    listed_people = list(found)
    return [missed for day in programme.days if (missed := _left_out(listed_people, day)).units]


def _left_out(found: Iterable[Participant], day: Day) -> LeftOut:
    own = {gathering.id for gathering in day.gatherings}
    people = Counter(person.units[0] for person in found if person.units and own.isdisjoint(person.gatherings))
    units = sorted(unit for unit in people if gathering_of(day, unit) is None)
    return LeftOut(day.id, tuple(units), sum(people[unit] for unit in units))

"""Who attends which gathering: by her units, her own choice, and from when until when she takes part."""

from shared.programmes import Day, Gathering
from shared.rosters import Participant, as_of


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

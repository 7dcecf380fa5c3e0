"""What happens next in a programme, when, and to about how many."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from functions.desk.staff.access import Seat
from shared.languages import Text
from shared.programmes import Day, Programme, day_of
from shared.rosters.attendance import as_attending, attended
from shared.rosters.people import Participant
from shared.rounds import Round
from shared.schedule import message_times
from shared.store import recent, roster

SHOWN = 8
"""Events that a page shows."""

Kind = Literal["opens", "reminds", "closes", "message"]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that will happen by itself."""

    at: int
    kind: Kind
    title: Text
    day: str
    gatherings: tuple[str, ...]
    roles: tuple[str, ...]
    people: int | None = None
    """How many get a mail at most; None where it is none or nobody may know."""


def upcoming(seat: Seat, known: Iterable[Round], now: int) -> list[Event]:
    """List what happens next; who keeps the list of participants also learns to about how many."""
    programme = seat.programme
    found = [*_of_rounds(programme, known), *_of_messages(programme)]
    ahead = sorted((event for event in found if event.at > now), key=lambda event: (event.at, event.kind, event.day, event.roles))
    next_ones = list(_together(ahead))[:SHOWN]
    return list(_counted(seat, next_ones)) if seat.keeps_whole_roster else next_ones


def _of_rounds(programme: Programme, known: Iterable[Round]) -> Iterator[Event]:
    for found in known:
        if not found.edition and any(day.id == found.day for day in programme.days):
            yield from _of_round(found, recent.round_title(programme, found))


def _of_round(found: Round, title: Text) -> Iterator[Event]:
    for name, window in found.windows.items():
        reminds = () if found.paused else found.reminders.get(name, ())
        yield Event(window.opens, "opens", title, found.day, (name,), found.roles)
        yield Event(window.closes - 60, "closes", title, found.day, (name,), found.roles)
        for time in reminds:
            yield Event(time.opens, "reminds", title, found.day, (name,), found.roles)


def _of_messages(programme: Programme) -> Iterator[Event]:
    for message in programme.messages:
        day = day_of(programme, message.day)
        for name, at in message_times(message, day, programme.timezone).items():
            yield Event(at, "message", message.title, day.id, (name,), message.roles or day.roles)


def _together(events: Iterable[Event]) -> Iterator[Event]:
    """Join what happens at several gatherings at the same moment."""
    for _same, found in groupby(events, key=lambda event: (event.at, event.kind, event.day, event.roles, tuple(event.title.items()))):
        alike = list(found)
        yield replace(alike[0], gatherings=tuple(name for event in alike for name in event.gatherings))


def _counted(seat: Seat, events: Iterable[Event]) -> Iterator[Event]:
    found = list(events)
    days = {event.day: day_of(seat.programme, event.day) for event in found if event.kind != "closes"}
    people = [person.participant for person in roster.people(seat.programme.id)] if days else []
    counts = {name: _attendance(people, day) for name, day in days.items()}
    for event in found:
        yield replace(event, people=_people(event, counts[event.day])) if event.kind != "closes" else event


def _attendance(people: Iterable[Participant], day: Day) -> Counter[tuple[str, str]]:
    """Count who attends a day, by gathering and role."""
    here = ((attended(person, day), as_attending(person, day)) for person in people)
    return Counter((gathering, person.role) for gathering, person in here if gathering and person)


def _people(event: Event, counts: Mapping[tuple[str, str], int]) -> int:
    return sum(
        count for (gathering, role), count in counts.items() if gathering in event.gatherings and (not event.roles or role in event.roles)
    )

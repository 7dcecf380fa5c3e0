"""A programme's whole timetable: every moment at which mails go out, forms open or results are made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from shared.programmes import Day, Programme, day_of
from shared.rosters.attendance import as_attending, attended
from shared.rosters.people import Participant
from shared.rounds import SETTLE, Round, closes
from shared.schedule import message_times

Kind = Literal["message", "opens", "reminds", "result"]


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """Something that is due for some of the participants."""

    at: int
    kind: Kind
    what: str
    """The round's or the message's id."""
    gathering: str
    people: frozenset[str]
    """The addresses of those whom it is for."""


@dataclass(frozen=True, slots=True)
class Moment:
    """All that is due at one time."""

    at: int
    events: tuple[Event, ...]


def timetable(programme: Programme, rounds: Iterable[Round], people: Collection[Participant]) -> list[Moment]:
    """List what is due for somebody, the earliest first.

    Of a window's reminders the first alone, since each of the others tells the same to fewer.
    """
    events = [*_messages(programme, people), *(event for found in rounds for event in _of_round(programme, found, people))]
    return [Moment(at, tuple(group)) for at, group in groupby(sorted(events), lambda event: event.at)]


def _messages(programme: Programme, people: Collection[Participant]) -> Iterator[Event]:
    for message in programme.messages:
        day = day_of(programme, message.day)
        for gathering, at in message_times(message, day, programme.timezone).items():
            if readers := _asked(people, day, gathering, message.roles or day.roles):
                yield Event(at, "message", message.id, gathering, readers)


def _of_round(programme: Programme, found: Round, people: Collection[Participant]) -> Iterator[Event]:
    day = day_of(programme, found.day)
    for gathering, window in found.windows.items():
        if asked := _asked(people, day, gathering, found.roles):
            yield Event(window.opens, "opens", found.id, gathering, asked)
            for reminder in found.reminders.get(gathering, ())[:1]:
                yield Event(reminder.opens, "reminds", found.id, gathering, asked)
    if found.mode != "personal":
        yield Event(closes(found) + SETTLE, "result", found.id, "", frozenset())


def _asked(people: Collection[Participant], day: Day, gathering: str, roles: Collection[str]) -> frozenset[str]:
    """Find who attends a gathering in one of some roles; no roles mean all."""
    there = (as_attending(person, day) for person in people if attended(person, day) == gathering)
    return frozenset(person.email for person in there if person and (not roles or person.role in roles))

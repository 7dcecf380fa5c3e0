"""Programmes: their days, sessions, gatherings and rounds, as declared in files."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Literal

from shared.languages import Text


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody a participant can write to."""

    name: str
    email: str


StaffRole = Literal["organiser", "owner", "observer"]


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who may sign in for a programme; ``units`` names the top-level units they may see, empty for all."""

    email: str
    role: StaffRole
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """One item of a day's agenda; times are local, "HH:MM"."""

    id: str
    title: Text
    start: str
    end: str
    speaker: Text | None = None
    rated: bool = True
    """Whether questions that are asked about each session are asked about this one."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """One place and date at which a day is held; ``units`` names the top-level units that attend, empty for all."""

    id: str
    title: Text | None
    date: str
    place: str
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """One course day. A day held once has one gathering that bears the day's own id."""

    id: str
    title: Text
    aims: tuple[Text, ...]
    sessions: tuple[Session, ...]
    gatherings: tuple[Gathering, ...]
    roles: tuple[str, ...] = ()
    """The roles that attend, from the day's track; empty for all."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """When a round reminds: at a local time, "HH:MM", on each day on which it is open, or so many days from its opening or closing."""

    time: str
    edge: str = ""
    """"opens" or "closes", from which the days are counted; empty for each day."""
    days: int = 0
    """Days after it; negative before it."""


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """One form opened for a day, on each of its gatherings; or once, anchored to a day."""

    id: str
    form: str
    """The name of the form's file without its ending."""
    day: str
    opens: str
    """Local time, "HH:MM", on each gathering's date or `opens_after` days later."""
    closes: str
    """Local time, "HH:MM", on each gathering's date or `closes_after` days later."""
    opens_after: int = 0
    """Days after the gathering's date; negative before it."""
    closes_after: int = 0
    """Days after the gathering's date; negative before it."""
    reminds: tuple[Reminder, ...] = ()
    roles: tuple[str, ...] = ()
    """The roles that are asked; empty for all who attend the day."""
    once: bool = False
    """The round is about the programme and not about the day it is anchored to."""
    series: str = ""
    """The name that pairs rounds, for example "goals"."""
    stage: str = ""
    """The round's place in its series: "before", "midway", "after" or "follow-up"."""
    recalls: str = ""
    """The id of the personal round whose writing the form shows to who presses a button."""
    retention: int = 0
    """Days for which what it leaves is kept; 0 for as long as the programme says."""
    follows: str = ""
    """The id of the round, such as a day's, beside whose result this one's is shown."""


@dataclass(frozen=True, slots=True)
class Goal:
    """One learning goal of a programme."""

    id: str
    title: Text


BUDDY = "{buddy}"
"""Stands in a message's text for the names of the reader's buddies."""


@dataclass(frozen=True, slots=True)
class Message:
    """A task or text that is mailed on a date, without a form; times are local."""

    id: str
    title: Text
    text: Text
    day: str
    at: str
    after: int = 0
    """Days after the day's date; negative before it."""
    roles: tuple[str, ...] = ()
    returns: str = ""
    """The personal round whose writers alone get it, with their links to what they wrote."""

    @property
    def names_buddy(self) -> bool:
        """Tell whether the text names the reader's buddies."""
        return any(BUDDY in text for text in self.text.values())


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """The run that a programme continues, and what it learnt from it."""

    programme: str
    attention: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Programme:
    """One run of a professional-development programme."""

    id: str
    title: Text
    languages: tuple[str, ...]
    """The first is the one used where a participant's own is unknown."""
    timezone: str
    sender_name: str
    contact: Contact
    controller: str
    data_protection: Contact
    legal_basis: Text
    complaints: str
    """The authority that takes complaints, by name."""
    units: tuple[str, ...]
    """The roster's unit columns from top to bottom, for example ``("region", "school")``."""
    roles: Mapping[str, Text]
    days: tuple[Day, ...]
    rounds: tuple[RoundPlan, ...]
    staff: tuple[Staff, ...] = ()
    goals: tuple[Goal, ...] = ()
    tracks: Mapping[str, Text] = field(default_factory=dict)
    """The titles of groups with days of their own; a day carries its track's roles."""
    messages: tuple[Message, ...] = ()
    continues: EarlierRun | None = None
    retention: int = 0
    """Days after their use for which answers, letters and participants are kept, see `shared.retention`; 0 where it does not say."""


def canonical(programme: Programme) -> str:
    """Write a programme as JSON in one way, so that equal programmes are equal texts."""
    return json.dumps(asdict(programme), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_document(document: Mapping[str, Any]) -> Programme:
    """Read a programme that `canonical` wrote; stored programmes are trusted, so nothing is checked."""
    parts = {
        "languages": tuple(document["languages"]),
        "contact": Contact(**document["contact"]),
        "data_protection": Contact(**document["data_protection"]),
        "units": tuple(document["units"]),
        "days": tuple(map(_day, document["days"])),
        "rounds": tuple(map(_plan, document["rounds"])),
        "staff": tuple(map(_staff, document.get("staff", ()))),
        "goals": tuple(Goal(**goal) for goal in document.get("goals", ())),
        "messages": tuple(map(_message, document.get("messages", ()))),
        "continues": _earlier(document.get("continues")),
    }
    return Programme(**{**document, **parts})


def _plan(document: Mapping[str, Any]) -> RoundPlan:
    parts = {"reminds": tuple(map(_reminder, document.get("reminds", ()))), "roles": tuple(document.get("roles", ()))}
    return RoundPlan(**{**document, **parts})


def _reminder(document: str | Mapping[str, Any]) -> Reminder:
    """Read a reminder; programmes that were stored when there were only times have a text."""
    return Reminder(document) if isinstance(document, str) else Reminder(**document)


def _message(document: Mapping[str, Any]) -> Message:
    return Message(**{**document, "roles": tuple(document["roles"])})


def _earlier(document: Mapping[str, Any] | None) -> EarlierRun | None:
    return EarlierRun(document["programme"], tuple(document["attention"])) if document else None


def _staff(document: Mapping[str, Any]) -> Staff:
    return Staff(**{**document, "units": tuple(document["units"])})


def _day(document: Mapping[str, Any]) -> Day:
    gatherings = tuple(Gathering(**{**item, "units": tuple(item["units"])}) for item in document["gatherings"])
    sessions = tuple(Session(**item) for item in document["sessions"])
    return Day(
        **{
            **document,
            "aims": tuple(document["aims"]),
            "sessions": sessions,
            "gatherings": gatherings,
            "roles": tuple(document.get("roles", ())),
        }
    )


def day_of(programme: Programme, day_id: str) -> Day:
    """Return a programme's day by its id."""
    return next(day for day in programme.days if day.id == day_id)


def gathering_of(day: Day, unit: str) -> Gathering | None:
    """Find the gathering of a day that a top-level unit attends; None if no gathering names it."""
    return next((gathering for gathering in day.gatherings if not gathering.units or unit in gathering.units), None)


def shifted(programme: Programme, days: int) -> Programme:
    """Move every date of a programme by a number of days."""

    def move(day: Day) -> Day:
        moved = tuple(replace(item, date=_later(item.date, days)) for item in day.gatherings)
        return replace(day, gatherings=moved)

    return replace(programme, days=tuple(map(move, programme.days)))


def _later(iso_date: str, days: int) -> str:
    return (date.fromisoformat(iso_date) + timedelta(days=days)).isoformat()


def staff_of(programme: Programme, email: str) -> Staff | None:
    """Find what somebody is among a programme's staff, by address."""
    return next((item for item in programme.staff if item.email.casefold() == email.casefold()), None)

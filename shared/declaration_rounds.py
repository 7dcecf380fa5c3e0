"""Which rounds a programme's raw entries plan, and when they open and close; whatever is malformed is passed over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shared.declaration_entries import days_by_id, entries, mapping, strings
from shared.declaration_fields import CLOCK, LAST_SESSION
from shared.declaration_moments import CLOSING, OPENING, Moment, days_after, moment, nearest
from shared.yaml_source import Path

EACH_DAY = "each day"
ONCE = "once"
CLOSES = "23:59"
"""The time at which a round closes that says nothing else."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One round of one day, or once, with the place of the entry that plans it."""

    path: Path
    id: str
    form: str
    day: str
    """The day it is for; of a round asked once, the day that its times count from."""
    once: bool


@dataclass(frozen=True, slots=True)
class Time:
    """A local time, some days after a day's date."""

    days: int
    time: str


def planned(programme: object) -> Iterator[Planned]:
    """Spell out the rounds: the first for a day bears the day's id, further ones the form's name too."""
    days = days_by_id(programme)
    seen: set[str] = set()
    for path, entry in entries(programme, "rounds"):
        if entry.get("for") == ONCE:
            yield from _once(programme, path, entry)
        else:
            yield from _for_days(path, entry, days, seen)


def _for_days(path: Path, entry: Mapping[str, Any], days: Mapping[str, Any], seen: set[str]) -> Iterator[Planned]:
    form, target = entry.get("form"), entry.get("for")
    each = target == EACH_DAY
    for day in days if each else [day for day in days if day == target]:
        given = None if each else entry.get("id")
        usual = f"{day}-{form}" if day in seen else day
        seen.add(day)
        yield Planned(path, given if isinstance(given, str) else usual, str(form), day, once=False)


def _once(programme: object, path: Path, entry: Mapping[str, Any]) -> Iterator[Planned]:
    when = moment(entry.get("opens"), OPENING)
    day = anchor(programme, when, entry) if when else None
    if day is not None:
        name = entry.get("id")
        yield Planned(path, name if isinstance(name, str) else "", str(entry.get("form")), str(day.get("id")), once=True)


def anchor(programme: object, when: Moment, entry: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Find the day from which the times of something that happens once are counted."""
    days = days_by_id(programme)
    if when.day:
        return days.get(when.day)
    who = {role for _, role in strings(entry, "who")}
    return nearest(when, [day for day in days.values() if _attended(programme, day, who)]) if when.date else None


def _attended(programme: object, day: Mapping[str, Any], who: set[str]) -> bool:
    """Tell whether everybody who is asked attends a day."""
    roles = attending(programme, day)
    return not roles or (bool(who) and who <= roles)


def attending(programme: object, day: Mapping[str, Any]) -> set[str]:
    """Name the roles that attend a day; empty for all."""
    track = day.get("track")
    return {role for _, role in strings(mapping(mapping(programme, "tracks"), track), "roles")} if isinstance(track, str) else set()


def opening(entry: Mapping[str, Any], day: Mapping[str, Any], days: Mapping[str, Mapping[str, Any]]) -> Time | None:
    """Tell when a round opens on a day, if it can be told."""
    when = moment(entry.get("opens", LAST_SESSION), OPENING)
    if when is None:
        return None
    after, time = days_after(when, day, days), when.time or last_end(day)
    return Time(after, time) if after is not None and time else None


def closing(entry: Mapping[str, Any], day: Mapping[str, Any], days: Mapping[str, Mapping[str, Any]]) -> Time | None:
    """Tell when a round closes on a day, if it can be told: a time alone is on the date of the opening."""
    opens, when = opening(entry, day, days), moment(entry.get("closes", CLOSES), CLOSING)
    if when is None:
        return None
    if when.later:
        return Time(opens.days + when.days, when.time) if opens else None
    after = days_after(when, day, days)
    return None if after is None else Time(after, when.time)


def last_end(day: Mapping[str, Any]) -> str | None:
    """Tell when a day's last session ends."""
    ends = [end for _, session in entries(day, "sessions") if (end := clock(session.get("end")))]
    return max(ends, default=None)


def clock(value: object) -> str | None:
    """Give a value back if it is a time."""
    return value if isinstance(value, str) and CLOCK.fullmatch(value) else None

"""When a programme's rounds open and close, as their raw entries say; what can't be told is None."""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shared.declarations.entries import days_by_id, entries
from shared.declarations.fields import LAST_SESSION
from shared.declarations.moments import CLOSING, OPENING, Moment, days_after, moment, only_date
from shared.declarations.rounds import Planned, by_id, clock, drafted

OPENS, CLOSES = "opens", "closes"

UNSAID = {OPENS: LAST_SESSION, CLOSES: "23:59"}
"""When a round opens or closes that says nothing."""

SHAPES = {OPENS: OPENING, CLOSES: CLOSING}

Edge = tuple[Planned, str]
"""A round's opening or closing."""


@dataclass(frozen=True, slots=True)
class Time:
    """A local time, some days after a day's date."""

    days: int
    time: str


class Timetable:
    """The openings and closings of a programme's rounds, each of which counts from a day or from one other."""

    def __init__(self, programme: Any) -> None:
        self.days = days_by_id(programme)
        self.drafted = list(drafted(programme))
        self.rounds = [plan for plan in self.drafted if plan.day]
        self.named = by_id(self.drafted)
        self._programme = programme
        self._times: dict[Edge, Time | None] = {}

    def entry(self, plan: Planned) -> Mapping[str, Any]:
        """Give the entry that plans a round."""
        found: Mapping[str, Any] = self._programme["rounds"][plan.path[1]]
        return found

    def when(self, plan: Planned, key: str) -> Moment | None:
        """Read what a round says of its opening or closing."""
        return moment(self.entry(plan).get(key, UNSAID[key]), SHAPES[key])

    def opening(self, plan: Planned) -> Time | None:
        """Tell when a round opens."""
        return self._time((plan, OPENS))

    def closing(self, plan: Planned) -> Time | None:
        """Tell when a round closes: a time alone is on the date of the opening."""
        return self._time((plan, CLOSES))

    def apart(self, one: str, other: str) -> int | None:
        """Count the days from one day to another; None if they differ between their dates."""
        if one == other:
            return 0
        first, second = only_date(self.days[one]), only_date(self.days[other])
        return (second - first).days if first and second else None

    def circles(self) -> Iterator[list[Edge]]:
        """Find the openings and closings that count from themselves, or take their day from themselves, with those on the way."""
        for step in (self._from, self._day_from):
            done: set[Edge] = set()
            for start in [(plan, key) for plan in self.drafted for key in UNSAID]:
                chain = _chain(start, step, done)
                done.update(chain)
                if chain and (back := step(chain[-1])) in chain:
                    yield chain[chain.index(back) :]

    def _time(self, edge: Edge) -> Time | None:
        # Step by step and not by recursion: a file may hold a chain longer than Python's stack.
        for plan, key in reversed(_chain(edge, self._from, self._times)):
            self._times[plan, key] = self._told(plan, key) if plan.day else None
        return self._times[edge]

    def _from(self, edge: Edge) -> Edge | None:
        """Find what an opening or closing counts from, if that is another one."""
        plan, key = edge
        when = self.when(plan, key)
        if when and when.round:
            return (self.named[when.round], when.edge) if when.round in self.named else None
        return (plan, OPENS) if when and when.later and key == CLOSES else None

    def _day_from(self, edge: Edge) -> Edge | None:
        """Find the opening whose day an opening takes."""
        plan, key = edge
        return (self.named[plan.after], OPENS) if key == OPENS and plan.after in self.named else None

    def _told(self, plan: Planned, key: str) -> Time | None:
        when, day = self.when(plan, key), self.days[plan.day]
        if when is None:
            return None
        if when.round:
            return self._counted(plan, key, when)
        if when.later and key == CLOSES:
            opens = self._times.get((plan, OPENS))
            return Time(opens.days + when.days, when.time) if opens else None
        after, time = days_after(when, day, self.days), when.time or _end(day, when.session)
        return Time(after, time) if after is not None and time else None

    def _counted(self, plan: Planned, key: str, when: Moment) -> Time | None:
        """Count from another round; a round is open to the end of the minute that is told, so what follows opens a minute later."""
        other = self.named.get(when.round)
        told = self._times.get((other, when.edge)) if other else None
        apart = self.apart(plan.day, other.day) if other and other.day else None
        if told is None or apart is None:
            return None
        days = told.days + apart + when.days
        return Time(days, when.time) if when.time else _moved(Time(days, told.time), (when.edge == CLOSES) - (key == CLOSES))


def _chain(start: Edge, step: Callable[[Edge], Edge | None], done: Container[Edge]) -> list[Edge]:
    """List an edge and those from which it counts, up to the first that is done or comes again."""
    chain: dict[Edge, None] = {}
    link: Edge | None = start
    while link and link not in done and link not in chain:
        chain[link] = None
        link = step(link)
    return list(chain)


def _moved(told: Time, minutes: int) -> Time:
    moved = datetime.strptime(told.time, "%H:%M") + timedelta(minutes=minutes)  # noqa: DTZ007 – wall time, of no date yet
    return Time(told.days + (moved.date() - datetime(1900, 1, 1).date()).days, f"{moved:%H:%M}")  # noqa: DTZ001


def minutes(time: Time) -> int:
    """Count the minutes from the beginning of a day's date to a time."""
    hour, minute = map(int, time.time.split(":"))
    return (time.days * 24 + hour) * 60 + minute


def _end(day: Mapping[str, Any], session: str) -> str | None:
    """Tell when a session of a day ends, or without an id the last one."""
    held = [item for _, item in entries(day, "sessions") if not session or item.get("id") == session]
    return max((end for item in held if (end := clock(item.get("end")))), default=None)


def last_end(day: Mapping[str, Any]) -> str | None:
    """Tell when a day's last session ends."""
    return _end(day, "")

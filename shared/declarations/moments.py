"""When something happens, in plain words: "when the last session ends", "2 weeks after day-1 at 09:00"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from marshmallow import ValidationError

from shared.declarations.fields import CLOCK, LAST_SESSION, SLUG, TIME_EXPECTED, YEARS, Plain
from shared.declarations.texts import text
from shared.phrases import N_

DAYS = {"day": 1, "week": 7}
OWN_DAY = "the day"
"""Stands in a phrase for the day that a round is for."""

TIME = f"(?P<time>{CLOCK.pattern})"
COUNT = r"(?P<count>[0-9]{1,3}) (?P<unit>day|week)s?"
AT_TIME = re.compile(TIME)
AROUND = re.compile(rf"{COUNT} (?P<side>before|after) (?P<day>{OWN_DAY}|{SLUG.pattern}) at {TIME}")
ON = re.compile(rf"(?:on )?(?P<day>{OWN_DAY}|{SLUG.pattern}) at {TIME}")
DATED = re.compile(rf"(?P<date>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}) at {TIME}")
LATER = re.compile(rf"{COUNT} later at {TIME}")
ROUND = rf"(?P<round>{SLUG.pattern}) (?P<edge>opens|closes)"
WHEN_ROUND = re.compile(f"when {ROUND}")
AROUND_ROUND = re.compile(rf"{COUNT} (?P<side>before|after) {ROUND}(?: at {TIME})?")
AROUND_ITSELF = re.compile(rf"{COUNT} (?P<side>before|after) it (?P<edge>opens|closes) at {TIME}")
WHEN_SESSION = re.compile(rf"when session (?P<session>{SLUG.pattern}) ends")

NAMED = (WHEN_SESSION, WHEN_ROUND, AROUND_ROUND)
"""What only a round may count from."""

OPENING = (AT_TIME, AROUND, DATED, ON, *NAMED)
CLOSING = (AT_TIME, LATER, AROUND, DATED, ON, *NAMED)
OCCASION = (AROUND, DATED, ON)
REMINDING = (AT_TIME, AROUND_ITSELF)

LIKE_TIME = re.compile(r"[0-9]{1,2}[:.][0-9]{1,2}")
AROUND_EXAMPLES = N_("`2 weeks after day-1 at 09:00` or `2026-08-26 at 09:00`")
NAMED_EXAMPLES = "`when session maps ends`, `1 week after day-1 closes`"


@dataclass(frozen=True, slots=True)
class Moment:
    """A phrase that was understood."""

    time: str = ""
    """Local time, "HH:MM"; empty for the end of a session, or for the time of the round that the phrase names."""
    day: str = ""
    """The id of the day that the phrase names; empty for the round's own."""
    days: int = 0
    """Days after it; negative before it."""
    date: str = ""
    """A date that the phrase names instead of a day."""
    session: str = ""
    """The id of the session at whose end it is."""
    round: str = ""
    """The id of the round that the phrase counts from."""
    edge: str = ""
    """What that round, or the reminder's own, does: "opens" or "closes"."""
    later: bool = False
    """Nothing is named: a closing counts from the opening, an opening from the round's own day."""


def moment(value: object, shapes: tuple[re.Pattern[str], ...]) -> Moment | None:
    """Understand a phrase, if it has one of these shapes."""
    return _understood(value.strip(), shapes) if isinstance(value, str) else None


@lru_cache(maxsize=4096)
def _understood(phrase: str, shapes: tuple[re.Pattern[str], ...]) -> Moment | None:
    if phrase == LAST_SESSION and shapes == OPENING:
        return Moment()
    found = next((match for shape in shapes if (match := shape.fullmatch(phrase))), None)
    return _moment(found.groupdict()) if found and _is_day(found.groupdict().get("date")) else None


def _is_day(iso_date: str | None) -> bool:
    try:
        return iso_date is None or date.fromisoformat(iso_date).year in YEARS
    except ValueError:
        return False


def _moment(parts: Mapping[str, str | None]) -> Moment:
    days = int(parts.get("count") or 0) * DAYS[parts.get("unit") or "day"]
    named = parts.get("day") or ""
    return Moment(
        time=parts.get("time") or "",
        day="" if named == OWN_DAY else named,
        days=-days if parts.get("side") == "before" else days,
        date=parts.get("date") or "",
        session=parts.get("session") or "",
        round=parts.get("round") or "",
        edge=parts.get("edge") or "",
        later=parts.keys().isdisjoint(("day", "date", "session", "round")),
    )


class Phrase(Plain):
    """A moment in plain words."""

    shapes: tuple[re.Pattern[str], ...] = ()
    examples = ""

    def read(self, value: Any) -> str:
        """Check that the phrase is understood."""
        if moment(value, self.shapes) is None:
            raise ValidationError(self._expected(value))
        return str(value).strip()

    def _expected(self, value: Any) -> str:
        phrase = text(value)
        if LIKE_TIME.fullmatch(phrase) and AT_TIME in self.shapes:
            return TIME_EXPECTED
        if DATED in self.shapes and (dated := DATED.fullmatch(phrase)):
            return N_("there is no such day as {date}", date=dated.group("date"))
        if not LIKE_TIME.search(phrase) and moment(f"{phrase} at 09:00", self.shapes):
            return N_("`{phrase}` lacks its time: write `{phrase} at 09:00`", phrase=phrase)
        return N_("`{phrase}` can't be read: write {examples}", phrase=phrase[:50], examples=self.examples)


class Opening(Phrase):
    """When a round opens: `when the last session ends`, `15:30`, `2 weeks after day-1 at 09:00`, `1 week after day-1 closes`."""

    shapes = OPENING
    examples = N_("`{end}`, a time like `15:30`, {named}, {around}", end=LAST_SESSION, named=NAMED_EXAMPLES, around=AROUND_EXAMPLES)


class Closing(Phrase):
    """When a round closes: `23:59`, `3 days later at 23:59`, `2 weeks after day-1 at 23:59`, `when day-2 opens`."""

    shapes = CLOSING
    examples = N_("a time like `23:59`, `3 days later at 23:59`, {named}, {around}", named=NAMED_EXAMPLES, around=AROUND_EXAMPLES)


class Occasion(Phrase):
    """When a message is sent: `2 weeks after day-1 at 09:00`, `on day-1 at 08:00`, `2026-08-26 at 09:00`."""

    shapes = OCCASION
    examples = AROUND_EXAMPLES


class Reminding(Phrase):
    """When a round reminds: `19:00` on each day, `2 days before it closes at 08:00`, `1 week after it opens at 08:00`."""

    shapes = REMINDING
    examples = N_("a time like `19:00`, or `2 days before it closes at 08:00`")


def dates(day: Mapping[str, Any]) -> set[str]:
    """List the dates on which a day is held."""
    gatherings = day.get("gatherings")
    held = gatherings if isinstance(gatherings, list) else [day]
    found = [entry.get("date") for entry in held if isinstance(entry, Mapping)]
    return {item for item in found if isinstance(item, str) and _is_day(item)}


def only_date(day: Mapping[str, Any]) -> date | None:
    """Tell the date of a day that is held on one."""
    held = dates(day)
    return date.fromisoformat(min(held)) if len(held) == 1 else None


def days_after(when: Moment, day: Mapping[str, Any], days: Mapping[str, Mapping[str, Any]]) -> int | None:
    """Count the days from a day's date to a moment; None if they differ between its dates, or can't be told."""
    if not when.date and when.day in ("", day.get("id")):
        return when.days
    target = _target(when, days)
    held = only_date(day)
    return (target - held).days if target and held else None


def _target(when: Moment, days: Mapping[str, Mapping[str, Any]]) -> date | None:
    if when.date:
        return date.fromisoformat(when.date)
    named = only_date(days.get(when.day, {}))
    return named and named + timedelta(days=when.days)


def nearest(when: Moment, days: list[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Find the day held on a single date that is nearest to a moment's date."""
    held = [(abs((date.fromisoformat(when.date) - at).days), at, index) for index, day in enumerate(days) if (at := only_date(day))]
    return days[min(held)[2]] if held else None

"""Which rounds a programme's raw entries plan, and for which days; whatever is malformed is passed over."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from shared.declarations.entries import days_by_id, entries, mapping, strings, texts
from shared.declarations.fields import CLOCK
from shared.declarations.moments import OPENING, Moment, moment, nearest
from shared.declarations.yaml_source import Path

EACH_DAY = "each day"
ONCE = "once"


@dataclass(frozen=True, slots=True)
class Planned:
    """One round of one day, or once, with the place of the entry that plans it."""

    path: Path
    id: str
    form: str
    day: str
    """The day it is for; of a round asked once, the day that its times count from, or nothing where that can't be told."""
    once: bool
    after: str = ""
    """The round whose day it takes, where its opening counts from one."""


def planned(programme: object) -> Iterator[Planned]:
    """Spell out the rounds whose days can be told."""
    return (plan for plan in drafted(programme) if plan.day)


def drafted(programme: object) -> Iterator[Planned]:
    """Spell out the rounds: the first for a day bears the day's id, further ones the form's name too."""
    days, seen = days_by_id(programme), set[str]()
    found: list[Planned] = []
    for path, entry in entries(programme, "rounds"):
        found += [_once(programme, path, entry)] if entry.get("for") == ONCE else _for_days(path, entry, days, seen)
    named = by_id(found)
    return (replace(plan, day=_day(plan, named)) if plan.after else plan for plan in found)


def by_id(rounds: list[Planned]) -> dict[str, Planned]:
    """Find rounds by their ids; of two with the same id the first."""
    return {plan.id: plan for plan in reversed(rounds) if plan.id}


def _day(plan: Planned, named: Mapping[str, Planned]) -> str:
    """Tell a round's day: its own, or that of the round from which it counts."""
    passed: set[str] = set()
    while not plan.day and plan.after in named and plan.after not in passed:
        passed.add(plan.after)
        plan = named[plan.after]
    return plan.day


def _for_days(path: Path, entry: Mapping[str, Any], days: Mapping[str, Any], seen: set[str]) -> Iterator[Planned]:
    form, target = entry.get("form"), entry.get("for")
    each = target == EACH_DAY
    for day in days if each else [day for day in days if day == target]:
        given = None if each else entry.get("id")
        usual = f"{day}-{form}" if day in seen else day
        seen.add(day)
        yield Planned(path, given if isinstance(given, str) else usual, str(form), day, once=False)


def _once(programme: object, path: Path, entry: Mapping[str, Any]) -> Planned:
    when = moment(entry.get("opens"), OPENING)
    day = anchor(programme, when, entry) if when else None
    name = entry.get("id")
    return Planned(
        path,
        name if isinstance(name, str) else "",
        str(entry.get("form")),
        str(day["id"]) if day else "",
        once=True,
        after=when.round if when else "",
    )


def anchor(programme: object, when: Moment, entry: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Find the day from which the times of something that happens once are counted."""
    days = days_by_id(programme)
    if when.day:
        return days.get(when.day)
    if when.session:
        held = having(when.session, days.values())
        return held[0] if len(held) == 1 else None
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


def having(session: str, days: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """List the days that have a session of this id."""
    return [day for day in days if session in session_ids(day)]


def session_ids(day: Mapping[str, Any]) -> list[str]:
    """List the ids of a day's sessions."""
    return [name for _, name in texts(entries(day, "sessions"), "id")]


def clock(value: object) -> str | None:
    """Give a value back if it is a time."""
    return value if isinstance(value, str) and CLOCK.fullmatch(value) else None

"""What staff change of an open round: later closing, a reminder now, a pause. Files that are published later leave it so."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from shared.programmes import RoundPlan
from shared.rounds import Round, Window
from shared.schedule import APART, EVENING, MORNING, reminders, too_late, wall_clock

Kind = Literal["extend", "remind", "pause", "resume"]
Refusal = Literal["", "not open", "not later", "too far", "at rest", "too soon", "paused"]

FARTHEST = 60 * 24 * 3600
"""Seconds by which a closing may be moved: farther is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a round; ``closes`` is the new closing of one that is extended."""

    kind: Kind
    closes: int = 0


def open_at(found: Round, now: int) -> dict[str, Window]:
    """Find a round's windows that are open, by gathering."""
    return {name: window for name, window in found.windows.items() if window.opens <= now < window.closes}


def is_done(found: Round, change: Change, now: int) -> bool:
    """Tell whether a change has been made already, as by an earlier press of the same button."""
    here = open_at(found, now)
    match change.kind:
        case "extend":
            return bool(here) and all(found.extended.get(name) == change.closes for name in here)
        case "remind":
            return bool(here) and all(any(now - APART < time.opens <= now for time in found.extra.get(name, ())) for name in here)
        case "pause" | "resume":
            return found.paused == (change.kind == "pause")


def refusal(found: Round, change: Change, now: int, timezone: str) -> Refusal:
    """Say why a change can't be made; empty where it can."""
    here = open_at(found, now)
    if not here or found.edition:
        return "not open"
    if change.kind == "extend":
        return _extension_refused(here, change.closes)
    return _reminder_refused(found, here, now, timezone) if change.kind == "remind" else ""


def _extension_refused(here: Mapping[str, Window], closes: int) -> Refusal:
    latest = max(window.closes for window in here.values())
    if closes <= latest:
        return "not later"
    return "too far" if closes > latest + FARTHEST else ""


def _reminder_refused(found: Round, here: Mapping[str, Window], now: int, timezone: str) -> Refusal:
    """Refuse a reminder in the evening's rest, and two hours around another mail of the round."""
    if found.paused:
        return "paused"
    if not MORNING <= f"{wall_clock(now, timezone):%H:%M}" < EVENING:
        return "at rest"
    opened = [window.opens for window in here.values()]
    planned = [time.opens for name in here for time in found.reminders.get(name, ())]
    return "too soon" if any(abs(now - moment) < APART for moment in opened + planned) else ""


def changed(found: Round, change: Change, now: int, plan: RoundPlan | None, timezone: str) -> Round:
    """Make a change; it is neither done nor refused."""
    here = open_at(found, now)
    match change.kind:
        case "extend":
            return kept(replace(found, extended={**found.extended, **dict.fromkeys(here, change.closes)}), plan, timezone)
        case "remind":
            slots = {name: Window(now, min(too_late(now, timezone), window.closes)) for name, window in here.items()}
            extra = {**found.extra, **{name: (*found.extra.get(name, ()), slot) for name, slot in slots.items()}}
            return kept(replace(found, extra=extra), plan, timezone)
        case "pause" | "resume":
            return replace(found, paused=change.kind == "pause")


def kept(wanted: Round, plan: RoundPlan | None, timezone: str) -> Round:
    """Put what staff have changed into a round as files declare it: a later closing with its reminders, and reminders of theirs."""
    windows = {name: _extended(window, wanted.extended.get(name, 0)) for name, window in wanted.windows.items()}
    # The reminders of a longer window are worked out anew; those that have been are among them.
    declared = {name: _reminders(wanted, plan, name, window, timezone) for name, window in windows.items()}
    times = {name: tuple(sorted((*declared[name], *wanted.extra.get(name, ())), key=lambda time: time.opens)) for name in windows}
    return replace(wanted, windows=windows, reminders={name: found for name, found in times.items() if found})


def _extended(window: Window, closes: int) -> Window:
    return replace(window, closes=max(window.closes, closes))


def _reminders(wanted: Round, plan: RoundPlan | None, name: str, window: Window, timezone: str) -> tuple[Window, ...]:
    if plan is None:
        return tuple(time for time in wanted.reminders.get(name, ()) if time not in wanted.extra.get(name, ()))
    return reminders(window, plan.reminds, timezone)

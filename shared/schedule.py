"""When rounds open and close: local wall time in the programme's zone, turned into UTC by us."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from shared.programmes import Day, Message, Reminder, RoundPlan
from shared.rounds import Window

APART = 2 * 3600
"""Seconds after an invitation within which nobody is reminded."""

LATE = 90 * 60
"""Seconds after its time at which a reminder that has not gone out is dropped: it would say something else by then."""

LONG_LATE = 24 * 3600
"""Seconds after its moment at which a message that has not gone out is dropped."""

AUGUST = 8

EVENING, MORNING = "21:00", "07:00"
"""Between these local times nothing goes out late; what a file declares for just then, does."""


def windows(plan: RoundPlan, day: Day, timezone: str) -> Mapping[str, Window]:
    """Work out a round's window at each of its day's gatherings."""
    zone = ZoneInfo(timezone)
    return {
        gathering.id: Window(
            _instant(gathering.date, plan.opens_after, plan.opens, zone),
            # The end of the minute that is told, so that "until 23:59" includes that minute.
            _instant(gathering.date, plan.closes_after, plan.closes, zone) + 60,
        )
        for gathering in day.gatherings
    }


def _instant(iso_date: str, days: int, time: str, zone: ZoneInfo) -> int:
    local = datetime.fromisoformat(f"{iso_date}T{time}") + timedelta(days=days)
    return int(local.replace(tzinfo=zone).timestamp())


def reminders(window: Window, declared: Sequence[Reminder], timezone: str) -> tuple[Window, ...]:
    """Work out when a round that is open in a window reminds: each time from when it is due until it is too late for it."""
    zone = ZoneInfo(timezone)
    due = {_instant(day, item.days, item.time, zone) for item in declared for day in _counted_from(item, window, zone)}
    kept = sorted(instant for instant in due if window.opens + APART <= instant < window.closes)
    return tuple(Window(start, min(following, too_late(start, timezone))) for start, following in pairwise([*kept, window.closes]))


def _counted_from(item: Reminder, window: Window, zone: ZoneInfo) -> Iterator[str]:
    """List the local dates from which a reminder's days are counted: of the opening, of the closing, or all on which a window is open."""
    first, last = (datetime.fromtimestamp(instant, zone).date().toordinal() for instant in (window.opens, window.closes - 1))
    days = range(last if item.edge == "closes" else first, (first if item.edge == "opens" else last) + 1)
    return (date.fromordinal(day).isoformat() for day in days)


def too_late(start: int, timezone: str) -> int:
    """Tell when it is too late for what was due at a time: some time after it, and before the evening's rest."""
    zone = ZoneInfo(timezone)
    local = datetime.fromtimestamp(start, zone)
    quiet = f"{local:%H:%M}" >= EVENING or f"{local:%H:%M}" < MORNING
    return start + LATE if quiet else min(start + LATE, _instant(local.date().isoformat(), 0, EVENING, zone))


def message_times(message: Message, day: Day, timezone: str) -> dict[str, int]:
    """Work out when a message is due at each gathering of its day."""
    return {gathering.id: _instant(gathering.date, message.after, message.at, ZoneInfo(timezone)) for gathering in day.gatherings}


def may_go_out(due: int, now: int, timezone: str) -> bool:
    """Tell whether a message that is due goes out now: in its own time, or late, but then between morning and evening only."""
    in_its_time = now < too_late(due, timezone)
    return due <= now < due + LONG_LATE and (in_its_time or MORNING <= f"{wall_clock(now, timezone):%H:%M}" < EVENING)


def by_day(instant: int, timezone: str) -> int:
    """Return a moment, or the next morning where it lies in the night."""
    local = wall_clock(instant, timezone)
    clock = f"{local:%H:%M}"
    if MORNING <= clock < EVENING:
        return instant
    day = local.date() + timedelta(days=1 if clock >= EVENING else 0)
    return int(datetime.combine(day, time.fromisoformat(MORNING), ZoneInfo(timezone)).timestamp())


def school_year(instant: int, timezone: str) -> str:
    """Name the school year of a moment, "2025/26": it begins in August."""
    local = wall_clock(instant, timezone)
    first = local.year if local.month >= AUGUST else local.year - 1
    return f"{first}/{(first + 1) % 100:02}"


def wall_clock(instant: int, timezone: str) -> datetime:
    """Turn epoch seconds into local wall time."""
    return datetime.fromtimestamp(instant, ZoneInfo(timezone))

"""When rounds open and close: local wall time in the programme's zone, turned into UTC by us."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shared.programmes import Day, RoundPlan
from shared.rounds import Window


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


def wall_clock(instant: int, timezone: str) -> datetime:
    """Turn epoch seconds into local wall time."""
    return datetime.fromtimestamp(instant, ZoneInfo(timezone))

"""When rounds open and close: local wall time in the programme's zone, turned into UTC by us."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from shared.programmes import Day, RoundPlan
from shared.rounds import Window


def windows(plan: RoundPlan, day: Day, timezone: str) -> Mapping[str, Window]:
    """Work out a round's window at each of its day's gatherings."""
    zone = ZoneInfo(timezone)
    return {
        gathering.id: Window(_instant(gathering.date, plan.opens, zone), _closing(gathering.date, plan.closes, zone))
        for gathering in day.gatherings
    }


def _instant(date: str, time: str, zone: ZoneInfo) -> int:
    return int(datetime.fromisoformat(f"{date}T{time}").replace(tzinfo=zone).timestamp())


def _closing(date: str, time: str, zone: ZoneInfo) -> int:
    """Close at the end of the minute that is told, so that "until 23:59" includes that minute."""
    return _instant(date, time, zone) + 60


def wall_clock(instant: int, timezone: str) -> datetime:
    """Turn epoch seconds into local wall time."""
    return datetime.fromtimestamp(instant, ZoneInfo(timezone))

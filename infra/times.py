"""Times as people type them on the command line."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import click

ZONE = ZoneInfo("Europe/Oslo")
"""The zone of a time that is typed without one."""


class Moment(click.ParamType):
    """A point in time: "2026-11-02T15:35", "2026-11-02 15:35", "15:35" (today), or with an offset or Z."""

    name = "time"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return epoch seconds."""
        if isinstance(value, int):
            return value
        today = f"{datetime.now(ZONE):%Y-%m-%d}T"
        try:
            moment = datetime.fromisoformat(today + value if re.fullmatch(r"\d\d:\d\d", value) else value)
        except ValueError:
            self.fail(f"{value!r} is not a time; write it like 2026-11-02T15:35", param, ctx)
        return int((moment if moment.tzinfo else moment.replace(tzinfo=ZONE)).timestamp())


def written(instant: int, zone: ZoneInfo = ZONE) -> str:
    """Write a point in time for a reader: "2026-11-02 15:35"."""
    return f"{datetime.fromtimestamp(instant, zone):%Y-%m-%d %H:%M}"


def iso(instant: float) -> str:
    """Write a point in time as events do."""
    return datetime.fromtimestamp(int(instant), ZoneInfo("UTC")).isoformat()

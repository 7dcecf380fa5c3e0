"""What time it is: a job's event says, or a page's request. Only the local stack's clock can be moved."""

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shared.settings import is_local
from shared.store import published

TOLERANCE = 60
"""Seconds by which an event's time may be ahead of this machine's."""


class FutureTime(Exception):
    """A job was asked to run as of a time that has not come."""


def event_time(event: Mapping[str, Any]) -> int:
    """Return a job's "now" in epoch seconds; raise `FutureTime` where it is ahead of the real time."""
    told = int(datetime.fromisoformat(event["time"]).timestamp())
    if told > time.time() + TOLERANCE:
        raise FutureTime
    return told + _offset()


def page_time(request_context: Mapping[str, Any]) -> int:
    """Return a page's "now" in epoch seconds."""
    return real_page_time(request_context) + _offset()


def real_page_time(request_context: Mapping[str, Any]) -> int:
    """Return when a page was asked for, in epoch seconds: what sessions go by, which no clock of ours may lengthen."""
    return int(request_context["timeEpoch"]) // 1000


def wall_time() -> int:
    """Return "now" in epoch seconds for work taken from a queue, whose messages tell no time of their own."""
    return int(time.time()) + _offset()


def _offset() -> int:
    return published.clock_offset() if is_local() else 0

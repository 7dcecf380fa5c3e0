"""Dates as people in the Nordic countries write them."""

import re
from datetime import date

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
DAY_FIRST = re.compile(r"(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4})")


def read_date(written: str) -> str | None:
    """Read 2027-08-01, 1.8.2027 or 1/8-2027 as a date, "2027-08-01"; None if it is none."""
    iso, day_first = ISO.fullmatch(written), DAY_FIRST.fullmatch(written)
    parts = iso.groups() if iso else tuple(reversed(day_first.groups())) if day_first else ()
    try:
        return date(*map(int, parts)).isoformat() if parts else None
    except ValueError:
        return None

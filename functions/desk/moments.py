"""Moments, days and durations as the desk's pages write them."""

from datetime import UTC, datetime, timedelta

from functions.desk.staff.guard import page_time
from shared.dates import date_text, time_text
from shared.languages import catalogue
from shared.schedule import wall_clock
from shared.web.pages import language


def moment_in(zone: str, instant: int) -> str:
    """Write a point in time in a zone, with its year if that is another than now."""
    local = wall_clock(instant, zone)
    year = "" if local.year == wall_clock(page_time(), zone).year else f" {local.year}"
    return _at(date_text(local, language()) + year, local)


def minute(moment: str, *, last: bool = False) -> str:
    """Write a local time of a plan as the page speaks; of an end, the last minute before it."""
    local = datetime.fromisoformat(moment) - timedelta(minutes=1 if last else 0)
    return _at(f"{date_text(local, language())} {local:%Y}", local)


def _at(date: str, local: datetime) -> str:
    pattern = catalogue(language()).gettext("{date} at {time}")
    return pattern.format(date=date, time=time_text(local, language()))


def date(written: str) -> str:
    """Write a date as the page speaks; what is none as it is."""
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return written
    return f"{date_text(found, language())} {found:%Y}"


def date_at(instant: int) -> str:
    """Write the day of a moment."""
    return date(datetime.fromtimestamp(instant, UTC).date().isoformat())


def in_words(seconds: int) -> str:
    """Write how long a form takes."""
    words = catalogue(language())
    return words.ngettext("about %(num)d minute", "about %(num)d minutes", -(-seconds // 60)) % {"num": -(-seconds // 60)}

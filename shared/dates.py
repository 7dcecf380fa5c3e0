"""Dates and times as people write them, in each language."""

from datetime import datetime

from shared.languages import catalogue
from shared.phrases import _

WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
MONTHS = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)


def date_text(moment: datetime, language: str) -> str:
    """Write a date with its weekday, without the year: "Tuesday 26 August"."""
    words = catalogue(language).gettext
    pattern = words(_("{weekday} {day} {month}"))
    return pattern.format(weekday=words(WEEKDAYS[moment.weekday()]), day=moment.day, month=words(MONTHS[moment.month - 1]))


def day_text(moment: datetime, language: str) -> str:
    """Write a date without its weekday, with the year: "26 August 2025"."""
    words = catalogue(language).gettext
    pattern = words(_("{day} {month} {year}"))
    return pattern.format(day=moment.day, month=words(MONTHS[moment.month - 1]), year=moment.year)


def time_text(moment: datetime, language: str) -> str:
    """Write a time of day: "23:59", in the Nordic languages "23.59"."""
    pattern = catalogue(language).gettext(_("{hour}:{minute}"))
    return pattern.format(hour=f"{moment:%H}", minute=f"{moment:%M}")

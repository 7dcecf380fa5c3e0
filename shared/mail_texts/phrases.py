"""What mails say about forms: which day they are about, and until when they are open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.dates import date_text, time_text
from shared.forms import Form
from shared.languages import catalogue
from shared.mail_texts import buddies
from shared.programmes import Day, Gathering, Programme, day_of
from shared.rounds import Round, Window
from shared.schedule import wall_clock

MINUTE, HOUR = 60, 3600
IN_MINUTES = 100 * MINUTE
"""Seconds below which what is left is told in minutes."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A form that somebody is asked to fill in: at which of its day's gatherings, and by which address."""

    round: Round
    form: Form
    gathering: str
    address: str
    buddies: tuple[str, ...] = ()
    """By name, with whom what is written can be shared, where the form is one for buddies."""
    choice: str = ""
    """By whose choice, where only one of two has named the other: "mine" or "theirs"."""

    @property
    def window(self) -> Window:
        """Return when the form is open for her."""
        return self.round.windows[self.gathering]


def buddies_told(asked: Asked, language: str) -> str:
    """Say who somebody's buddies are; empty where a form is not one for buddies."""
    return buddies.told(asked.buddies, asked.choice, language) if asked.form.shared_with == "buddy" else ""


def _day_and_gathering(programme: Programme, asked: Asked) -> tuple[Day, Gathering]:
    """Return the day that a form is about, and where she attends it."""
    day = day_of(programme, asked.round.day)
    return day, next(item for item in day.gatherings if item.id == asked.gathering)


def date_and_place(programme: Programme, asked: Asked, language: str) -> dict[str, str]:
    """Write when and where the day of a form is held."""
    _, held = _day_and_gathering(programme, asked)
    return {"date": date_text(datetime.fromisoformat(held.date), language), "place": held.place}


def held(programme: Programme, asked: Asked, language: str) -> str:
    """Write when and where the day of a form is held, as a line of its own."""
    line = "{date}, {place}".format(**date_and_place(programme, asked, language))
    return line[:1].upper() + line[1:]


def inviting(programme: Programme, asked: Sequence[Asked], language: str) -> tuple[str, str]:
    """Write the subject and the first sentence of an invitation."""
    if len(asked) == 1:
        return _inviting_subject(programme, asked[0], language), _inviting_lead(programme, asked[0], language)
    _ = catalogue(language).gettext
    count = {"count": len(asked), "programme": programme.title[language]}
    subject = _("{count} short forms ({programme})").format(**count)
    return subject, _("There are {count} short forms for you in “{programme}”.").format(**count)


def reminding(programme: Programme, asked: Sequence[Asked], language: str, now: int) -> tuple[str, str]:
    """Write the subject and the first sentence of a reminder."""
    if len(asked) == 1:
        return _reminding_subject(programme, asked[0], language, now), _reminding_lead(programme, asked[0], language)
    _ = catalogue(language).gettext
    count = {"count": len(asked), "programme": programme.title[language]}
    subject = _("Still open: {count} short forms ({programme})").format(**count)
    return subject, _("There is still time for {count} short forms in “{programme}”.").format(**count)


def title(programme: Programme, asked: Asked, language: str) -> str:
    """Name a form by the day that it is about, or by its own title."""
    if not _is_of_the_day(programme, asked):
        return asked.form.title[language]
    day, _held = _day_and_gathering(programme, asked)
    return catalogue(language).gettext("How was the day? {day}").format(day=day.title[language])


def _is_of_the_day(programme: Programme, asked: Asked) -> bool:
    """Tell whether a form asks about a day that is just over."""
    return asked.round.evaluates and timedelta(0) <= _distance(programme, asked) <= timedelta(days=1)


def _distance(programme: Programme, asked: Asked) -> timedelta:
    """Tell how long after its day a form opens, in days."""
    _, held = _day_and_gathering(programme, asked)
    return wall_clock(asked.window.opens, programme.timezone).date() - date.fromisoformat(held.date)


def _inviting_subject(programme: Programme, asked: Asked, language: str) -> str:
    named = title(programme, asked, language)
    return named if _is_of_the_day(programme, asked) else f"{named} ({programme.title[language]})"


def _inviting_lead(programme: Programme, asked: Asked, language: str) -> str:
    """Say what an invitation is about: the day that is over, is coming or is long past, or the programme."""
    _ = catalogue(language).gettext
    if asked.form.shared_with == "team":
        sentence = _("You take part in “{programme}”. Here is a page for you and your team: {form}")
    elif asked.round.mode == "personal":
        sentence = _("You take part in “{programme}”. Here is a page of your own: {form}")
    elif asked.round.once:
        sentence = _("You take part in “{programme}”. Here is a short form about it: {form}")
    elif _is_of_the_day(programme, asked):
        sentence = _("The day is over: “{day}”, {date}, {place}. What did it give you?")
    elif _distance(programme, asked) < timedelta(0):
        sentence = _("Soon it is time for “{day}”, {date}, {place}. Here is a short form before the day: {form}")
    else:
        sentence = _("It is some time since “{day}”, {date}, {place}. Here is a short form about the day: {form}")
    return _filled(sentence, programme, asked, language)


def _reminding_lead(programme: Programme, asked: Asked, language: str) -> str:
    """Say what a reminder is about."""
    _ = catalogue(language).gettext
    if asked.form.shared_with == "team":
        sentence = _("There is still time to write on your team's page in “{programme}”: {form}")
    elif asked.round.mode == "personal":
        sentence = _("There is still time to write on a page of your own in “{programme}”: {form}")
    elif asked.round.once:
        sentence = _("There is still time for a short form about “{programme}”: {form}")
    elif _is_of_the_day(programme, asked):
        sentence = _("There is still time to tell what the day gave you: “{day}”, {date}, {place}.")
    else:
        sentence = _("There is still time for the form “{form}”. It is about “{day}”, {date}, {place}.")
    return _filled(sentence, programme, asked, language)


def _filled(sentence: str, programme: Programme, asked: Asked, language: str) -> str:
    day, _held = _day_and_gathering(programme, asked)
    names = {"programme": programme.title[language], "day": day.title[language], "form": asked.form.title[language]}
    filled = sentence.format(**names, **date_and_place(programme, asked, language))
    return filled if filled.endswith((".", "?", "!")) else f"{filled}."


def until(window: Window, zone: str, language: str) -> str:
    """Say until when a form is open; without the date where it closes on the day it opens."""
    _ = catalogue(language).gettext
    opens, last = wall_clock(window.opens, zone), _last_minute(window, zone)
    if opens.date() == last.date():
        return _("The form is open until {closes} today.").format(closes=time_text(last, language))
    return _("The form is open until {date} at {closes}.").format(date=date_text(last, language), closes=time_text(last, language))


def left(window: Window, zone: str, language: str, now: int) -> str:
    """Say for how long a form is still open, and until when."""
    _ = catalogue(language).gettext
    last, span = _last_minute(window, zone), _span(window, zone, language, now)
    if wall_clock(now, zone).date() == last.date():
        return _("The form is open for another {span}, until {closes}.").format(span=span, closes=time_text(last, language))
    sentence = _("The form is open for another {span}, until {date} at {closes}.")
    return sentence.format(span=span, date=date_text(last, language), closes=time_text(last, language))


def _span(window: Window, zone: str, language: str, now: int) -> str:
    """Write how long is left in minutes, in hours, or in days from the day after tomorrow on."""
    words, seconds = catalogue(language), window.closes - now
    days = (_last_minute(window, zone).date() - wall_clock(now, zone).date()).days
    if days > 1:
        return words.ngettext("{count} day", "{count} days", days).format(count=days)
    if seconds < IN_MINUTES:
        minutes = max(1, seconds // MINUTE)
        return words.ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
    hours = round(seconds / HOUR)
    return words.ngettext("{count} hour", "{count} hours", hours).format(count=hours)


def _reminding_subject(programme: Programme, asked: Asked, language: str, now: int) -> str:
    """Say until when a form is open, and which: the day, or the form's own title."""
    _ = catalogue(language).gettext
    day, _held = _day_and_gathering(programme, asked)
    what = day.title[language] if _is_of_the_day(programme, asked) else asked.form.title[language]
    last = _last_minute(asked.window, programme.timezone)
    if wall_clock(now, programme.timezone).date() == last.date():
        return _("Open until {closes}: {what}").format(closes=time_text(last, language), what=what)
    return _("Open until {date} at {closes}: {what}").format(date=date_text(last, language), closes=time_text(last, language), what=what)


def _last_minute(window: Window, zone: str) -> datetime:
    """Return the last minute in which a form is open, as people say it: "until 23:59"."""
    return wall_clock(window.closes - MINUTE, zone)

"""The mails themselves: what a participant reads."""

from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from shared.dates import date_text, time_text
from shared.forms import Form, minutes
from shared.languages import catalogue
from shared.mail import Message
from shared.notices import notice, written
from shared.programmes import Programme, day_of
from shared.rosters import Participant
from shared.rounds import Round, Window
from shared.schedule import wall_clock

TEMPLATES = Path(__file__).parent / "templates"


@cache
def templates(language: str) -> Environment:
    """Load the mail templates for one language."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    words = catalogue(language)
    made.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    return made


def invitation_mail(programme: Programme, due: Round, form: Form, reader: Participant, *, gathering: str, address: str) -> Message:
    """Write the mail that invites to a round."""
    language, window = reader.language, due.windows[gathering]
    facts = {
        "language": language,
        "programme": programme.title[language],
        "lead": _lead(programme, due, form, gathering, language),
        "until": _until(window, programme.timezone, language),
        "minutes": minutes(form),
        "address": address,
        "notice": notice(programme, form.mode, language).short,
        "contact": written(programme.contact),
    }
    loaded = templates(language)
    return Message(
        to=reader.email,
        sender_name=programme.sender_name,
        reply_to=programme.contact.email,
        subject=_subject(programme, due, form, language),
        text=loaded.get_template("invitation.txt").render(facts),
        html=loaded.get_template("invitation.html").render(facts),
    )


def _subject(programme: Programme, due: Round, form: Form, language: str) -> str:
    if due.once:
        return f"{form.title[language]} ({programme.title[language]})"
    return catalogue(language).gettext("How was the day? {day}").format(day=day_of(programme, due.day).title[language])


def _lead(programme: Programme, due: Round, form: Form, gathering: str, language: str) -> str:
    """Say what the mail is about: the day that is over, or the programme."""
    _ = catalogue(language).gettext
    if due.once:
        return _("You take part in “{programme}”. Here is a short form about it: {form}").format(
            programme=programme.title[language], form=form.title[language]
        )
    day = day_of(programme, due.day)
    held = next(item for item in day.gatherings if item.id == gathering)
    date = date_text(datetime.fromisoformat(held.date), language)
    sentence = _("The day is over: “{day}”, {date}, {place}. What did it give you?")
    return sentence.format(day=day.title[language], date=date, place=held.place)


def _until(window: Window, zone: str, language: str) -> str:
    """Say until when the form is open; without the date where it closes on the day it opens."""
    _ = catalogue(language).gettext
    opens, last = wall_clock(window.opens, zone), wall_clock(window.closes - 60, zone)
    if opens.date() == last.date():
        return _("The form is open until {closes} today.").format(closes=time_text(last))
    return _("The form is open until {date} at {closes}.").format(date=date_text(last, language), closes=time_text(last))

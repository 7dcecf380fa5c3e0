"""The mails themselves: what a participant reads."""

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
from shared.rounds import Round
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
    language = reader.language
    day, window = day_of(programme, due.day), due.windows[gathering]
    place = next(item.place for item in day.gatherings if item.id == gathering)
    facts = {
        "language": language,
        "programme": programme.title[language],
        "day": day.title[language],
        "place": place,
        "date": date_text(wall_clock(window.opens, programme.timezone), language),
        "closes": time_text(wall_clock(window.closes - 60, programme.timezone)),
        "minutes": minutes(form),
        "address": address,
        "notice": notice(programme, language).short,
        "contact": written(programme.contact),
    }
    loaded = templates(language)
    subject = catalogue(language).gettext("How was the day? {day}").format(day=facts["day"])
    return Message(
        to=reader.email,
        sender_name=programme.sender_name,
        reply_to=programme.contact.email,
        subject=subject,
        text=loaded.get_template("invitation.txt").render(facts),
        html=loaded.get_template("invitation.html").render(facts),
    )

"""The mails themselves: what a participant reads."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from shared import programmes
from shared.forms import minutes
from shared.languages import catalogue
from shared.mail_message import Message
from shared.mail_texts import phrases
from shared.mail_texts.buddies import Named, told_beside
from shared.mail_texts.phrases import Asked
from shared.notices import notice, written
from shared.programmes import Programme
from shared.rosters.people import Participant

TEMPLATES = Path(__file__).parent / "templates"


class Told(NamedTuple):
    """A programme's own message to somebody."""

    message: programmes.Message
    kept: str = ""
    """The address of what she wrote to herself, where the message returns it."""
    shared: bool = False
    """What others wrote can have been shared with her there."""
    named: Named | None = None
    """Who her buddies are, where the message names them; None in a specimen, which is nobody's."""


@cache
def templates(language: str, *own: Path) -> Environment:
    """Load the mail templates for one language, and those in a folder of one's own."""
    made = Environment(
        loader=FileSystemLoader([*own, TEMPLATES]),
        autoescape=select_autoescape(["html"]),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        auto_reload=False,
    )
    words = catalogue(language)
    made.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    return made


def invitation_mail(
    programme: Programme,
    reader: Participant,
    asked: Sequence[Asked],
    stop: str = "",
    *,
    messages: Sequence[Told] = (),
) -> Message:
    """Write the mail that invites to one form, or to several that open at once; ``stop`` is her address for stopping reminders.

    The programme's ``messages`` that are due at the same time come below.
    """
    subject, lead = phrases.inviting(programme, asked, reader.language)
    until = [phrases.until(item.window, programme.timezone, reader.language) for item in asked]
    forms = _forms(programme, asked, until, reader.language)
    return _mail(
        programme, reader, "invitation", {"subject": subject, "lead": lead, "forms": forms, "reminds": False, "stop": stop}, messages
    )


def reminder_mail(
    programme: Programme,
    reader: Participant,
    asked: Sequence[Asked],
    stop: str,
    now: int,
    *,
    messages: Sequence[Told] = (),
) -> Message:
    """Write the mail that reminds of one form or of several, and says how long is left."""
    subject, lead = phrases.reminding(programme, asked, reader.language, now)
    left = [phrases.left(item.window, programme.timezone, reader.language, now) for item in asked]
    forms = _forms(programme, asked, left, reader.language)
    return _mail(
        programme, reader, "invitation", {"subject": subject, "lead": lead, "forms": forms, "reminds": True, "stop": stop}, messages
    )


def found_mail(programme: Programme, reader: Participant, asked: Sequence[Asked], standing: str, *, resent: bool = False) -> Message:
    """Write the mail for somebody without a link: her links to what is open, and how it stands with what was asked about.

    She has asked for it herself, or staff have it ``resent``.
    """
    _ = catalogue(reader.language).gettext
    typed = _("You get this mail because your address was typed on the page where one finds one's link.")
    why = _("You get this mail because those who run the programme have had your link sent once more.") if resent else typed
    if not asked:
        subject = _("Nothing is open for you now ({programme})").format(programme=programme.title[reader.language])
        texts = {"title": _("Nothing is open for you now"), "paragraphs": [standing, why], "kept": "", "shared": False}
        return _mail(programme, reader, "message", {"subject": subject, "stop": "", "messages": [texts]})
    subject = _("Your own link ({programme})").format(programme=programme.title[reader.language])
    until = [phrases.until(item.window, programme.timezone, reader.language) for item in asked]
    which = _("Here is your link to “{form}”.").format(form=phrases.title(programme, asked[0], reader.language)) if len(asked) == 1 else ""
    lead = " ".join(filter(None, (standing, which, why)))
    facts = {"subject": subject, "heading": _("Your own link"), "lead": lead, "forms": _forms(programme, asked, until, reader.language)}
    return _mail(programme, reader, "invitation", {**facts, "reminds": False, "stop": ""})


def message_mail(programme: Programme, reader: Participant, *messages: Told) -> Message:
    """Write the mail of a programme's own task or text, or of several that are due at once."""
    subject = f"{' · '.join(told.message.title[reader.language] for told in messages)} ({programme.title[reader.language]})"
    return _mail(programme, reader, "message", {"subject": subject, "stop": ""}, messages)


def _mail(
    programme: Programme,
    reader: Participant,
    template: str,
    facts: Mapping[str, Any],
    messages: Sequence[Told] = (),
) -> Message:
    language, loaded = reader.language, templates(reader.language)
    facts = {"heading": "", "messages": [_message(told, language) for told in messages], **facts}
    about = {"language": language, "name": reader.name, "programme": programme.title[language], "contact": written(programme.contact)}
    return Message(
        to=reader.email,
        sender_name=programme.sender_name,
        reply_to=programme.contact.email,
        subject=facts["subject"],
        text=loaded.get_template(f"{template}.txt").render({**about, **facts}),
        html=loaded.get_template(f"{template}.html").render({**about, **facts}),
        stop=facts["stop"],
    )


def _message(told: Told, language: str) -> dict[str, Any]:
    """Gather what a mail tells of a message."""
    message = told.message
    words = catalogue(language)
    names = told.named.names if told.named else ()
    text = message.text[language].replace(programmes.BUDDY, words.gettext(" and ").join(names) or words.gettext("your buddy"))
    if told.named:
        text = "\n\n".join(filter(None, (text, told_beside(told.named, language))))
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    return {"title": message.title[language], "paragraphs": paragraphs, "kept": told.kept, "shared": told.shared}


def _forms(programme: Programme, asked: Sequence[Asked], until: Sequence[str], language: str) -> list[dict[str, Any]]:
    """Gather what a mail tells of each form."""
    return [
        {
            "title": phrases.title(programme, item, language),
            "held": phrases.held(programme, item, language) if item.round.evaluates else "",
            "minutes": minutes(item.form),
            "is_personal": item.form.mode == "personal",
            "until": open_until,
            "buddies": phrases.buddies_told(item, language),
            "address": item.address,
            "notice": notice(programme, item.form.mode, language, item.form.shared_with).short,
        }
        for item, open_until in zip(asked, until, strict=True)
    ]

"""Mails with a template of their own, which no form and no programme's message is about."""

from collections.abc import Mapping
from pathlib import Path

from shared.mail_message import Message
from shared.mail_texts.messages import templates
from shared.notices import written
from shared.programmes import Programme

TEMPLATES = Path(__file__).parent / "templates"


def mail_about(what: str, programme: Programme, to: str, subject: str, facts: Mapping[str, object]) -> Message:
    """Write the mail whose templates are called ``what``, in the language that the facts name."""
    loaded = templates(str(facts["language"]), TEMPLATES)
    told = {**facts, "contact": written(programme.contact)}
    return Message(
        to=to,
        sender_name=programme.sender_name,
        reply_to=programme.contact.email,
        subject=subject,
        text=loaded.get_template(f"{what}.txt").render(told),
        html=loaded.get_template(f"{what}.html").render(told),
    )

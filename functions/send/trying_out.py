"""Mails that staff try out: each goes to the one who asked for it, says that it is a test, and its link leads to the preview."""

from dataclasses import replace

from shared import links, mail
from shared.languages import catalogue
from shared.logs import logger
from shared.mail_message import Message
from shared.mail_texts.phrases import Asked
from shared.mail_texts.specimens import message_specimen, reader, specimen
from shared.programmes import Programme, Staff
from shared.queue import TrialErrand
from shared.sessions import fingerprint
from shared.settings import setting
from shared.store import claims, deliverability, published


def send_trial(errand: TrialErrand, now: int) -> None:
    """Send a mail that somebody of the staff asked for, if there is such a mail and mails go out at all."""
    programme = published.programme(errand.programme)
    member = _staff(programme, errand.staff) if programme else None
    if programme is None or member is None or errand.language not in programme.languages:
        return
    written = _written(programme, member, errand)
    if written is None or claims.paused(now) or deliverability.stopped() or deliverability.suppressed(member.email):
        return
    subject = catalogue(errand.language).gettext("Test: {subject}").format(subject=written.subject)
    try:
        mail.send(replace(written, subject=subject))
    except (mail.TryLater, mail.AddressRefused):
        # Nothing to plan again: who waits in vain asks again.
        logger.warning("test mail not taken")


def _staff(programme: Programme, whose: str) -> Staff | None:
    return next((member for member in programme.staff if fingerprint(member.email.casefold()) == whose), None)


def _written(programme: Programme, member: Staff, errand: TrialErrand) -> Message | None:
    to = reader(programme, errand.language, member.email)
    if errand.mail == "message":
        message = next((item for item in programme.messages if item.id == errand.item), None)
        return message_specimen(programme, to, message) if message else None
    asked = _asked(programme, errand)
    return specimen(programme, to, asked, reminds=errand.mail == "reminder") if asked else None


def _asked(programme: Programme, errand: TrialErrand) -> Asked | None:
    found = published.round_by_id(programme.id, errand.item)
    form = published.form(programme.id, found.form) if found else None
    if found is None or form is None or errand.gathering not in found.windows:
        return None
    path = links.preview_path(programme.id, found.id, errand.gathering, errand.language)
    return Asked(found, form, errand.gathering, setting("BASE_ADDRESS") + path)

"""The mail by which staff sign in."""

import time

from functions.send.writing import mail_about
from shared import mail
from shared.languages import catalogue
from shared.logs import logger
from shared.mail_message import Message
from shared.programmes import Programme, Staff, staff_of
from shared.queue import SignInErrand
from shared.sessions import SIGN_IN
from shared.settings import setting
from shared.store import desk_sessions, published


def send_sign_in(errand: SignInErrand, _now: int) -> None:
    """Send a sign-in link if it was asked for lately, by the real time, for an address that is somebody's among the staff."""
    asked = desk_sessions.sign_in(errand.token)
    if asked is None or asked.expires <= time.time():
        return
    found = _staff(asked.email)
    if found is None:
        return
    try:
        mail.send(_message(*found, errand.token, asked.language))
    except (mail.TryLater, mail.AddressRefused):
        # Nothing to plan again: who waits in vain asks again.
        logger.warning("sign-in mail not taken")


def _staff(email: str) -> tuple[Programme, Staff] | None:
    """Find a programme whose staff an address belongs to, and whom it belongs to."""
    for name in published.programmes_of(email):
        programme = published.programme(name)
        member = staff_of(programme, email) if programme else None
        if programme and member:
            return programme, member
    return None


def _message(programme: Programme, member: Staff, token: str, language: str) -> Message:
    """Write the mail to the address as the programme's file has it, never to one that was only found to be alike."""
    facts = {
        "language": language,
        "address": f"{setting('BASE_ADDRESS')}/desk/enter/{token}",
        "minutes": SIGN_IN // 60,
    }
    subject = catalogue(language).gettext("Sign in to Kursdag")
    return mail_about("sign_in", programme, member.email, subject, facts)

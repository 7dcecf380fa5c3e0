"""The mail by which staff sign in."""

import time

from functions.send.message import templates
from shared import mail
from shared.languages import catalogue
from shared.logs import logger
from shared.notices import written
from shared.programmes import Programme, staff_of
from shared.sessions import SIGN_IN
from shared.settings import setting
from shared.store import desk_sessions, published


def send_sign_in(token: str) -> None:
    """Send a sign-in link if it was asked for lately, for an address that is somebody's among the staff."""
    asked = desk_sessions.sign_in(token)
    programme = _programme_of(asked.email) if asked and asked.expires > time.time() else None
    if asked is None or programme is None:
        return
    try:
        mail.send(_message(programme, asked.email, token))
    except (mail.TryLater, mail.AddressRefused):
        # Nothing to plan again: who waits in vain asks again.
        logger.warning("sign-in mail not taken")


def _programme_of(email: str) -> Programme | None:
    """Find a programme whose staff an address belongs to."""
    found = (published.programme(name) for name in published.programmes_of(email))
    return next((item for item in found if item and staff_of(item, email)), None)


def _message(programme: Programme, email: str, token: str) -> mail.Message:
    language = programme.languages[0]
    facts = {
        "language": language,
        "address": f"{setting('BASE_ADDRESS')}/desk/enter/{token}",
        "minutes": SIGN_IN // 60,
        "contact": written(programme.contact),
    }
    loaded = templates(language)
    return mail.Message(
        to=email,
        sender_name=programme.sender_name,
        reply_to=programme.contact.email,
        subject=catalogue(language).gettext("Sign in to Kursdag"),
        text=loaded.get_template("sign_in.txt").render(facts),
        html=loaded.get_template("sign_in.html").render(facts),
    )

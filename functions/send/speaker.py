"""The mail by which a speaker gets the link to the results of her sessions."""

import time

from functions.send.writing import mail_about
from shared import mail
from shared.languages import catalogue
from shared.logs import logger
from shared.mail_message import Message
from shared.programmes import Programme
from shared.queue import SpeakerErrand
from shared.settings import setting
from shared.store import desk_speakers, recent
from shared.store.desk_speakers import Invited


def send_speaker(errand: SpeakerErrand, _now: int) -> None:
    """Send a speaker's link unless it has been taken back; sent twice, it is the same link. Like sign-ins, it goes by the real time."""
    invited = desk_speakers.by_token(errand.programme, errand.token, int(time.time()))
    programme = recent.programme(errand.programme)
    if invited is None or programme is None:
        return
    try:
        mail.send(_message(programme, invited, errand.token))
    except mail.AddressRefused:
        logger.warning("speaker's mail not taken", programme=programme.id)


def _message(programme: Programme, invited: Invited, token: str) -> Message:
    language = programme.languages[0]
    facts = {
        "language": language,
        "programme": programme.title[language],
        "speaker": invited.name.get(language) or next(iter(invited.name.values())),
        "days": desk_speakers.KEPT // 86_400,
        "address": f"{setting('BASE_ADDRESS')}/desk/speaker/{programme.id}/{token}",
    }
    subject = catalogue(language).gettext("What was said of your sessions ({programme})").format(programme=facts["programme"])
    return mail_about("speaker", programme, invited.email, subject, facts)

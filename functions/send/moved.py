"""The mail to an address that somebody had before: what she wrote by links that went there is handed over from there, or not at all."""

from functions.send.delivering import delivered
from functions.send.writing import mail_about
from shared import letters, link_keys, links
from shared.languages import catalogue
from shared.logs import logger
from shared.mail_message import Message
from shared.mail_tags import About
from shared.programmes import Programme
from shared.queue import MovedErrand
from shared.rounds import Round
from shared.settings import setting
from shared.store import claims, deliverability, former_addresses, invitations, published, recent, roster
from shared.store.roster import Person
from shared.store.secrets import Destroyed


def ask_before(errand: MovedErrand, now: int) -> None:
    """Ask at an earlier address whether the new one is hers; only then note which keys her links make now, so that it is asked once.

    While nothing can be sent nothing is noted, and `invite` queues this again.
    """
    found, seen = recent.round_by_ref(errand.ref), invitations.invitation(errand.ref, errand.fingerprint)
    if found is None or seen is None or claims.paused(now) or deliverability.stopped():
        return
    person, programme = roster.person(found.programme, seen.person), recent.programme(found.programme)
    if person is None or programme is None or _public(found, person) == seen.public:
        return
    if _asked(programme, found, person, former_addresses.address(programme.id, person.id, errand.former), now):
        _rekey(programme, person, seen.public)


def _asked(programme: Programme, found: Round, person: Person, former: str, now: int) -> bool:
    """Send the mail, unless the address is no good; tell whether there is nothing more to try."""
    if not former or deliverability.suppressed(former):
        return True
    about = About(programme.id, person.id, everybody=False)
    return delivered(_message(programme, found, person, former), about, now) != "pending"


def _rekey(programme: Programme, person: Person, before: str) -> None:
    """Note which keys somebody's links make now wherever they made those of before."""
    for found in published.rounds(programme.id).values():
        try:
            token = link_keys.token(found, person) if found.mode == "personal" else ""
        except Destroyed:
            logger.info("nothing to note of a round whose keys are destroyed", programme=programme.id, round=found.id)
            continue
        if token:
            public = letters.public_half(links.behind(token)).hex()
            invitations.put_public(found.ref, links.invitation_name(token, seeded=True), public, before)


def _public(found: Round, person: Person) -> str:
    return letters.public_half(links.behind(link_keys.token(found, person))).hex()


def _message(programme: Programme, found: Round, person: Person, former: str) -> Message:
    language = person.participant.language
    facts = {
        "language": language,
        "name": person.participant.name,
        "programme": programme.title[language],
        "new": person.participant.email,
        "address": links.address(setting("BASE_ADDRESS"), found.ref, link_keys.token(found, person.at(former))),
    }
    subject = catalogue(language).gettext("Your mail address was changed ({programme})").format(programme=facts["programme"])
    return mail_about("moved", programme, former, subject, facts)

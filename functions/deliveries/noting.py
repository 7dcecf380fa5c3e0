"""What follows from an event: on the mail, for the address, for the person, for our reputation."""

from collections.abc import Iterator
from typing import Any

from shared.arrivals import DEAD, LOST, Event
from shared.logs import logger
from shared.reputation import DAY, at_risk, lately
from shared.store import claims, deliverability, invitations, messages, roster, tallies
from shared.store.claims import Claim


def note(event: Event) -> None:
    """Note all that follows from an event."""
    if event.arrival in DEAD:
        for address in event.addresses:
            deliverability.suppress(address, event.arrival)
    if _is_to_her_address(event):
        _note_mail(event)
        _note_person(event)
    if event.arrival in DEAD:
        _guard_reputation(event)


def _is_to_her_address(event: Event) -> bool:
    """Tell whether a mail went to the address that somebody still has: what became of another one does not concern her any more."""
    person = roster.person(event.about.programme, event.about.person) if event.about.person else None
    return person is not None and deliverability.hashed(person.participant.email) in map(deliverability.hashed, event.addresses)


def _note_mail(event: Event) -> None:
    """Note what came of a mail; whatever is told of it says that it was sent, should the sender have died before noting so."""
    for at, slot, then in _pieces(event):
        claims.settle(at, slot, Claim("sent", 0, then))
        claims.note_arrival(at, event.arrival)


def _pieces(event: Event) -> Iterator[tuple[dict[str, Any], int, int]]:
    """Name what a mail was about: the key of each piece, which mail it was, and which one counts as the latest then."""
    for form in event.about.forms:
        yield invitations.at(form.ref, form.fingerprint), form.slot, form.then
    for message in event.about.messages:
        yield messages.at(event.about.programme, message, event.about.person), 0, 0


def _note_person(event: Event) -> None:
    """Note who is not reached, of mails that everybody gets: a reminder that comes back would tell who has not answered."""
    if event.arrival in LOST and event.about.everybody:
        for address in event.addresses:
            deliverability.note_unreached(event.about.programme, event.about.person, address, event.arrival)


def _guard_reputation(event: Event) -> None:
    """Stop sending before the mail service does."""
    tallied = tallies.count(event.arrival, event.mail, event.at)
    why = at_risk(lately(tallied, event.at // DAY))
    if why:
        deliverability.stop(why)
        logger.error("sending stopped", why=why)

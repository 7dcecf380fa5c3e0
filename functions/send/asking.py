"""The mails that ask participants: invitations and reminders."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from functions.send.delivering import delivered
from functions.send.message import invitation_mail, reminder_mail
from functions.send.phrases import Asked
from shared import keys, links
from shared.logs import logger
from shared.mail import Message
from shared.queue import Errand
from shared.rosters import Participant
from shared.rounds import Round
from shared.schedule import APART
from shared.settings import setting
from shared.store import claims, invitations, recent, roster, secrets
from shared.store.claims import Claim
from shared.store.invitations import Invitation


@dataclass(frozen=True, slots=True)
class Asking:
    """One form that a mail is about."""

    round: Round
    invitation: Invitation
    slot: int
    """0 for the invitation, else the reminder that is due since this moment."""

    @property
    def last(self) -> int:
        """Tell until when the mail can go out; 0 for a reminder that the round no longer has."""
        name = self.invitation.gathering
        due = [time.closes for time in self.round.reminders.get(name, ()) if time.opens == self.slot]
        return (max(due, default=0)) if self.slot else self.round.windows[name].closes

    def become(self, mail: str, now: int) -> Claim:
        """Tell what is noted of the mail: once invited, the reminders within two hours are done with."""
        times = self.round.reminders.get(self.invitation.gathering, ())
        soon = [time.opens for time in times if time.opens < now + APART]
        return Claim(mail, 0, max(soon, default=0) if mail == "sent" and not self.slot else self.slot)


def send_errand(errand: Errand, now: int) -> None:
    """Send one mail about all of its forms that it is still to be sent about."""
    if claims.paused(now):
        return
    claimed = [item for item in _in_time(errand, now) if claims.claim(_at(item), item.slot, now)]
    if not claimed:
        return
    became = _outcome(claimed, now)
    for item in claimed:
        claims.settle(_at(item), item.slot, item.become(became, now))


def _in_time(errand: Errand, now: int) -> Iterator[Asking]:
    """Look up what an errand is about; leave out what it is too late for."""
    for part in errand.parts:
        due, invitation = recent.round_by_ref(part.ref), invitations.invitation(part.ref, part.fingerprint)
        if due is None or invitation is None:
            logger.warning("errand without an invitation")
            continue
        found = Asking(due, invitation, part.slot)
        if now < found.last:
            yield found
        else:
            logger.warning("too late to send", programme=due.programme, round=due.id)


def _at(item: Asking) -> dict[str, object]:
    return invitations.at(item.round.ref, item.invitation.fingerprint)


def _outcome(claimed: Sequence[Asking], now: int) -> str:
    """Send a claimed mail and name the state it is in then."""
    programme = claimed[0].round.programme
    person = roster.person(programme, claimed[0].invitation.person)
    if person is None:
        logger.warning("nobody to send to", programme=programme)
        return "gone"
    return delivered(_message(claimed, person.participant, person.id, now), now)


def _message(claimed: Sequence[Asking], reader: Participant, person: str, now: int) -> Message:
    """Write the mail: a reminder where all of it is known to her, else an invitation."""
    programme = recent.programme(claimed[0].round.programme)
    if programme is None:
        raise LookupError("programme")
    asked = [_asked(item, person) for item in claimed]
    first = claimed[0]
    token = links.stop_token(_link_key(first.round.ref), person)
    stop = links.stop_address(setting("BASE_ADDRESS"), first.round.ref, first.invitation.fingerprint, token)
    if all(item.slot for item in claimed):
        return reminder_mail(programme, reader, asked, stop, now)
    return invitation_mail(programme, reader, asked, stop)


def _asked(item: Asking, person: str) -> Asked:
    form = recent.form(item.round.programme, item.round.form)
    if form is None:
        raise LookupError("form")
    token = links.answer_token(_link_key(item.round.ref), person)
    return Asked(item.round, form, item.invitation.gathering, links.address(setting("BASE_ADDRESS"), item.round.ref, token))


@cache
def _link_key(ref: str) -> bytes:
    """Unwrap a round's link key once for as long as this process lives."""
    return keys.unwrapped("link", ref, secrets.secret(ref, "link"))

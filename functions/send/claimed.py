"""What an errand's mail is about, claimed piece by piece just before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shared import companions, link_keys, links
from shared.languages import Text
from shared.logs import logger
from shared.mail_texts.buddies import others_now
from shared.programmes import Message
from shared.queue import Errand, MessagePart, Part
from shared.replies import message, round_of
from shared.rounds import Round
from shared.schedule import APART
from shared.settings import setting
from shared.store import claims, invitations, messages, published, recent, replies, roster
from shared.store.claims import Claim
from shared.store.invitations import Invitation
from shared.store.roster import Person


@dataclass(frozen=True, slots=True)
class Asking:
    """One form that a mail is about."""

    round: Round
    invitation: Invitation
    slot: int
    """0 for the invitation, else the reminder that is due since this moment."""

    @property
    def at(self) -> dict[str, Any]:
        """Return the key under which this is claimed."""
        return invitations.at(self.round.ref, self.invitation.fingerprint)

    @property
    def until(self) -> int:
        """Tell when it is too late for this; 0 for a reminder that the round no longer has."""
        name = self.invitation.gathering
        if not self.slot:
            return self.round.windows[name].closes
        return next((time.closes for time in self.round.reminders.get(name, ()) if time.opens == self.slot), 0)

    def became(self, mail: str, now: int) -> Claim:
        """Write what is noted of the mail: once somebody is invited, the reminders within two hours are done with."""
        times = self.round.reminders.get(self.invitation.gathering, ())
        soon = max((time.opens for time in times if time.opens < now + APART), default=0)
        return Claim(mail, 0, soon if mail == "sent" and not self.slot else self.slot)


@dataclass(frozen=True, slots=True)
class Telling:
    """One message that a mail holds."""

    message: Message
    part: MessagePart
    slot: int = 0

    @property
    def at(self) -> dict[str, Any]:
        """Return the key under which this is claimed."""
        return messages.at(self.part.programme, self.part.message, self.part.person)

    @property
    def until(self) -> int:
        """Tell when it is too late for this."""
        return self.part.until

    def became(self, mail: str, _now: int) -> Claim:
        """Write what is noted of the mail."""
        return Claim(mail)


Piece = Asking | Telling


def claimed(errand: Errand, now: int) -> list[Piece]:
    """Claim what of an errand is still to be sent and not too late."""
    found = [_asking(part) for part in errand.parts] + [_telling(part) for part in errand.messages]
    return [piece for piece in found if piece and _in_time(piece, now) and claims.claim(piece.at, piece.slot, now)]


def _round(part: Part) -> Round | None:
    """Look up the round of a form; one that knows nothing of a reminder is read anew, since staff may just have asked for it."""
    found = recent.round_by_ref(part.ref)
    is_known = found is None or not part.slot or any(time.opens == part.slot for times in found.reminders.values() for time in times)
    return found if is_known else published.round_by_ref(part.ref)


def _asking(part: Part) -> Asking | None:
    due, invitation = _round(part), invitations.invitation(part.ref, part.fingerprint)
    if due is None or invitation is None:
        logger.warning("errand without an invitation")
        return None
    if due.paused:
        return None
    return Asking(due, invitation, part.slot)


def _telling(part: MessagePart) -> Telling | None:
    found = _of_round(part) if round_of(part.message) else _message(part)
    if found is None:
        logger.warning("errand without a message")
        return None
    return Telling(found, part)


def _message(part: MessagePart) -> Message | None:
    programme = recent.programme(part.programme)
    return next((message for message in programme.messages if message.id == part.message), None) if programme else None


def _of_round(part: MessagePart) -> Message | None:
    """Write what somebody is told about a round after her invitation, with her own link: the reply, or that her buddies have changed."""
    programme, held = recent.programme(part.programme), published.round_by_id(part.programme, round_of(part.message))
    reader = roster.person(part.programme, part.person)
    if programme is None or held is None or reader is None:
        return None
    title = recent.round_title(programme, held)
    return _buddies(held, title, reader) if held.mode == "personal" else _reply(held, title, reader)


def _reply(held: Round, title: Text, reader: Person) -> Message | None:
    told = replies.recent(held.ref)
    return message(held.id, title, told, _address(held, reader)) if told else None


def _buddies(held: Round, title: Text, reader: Person) -> Message | None:
    token = link_keys.token(held, reader)
    invitation = invitations.invitation(held.ref, links.invitation_name(token, seeded=True))
    if invitation is None:
        return None
    names, choice = companions.names(links.behind(token), invitation.companions)
    return others_now(held.id, title, names, choice, links.address(setting("BASE_ADDRESS"), held.ref, token))


def _address(held: Round, reader: Person) -> str:
    """Write her own link again; empty once the keys are destroyed that it is made of."""
    try:
        return links.address(setting("BASE_ADDRESS"), held.ref, link_keys.token(held, reader))
    except LookupError:
        return ""


def _in_time(piece: Piece, now: int) -> bool:
    if now < piece.until:
        return True
    logger.warning("too late to send")
    return False

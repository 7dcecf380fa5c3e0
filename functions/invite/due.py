"""Which mails are due: to whom, about what, and why not to others."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from shared.arrivals import is_lost
from shared.queue import MessagePart, Part
from shared.rounds import Round, Window
from shared.store.claims import Claim
from shared.store.invitations import Invitation

Reason = Literal["", "answered", "declined", "absent", "stopped", "team has written", "not reached", "not invited yet", "has it"]
"""Why somebody gets no mail; empty where she does. Who was invited less than two hours before a reminder counts as having it."""

NOBODY: Mapping[str, Reason] = {}

UNDER_WAY = ("pending", "sending")


def why_not(item: Invitation, slot: int, spared: Mapping[str, Reason], corrected: Collection[str] = ()) -> Reason:
    """Say why somebody gets no invitation (slot 0), or no reminder of a slot.

    Who is ``spared`` reminders is named with the reason. Whoever could not be reached and has a ``corrected`` address is invited there.
    """
    if item.answered is not None:
        return "answered"
    if item.absent or item.declined == "absent":
        return "absent"
    if item.declined:
        return "declined"
    if is_lost(item.mail, item.arrival):
        return _lost(slot) if item.person in corrected else "not reached"
    return _not_reminded(item, slot, spared) if slot else _not_invited(item)


def _lost(slot: int) -> Reason:
    return "not invited yet" if slot else ""


def _not_invited(item: Invitation) -> Reason:
    return "" if item.slot == 0 and item.mail in UNDER_WAY else "has it"


def _not_reminded(item: Invitation, slot: int, spared: Mapping[str, Reason]) -> Reason:
    if item.person in spared:
        return spared[item.person]
    if not _not_invited(item):
        return "not invited yet"
    return "has it" if item.slot > slot or (item.slot == slot and item.mail == "sent") else ""


def reminders_due(due: Round, done: Mapping[str, int], now: int) -> dict[str, Window]:
    """Find each gathering's latest reminder whose time has come, in time or not, unless it is done with."""
    found = {name: [time for time in times if time.opens <= now] for name, times in due.reminders.items()}
    return {name: times[-1] for name, times in found.items() if times and times[-1].opens > done.get(name, 0)}


def open_gatherings(due: Round, now: int) -> list[str]:
    """Name the gatherings at which a round is open."""
    return sorted(name for name, window in due.windows.items() if window.opens <= now < window.closes)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One form that somebody is to be told about."""

    round: Round
    invitation: Invitation
    slot: int

    @property
    def part(self) -> Part:
        """Name it as an errand does."""
        return Part(self.round.ref, self.invitation.fingerprint, self.slot)

    @property
    def closes(self) -> int:
        """Tell until when she can answer."""
        return self.round.windows[self.invitation.gathering].closes


def wanted(
    due: Round, held: Iterable[Invitation], slots: Mapping[str, int], spared: Mapping[str, Reason] = NOBODY, corrected: Collection[str] = ()
) -> list[Wanted]:
    """Find who is to be told about a round; ``slots`` says which mail is due at each gathering."""
    here = [item for item in held if item.gathering in slots]
    return [Wanted(due, item, slots[item.gathering]) for item in here if not why_not(item, slots[item.gathering], spared, corrected)]


@dataclass(frozen=True, slots=True)
class Addressed:
    """One message that somebody is to be sent."""

    part: MessagePart
    seen: Claim | None
    """How far her mail has come, where it has been taken up."""


@dataclass(frozen=True, slots=True)
class Mailing:
    """One mail to one person: the forms and the messages that are due for her."""

    forms: tuple[Wanted, ...] = ()
    messages: tuple[Addressed, ...] = ()

    @property
    def programme(self) -> str:
        """Name the programme that it is about."""
        return self.forms[0].round.programme if self.forms else self.messages[0].part.programme


def mailings(forms: Iterable[Wanted], messages: Iterable[Addressed]) -> list[Mailing]:
    """Put all that is due for a person in a programme into one mail; whose form closes first comes first."""
    found: dict[tuple[str, str], Mailing] = {}
    for form in sorted(forms, key=_urgency):
        who = form.round.programme, form.invitation.person
        before = found.get(who, Mailing())
        found[who] = replace(before, forms=(*before.forms, form))
    for message in messages:
        who = message.part.programme, message.part.person
        before = found.get(who, Mailing())
        found[who] = replace(before, messages=(*before.messages, message))
    return list(found.values())


def _urgency(item: Wanted) -> tuple[int, str, str]:
    return item.closes, item.part.ref, item.part.fingerprint

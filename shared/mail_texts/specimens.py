"""Mails as specimens: written to somebody invented, for previews and for staff who try them out."""

from shared.mail_message import Message
from shared.mail_texts.messages import invitation_mail, reminder_mail
from shared.mail_texts.phrases import Asked
from shared.programmes import Programme
from shared.rosters import Participant

BEFORE_CLOSING = 3 * 3600
"""Seconds before closing at which a reminder is shown that the round itself does not have."""


def reader(programme: Programme, language: str, address: str = "participant@example.org") -> Participant:
    """Invent somebody who is invited."""
    role = next(iter(programme.roles), "")
    return Participant(address, "Kim Lind", language, role, ("",) * len(programme.units))


def specimen(programme: Programme, to: Participant, asked: Asked, *, reminds: bool) -> Message:
    """Write the mail that invites to a form, or reminds of it as its first reminder does."""
    if reminds:
        return reminder_mail(programme, to, [asked], "", _reminded(asked))
    return invitation_mail(programme, to, [asked])


def _reminded(asked: Asked) -> int:
    times = asked.round.reminders.get(asked.gathering, ())
    return times[0].opens if times else asked.window.closes - BEFORE_CLOSING

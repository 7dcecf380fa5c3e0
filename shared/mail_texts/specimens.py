"""Mails as specimens: written to somebody invented, for previews and for staff who try them out."""

from shared import programmes
from shared.mail_message import Message
from shared.mail_texts.messages import Told, invitation_mail, message_mail, reminder_mail
from shared.mail_texts.phrases import Asked
from shared.programmes import Programme
from shared.rosters.people import Participant

NOWHERE = "https://kursdag.example.org/e/letter"

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


def message_specimen(programme: Programme, to: Participant, message: programmes.Message, kept: str = NOWHERE) -> Message:
    """Write the mail of a programme's own text; where it returns what somebody wrote, with an address, which by default leads nowhere."""
    return message_mail(programme, to, Told(message, kept if message.returns else ""))


def _reminded(asked: Asked) -> int:
    times = asked.round.reminders.get(asked.gathering, ())
    return times[0].opens if times else asked.window.closes - BEFORE_CLOSING

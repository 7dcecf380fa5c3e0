"""Handing a mail to the mail service, and what comes of it."""

import random
import time
from collections.abc import Mapping

from shared import mail
from shared.logs import logger
from shared.mail_message import Message
from shared.mail_tags import About, tags
from shared.store import claims, tallies

TRIES = 5
"""Times that a mail is offered while the mail service takes no more in that very second."""

PAUSE = 15 * 60
"""Seconds for which nothing is tried after the mail service has taken nothing from us."""


def delivered(message: Message, about: About, now: int) -> str:
    """Send a claimed mail and name the state it is in then; a mail that can wait is planned again by `invite`."""
    try:
        _offer(message, tags(about))
    except mail.TryLater:
        logger.warning("mail service busy")
        return "pending"
    except mail.AddressRefused:
        return "refused"
    except mail.SendingStopped:
        logger.exception("the mail service takes nothing from us")
        claims.pause(now + PAUSE)
        return "pending"
    tallies.count_mail(now)
    return "sent"


def _offer(message: Message, tagged: Mapping[str, str]) -> None:
    for _ in range(TRIES - 1):
        try:
            mail.send(message, tagged)
        except mail.TooFast:
            # Others send at the same time: to wait equally long would be to meet again.
            time.sleep(random.uniform(0.1, 1))  # noqa: S311
        else:
            return
    mail.send(message, tagged)

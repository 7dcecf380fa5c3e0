"""Handing mails to the queue: each leased to this run first, no more than the mail service takes until the next."""

import math
from collections import Counter
from collections.abc import Sequence

from functions.invite.due import Addressed, Mailing, Wanted
from shared import mail, queue
from shared.logs import JobFailed, logger
from shared.mail import Quota
from shared.queue import Errand
from shared.store import claims, deliverability, desk_waiting, invitations, messages
from shared.store.claims import LEASE
from shared.store.desk_waiting import Waiting

INTERVAL = 300
"""Seconds between two runs."""

PACE = 0.95
"""The share of the mail service's rate at which mails are handed out.

At the whole of it, what the service turns away in one second meets the full next ones, until it is given up for this run.
"""

DAY = 24 * 3600


def handed_out(waiting: Sequence[Mailing], now: int) -> int:
    """Queue mails and tell how many; whatever keeps us from it is one failure, however many they are."""
    try:
        return _queued(waiting, _quota(now), now)
    except Exception as error:
        logger.exception("mails not queued", waiting=len(waiting))
        if isinstance(error, mail.SendingStopped):
            _note_waiting(waiting, 0, now)
        raise JobFailed("mails were not queued") from error


def _quota(now: int) -> Quota:
    if claims.paused(now) or deliverability.stopped():
        raise mail.SendingStopped
    return mail.quota()


def _queued(waiting: Sequence[Mailing], quota: Quota, now: int) -> int:
    """Queue as many mails as the mail service takes until the next run, at its own pace."""
    pace = quota.rate * PACE
    room = int(min(pace * INTERVAL, quota.left))
    if room < len(waiting):
        logger.warning("mails wait", waiting=len(waiting) - room)
    if quota.left < len(waiting):
        _note_waiting(waiting[int(quota.left) :], until(len(waiting) - quota.left, quota, now), now)
    errands = (_errand(mailing, now) for mailing in waiting[:room])
    return queue.put((errand for errand in errands if errand.parts or errand.messages), pace)


def until(over: float, quota: Quota, now: int) -> int:
    """Tell when mails beyond the daily quota have gone out at the latest: a day later for each day's worth; 0 where none ever do."""
    return now + DAY * math.ceil(over / quota.daily) if quota.daily else 0


def _note_waiting(waiting: Sequence[Mailing], until: int, now: int) -> None:
    """Let the desk tell organisers that mails wait, and until when; 0 where nobody knows."""
    for programme, mails in Counter(mailing.programme for mailing in waiting).items():
        desk_waiting.note(programme, Waiting(mails, until), now)


def _errand(mailing: Mailing, now: int) -> Errand:
    """Lease what a mail holds; leave out what somebody else has leased meanwhile."""
    forms = tuple(item.part for item in mailing.forms if _form_leased(item, now + LEASE))
    return Errand(forms, tuple(item.part for item in mailing.messages if _message_leased(item, now + LEASE)))


def _form_leased(item: Wanted, until: int) -> bool:
    seen = item.invitation
    return claims.lease(invitations.at(item.round.ref, seen.fingerprint), seen.claim, item.slot, until)


def _message_leased(item: Addressed, until: int) -> bool:
    programme, message, person, *_ = item.part
    if item.seen is None:
        return messages.take_up(programme, message, person, until)
    return claims.lease(messages.at(programme, message, person), item.seen, 0, until)

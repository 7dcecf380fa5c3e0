"""Invite: plan the mails that are due, one errand each; safe to run twice, late, or after a crash."""

from collections.abc import Mapping, Sequence
from typing import Any

from functions.invite.due import Wanted, mails, open_gatherings, reminders_due, wanted
from functions.invite.plan import attending, is_asked, new_invitations
from shared import clock, keys, mail, queue
from shared.logs import JobFailed, logger
from shared.mail import Quota
from shared.programmes import day_of
from shared.queue import Errand
from shared.rounds import Round, Window
from shared.store import claims, desk_heartbeats, invitations, published, roster, secrets
from shared.store.claims import LEASE
from shared.store.invitations import Invitation, Plan

INTERVAL = 300
"""Seconds between two runs: the queue is given no more than can be sent until the next one."""


def handler(event: Mapping[str, Any], _context: object) -> dict[str, int]:
    """Run the job as of the event's ``time``; tell how many mails are queued, and how many reminders came too late."""
    now = clock.event_time(event)
    found: list[Wanted] = []
    late = failed = 0
    for due in published.rounds_due(now):
        try:
            in_time, missed = _wanted(due, now)
        except Exception:
            logger.exception("round not planned", programme=due.programme, round=due.id)
            failed += 1
        else:
            found += in_time
            late += missed
    queued = _handed_out(mails(found), now) if found else 0
    logger.info("invited", queued=queued, late=late, failed=failed)
    if failed:
        raise JobFailed(f"{failed} rounds were not planned")
    desk_heartbeats.beat("invite", now)
    return {"queued": queued, "late": late}


def _wanted(due: Round, now: int) -> tuple[list[Wanted], int]:
    """Find what a round still has to send that nobody is at work on, and how many reminders come too late."""
    noted, gatherings = invitations.plan(due.ref), open_gatherings(due, now)
    made_from = f"{roster.version(due.programme)}:{','.join(gatherings)}"
    inviting = gatherings if noted.made_from != made_from else []
    reminders = reminders_due(due, noted.reminded, now)
    if not inviting and not reminders:
        return [], 0
    held = list(invitations.invited(due.ref))
    held += _invite(due, inviting, held) if inviting else []
    invited = wanted(due, held, dict.fromkeys(inviting, 0), ())
    reminded, late = _in_time(_reminded(due, held, reminders), reminders, now)
    unreached = {item.invitation.gathering for item in reminded}
    done = {name: time.opens for name, time in reminders.items() if name not in unreached}
    _note(due, noted, Plan(made_from if inviting and not invited else noted.made_from, {**noted.reminded, **done}))
    return [item for item in invited + reminded if item.invitation.leased_until <= now], late


def _reminded(due: Round, held: Sequence[Invitation], reminders: Mapping[str, Window]) -> list[Wanted]:
    """Find who is to be reminded."""
    if not reminders:
        return []
    return wanted(due, held, {name: time.opens for name, time in reminders.items()}, invitations.stopped(due.programme))


def _in_time(found: list[Wanted], reminders: Mapping[str, Window], now: int) -> tuple[list[Wanted], int]:
    """Leave out the reminders that it is too late for, and tell how many they are."""
    kept = [item for item in found if now < reminders[item.invitation.gathering].closes]
    late = len(found) - len(kept)
    if late:
        logger.warning("too late to remind", programme=found[0].round.programme, round=found[0].round.id, late=late)
    return kept, late


def _note(due: Round, before: Plan, after: Plan) -> None:
    if after != before:
        invitations.put_plan(due.ref, after)


def _invite(due: Round, gatherings: Sequence[str], held: list[Invitation]) -> list[Invitation]:
    """Store the invitations that are missing: all of them, since a cell is only as large as those who are invited with it."""
    programme = published.programme(due.programme)
    if programme is None:
        raise LookupError("programme")
    day = day_of(programme, due.day)
    people = [item for item in attending(roster.people(due.programme), day) if is_asked(item, due)]
    link_key = keys.unwrapped("link", due.ref, secrets.secret(due.ref, "link"))
    planned = [item for name in gatherings for item in new_invitations(people, day, name, held, link_key)]
    for item in planned:
        invitations.put_invitation(due.ref, item)
    return planned


def _handed_out(waiting: Sequence[Sequence[Wanted]], now: int) -> int:
    """Queue mails and tell how many; whatever keeps us from it is one failure, however many they are."""
    try:
        return _queued(waiting, _quota(now), now)
    except Exception as error:
        logger.exception("mails not queued", waiting=len(waiting))
        raise JobFailed("mails were not queued") from error


def _quota(now: int) -> Quota:
    if claims.paused(now):
        raise mail.SendingStopped
    return mail.quota()


def _queued(waiting: Sequence[Sequence[Wanted]], quota: Quota, now: int) -> int:
    """Queue as many mails as the mail service takes until the next run, at its own pace."""
    room = int(min(quota.rate * INTERVAL, quota.left))
    if room < len(waiting):
        logger.warning("mails wait", waiting=len(waiting) - room)
    leased = (tuple(item.part for item in parts if _leased(item, now)) for parts in waiting[:room])
    return queue.put((Errand(parts) for parts in leased if parts), quota.rate)


def _leased(item: Wanted, now: int) -> bool:
    seen = item.invitation
    return claims.lease(invitations.at(item.round.ref, seen.fingerprint), seen.claim, item.slot, now + LEASE)

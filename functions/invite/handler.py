"""Invite: plan the mails of every open round, one errand each; safe to run twice, late, or after a crash."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from functions.invite.plan import attending, is_asked, new_invitations
from shared import clock, keys, queue
from shared.logs import JobFailed, logger
from shared.programmes import day_of
from shared.queue import Errand
from shared.rounds import Round
from shared.store import desk_heartbeats, invitations, published, roster, secrets
from shared.store.invitations import LEASE, Invitation


def handler(event: Mapping[str, Any], _context: object) -> dict[str, int]:
    """Run the job as of the event's ``time``."""
    now = clock.event_time(event)
    queued = failed = 0
    for due in published.rounds_due(now):
        try:
            queued += _plan(due, now)
        except Exception:
            logger.exception("round not planned", programme=due.programme, round=due.id)
            failed += 1
    logger.info("invited", queued=queued, failed=failed)
    if failed:
        raise JobFailed(f"{failed} rounds were not planned")
    desk_heartbeats.beat("invite", now)
    return {"queued": queued}


def _plan(due: Round, now: int) -> int:
    """Queue what a round still has to send; tell how many mails."""
    gatherings = sorted(name for name, window in due.windows.items() if window.opens <= now < window.closes)
    made_from = f"{roster.version(due.programme)}:{','.join(gatherings)}"
    if not gatherings or invitations.planned(due.ref) == made_from:
        return 0
    held = list(invitations.invited(due.ref))
    unsent = [item for item in held if item.mail in ("pending", "sending") and item.gathering in gatherings]
    created = _invite(due, gatherings, held, now)
    if not created and not unsent:
        invitations.put_planned(due.ref, made_from)
    return queue.put(Errand(due.ref, item.fingerprint) for item in created + _leased(due.ref, unsent, now))


def _invite(due: Round, gatherings: list[str], held: list[Invitation], now: int) -> list[Invitation]:
    """Store the invitations that are missing, already leased to this run."""
    programme = published.programme(due.programme)
    if programme is None:
        raise LookupError("programme")
    day = day_of(programme, due.day)
    people = [item for item in attending(roster.people(due.programme), day) if is_asked(item, due)]
    link_key = keys.unwrapped("link", due.ref, secrets.secret(due.ref, "link"))
    planned = [item for name in gatherings for item in new_invitations(people, day, name, held, link_key)]
    leased = [replace(item, leased_until=now + LEASE) for item in planned]
    for item in leased:
        invitations.put_invitation(due.ref, item)
    return leased


def _leased(ref: str, unsent: list[Invitation], now: int) -> list[Invitation]:
    """Lease the mails that an earlier run left unsent and nobody works on."""
    idle = [item for item in unsent if item.leased_until <= now]
    return [item for item in idle if invitations.lease(ref, item.fingerprint, item.leased_until, now + LEASE)]

"""Invite: plan the mails that are due, one errand each; safe to run twice, late, or after a crash."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from functions.invite.companions import told_others
from functions.invite.due import mailings
from functions.invite.handing import handed_out
from functions.invite.messages import SINCE, messages_due
from functions.invite.rounds import forms_due
from shared import clock
from shared.logs import JobFailed, logger
from shared.rounds import Round
from shared.store import desk_heartbeats, moments, published
from shared.store.moments import Moment

Due = TypeVar("Due", Round, Moment)
Item = TypeVar("Item")


def handler(event: Mapping[str, Any], _context: object) -> dict[str, int]:
    """Run the job as of the event's ``time``; tell how many mails are queued, and how many came too late."""
    now = clock.event_time(event)
    opened = list(published.rounds_due(now))
    forms, late_forms, failed_rounds = _each(opened, forms_due, now)
    messages, late_messages, failed_messages = _each(moments.due(now - SINCE, now), messages_due, now)
    others, _, failed_others = _each(opened, told_others, now)
    late, failed = late_forms + late_messages, failed_rounds + failed_messages + failed_others
    waiting = mailings(forms, messages + others)
    queued = handed_out(waiting, now) if waiting else 0
    logger.info("invited", queued=queued, late=late, failed=failed)
    if failed:
        raise JobFailed(f"{failed} rounds or messages were not planned")
    desk_heartbeats.beat("invite", now)
    return {"queued": queued, "late": late}


def _each(found: Iterable[Due], plan: Callable[[Due, int], tuple[list[Item], int]], now: int) -> tuple[list[Item], int, int]:
    """Plan one after the other; tell what is due, how much comes too late, and how many could not be planned."""
    items: list[Item] = []
    late = failed = 0
    for due in found:
        try:
            in_time, missed = plan(due, now)
        except Exception:
            logger.exception("not planned", programme=due.programme, what=due.id)
            failed += 1
        else:
            items += in_time
            late += missed
    return items, late, failed

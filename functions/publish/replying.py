"""Publishes an answer back at the desk's bidding, and sees to it that those who were invited are mailed."""

from collections.abc import Mapping
from typing import Any

from shared import replies, schedule
from shared.logs import logger
from shared.programmes import Programme, staff_of
from shared.store import moments, published
from shared.store import replies as stored
from shared.store.moments import Moment


def carried_out(event: Mapping[str, Any], now: int) -> dict[str, Any]:
    """Publish a reply; published again, the page is mended and nobody is mailed anew."""
    wanted = event["reply"]
    programme = published.programme(event["programme"])
    found = published.round_by_id(event["programme"], wanted["round"])
    if programme is None or found is None or not found.edition or not _is_owner(programme, event["author"]):
        return {"refused": "not allowed"}
    if stored.get(found.ref) is None:
        # First: without the reply nobody is mailed, and after a crash between the two the next press makes both.
        at = schedule.by_day(now, programme.timezone)
        moments.put(programme.id, [Moment(programme.id, replies.message_id(found.id), "", at)])
    stored.put(found.ref, wanted["document"])
    logger.info("reply published", programme=programme.id, round=found.id)
    return {"refused": ""}


def _is_owner(programme: Programme, author: str) -> bool:
    staff = staff_of(programme, author)
    return staff is not None and staff.role == "owner" and not staff.units

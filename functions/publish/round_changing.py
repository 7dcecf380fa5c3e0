"""Changes one round at the desk's bidding: only here is it decided on what really stands."""

from collections.abc import Mapping
from typing import Any

from functions.publish import authors
from shared import retention
from shared.logs import logger
from shared.programmes import Programme
from shared.round_changes import Change, changed, is_done, refusal
from shared.rounds import Round
from shared.store import nights, published, publishing
from shared.store.publishing import Overtaken


def carried_out(event: Mapping[str, Any], now: int) -> dict[str, Any]:
    """Change a round, once; tell whether this did, or why it is refused."""
    wanted = event["round_change"]
    programme = published.programme(event["programme"])
    found = published.round_by_id(event["programme"], wanted["round"])
    if programme is None or found is None or not authors.decides(programme, event["author"]):
        return {"changed": False, "refused": "not allowed"}
    return _carried_out(programme, found, Change(wanted["kind"], wanted.get("closes", 0)), now)


def _carried_out(programme: Programme, found: Round, change: Change, now: int) -> dict[str, Any]:
    if is_done(found, change, now):
        return {"changed": False, "refused": ""}
    if why := refusal(found, change, now, programme.timezone):
        return {"changed": False, "refused": why}
    plan = next((plan for plan in programme.rounds if plan.id == found.id), None)
    after = changed(found, change, now, plan, programme.timezone)
    known = published.rounds(programme.id) | {found.id: after}
    nights.put(programme.id, retention.moments(programme, known.values()))
    try:
        publishing.put_changed(found, after)
    except Overtaken:
        return {"changed": False, "refused": "overtaken"}
    logger.info("round changed", programme=programme.id, round=found.id, change=change.kind)
    return {"changed": True, "refused": ""}

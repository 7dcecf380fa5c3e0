"""Retire: deletes at night what has been kept long enough, programme by programme; results stay."""

from collections.abc import Callable
from typing import Any

from functions.retire import deleting, manifests
from functions.retire.manifests import Entry, Manifest
from shared import clock, retention
from shared.logs import JobFailed, logger
from shared.retention import Step
from shared.store import desk_heartbeats, published, retiring

EVERYWHERE = "-"
"""Stands for a programme's id where something belongs to none."""


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:  # noqa: ARG001
    """Delete what is due; one programme that fails does not keep the rest."""
    now = clock.event_time(event)
    run_out = retiring.delete(list(retiring.run_out(now)))
    turns = [(name, _worked(_retire, name, now)) for name in [*retiring.programmes(), EVERYWHERE]]
    outcome = {"programmes": len(turns) - 1, "run_out": run_out, "failed": [name for name, worked in turns if not worked]}
    logger.info("retired", extra=outcome)
    if outcome["failed"]:
        raise JobFailed
    desk_heartbeats.beat("retire", now)
    return outcome


def _worked(act: Callable[[str, int], None], programme_id: str, now: int) -> bool:
    try:
        act(programme_id, now)
    except Exception:
        logger.exception("not retired", extra={"programme": programme_id})
        return False
    return True


def _retire(programme_id: str, now: int) -> None:
    """Delete what is due of a programme: what a run before this one has left, then what has come due since."""
    left = manifests.under_way(programme_id)
    if left:
        _carry_out(left)
    due = [step for step in _steps(programme_id) if step.is_due(now)]
    entries = [Entry(step.what, step.of, step.place, deleting.count(step.what, step.place)) for step in due]
    new = Manifest(programme_id, now, tuple(entry for entry in entries if entry.items))
    if new.entries:
        manifests.begin(new)
        _carry_out(new)


def _steps(programme_id: str) -> list[Step]:
    if programme_id == EVERYWHERE:
        return [retention.ADDRESSES]
    programme = published.programme(programme_id)
    return retention.steps(programme, published.rounds(programme_id, ConsistentRead=True).values()) if programme else []


def _carry_out(manifest: Manifest) -> None:
    for entry in manifest.entries:
        deleting.delete(entry.what, entry.place)
    manifests.end(manifest)
    logger.info("deleted", extra={"programme": manifest.programme, "items": sum(entry.items for entry in manifest.entries)})

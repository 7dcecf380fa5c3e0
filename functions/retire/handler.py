"""Retire: deletes at night what has been kept long enough, programme by programme; results stay."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from functions.retire import deleting, manifests, person
from functions.retire.manifests import Entry, Manifest
from functions.retire.reconciling import reconciled
from shared import clock, retention
from shared.logs import JobFailed, logger
from shared.retention import Step
from shared.rounds import is_settled
from shared.store import desk_erasures, desk_heartbeats, desk_reconciliation, moments, nights, published, retiring, secrets
from shared.store.desk_reconciliation import Reconciled

T = TypeVar("T")

EVERYWHERE = "-"
"""Stands for a programme's id where something belongs to none."""


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:  # noqa: ARG001
    """Do what an administrator asks about one person; else delete what is due."""
    if "do" in event:
        return ASKED[event["do"]](event["programme"], event["person"])
    return _night(clock.event_time(event))


def _night(now: int) -> dict[str, Any]:
    """Compare the figures of closed rounds, and delete what is due; one programme that fails does not keep the rest."""
    run_out = retiring.delete(list(retiring.run_out(now)))
    due = nights.due(now)
    compared: dict[str, Reconciled] = {}
    # All are compared before anything of them is deleted.
    failed = [name for name in due if not _worked(lambda programme, at: compared.update({programme: _figures(programme, at)}), name, now)]
    figures = _noted(compared.values())
    failed += [name for name, whose in retiring.asked_to_erase() if not _worked(_erase, name, whose)]
    failed += [name for name in [*due, EVERYWHERE] if not _worked(_retire, name, now)]
    for name in due.keys() - set(failed):
        if not compared[name].contradicting and not _waits(name, now):
            nights.done(name, due[name])
    outcome = {"programmes": len(due), "run_out": run_out, "failed": failed, "contradicting": figures.contradicting}
    logger.info("retired", extra=outcome)
    if failed:
        raise JobFailed
    desk_heartbeats.beat("retire", now)
    if figures.contradicting:
        raise JobFailed
    return outcome


def _erase(programme_id: str, person_id: str) -> dict[str, Any]:
    """Delete what bears somebody's id; noted for the coming night until nothing is left: where this breaks off, or a result needs it."""
    desk_erasures.ask(programme_id, person_id)
    said = person.erased(programme_id, person_id)
    if not said["later"]:
        desk_erasures.done(programme_id, person_id)
    return said


ASKED: Mapping[str, Callable[[str, str], dict[str, Any]]] = {"export": person.exported, "erase": _erase}


def _waits(programme_id: str, now: int) -> bool:
    """Tell whether a round of a programme that has closed has no result yet: what comes after it is not done with."""
    known = published.rounds(programme_id, ConsistentRead=True).values()
    return any(found.mode != "personal" and not found.edition and is_settled(found, now) for found in known)


def _figures(programme_id: str, now: int) -> Reconciled:
    """Compare the figures of a programme's closed rounds."""
    programme = published.programme(programme_id)
    return reconciled(programme, list(published.rounds(programme_id).values()), now) if programme else Reconciled(0, 0)


def _noted(found: Collection[Reconciled]) -> Reconciled:
    """Note what all comparisons of a night have found; a night without one leaves what the last one has found."""
    together = Reconciled(sum(item.rounds for item in found), sum(item.contradicting for item in found))
    if together.rounds or desk_reconciliation.latest() is None:
        desk_reconciliation.put(together)
    return together


def _worked(act: Callable[[str, T], object], programme_id: str, about: T) -> bool:
    try:
        act(programme_id, about)
    except Exception:
        logger.exception("not compared or not retired", extra={"programme": programme_id})
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
    if programme is None:
        return []
    noted, known = secrets.noted(programme_id), published.rounds(programme_id, ConsistentRead=True).values()
    beside = [*retention.unused(noted, known), *retention.dropped(programme, moments.latest(programme_id))]
    return [*retention.steps(programme, known), *beside]


def _carry_out(manifest: Manifest) -> None:
    for entry in manifest.entries:
        deleting.delete(entry.what, entry.place)
    manifests.end(manifest)
    logger.info("deleted", extra={"programme": manifest.programme, "items": sum(entry.items for entry in manifest.entries)})

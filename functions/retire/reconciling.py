"""Reconciling: every night, each closed round's marks, envelopes and result are counted and compared."""

from shared import bucket, retention
from shared.logs import logger
from shared.programmes import Programme
from shared.results import reconciliation
from shared.rounds import Round, is_settled
from shared.store import invitations, retiring
from shared.store.desk_reconciliation import Reconciled


def reconciled(programme: Programme, known: list[Round], now: int) -> Reconciled:
    """Count the closed rounds whose answers are still kept, and those of them whose figures contradict one another."""
    going = {step.of for step in retention.steps(programme, known) if step.what == "answers" and step.is_due(now)}
    closed = [found for found in known if found.mode != "personal" and found.id not in going and is_settled(found, now)]
    return Reconciled(len(closed), sum(map(_contradicts, closed)))


def _contradicts(closed: Round) -> bool:
    marks = sum(item.answered is not None for item in invitations.invited(closed.ref))
    envelopes = sum(1 for _ in retiring.names("BOX", f"ROUND#{closed.ref}", ""))
    counted = _counted(closed)
    if not reconciliation.contradicts(marks, envelopes, counted):
        return False
    told = {"programme": closed.programme, "round": closed.id, "marks": marks, "envelopes": envelopes, "counted": counted}
    logger.error("figures of a round contradict one another", extra=told)
    return True


def _counted(closed: Round) -> int | None:
    """Tell how many envelopes a round's result has counted, those too that did not open; None before it is made."""
    if closed.edition is None:
        return None
    edition = bucket.document(f"{closed.edition}/edition.json")
    return int(edition["n"]) + int(edition["unopened"])

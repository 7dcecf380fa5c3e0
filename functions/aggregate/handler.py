"""Aggregate: opens the boxes of rounds that are over and freezes their editions and their programmes'; samples the rounds that are open."""

from collections.abc import Callable, Sequence
from typing import Any

from functions.aggregate import boxes, merging, pairing, sampling
from shared import bucket, clock, counting, editions, exports, rounds
from shared.editions import Document
from shared.forms import Form
from shared.logs import JobFailed, logger
from shared.programmes import Programme
from shared.rounds import Round
from shared.store import desk_heartbeats, invitations, programme_pointers, published
from shared.store.programme_pointers import Stale

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:  # noqa: ARG001
    """Freeze the edition of every round that is over; one that fails does not keep the rest from theirs."""
    now = clock.event_time(event)
    opened = published.rounds_due(now)
    due = [found for found in sorted(opened, key=rounds.opens) if _has_result(found) and rounds.closes(found) + rounds.SETTLE <= now]
    # One after the other: a round of a series waits for the earlier ones.
    turns = [(found.id, _worked(_freeze, found)) for found in due if not pairing.waits(found)]
    frozen = [name for name, worked in turns if worked]
    unsampled = [found for found in opened if not _worked(lambda found: sampling.sample(found, now), found)]
    unmerged = [stale for stale in programme_pointers.stale() if not _merged(stale)]
    outcome = {"due": len(due), "frozen": frozen, "failed": len(turns) - len(frozen) + len(unsampled) + len(unmerged)}
    logger.info("aggregated", extra=outcome)
    if outcome["failed"]:
        raise JobFailed
    desk_heartbeats.beat("aggregate", now)
    return outcome


def _has_result(found: Round) -> bool:
    """Tell whether answers are counted: what is personal belongs to its writer alone."""
    return found.mode != "personal"


def _worked(act: Callable[[Round], None], on: Round) -> bool:
    try:
        act(on)
    except Exception:
        logger.exception("round not aggregated or sampled", extra={"programme": on.programme, "round": on.id})
        return False
    return True


def _merged(stale: Stale) -> bool:
    try:
        merging.merge(stale)
    except Exception:
        logger.exception("programme not merged", extra={"programme": stale.programme})
        return False
    return True


def _freeze(closed: Round) -> None:
    """Write a round's edition whole, then point to it; done again, it writes the same bytes to the same place."""
    programme, forms = _asked(closed)
    edition, comments = _documents(closed, programme, forms)
    content = editions.written(edition)
    prefix = editions.prefix(closed, content)
    bucket.put(f"{prefix}/comments.json", editions.written(comments), "application/json")
    bucket.put(f"{prefix}/edition.csv", exports.csv_file(edition), "text/csv; charset=utf-8")
    bucket.put(f"{prefix}/edition.xlsx", exports.xlsx_file(edition, comments), XLSX)
    if paired := pairing.comparison(closed, programme, edition):
        bucket.put(f"{prefix}/pairs.json", editions.written(paired), "application/json")
    bucket.put(f"{prefix}/edition.json", content, "application/json")
    if published.freeze(closed, prefix):
        sampling.put_last(closed, edition)


def _asked(closed: Round) -> tuple[Programme, list[Form]]:
    programme = published.programme(closed.programme)
    versions = [form for version in closed.versions if (form := published.form(closed.programme, version))]
    if programme is None or len(versions) < len(closed.versions):
        raise JobFailed
    return programme, versions


def _documents(closed: Round, programme: Programme, versions: Sequence[Form]) -> tuple[Document, Document]:
    box_key = boxes.box_key(closed.ref)
    tally = counting.tallied(versions, boxes.answers(closed.ref, box_key), box_key)
    invited = counting.invited(invitations.invited(closed.ref))
    return editions.edition(closed, programme, versions, tally, invited), editions.comments(versions, tally)

"""Aggregate: by the clock, queues the rounds that are over and samples those that are open; from the queue, freezes and merges editions."""

from collections.abc import Iterable
from typing import Any

from functions.aggregate import freezing, leaving, merging, pairing, sampling
from shared import clock, queue
from shared.logs import JobFailed, logger
from shared.queue import Turn
from shared.rounds import Round, is_settled
from shared.store import desk_heartbeats, desk_turns, programme_pointers, published


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:  # noqa: ARG001
    """Do what the queue asks for, or plan what is due as of the event's ``time``."""
    return _done(event["Records"]) if "Records" in event else _planned(clock.event_time(event))


def _planned(now: int) -> dict[str, Any]:
    """Queue a message for each round that is over and each programme to be merged; sample what is open."""
    opened = published.rounds_due(now)
    queued = _queued(opened, now)
    stale = [item for item in programme_pointers.stale() if desk_turns.take_programme(item.programme, item.frozen, now)]
    queue.put([Turn(item.programme, "", now) for item in stale], to="AGGREGATE_QUEUE")
    failed = [found for found in opened if not _seen_to(found, now)]
    outcome = {"due": sum(_is_due(found, now) for found in opened), "queued": queued, "failed": len(failed)}
    logger.info("planned", extra=outcome)
    if failed:
        raise JobFailed
    desk_heartbeats.beat("aggregate", now)
    return outcome


def _is_due(found: Round, now: int) -> bool:
    """Tell whether a round is to have an edition now: none has what is personal, which belongs to its writer alone."""
    return found.mode != "personal" and is_settled(found, now)


def _queued(found: Iterable[Round], now: int) -> list[str]:
    """Queue those rounds whose turn it is and that nobody is at work on; name them."""
    due = [item for item in found if item.edition is None and _is_due(item, now) and not pairing.waits(item)]
    taken = [item for item in due if desk_turns.take_round(item.ref, now)]
    queue.put([Turn(item.programme, item.id, now) for item in taken], to="AGGREGATE_QUEUE")
    return [item.id for item in taken]


def _seen_to(found: Round, now: int) -> bool:
    try:
        sampling.sample(found, now)
        leaving.leave(found, now)
    except Exception:
        logger.exception("round not sampled, or kept in the index", extra={"programme": found.programme, "round": found.id})
        return False
    return True


def _done(records: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Do what messages ask for; what fails comes again, and our own exception tells nothing that somebody wrote."""
    failed = 0
    for record in records:
        try:
            _do(queue.turn(record["body"]))
        except Exception:
            logger.exception("not aggregated", extra={"turn": record["body"]})
            failed += 1
    if failed:
        raise JobFailed
    return {"batchItemFailures": []}


def _do(turn: Turn) -> None:
    """Freeze a round that is still to be frozen and queue what waited for it; or merge a programme."""
    if not turn.round:
        merging.merge(turn.programme)
        return
    found = published.round_by_id(turn.programme, turn.round)
    if found is None or not _is_due(found, turn.at):
        return
    if found.edition:
        freezing.finish(found)
        return
    freezing.freeze(found)
    logger.info("aggregated", extra={"programme": turn.programme, "round": turn.round})
    _queued(_series(found), turn.at)
    queue.put([Turn(turn.programme, "", turn.at)], to="AGGREGATE_QUEUE")


def _series(of: Round) -> list[Round]:
    """List the rounds of the same series: one of them may have waited."""
    return [other for other in published.rounds(of.programme, ConsistentRead=True).values() if of.pairs and other.pairs == of.pairs]

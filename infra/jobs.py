"""Runs the scheduled jobs by hand, as of a time, and waits until all that they queued is done."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

import boto3

from infra.service import Service, Unavailable
from infra.times import iso
from shared.store import published

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.literals import QueueAttributeNameType

JOBS = ("invite", "aggregate")
"""The jobs that run every five minutes."""

NIGHTLY = ("retire",)
ScheduleState = Literal["ENABLED", "DISABLED"]
QUEUES = {"invite": "SendQueue", "aggregate": "AggregateQueue"}
"""Where jobs put what is to be done; the others do it themselves."""

PATIENCE = {"invite": 900, "aggregate": 180}
"""Seconds to wait for each queue: a mail-out takes long, a result that can't be made is tried again after many minutes."""

PAUSE = 0.1
"""Seconds between two looks at a queue."""

COUNTS: tuple[QueueAttributeNameType, ...] = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)


def run(service: Service, jobs: Sequence[str], at: int | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Run jobs one after the other; yield each with what it says. On this machine ``at`` moves the stack's clock."""
    with _schedules_resting(service):
        # Not before they rest: one of them would take what is due then, and nobody would wait for it.
        if at is not None and service.is_local:
            published.put_clock_offset(at - int(time.time()))
        moment = time.time() if at is None or service.is_local else at
        dead = waiting(service.outputs["DeadLetters"])
        for job in jobs:
            said = service.invoke(job, {"time": iso(moment)})
            if job in QUEUES:
                _drain(service, QUEUES[job], PATIENCE[job])
            if waiting(service.outputs["DeadLetters"]) > dead:
                raise Unavailable("some mails could not be sent and lie in the dead-letter queue")
            yield job, said


@contextmanager
def _schedules_resting(service: Service) -> Iterator[None]:
    """Keep the schedules from running in between."""
    try:
        _set_schedules(service, "DISABLED")
        yield
    finally:
        wake_schedules(service)


def wake_schedules(service: Service) -> None:
    """Let the schedules run: whoever was killed while they rested has left them so."""
    _set_schedules(service, "ENABLED")


def _set_schedules(service: Service, state: ScheduleState) -> None:
    for job in (*JOBS, *NIGHTLY):
        set_schedule(service.outputs[f"{job.capitalize()}Schedule"], state)


def set_schedule(name: str, state: ScheduleState) -> None:
    """Let a schedule run or rest."""
    scheduler = boto3.client("scheduler")
    current = scheduler.get_schedule(Name=name)
    scheduler.update_schedule(
        Name=name,
        State=state,
        ScheduleExpression=current["ScheduleExpression"],
        FlexibleTimeWindow=current["FlexibleTimeWindow"],
        Target=current["Target"],
    )


def _drain(service: Service, queue: str, patience: int) -> None:
    """Wait until a queue is empty; counts are approximate, so it has to be seen empty twice."""
    deadline, empty, sqs = time.monotonic() + patience, 0, boto3.client("sqs")
    while empty < 2:  # noqa: PLR2004 – twice, see above
        empty = 0 if _counted(sqs, service.outputs[queue]) else empty + 1
        if time.monotonic() > deadline:
            raise Unavailable(f"{queue} is not done yet; run `kursdag jobs run` again later, and see the log if it stays so")
        time.sleep(PAUSE)


def waiting(queue: str) -> int:
    """Count a queue's messages, those too that somebody works on."""
    return _counted(boto3.client("sqs"), queue)


def _counted(sqs: SQSClient, queue: str) -> int:
    found = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=COUNTS)["Attributes"]
    return sum(int(found[name]) for name in COUNTS)

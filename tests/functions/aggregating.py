"""The job `aggregate` as it runs on AWS: by the clock, and then for each message that it queues."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from functions.aggregate.handler import handler
from shared.logs import JobFailed
from shared.settings import setting
from tests.conftest import account


def at(moment: int) -> dict[str, str]:
    """Write the event of the schedule."""
    return {"time": f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%dT%H:%M:%SZ}"}


def aggregate(event: Mapping[str, Any], context: object = None) -> Mapping[str, Any]:
    """Run the job and do all that it queued; raise its failure once everything had its turn."""
    outcome = handler(dict(event), context)
    failed = [record for record in messages() if not worked(record)]
    if failed:
        raise JobFailed
    return outcome


def messages() -> Iterator[dict[str, str]]:
    """Take messages from the queue until there are none: those too that earlier ones lead to."""
    queue = setting("AGGREGATE_QUEUE")
    while taken := account("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=1).get("Messages"):
        account("sqs").delete_message(QueueUrl=queue, ReceiptHandle=taken[0]["ReceiptHandle"])
        yield {"body": taken[0]["Body"]}


def worked(record: Mapping[str, str]) -> bool:
    """Do what a message asks for; tell whether it could be done."""
    try:
        handler({"Records": [record]}, None)
    except JobFailed:
        return False
    return True

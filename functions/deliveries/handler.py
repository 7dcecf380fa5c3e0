"""Deliveries: note what the mail service tells of mails that were sent; told again, late or in any order, it comes to the same."""

from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from functions.deliveries.noting import note
from shared import arrivals
from shared.logs import logger

processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


def handler(event: dict[str, Any], context: Any) -> Any:
    """Note the events of a batch; those that fail go back to the queue, the others are done."""
    return process_partial_response(event=event, record_handler=_take, processor=processor, context=context)


def _take(record: SQSRecord) -> None:
    try:
        found = arrivals.event(record.body)
        if found:
            note(found)
    except Exception:
        logger.exception("event not noted")
        raise

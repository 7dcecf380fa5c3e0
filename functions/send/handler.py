"""Send: take errands from the queue; one claim, one mail, the same link in every copy."""

from collections.abc import Callable, Mapping
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from functions.send.asking import send_errand
from functions.send.letting_in import hand_on
from functions.send.lost_link import send_again, send_links
from functions.send.moved import ask_before
from functions.send.sign_in import send_sign_in
from functions.send.speaker import send_speaker
from functions.send.trying_out import send_trial
from shared import clock, queue
from shared.logs import logger
from shared.queue import (
    AnyErrand,
    EntryErrand,
    Errand,
    LostLinkErrand,
    MovedErrand,
    ResendErrand,
    SignInErrand,
    SpeakerErrand,
    TrialErrand,
)

ACTS: Mapping[type[AnyErrand], Callable[[Any, int], None]] = {
    Errand: send_errand,
    SignInErrand: send_sign_in,
    SpeakerErrand: send_speaker,
    LostLinkErrand: send_links,
    ResendErrand: send_again,
    EntryErrand: hand_on,
    TrialErrand: send_trial,
    MovedErrand: ask_before,
}
"""What is done about each kind of errand, and at what time."""

processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


def handler(event: dict[str, Any], context: Any) -> Any:
    """Send the mails of a batch; errands that fail go back to the queue, the others are done."""
    return process_partial_response(event=event, record_handler=_take, processor=processor, context=context)


def _take(record: SQSRecord) -> None:
    try:
        errand = queue.errand(record.body)
        ACTS[type(errand)](errand, clock.wall_time())
    except Exception:
        logger.exception("mail not sent")
        raise

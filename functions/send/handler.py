"""Send: take errands from the queue; one claim, one mail, the same link in every copy."""

from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from functions.send.asking import send_errand
from functions.send.letting_in import hand_on
from functions.send.lost_link import send_again, send_links
from functions.send.sign_in import send_sign_in
from functions.send.trying_out import send_trial
from shared import clock, queue
from shared.logs import logger
from shared.queue import EntryErrand, Errand, LostLinkErrand, ResendErrand, SignInErrand, TrialErrand

processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


def handler(event: dict[str, Any], context: Any) -> Any:
    """Send the mails of a batch; errands that fail go back to the queue, the others are done."""
    return process_partial_response(event=event, record_handler=_take, processor=processor, context=context)


def _take(record: SQSRecord) -> None:
    try:
        errand = queue.errand(record.body)
        match errand:
            case SignInErrand():
                send_sign_in(errand.token)
            case LostLinkErrand():
                send_links(errand, clock.wall_time())
            case ResendErrand():
                send_again(errand, clock.wall_time())
            case EntryErrand():
                hand_on(errand, clock.wall_time())
            case TrialErrand():
                send_trial(errand, clock.wall_time())
            case Errand():
                send_errand(errand, clock.wall_time())
    except Exception:
        logger.exception("mail not sent")
        raise

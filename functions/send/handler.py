"""Send: take errands from the queue; one claim, one mail, the same link in every copy."""

from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from functions.send.message import invitation_mail
from functions.send.phrases import Asked
from functions.send.sign_in import send_sign_in
from shared import clock, keys, links, mail, queue
from shared.logs import logger
from shared.queue import Errand, SignInErrand
from shared.rounds import Round
from shared.settings import setting
from shared.store import invitations, recent, roster, secrets
from shared.store.invitations import Invitation

processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


def handler(event: dict[str, Any], context: Any) -> Any:
    """Send the mails of a batch; errands that fail go back to the queue, the others are done."""
    return process_partial_response(event=event, record_handler=_take, processor=processor, context=context)


def _take(record: SQSRecord) -> None:
    try:
        errand = queue.errand(record.body)
        if isinstance(errand, SignInErrand):
            send_sign_in(errand.token)
        else:
            _send(errand, clock.wall_time())
    except Exception:
        logger.exception("mail not sent")
        raise


def _send(errand: Errand, now: int) -> None:
    """Send one mail if it is still to be sent and its round still open."""
    due = recent.round_by_ref(errand.ref)
    invitation = invitations.invitation(errand.ref, errand.fingerprint)
    if due is None or invitation is None:
        logger.warning("errand without an invitation")
        return
    if now >= due.windows[invitation.gathering].closes:
        logger.warning("too late to invite", programme=due.programme, round=due.id)
        return
    if invitations.claim(errand.ref, errand.fingerprint, now):
        invitations.settle_mail(errand.ref, errand.fingerprint, _outcome(due, invitation))


def _outcome(due: Round, invitation: Invitation) -> str:
    """Send a claimed mail and name the state it is in then; a mail that can wait is planned again by `invite`."""
    try:
        mail.send(_message(due, invitation))
    except mail.TryLater:
        logger.warning("mail service busy", programme=due.programme, round=due.id)
        return "pending"
    except mail.AddressRefused:
        return "refused"
    except mail.SendingStopped:
        invitations.settle_mail(due.ref, invitation.fingerprint, "pending")
        raise
    return "sent"


def _message(due: Round, invitation: Invitation) -> mail.Message:
    programme = recent.programme(due.programme)
    person = roster.person(due.programme, invitation.person)
    form = recent.form(due.programme, due.form)
    if programme is None or person is None or form is None:
        raise LookupError("programme, person or form")
    base, link_key = setting("BASE_ADDRESS"), _link_key(due.ref)
    address = links.address(base, due.ref, links.answer_token(link_key, person.id))
    stop = links.stop_address(base, due.ref, invitation.fingerprint, links.stop_token(link_key, person.id))
    return invitation_mail(programme, person.participant, [Asked(due, form, invitation.gathering, address)], stop)


@cache
def _link_key(ref: str) -> bytes:
    """Unwrap a round's link key once for as long as this process lives."""
    return keys.unwrapped("link", ref, secrets.secret(ref, "link"))

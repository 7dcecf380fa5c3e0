"""What SES tells of mails, as it lies in the queue: its event in SNS's envelope."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from functions.deliveries.handler import handler
from tests.functions.examples import record

AT = "2025-08-26T16:00:05.000Z"

PERMANENT = {"bounceType": "Permanent", "bounceSubType": "General"}
TRANSIENT = {"bounceType": "Transient", "bounceSubType": "MailboxFull"}
UNDETERMINED = {"bounceType": "Undetermined", "bounceSubType": "Undetermined"}


def bounce(mail: Mapping[str, Any], kind: Mapping[str, str] = PERMANENT, at: str = AT) -> dict[str, Any]:
    """Tell that a mail came back."""
    named = [
        {"emailAddress": address, "action": "failed", "status": "5.1.1", "diagnosticCode": "smtp; 550"} for address in mail["destination"]
    ]
    detail = {
        **kind,
        "bouncedRecipients": named,
        "timestamp": at,
        "feedbackId": "0100",
        "reportingMTA": "dsn; a8-70.smtp-out.amazonses.com",
    }
    return {"eventType": "Bounce", "bounce": detail, "mail": mail}


def complaint(mail: Mapping[str, Any], at: str = AT, **more: Any) -> dict[str, Any]:
    """Tell that a mail was taken for spam."""
    named = [{"emailAddress": address} for address in mail["destination"]]
    detail = {"complainedRecipients": named, "timestamp": at, "feedbackId": "0100", "complaintSubType": None, **more}
    return {"eventType": "Complaint", "complaint": detail, "mail": mail}


def delivery(mail: Mapping[str, Any]) -> dict[str, Any]:
    """Tell that a mail has reached its reader's mail server."""
    detail = {"timestamp": AT, "processingTimeMillis": 500, "recipients": mail["destination"], "smtpResponse": "250 ok"}
    return {"eventType": "Delivery", "delivery": detail, "mail": mail}


def delay(mail: Mapping[str, Any]) -> dict[str, Any]:
    """Tell that a mail is late."""
    named = [{"emailAddress": address, "status": "4.2.2", "diagnosticCode": "smtp; 452"} for address in mail["destination"]]
    detail = {"timestamp": AT, "delayType": "MailboxFull", "expirationTime": AT, "delayedRecipients": named}
    return {"eventType": "DeliveryDelay", "deliveryDelay": detail, "mail": mail}


def reject(mail: Mapping[str, Any]) -> dict[str, Any]:
    """Tell that the mail service found something bad in a mail."""
    return {"eventType": "Reject", "reject": {"reason": "Bad content"}, "mail": mail}


def mail_of(sent: Mapping[str, Any], number: int = 0) -> dict[str, Any]:
    """Describe a mail that was sent, as events do."""
    tags = {tag["Name"]: [tag["Value"]] for tag in sent["EmailTags"]}
    return {
        "timestamp": "2025-08-26T16:00:01.000Z",
        "source": sent["FromEmailAddress"],
        "sendingAccountId": "123456789012",
        "messageId": f"0110019{number}",
        "destination": sent["Destination"]["ToAddresses"],
        "headersTruncated": False,
        "headers": [{"name": "Subject", "value": "Day 1"}],
        "commonHeaders": {"subject": "Day 1"},
        "tags": {"ses:operation": ["SendEmail"], "ses:configuration-set": [sent["ConfigurationSetName"]], **tags},
    }


def enveloped(message: str) -> str:
    """Write a message as SNS puts it into the queue."""
    envelope = {
        "Type": "Notification",
        "MessageId": "0",
        "TopicArn": "arn:aws:sns:eu-north-1:123456789012:kursdag-EventTopic",
        "Subject": "Amazon SES Email Event Notification",
        "Message": message,
        "Timestamp": AT,
        "SignatureVersion": "1",
    }
    return json.dumps(envelope)


def tell(events: Iterable[Mapping[str, Any] | str]) -> list[str]:
    """Hand events to the function; return the numbers of those that failed."""
    texts = [event if isinstance(event, str) else json.dumps(event) for event in events]
    outcome = handler({"Records": [record(enveloped(text), str(number)) for number, text in enumerate(texts)]}, None)
    return [failure["itemIdentifier"] for failure in outcome["batchItemFailures"]]

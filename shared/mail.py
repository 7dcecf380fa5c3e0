"""SES: sends one mail at a time and says in our words what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from email.headerregistry import Address
from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from shared.settings import setting

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client

BUSY = {
    "InternalFailure",
    "InternalServiceErrorException",
    "LimitExceededException",
    "ServiceUnavailable",
    "ThrottlingException",
    "TooManyRequestsException",
}
"""Errors after which the same mail can be sent a little later."""

WRONG_ADDRESS = {"BadRequestException"}
"""Errors that concern this one mail."""


class TryLater(Exception):
    """The mail service is busy or its quota is used up; the mail was not sent."""


class AddressRefused(Exception):
    """The mail service does not take this mail; others may go out."""


class SendingStopped(Exception):
    """The mail service takes nothing from us: the sender is not verified, or the account is paused."""


@dataclass(frozen=True, slots=True)
class Message:
    """One mail, as text and as HTML."""

    to: str
    sender_name: str
    reply_to: str
    subject: str
    text: str
    html: str


@cache
def client() -> SESV2Client:
    """Return this process's client; it tries once, since a repeat after a lost reply would be a second mail."""
    return boto3.client("sesv2", config=Config(retries={"mode": "standard", "total_max_attempts": 1}))


def send(message: Message) -> None:
    """Send a mail; raise `TryLater`, `AddressRefused` or `SendingStopped`."""
    try:
        client().send_email(
            FromEmailAddress=str(Address(message.sender_name, addr_spec=setting("SENDER"))),
            ReplyToAddresses=[message.reply_to],
            Destination={"ToAddresses": [message.to]},
            Content={
                "Simple": {
                    "Subject": {"Data": message.subject, "Charset": "UTF-8"},
                    "Body": {
                        "Text": {"Data": message.text, "Charset": "UTF-8"},
                        "Html": {"Data": message.html, "Charset": "UTF-8"},
                    },
                }
            },
        )
    except ClientError as error:
        raise _meaning(error.response["Error"]["Code"]) from error
    except BotoCoreError as error:
        raise TryLater from error


def _meaning(code: str) -> Exception:
    if code in BUSY:
        return TryLater()
    return AddressRefused() if code in WRONG_ADDRESS else SendingStopped()

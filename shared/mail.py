"""SES: sends one mail at a time and says in our words what came of it."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from email.charset import QP, Charset
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import formataddr
from functools import cache
from secrets import token_hex
from types import MappingProxyType
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from shared.mail_message import Message
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

TOO_FAST = {"ThrottlingException", "TooManyRequestsException"}
"""Errors after which the same mail can be sent in a moment."""

WRONG_ADDRESS = {"BadRequestException"}
"""Errors that concern this one mail."""


LONGEST_WORD = 60
"""Characters without a space that a header line surely has room for."""

AS_SENT = compat32.clone(linesep="\r\n", max_line_length=None, mangle_from_=False)
"""How mails are written. The newer policies read encoded words in what they are given, and break long addresses."""

READABLE = Charset("utf-8")
READABLE.body_encoding = QP


class TryLater(Exception):
    """The mail service is busy or its quota is used up; the mail was not sent."""


class TooFast(TryLater):
    """The mail service takes no more in this very second; the mail was not sent."""


class AddressRefused(Exception):
    """The mail service does not take this mail; others may go out."""


class SendingStopped(Exception):
    """The mail service takes nothing from us: the sender is not verified, or the account is paused."""


@dataclass(frozen=True, slots=True)
class Quota:
    """How much the mail service takes from us."""

    rate: float
    """Mails a second."""
    left: float
    """Mails that it still takes within the 24 hours that end now."""
    daily: float = math.inf
    """Mails that it takes in 24 hours."""


@cache
def client() -> SESV2Client:
    """Return this process's client; it tries once, since a repeat after a lost reply would be a second mail."""
    return boto3.client("sesv2", config=Config(retries={"mode": "standard", "total_max_attempts": 1}))


def send(message: Message, tags: Mapping[str, str] = MappingProxyType({})) -> None:
    """Send a mail, with tags that its events show; raise `TryLater`, `AddressRefused` or `SendingStopped`."""
    try:
        client().send_email(
            # SES puts this in the place of the mail's own header, so it is the same, on one line.
            FromEmailAddress=_sender(message).encode(linesep="").replace("\n", ""),
            Destination={"ToAddresses": [message.to]},
            Content={"Raw": {"Data": written(message)}},
            ConfigurationSetName=setting("CONFIGURATION_SET"),
            EmailTags=[{"Name": name, "Value": value} for name, value in tags.items()],
        )
    except ClientError as error:
        raise _meaning(error.response["Error"]["Code"]) from error
    except BotoCoreError as error:
        raise TryLater from error


def _meaning(code: str) -> Exception:
    if code in BUSY:
        return TooFast() if code in TOO_FAST else TryLater()
    return AddressRefused() if code in WRONG_ADDRESS else SendingStopped()


def written(message: Message) -> bytes:
    """Write a mail as it is sent, in ASCII alone; SES adds its date and its id."""
    mail = MIMEMultipart("alternative", boundary=token_hex(8), policy=AS_SENT)
    mail["From"] = _sender(message).encode()
    mail["To"] = _line(message.to)
    mail["Reply-To"] = _line(message.reply_to)
    mail["Subject"] = _encoded(_line(message.subject), "Subject").encode()
    # Both ask programs not to answer by themselves: the one by RFC 3834, the other Exchange.
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    if message.stop:
        mail["List-Unsubscribe"] = f"<{_line(message.stop)}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.attach(MIMEText(message.text, "plain", READABLE, policy=AS_SENT))  # type: ignore[arg-type]
    mail.attach(MIMEText(message.html, "html", READABLE, policy=AS_SENT))  # type: ignore[arg-type]
    return mail.as_bytes()


def _sender(message: Message) -> Header:
    name, address = _line(message.sender_name), setting("SENDER")
    if _is_plain(name):
        return Header(formataddr((name, address)), header_name="From")
    header = Header(name, "utf-8", header_name="From")
    header.append(f"<{address}>", "us-ascii")
    return header


def _encoded(text: str, name: str) -> Header:
    return Header(text, "us-ascii" if _is_plain(text) else "utf-8", header_name=name)


def _is_plain(text: str) -> bool:
    """Tell whether a text can stand in a header as it is: nothing in it is, or looks like, an encoded word."""
    return text.isascii() and "=?" not in text and all(len(word) <= LONGEST_WORD for word in text.split(" "))


def _line(text: str) -> str:
    """Return a text that is to stand in a header; raise `ValueError` where it would end its line, or hides something in it."""
    if any(unicodedata.category(character) in ("Cc", "Zl", "Zp") for character in text):
        raise ValueError("invalid character in a header")
    return text


def quota() -> Quota:
    """Ask how much the mail service takes; raise `SendingStopped` where that is nothing at all."""
    told = client().get_account()
    if not told["SendingEnabled"]:
        raise SendingStopped
    most = told["SendQuota"]
    # SES says -1 for "as many as you like".
    daily = math.inf if most["Max24HourSend"] < 0 else most["Max24HourSend"]
    return Quota(most["MaxSendRate"], max(daily - most["SentLast24Hours"], 0), daily)

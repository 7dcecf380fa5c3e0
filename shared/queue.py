"""SQS: the queue of mails to be sent; its messages hold ids only."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

import boto3

from shared.settings import setting

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

BATCH = 10
"""The most messages that SQS takes in one request."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One invitation's mail to be sent: the round by its ref, the invitation by its fingerprint."""

    ref: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class SignInErrand:
    """One sign-in mail to be sent; the link is made of the token, which is stored nowhere else and soon over."""

    token: str


@cache
def client() -> SQSClient:
    """Return this process's client."""
    return boto3.client("sqs")


def put(errands: Iterable[Errand | SignInErrand]) -> int:
    """Queue errands; tell how many were taken."""
    remaining, taken = iter(errands), 0
    while batch := list(islice(remaining, BATCH)):
        entries: list[SendMessageBatchRequestEntryTypeDef] = [
            {"Id": str(at), "MessageBody": json.dumps(asdict(errand))} for at, errand in enumerate(batch)
        ]
        answer = client().send_message_batch(QueueUrl=setting("SEND_QUEUE"), Entries=entries)
        taken += len(answer.get("Successful", []))
    return taken


def errand(body: str) -> Errand | SignInErrand:
    """Read a message's errand; raise `ValueError` where it holds something else."""
    found = json.loads(body)
    try:
        return SignInErrand(**found) if "token" in found else Errand(**found)
    except TypeError as error:
        raise ValueError("not an errand") from error

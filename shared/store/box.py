"""Box: the sealed answers of a round, each under a random key, and the one transaction that accepts an answer."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from shared.settings import setting
from shared.store import invitations
from shared.store.client import PASSING, SCHEMA, Item, key, partition
from shared.store.invitations import Ticket

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ATTEMPTS = 4
PATIENCE = 3.0
"""Seconds in which an answer is stored or its sender is asked to press again."""

BUSY = {
    "InternalServerError",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "ServiceUnavailable",
    "ThrottlingException",
    "TransactionInProgressException",
}
"""Errors of the table as a whole that are worth another try."""


class NotSaved(Exception):
    """The answer could not be stored now; sending it again is safe."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an answer was not taken: the invitation as it stands, or None where there is no such invitation."""

    mark: str | None
    cell_changed: bool
    unknown: bool


@cache
def _client() -> DynamoDBClient:
    """Return a client that tries once: the retries of an answer are ours, see `_transact`."""
    once = Config(connect_timeout=1, read_timeout=1, retries={"mode": "standard", "total_max_attempts": 1})
    return boto3.client("dynamodb", config=once)


def overhead(ref: str) -> int:
    """Count the bytes of an item beside its sealed part, as DynamoDB counts them."""
    names = len("pk") + len("sk") + len("schema") + len("sealed")
    return names + len(f"ROUND#{ref}") + 32 + 2


def envelopes(ref: str) -> Iterator[tuple[str, bytes]]:
    """Read a round's envelopes: random key, sealed bytes."""
    for item in partition(setting("BOX_TABLE"), f"ROUND#{ref}"):
        yield item["sk"]["S"], bytes(item["sealed"]["B"])


def accept(ticket: Ticket, sealed: bytes) -> Refused | None:
    """Mark the invitation and store the envelope, both or neither.

    Returns None when this call stored the answer; raises `NotSaved` when nothing is known to be stored.
    """
    envelope = key(f"ROUND#{ticket.ref}", secrets.token_hex(16)) | {"schema": SCHEMA, "sealed": {"B": sealed}}
    put = {"TableName": setting("BOX_TABLE"), "Item": envelope, "ConditionExpression": "attribute_not_exists(pk)"}
    return _transact([{"Update": invitations.answering(ticket)}, {"Put": put}], secrets.token_hex(16))


def _transact(items: list[dict[str, Any]], token: str) -> Refused | None:
    """Try a transaction a few times: boto3 does not repeat a cancelled one. The token makes repeats harmless."""
    deadline = time.monotonic() + PATIENCE
    for attempt in range(ATTEMPTS):
        try:
            return _attempt(items, token)
        except NotSaved:
            pause = random.uniform(0, 0.1 * 2**attempt)  # noqa: S311 – jitter, not a secret
            if attempt == ATTEMPTS - 1 or time.monotonic() + pause > deadline:
                raise
            time.sleep(pause)
    raise NotSaved


def _attempt(items: list[dict[str, Any]], token: str) -> Refused | None:
    """Try once: stored, refused by the invitation, or `NotSaved` where another try may help."""
    try:
        _client().transact_write_items(TransactItems=items, ClientRequestToken=token)  # type: ignore[arg-type]
    except BotoCoreError as error:
        raise NotSaved from error
    except ClientError as error:
        return _refusal(error)
    return None


def _refusal(error: ClientError) -> Refused:
    """Read from a failed transaction whether the invitation stood against it."""
    response: dict[str, Any] = {**error.response}
    reasons = response.get("CancellationReasons", [])
    if reasons and reasons[0].get("Code") == "ConditionalCheckFailed":
        return _standing(reasons[0].get("Item"))
    passing = bool(reasons) and {reason.get("Code", "None") for reason in reasons} <= PASSING
    if passing or response["Error"]["Code"] in BUSY:
        raise NotSaved from error
    raise error


def _standing(item: Item | None) -> Refused:
    if not item:
        return Refused(mark=None, cell_changed=False, unknown=True)
    mark = item.get("answered", {}).get("S")
    return Refused(mark=mark, cell_changed=mark is None, unknown=False)

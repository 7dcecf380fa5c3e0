"""The DynamoDB client, and the shapes its items have."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Item = Mapping[str, Any]
"""An item in DynamoDB's own form, for example ``{"pk": {"S": "PROGRAMME#a"}}``."""

SCHEMA = {"N": "1"}
"""The number that every item carries, to be raised when its shape changes."""

TOGETHER = 100
"""Items that one transaction may write."""
PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds to wait where somebody else writes the same items, or too much is written at once."""
PASSING = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded", "RequestLimitExceeded", "None"}
"""Reasons for a cancelled transaction that are worth another try."""


class Overloaded(Exception):
    """DynamoDB takes no more for now; whatever was being written can be written again."""


@cache
def client() -> DynamoDBClient:
    """Return this process's client; its timeouts fit a person waiting on a phone."""
    patience = Config(connect_timeout=1, read_timeout=2, retries={"mode": "standard", "total_max_attempts": 3})
    return boto3.client("dynamodb", config=patience)


def key(pk: str, sk: str) -> dict[str, Any]:
    """Write an item's key."""
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def queried(**query: Any) -> Iterator[Item]:
    """Run a query to its end, page by page."""
    for page in client().get_paginator("query").paginate(**query):
        yield from page["Items"]


def partition(table: str, pk: str, sk_prefix: str = "", **query: Any) -> Iterator[Item]:
    """Read the items of one partition whose sort keys begin with a prefix."""
    condition, values = "pk = :pk", {":pk": {"S": pk}}
    if sk_prefix:
        condition, values = condition + " AND begins_with(sk, :sk)", {**values, ":sk": {"S": sk_prefix}}
    return queried(TableName=table, KeyConditionExpression=condition, ExpressionAttributeValues=values, **query)


def stored(table: str, item: Item, condition: str = "attribute_not_exists(pk)", **given: Any) -> bool:
    """Store an item on a condition, if nothing else is said that there is none; tell whether it held.

    ``given`` are the condition's names and values, as DynamoDB calls them.
    """
    try:
        client().put_item(TableName=table, Item=item, ConditionExpression=condition, **given)
    except client().exceptions.ConditionalCheckFailedException:
        return False
    return True


def put(table: str, item: Item, **condition: Any) -> dict[str, Any]:
    """Write the storing of an item as a part of a transaction."""
    return {"Put": {"TableName": table, "Item": item, **condition}}


def deletion(table: str, at: Mapping[str, Any]) -> dict[str, Any]:
    """Write the deletion of an item as a part of a transaction."""
    return {"Delete": {"TableName": table, "Key": at}}


def write_together(writes: Sequence[Mapping[str, Any]]) -> None:
    """Do up to a hundred writes, all or none; raise the service's error where a condition is not met."""
    wanted: Any = writes
    for pause in PAUSES:
        try:
            client().transact_write_items(TransactItems=wanted)
        except client().exceptions.TransactionCanceledException as error:
            if not PASSING.issuperset(reason["Code"] for reason in error.response["CancellationReasons"]):
                raise
            time.sleep(pause)
        else:
            return
    raise Overloaded

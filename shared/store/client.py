"""The DynamoDB client, and the shapes its items have."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
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

BATCH = 25
"""Items that one request may write."""
AT_ONCE = 4
PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds to wait for items that were left over."""


class Overloaded(Exception):
    """DynamoDB leaves writes over time and again; whatever was being written can be written again."""


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


def put_items(table: str, items: Sequence[Item]) -> None:
    """Put many items, some at a time, each of which may be put again; raise `Overloaded` where not all could be."""
    batches = [items[at : at + BATCH] for at in range(0, len(items), BATCH)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda batch: _put_batch(table, batch), batches))


def _put_batch(table: str, items: Sequence[Item]) -> None:
    left: Any = [{"PutRequest": {"Item": item}} for item in items]
    for pause in PAUSES:
        left = client().batch_write_item(RequestItems={table: left})["UnprocessedItems"].get(table, [])
        if not left:
            return
        time.sleep(pause)
    raise Overloaded

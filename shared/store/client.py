"""The DynamoDB client, and the shapes its items have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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

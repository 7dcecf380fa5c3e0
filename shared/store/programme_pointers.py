"""Published, the pointers to programmes' editions: each is made anew after every round that is frozen.

A pointer counts the rounds that were frozen. While it is in the index of what jobs look at, its edition is yet to be made.
"""

from dataclasses import dataclass
from typing import Any

from shared.settings import setting
from shared.store.client import SCHEMA, Item, client, key, queried

DUE_INDEX = "due"
STALE = {"S": "PROGRAMME"}


@dataclass(frozen=True, slots=True)
class Stale:
    """A programme whose edition is to be made anew."""

    programme: str
    frozen: int
    """How many rounds have been frozen: an edition that was made of fewer is not the last word."""


def _table() -> str:
    return setting("PUBLISHED_TABLE")


def _key(programme_id: str) -> dict[str, Any]:
    return key(f"PROGRAMME#{programme_id}", "EDITION")


def after_freezing(programme_id: str, at: int) -> dict[str, Any]:
    """Write the update that belongs to the freezing of a round, in the same transaction."""
    return {
        "TableName": _table(),
        "Key": _key(programme_id),
        "UpdateExpression": "SET #schema = :schema, #due = :stale, opens = :at ADD frozen :one",
        "ExpressionAttributeNames": {"#schema": "schema", "#due": "due"},
        "ExpressionAttributeValues": {":schema": SCHEMA, ":stale": STALE, ":at": {"N": str(at)}, ":one": {"N": "1"}},
    }


def stale() -> list[Stale]:
    """List the programmes whose editions are to be made anew."""
    items = queried(
        TableName=_table(),
        IndexName=DUE_INDEX,
        KeyConditionExpression="#due = :stale",
        ExpressionAttributeNames={"#due": "due"},
        ExpressionAttributeValues={":stale": STALE},
    )
    return list(map(_stale, items))


def found(programme_id: str) -> Stale | None:
    """Read whether a programme's edition is to be made anew."""
    item = client().get_item(TableName=_table(), Key=_key(programme_id), ConsistentRead=True).get("Item", {})
    return _stale(item) if "due" in item else None


def _stale(item: Item) -> Stale:
    return Stale(item["pk"]["S"].removeprefix("PROGRAMME#"), int(item["frozen"]["N"]))


def point(of: Stale, edition: str) -> bool:
    """Point a programme to its edition unless another round was frozen meanwhile; tell whether it did."""
    try:
        client().update_item(
            TableName=_table(),
            Key=_key(of.programme),
            UpdateExpression="SET edition = :edition REMOVE #due, opens",
            ConditionExpression="frozen = :frozen",
            ExpressionAttributeNames={"#due": "due"},
            ExpressionAttributeValues={":edition": {"S": edition}, ":frozen": {"N": str(of.frozen)}},
        )
    except client().exceptions.ConditionalCheckFailedException:
        return False
    return True


def edition(programme_id: str) -> str | None:
    """Read the key prefix of a programme's latest edition in the bucket, if there is one."""
    found = client().get_item(TableName=_table(), Key=_key(programme_id)).get("Item", {})
    return found["edition"]["S"] if "edition" in found else None

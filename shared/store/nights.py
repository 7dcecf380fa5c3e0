"""Published, from when on `retire` has to look at a programme: notes in the index of what is due, which go when that is done."""

from collections.abc import Iterable
from typing import Any

from shared.settings import setting
from shared.store.client import SCHEMA, client, key, queried

NIGHT = {"S": "NIGHT"}
"""What keeps these notes in the index, beside open rounds and the moments of messages."""


def put(programme_id: str, moments: Iterable[int]) -> None:
    """Note when there is something to look at; done again, it changes nothing, and a note too many only lets look."""
    for moment in moments:
        item = _key(programme_id, moment) | {"schema": SCHEMA, "due": NIGHT, "opens": {"N": str(moment)}}
        client().put_item(TableName=setting("PUBLISHED_TABLE"), Item=item)


def due(now: int) -> dict[str, list[int]]:
    """List the moments that have come and are not done with, by programme."""
    items = queried(
        TableName=setting("PUBLISHED_TABLE"),
        IndexName="due",
        KeyConditionExpression="#due = :night AND opens <= :now",
        ExpressionAttributeNames={"#due": "due"},
        ExpressionAttributeValues={":night": NIGHT, ":now": {"N": str(now)}},
    )
    found: dict[str, list[int]] = {}
    for item in items:
        found.setdefault(item["pk"]["S"].removeprefix("PROGRAMME#"), []).append(int(item["opens"]["N"]))
    return found


def done(programme_id: str, moments: Iterable[int]) -> None:
    """Forget moments that are done with."""
    for moment in moments:
        client().delete_item(TableName=setting("PUBLISHED_TABLE"), Key=_key(programme_id, moment))


def _key(programme_id: str, moment: int) -> dict[str, Any]:
    return key(f"PROGRAMME#{programme_id}", f"NIGHT#{moment}")

"""Published, the moments at which messages are due: notes in the index that jobs look at."""

from collections.abc import Iterable
from typing import NamedTuple

from shared.settings import setting
from shared.store.client import SCHEMA, Item, client, key, partition, queried
from shared.store.published import DUE_INDEX

MESSAGE = {"S": "MESSAGE"}
"""What keeps the moments of messages in the index of rounds that jobs look at: they leave it by being past."""


class Moment(NamedTuple):
    """When a message of a programme is due at one of its day's gatherings."""

    programme: str
    id: str
    """The message's id."""
    gathering: str
    at: int


def put(programme_id: str, planned: Iterable[Moment]) -> None:
    """Note when a programme's messages are due; what the programme itself no longer says is passed over when it comes."""
    for moment in planned:
        name = f"MOMENT#{moment.at}#{moment.id}#{moment.gathering}"
        told = {"due": MESSAGE, "opens": {"N": str(moment.at)}, "message": {"S": moment.id}, "gathering": {"S": moment.gathering}}
        client().put_item(TableName=setting("PUBLISHED_TABLE"), Item=key(f"PROGRAMME#{programme_id}", name) | {"schema": SCHEMA} | told)


def due(since: int, now: int) -> list[Moment]:
    """List the messages whose moment has come since a time."""
    items = queried(
        TableName=setting("PUBLISHED_TABLE"),
        IndexName=DUE_INDEX,
        KeyConditionExpression="#due = :message AND opens BETWEEN :since AND :now",
        ExpressionAttributeNames={"#due": "due"},
        ExpressionAttributeValues={":message": MESSAGE, ":since": {"N": str(since)}, ":now": {"N": str(now)}},
    )
    return list(map(_moment, items))


def latest(programme_id: str) -> dict[str, int]:
    """Tell when each message was last due that a programme has or once had, by its id."""
    found: dict[str, int] = {}
    for item in partition(setting("PUBLISHED_TABLE"), f"PROGRAMME#{programme_id}", "MOMENT#"):
        moment = _moment(item)
        found[moment.id] = max(moment.at, found.get(moment.id, 0))
    return found


def _moment(item: Item) -> Moment:
    programme_id = item["pk"]["S"].removeprefix("PROGRAMME#")
    return Moment(programme_id, item["message"]["S"], item["gathering"]["S"], int(item["opens"]["N"]))

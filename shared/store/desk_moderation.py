"""Desk, what is decided about a round's comments: versions that stay, each following the one before. No word of a comment lies here."""

import json
import zlib

from shared import moderation
from shared.moderation import Moderation
from shared.settings import setting
from shared.store.client import SCHEMA, client, key, stored


class Overtaken(Exception):
    """Somebody else has decided something since these comments were read."""


def _pk(ref: str) -> str:
    return f"COMMENTS#{ref}"


def latest(ref: str) -> Moderation:
    """Read what is decided about a round's comments."""
    found = client().query(
        TableName=setting("DESK_TABLE"),
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": _pk(ref)}},
        ScanIndexForward=False,
        Limit=1,
        ConsistentRead=True,
    )["Items"]
    if not found:
        return Moderation()
    number = int(found[0]["sk"]["S"].removeprefix("VERSION#"))
    return moderation.from_document(number, json.loads(zlib.decompress(bytes(found[0]["decided"]["B"]))))


def put_next(ref: str, decided: Moderation) -> None:
    """Store the version after the one whose number is given; raise `Overtaken` where there is one already."""
    content = zlib.compress(json.dumps(moderation.document(decided), separators=(",", ":")).encode())
    item = key(_pk(ref), f"VERSION#{decided.number + 1:06}") | {"schema": SCHEMA, "decided": {"B": content}}
    if not stored(setting("DESK_TABLE"), item):
        raise Overtaken

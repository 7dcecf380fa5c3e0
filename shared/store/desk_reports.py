"""Desk, closing reports: versions of a programme's, none of which is ever changed."""

import json
import zlib
from typing import Any

from shared.settings import setting
from shared.store.client import SCHEMA, client, key, partition, stored


class Overtaken(Exception):
    """Somebody else has made this version."""


def _key(programme_id: str, number: int) -> dict[str, Any]:
    return key(f"REPORTS#{programme_id}", f"VERSION#{number:06}")


def put(programme_id: str, number: int, document: dict[str, Any]) -> None:
    """Store a version; raise `Overtaken` where there is one of this number."""
    content = zlib.compress(json.dumps(document, ensure_ascii=False, sort_keys=True).encode())
    item = _key(programme_id, number) | {"schema": SCHEMA, "made": {"S": document["made"]}, "document": {"B": content}}
    if not stored(setting("DESK_TABLE"), item):
        raise Overtaken


def get(programme_id: str, number: int) -> dict[str, Any] | None:
    """Read a version."""
    found = client().get_item(TableName=setting("DESK_TABLE"), Key=_key(programme_id, number), ConsistentRead=True).get("Item")
    return json.loads(zlib.decompress(bytes(found["document"]["B"]))) if found else None


def versions(programme_id: str) -> dict[int, str]:
    """List the versions with when each was made, the newest first."""
    newest_first: dict[str, Any] = {"ConsistentRead": True, "ScanIndexForward": False, "ProjectionExpression": "sk, made"}
    items = partition(setting("DESK_TABLE"), f"REPORTS#{programme_id}", "VERSION#", **newest_first)
    return {int(item["sk"]["S"].removeprefix("VERSION#")): item["made"]["S"] for item in items}

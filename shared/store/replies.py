"""Published, answers back: what participants are shown of a round's result, with what is told about it."""

import json
import zlib
from typing import Any

from shared.settings import setting
from shared.store.client import SCHEMA, client, key
from shared.store.recent import Recent


def put(ref: str, document: dict[str, Any]) -> None:
    """Publish a reply; a mended one takes its place."""
    content = zlib.compress(json.dumps(document, ensure_ascii=False, sort_keys=True).encode())
    item = key(f"REF#{ref}", "REPLY") | {"schema": SCHEMA, "document": {"B": content}}
    client().put_item(TableName=setting("PUBLISHED_TABLE"), Item=item)


def get(ref: str) -> dict[str, Any] | None:
    """Read a round's reply, if there is one."""
    found = client().get_item(TableName=setting("PUBLISHED_TABLE"), Key=key(f"REF#{ref}", "REPLY")).get("Item")
    return json.loads(zlib.decompress(bytes(found["document"]["B"]))) if found else None


recent = Recent(get)

"""Desk, the retirements under way: by programme, the manifest of what may not be deleted yet."""

from typing import Any

from shared.settings import setting
from shared.store.client import SCHEMA, client, key


def _key(programme_id: str) -> dict[str, Any]:
    return key(f"RETIRING#{programme_id}", "MANIFEST")


def begin(programme_id: str, manifest: str) -> None:
    """Note which manifest is being carried out."""
    client().put_item(TableName=setting("DESK_TABLE"), Item=_key(programme_id) | {"schema": SCHEMA, "manifest": {"S": manifest}})


def under_way(programme_id: str) -> str:
    """Read which manifest is being carried out; empty where none is."""
    found = client().get_item(TableName=setting("DESK_TABLE"), Key=_key(programme_id), ConsistentRead=True).get("Item")
    return str(found["manifest"]["S"]) if found else ""


def end(programme_id: str) -> None:
    """Note that it is carried out."""
    client().delete_item(TableName=setting("DESK_TABLE"), Key=_key(programme_id))

"""Desk, whose data is to be deleted in the coming night: ids that say nothing, and no more."""

from typing import Any

from shared.settings import setting
from shared.store.client import SCHEMA, client, key

PREFIX = "ERASE#"


def _at(programme_id: str, person_id: str) -> dict[str, Any]:
    return key(f"PROGRAMME#{programme_id}", f"{PREFIX}{person_id}")


def ask(programme_id: str, person_id: str) -> None:
    """Note that somebody's data is to be deleted; noted twice, it is once."""
    client().put_item(TableName=setting("DESK_TABLE"), Item=_at(programme_id, person_id) | {"schema": SCHEMA})


def is_asked(programme_id: str, person_id: str) -> bool:
    """Tell whether somebody's data is to be deleted."""
    return "Item" in client().get_item(TableName=setting("DESK_TABLE"), Key=_at(programme_id, person_id), ConsistentRead=True)


def done(programme_id: str, person_id: str) -> None:
    """Forget who was to be deleted, once she is."""
    client().delete_item(TableName=setting("DESK_TABLE"), Key=_at(programme_id, person_id))

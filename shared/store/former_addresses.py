"""Roster, the addresses that people had before: what they wrote by links that went there can be handed over from there alone."""

from typing import Any

from shared.addresses import pointer
from shared.settings import setting
from shared.store.client import SCHEMA, client, key, partition, put

PREFIX = "FORMER#"


def noting(programme_id: str, person_id: str, address: str) -> dict[str, Any]:
    """Write, as a part of a transaction, the noting of an address that somebody had."""
    item = _key(programme_id, person_id, pointer(address)) | {"schema": SCHEMA, "address": {"S": address}}
    return put(setting("ROSTER_TABLE"), item)


def of(programme_id: str, person_id: str) -> list[str]:
    """List the addresses that somebody had before."""
    return held(programme_id, person_id).get(person_id, [])


def held(programme_id: str, person_id: str = "") -> dict[str, list[str]]:
    """List the addresses that people of a programme, or one of them, had before, by their ids."""
    found: dict[str, list[str]] = {}
    for item in partition(setting("ROSTER_TABLE"), f"PROGRAMME#{programme_id}", PREFIX + person_id):
        found.setdefault(item["sk"]["S"].split("#")[1], []).append(item["address"]["S"])
    return found


def address(programme_id: str, person_id: str, name: str) -> str:
    """Read an address by its `shared.addresses.pointer`; empty where nothing is noted of it."""
    found = client().get_item(TableName=setting("ROSTER_TABLE"), Key=_key(programme_id, person_id, name)).get("Item")
    return str(found["address"]["S"]) if found else ""


def _key(programme_id: str, person_id: str, name: str) -> dict[str, Any]:
    return key(f"PROGRAMME#{programme_id}", f"{PREFIX}{person_id}#{name}")

"""Roster, the absences: whom staff have marked as absent from which gathering. One item each, so that a mark is one write."""

import hashlib
import json
from collections.abc import Mapping, Set
from typing import Any

from shared.settings import setting
from shared.store.client import SCHEMA, Overloaded, client, key, partition, stored

TRIES = 5
"""Attempts at a change while others change the same gathering, as two people at a door do."""


def absent(programme_id: str, day: str) -> dict[str, frozenset[str]]:
    """Read who is marked as absent from a day, by gathering and by their ids on the roster."""
    found = partition(setting("ROSTER_TABLE"), f"PROGRAMME#{programme_id}", f"ABSENT#{day}#")
    return {item["sk"]["S"].rpartition("#")[2]: frozenset(json.loads(item["people"]["S"])) for item in found}


def digest(marked: Mapping[str, Set[str]]) -> str:
    """Name a day's absences shortly, so that a change of them is noticed; empty where nobody is absent."""
    named = {name: sorted(people) for name, people in sorted(marked.items()) if people}
    return hashlib.sha256(json.dumps(named).encode()).hexdigest()[:16] if named else ""


def change(programme_id: str, day: str, gathering: str, *, mark: Set[str], unmark: Set[str]) -> None:
    """Mark some as absent and take others' marks back; what somebody else changes meanwhile stays. Done again, it changes nothing."""
    place = key(f"PROGRAMME#{programme_id}", f"ABSENT#{day}#{gathering}")
    for _attempt in range(TRIES):
        found = client().get_item(TableName=setting("ROSTER_TABLE"), Key=place, ConsistentRead=True).get("Item")
        before = set(json.loads(found["people"]["S"])) if found else set()
        after = (before | mark) - unmark
        if after == before or _replaced(place, found["people"] if found else None, json.dumps(sorted(after))):
            return
    raise Overloaded


def _replaced(place: Mapping[str, Any], seen: Any, people: str) -> bool:
    """Store who is absent unless somebody else has changed that since; tell whether it is stored."""
    item = {**place, "schema": SCHEMA, "people": {"S": people}}
    if seen is None:
        return stored(setting("ROSTER_TABLE"), item)
    return stored(setting("ROSTER_TABLE"), item, "people = :seen", ExpressionAttributeValues={":seen": seen})

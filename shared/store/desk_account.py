"""Desk, the account: who of the staff did what and when. Never who answered, and never what."""

import hashlib
import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shared.settings import setting
from shared.store.client import SCHEMA, Item, client, key

PREFIX = "DONE#"
NAME = re.compile(r"\d{12}#[0-9a-f]{8}")
"""How the name of a deed looks: its time, so that the account is in order, and something random."""

DAY = 24 * 3600

KEPT = 365 * DAY
"""Seconds for which it is kept what somebody did."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done."""

    name: str
    at: int
    who: str
    """An address of the staff, or the AWS identity of whoever used the command line."""
    what: str
    about: tuple[str, ...]


def note(programme_id: str, at: int, who: str, what: str, *about: str) -> None:
    """Note what somebody did."""
    client().put_item(TableName=setting("DESK_TABLE"), Item=_item(programme_id, at, who, what, about))


def note_once_a_day(programme_id: str, at: int, who: str, what: str, *about: str) -> None:
    """Note what somebody did unless she did the same on the same day (UTC), as those do who read a page again."""
    same = hashlib.sha256(json.dumps([who, what, *about]).encode()).hexdigest()[:32]
    mark = key(f"PROGRAMME#{programme_id}", f"SEEN#{at // DAY}#{same}") | {"schema": SCHEMA, "expires": {"N": str(at + 2 * DAY)}}
    first: Any = {"TableName": setting("DESK_TABLE"), "Item": mark, "ConditionExpression": "attribute_not_exists(pk)"}
    noted: Any = {"TableName": setting("DESK_TABLE"), "Item": _item(programme_id, at, who, what, about)}
    try:
        client().transact_write_items(TransactItems=[{"Put": first}, {"Put": noted}])
    except client().exceptions.TransactionCanceledException:
        return


def deeds(programme_id: str, count: int, before: str = "") -> list[Deed]:
    """Read the latest deeds, or those before a named one; the newest first."""
    start = {"ExclusiveStartKey": key(f"PROGRAMME#{programme_id}", PREFIX + before)} if before else {}
    found = client().query(
        TableName=setting("DESK_TABLE"),
        KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
        ExpressionAttributeValues={":pk": {"S": f"PROGRAMME#{programme_id}"}, ":sk": {"S": PREFIX}},
        ScanIndexForward=False,
        Limit=count,
        **start,  # type: ignore[arg-type]
    )
    return list(map(_deed, found["Items"]))


def _item(programme_id: str, at: int, who: str, what: str, about: Sequence[str]) -> dict[str, Any]:
    return key(f"PROGRAMME#{programme_id}", f"{PREFIX}{at:012}#{secrets.token_hex(4)}") | {
        "schema": SCHEMA,
        "who": {"S": who},
        "what": {"S": what},
        "about": {"S": json.dumps(about, ensure_ascii=False)},
        "expires": {"N": str(at + KEPT)},
    }


def _deed(item: Item) -> Deed:
    name = item["sk"]["S"].removeprefix(PREFIX)
    return Deed(name, int(name.partition("#")[0]), item["who"]["S"], item["what"]["S"], tuple(json.loads(item["about"]["S"])))

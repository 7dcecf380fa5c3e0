"""Desk, links for speakers: each shows one person the results of her sessions, until it runs out or is taken back."""

import json
from dataclasses import dataclass
from typing import Any

from shared.languages import Text
from shared.sessions import fingerprint
from shared.settings import setting
from shared.store.client import SCHEMA, Item, client, key, partition

KEPT = 90 * 86_400
"""Seconds for which a speaker's link works."""


@dataclass(frozen=True, slots=True)
class Invited:
    """A speaker who has been sent a link."""

    name: Text
    email: str
    sessions: tuple[tuple[str, str], ...]
    """Which sessions it shows: each by its day and its own id."""
    expires: int


def _table() -> str:
    return setting("DESK_TABLE")


def _key(programme_id: str, hashed: str) -> dict[str, Any]:
    return key(f"PROGRAMME#{programme_id}", f"SPEAKER#{hashed}")


def put(programme_id: str, token: str, invited: Invited) -> None:
    """Store a link under the hash of its token."""
    item = _key(programme_id, fingerprint(token)) | {
        "schema": SCHEMA,
        "name": {"S": json.dumps(dict(invited.name), ensure_ascii=False)},
        "email": {"S": invited.email},
        "sessions": {"S": json.dumps(invited.sessions)},
        "expires": {"N": str(invited.expires)},
    }
    client().put_item(TableName=_table(), Item=item)


def by_token(programme_id: str, token: str, now: int) -> Invited | None:
    """Read what a link is for, while it works."""
    found = client().get_item(TableName=_table(), Key=_key(programme_id, fingerprint(token)), ConsistentRead=True).get("Item")
    invited = _invited(found) if found else None
    return invited if invited and invited.expires > now else None


def everyone(programme_id: str, now: int) -> dict[str, Invited]:
    """List the links that work, by the hash of their token; the ones that work longest first."""
    items = partition(_table(), f"PROGRAMME#{programme_id}", "SPEAKER#", ConsistentRead=True)
    found = {item["sk"]["S"].removeprefix("SPEAKER#"): _invited(item) for item in items}
    return {hashed: item for hashed, item in sorted(found.items(), key=lambda pair: -pair[1].expires) if item.expires > now}


def drop(programme_id: str, hashed: str) -> None:
    """Take a link back."""
    client().delete_item(TableName=_table(), Key=_key(programme_id, hashed))


def _invited(item: Item) -> Invited:
    sessions = tuple((day, session) for day, session in json.loads(item["sessions"]["S"]))
    return Invited(json.loads(item["name"]["S"]), item["email"]["S"], sessions, int(item["expires"]["N"]))

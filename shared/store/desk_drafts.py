"""Desk: programmes that somebody of the staff is making. Each is its maker's own, and runs out by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.packing import packed, unpacked
from shared.sessions import fingerprint
from shared.settings import setting
from shared.store.client import SCHEMA, Item, client, key, partition

KEPT = 30 * 86_400
"""Seconds for which a draft is kept after its last change."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A programme in the making."""

    id: str
    programme: str
    """The id that the programme is to have, or has already."""
    files: Mapping[str, bytes]
    expires: int


def put_draft(email: str, draft: Draft) -> None:
    """Keep a draft in the place of what it was before."""
    item = _key(email, draft.id) | {
        "schema": SCHEMA,
        "programme": {"S": draft.programme},
        "files": {"B": packed(draft.files)},
        "expires": {"N": str(draft.expires)},
    }
    client().put_item(TableName=_table(), Item=item)


def draft(email: str, draft_id: str, now: int) -> Draft | None:
    """Read one of somebody's drafts, if it is still kept."""
    found = client().get_item(TableName=_table(), Key=_key(email, draft_id), ConsistentRead=True).get("Item")
    read = _draft(found) if found else None
    return read if read and read.expires > now else None


def drafts(email: str, now: int) -> list[Draft]:
    """List somebody's drafts, the one that was changed last first."""
    found = map(_draft, partition(_table(), _pk(email), "DRAFT#", ConsistentRead=True))
    return sorted((item for item in found if item.expires > now), key=lambda item: -item.expires)


def drop_draft(email: str, draft_id: str) -> None:
    """Forget a draft."""
    client().delete_item(TableName=_table(), Key=_key(email, draft_id))


def _table() -> str:
    return setting("DESK_TABLE")


def _pk(email: str) -> str:
    return f"STAFF#{fingerprint(email.casefold())}"


def _key(email: str, draft_id: str) -> dict[str, Any]:
    return key(_pk(email), f"DRAFT#{draft_id}")


def _draft(found: Item) -> Draft:
    return Draft(
        id=found["sk"]["S"].removeprefix("DRAFT#"),
        programme=found["programme"]["S"],
        files=unpacked(bytes(found["files"]["B"])),
        expires=int(found["expires"]["N"]),
    )

"""Desk: rosters that were uploaded and wait for a press; they run out by themselves."""

import zlib

from shared.settings import setting
from shared.store.client import SCHEMA, client, key, partition

KEPT = 3600
"""Seconds that a preview can be carried out."""
PIECE = 300_000
"""Bytes of one item, well below what DynamoDB takes."""


def _table() -> str:
    return setting("DESK_TABLE")


def _name(programme_id: str, upload_id: str) -> str:
    return f"UPLOAD#{programme_id}#{upload_id}"


def put_upload(programme_id: str, upload_id: str, content: bytes, now: int) -> None:
    """Keep an upload for an hour."""
    packed = zlib.compress(content, 9)
    pieces = [packed[at : at + PIECE] for at in range(0, len(packed), PIECE)]
    common = {"schema": SCHEMA, "expires": {"N": str(now + KEPT)}, "of": {"N": str(len(pieces))}}
    for at, piece in enumerate(pieces):
        item = key(_name(programme_id, upload_id), f"PIECE#{at:03}") | common | {"content": {"B": piece}}
        client().put_item(TableName=_table(), Item=item)


def upload(programme_id: str, upload_id: str, now: int) -> bytes | None:
    """Read an upload; None if it has run out, or was carried out."""
    pieces = list(partition(_table(), _name(programme_id, upload_id), "PIECE#", ConsistentRead=True))
    if not pieces or len(pieces) != int(pieces[0]["of"]["N"]) or int(pieces[0]["expires"]["N"]) <= now:
        return None
    return zlib.decompress(b"".join(bytes(piece["content"]["B"]) for piece in pieces))


def drop_upload(programme_id: str, upload_id: str) -> None:
    """Forget an upload."""
    for piece in partition(_table(), _name(programme_id, upload_id), "PIECE#", ProjectionExpression="pk, sk"):
        client().delete_item(TableName=_table(), Key={"pk": piece["pk"], "sk": piece["sk"]})

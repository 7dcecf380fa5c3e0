"""Keys: a round's secrets, each wrapped by the KMS key of its purpose."""

from typing import Literal

from shared.settings import setting
from shared.store.client import SCHEMA, client, key

Purpose = Literal["link", "box"]


def put_secret(ref: str, purpose: Purpose, wrapped: bytes) -> None:
    """Store a round's wrapped secret, once and for all."""
    item = key(f"ROUND#{ref}", purpose.upper()) | {"schema": SCHEMA, "wrapped": {"B": wrapped}}
    client().put_item(TableName=setting("KEYS_TABLE"), Item=item, ConditionExpression="attribute_not_exists(pk)")


def secret(ref: str, purpose: Purpose) -> bytes:
    """Read a round's wrapped secret."""
    found = client().get_item(TableName=setting("KEYS_TABLE"), Key=key(f"ROUND#{ref}", purpose.upper()))
    return bytes(found["Item"]["wrapped"]["B"])

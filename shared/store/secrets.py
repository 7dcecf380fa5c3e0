"""Keys: the secrets of rounds, series and programmes, each wrapped by the KMS key of its purpose."""

from contextlib import suppress
from typing import Any, Literal

from shared.settings import setting
from shared.store.client import SCHEMA, client, key

Purpose = Literal["link", "box", "pair", "letter"]

HOLDERS = {"link": "ROUND", "box": "ROUND", "pair": "SERIES", "letter": "PROGRAMME"}
"""What a secret of each purpose is made for."""


class Destroyed(LookupError):
    """The secret's use was over, and it is deleted."""


def put_secret(holder: str, purpose: Purpose, wrapped: bytes) -> None:
    """Store a wrapped secret, once and for all; fails where there is one."""
    item = _key(holder, purpose) | {"schema": SCHEMA, "wrapped": {"B": wrapped}}
    client().put_item(TableName=setting("KEYS_TABLE"), Item=item, ConditionExpression="attribute_not_exists(pk)")


def put_first_secret(holder: str, purpose: Purpose, wrapped: bytes) -> None:
    """Store a wrapped secret unless there is one, which then stays in use."""
    with suppress(client().exceptions.ConditionalCheckFailedException):
        put_secret(holder, purpose, wrapped)


def secret(holder: str, purpose: Purpose) -> bytes:
    """Read a wrapped secret; raise `Destroyed` where it is no longer there."""
    found = client().get_item(TableName=setting("KEYS_TABLE"), Key=_key(holder, purpose)).get("Item")
    if found is None:
        raise Destroyed
    return bytes(found["wrapped"]["B"])


def _key(holder: str, purpose: Purpose) -> dict[str, Any]:
    return key(f"{HOLDERS[purpose]}#{holder}", purpose.upper())

"""Keys: the secrets of rounds, series and programmes, each wrapped by the KMS key of its purpose."""

from contextlib import suppress
from typing import Any, Literal

from shared.settings import setting
from shared.store.client import SCHEMA, client, key, partition

Purpose = Literal["link", "box", "pair", "letter"]

HOLDERS = {"link": "ROUND", "box": "ROUND", "pair": "SERIES", "letter": "PROGRAMME"}
"""What a secret of each purpose is made for."""


SETTLING = 24 * 3600
"""Seconds after which no publication can still be under way that made a secret."""

NOTE = "SECRET#"
"""Begins what is noted in Published of where a programme's secrets lie."""


class Destroyed(LookupError):
    """The secret's use was over, and it is deleted."""


def place(holder: str, purpose: Purpose) -> str:
    """Name the partition in which a secret lies."""
    return f"{HOLDERS[purpose]}#{holder}"


def note(programme_id: str, where: str, now: int) -> None:
    """Note where secrets of a programme are about to lie, and until when at least nobody may take them for unused."""
    item = key(f"PROGRAMME#{programme_id}", NOTE + where) | {"schema": SCHEMA, "until": {"N": str(now + SETTLING)}}
    client().put_item(TableName=setting("PUBLISHED_TABLE"), Item=item)


def noted(programme_id: str) -> dict[str, int]:
    """List where secrets of a programme lie or have lain, each with the moment until which they may be about to be used."""
    items = partition(setting("PUBLISHED_TABLE"), f"PROGRAMME#{programme_id}", NOTE, ConsistentRead=True)
    return {item["sk"]["S"].removeprefix(NOTE): int(item["until"]["N"]) for item in items}


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
    return key(place(holder, purpose), purpose.upper())

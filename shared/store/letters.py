"""Letters: sealed letters, each under a name that only its writer's link makes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from secrets import token_hex
from types import MappingProxyType
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from shared.settings import setting
from shared.store import claims, invitations
from shared.store.box import BUSY, NotSaved
from shared.store.client import PASSING, SCHEMA, client, key
from shared.store.invitations import CLEAR, CLEARED, FORGOTTEN

NONE = ""
"""The version of a letter that is not there."""

Copies = Mapping[str, bytes | None]
"""What of a letter others can read: sealed, by name; None for a copy that is taken back."""
NO_COPIES: Copies = MappingProxyType({})


class Overtaken(Exception):
    """The letter was changed elsewhere since it was read."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A sealed letter, and the version by which its next change is made."""

    sealed: bytes
    version: str


def overhead(ref: str) -> int:
    """Count the bytes of an item beside its sealed part, as DynamoDB counts them."""
    names = sum(map(len, ("pk", "sk", "schema", "sealed", "version", "round")))
    return names + len("LETTER#") + 64 + len("LETTER") + 2 + 32 + len(ref)


def letter(name: str) -> Stored | None:
    """Read a letter; consistently, since its writer may just have saved it."""
    found = client().get_item(TableName=setting("LETTERS_TABLE"), Key=_key(name), ConsistentRead=True).get("Item")
    return Stored(bytes(found["sealed"]["B"]), found["version"]["S"]) if found else None


def put(name: str, sealed: bytes, seen: str, ref: str, fingerprint: str, *, copies: Copies = NO_COPIES) -> None:
    """Store a letter with its copies and mark its invitation, all or nothing; raise `Overtaken` where it is not as ``seen``, or `NotSaved`.

    A copy without content is deleted.
    """
    _change(
        {"Put": _put(name, sealed, ref) | _as_seen(seen)},
        _marked(ref, fingerprint, f"SET answered = :mark, {CLEAR} REMOVE declined, {FORGOTTEN}", {":mark": "kept"} | CLEARED),
        *({"Put": _put(copy, content, ref)} if content else {"Delete": _at(copy)} for copy, content in copies.items()),
    )


def delete(name: str, seen: str, ref: str, fingerprint: str, *, copies: Iterable[str] = ()) -> None:
    """Delete a letter with its copies and unmark its invitation; raise `Overtaken` where it is not as it was ``seen``, or `NotSaved`."""
    _change(
        {"Delete": _at(name) | _as_seen(seen)},
        _marked(ref, fingerprint, "REMOVE answered", {}),
        *({"Delete": _at(copy)} for copy in copies),
    )


def put_own_copy(name: str, sealed: bytes, ref: str) -> None:
    """Store somebody's copy of her own answers, with nothing beside it; one that is there stays. Raise `NotSaved` where that fails."""
    try:
        client().put_item(**_put(name, sealed, ref), **_as_seen(NONE))
    except client().exceptions.ConditionalCheckFailedException:
        return
    except BotoCoreError as error:
        raise NotSaved from error
    except ClientError as error:
        raise _failure(error) from error


def delete_own_copy(name: str) -> None:
    """Delete somebody's copy of her own answers, if there is one."""
    client().delete_item(**_at(name))


def _put(name: str, sealed: bytes, ref: str) -> dict[str, Any]:
    facts = {"schema": SCHEMA, "sealed": {"B": sealed}, "version": {"S": token_hex(16)}, "round": {"S": ref}}
    return {"TableName": setting("LETTERS_TABLE"), "Item": _key(name) | facts}


def _at(name: str) -> dict[str, Any]:
    return {"TableName": setting("LETTERS_TABLE"), "Key": _key(name)}


def _key(name: str) -> dict[str, Any]:
    return key(f"LETTER#{name}", "LETTER")


def _as_seen(seen: str) -> dict[str, Any]:
    if seen == NONE:
        return {"ConditionExpression": "attribute_not_exists(pk)"}
    return {"ConditionExpression": "version = :seen", "ExpressionAttributeValues": claims.typed({":seen": seen})}


def _marked(ref: str, fingerprint: str, update: str, values: claims.Values) -> dict[str, Any]:
    known = {
        "TableName": setting("INVITATIONS_TABLE"),
        "Key": invitations.at(ref, fingerprint),
        "ConditionExpression": "attribute_exists(pk)",
    }
    return {"Update": {**known, "UpdateExpression": update, **({"ExpressionAttributeValues": claims.typed(values)} if values else {})}}


def _change(*items: dict[str, Any]) -> None:
    try:
        client().transact_write_items(TransactItems=items, ClientRequestToken=token_hex(16))  # type: ignore[arg-type]
    except BotoCoreError as error:
        raise NotSaved from error
    except ClientError as error:
        raise _failure(error) from error


def _failure(error: ClientError) -> Exception:
    reasons = {reason.get("Code", "None") for reason in error.response.get("CancellationReasons", [])}
    if "ConditionalCheckFailed" in reasons:
        return Overtaken()
    return NotSaved() if (reasons and reasons <= PASSING) or error.response["Error"]["Code"] in BUSY else error

"""What retention deletes, found in any table by keys alone: what lies under them is not asked for, and could not be."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from shared.settings import setting
from shared.store import deliverability, desk_erasures, invitations
from shared.store.client import TOGETHER, Item, client, deletion, partition, write_together

KEYS_ONLY = {"Select": "SPECIFIC_ATTRIBUTES", "ProjectionExpression": "pk, sk"}


class Found(NamedTuple):
    """An item that is to be deleted."""

    table: str
    at: Item
    """Its key."""


def programmes() -> list[str]:
    """List the ids of all programmes that were ever published."""
    found = _scanned("PUBLISHED", "pk", FilterExpression="sk = :sk", ExpressionAttributeValues={":sk": {"S": "PROGRAMME"}})
    return sorted(item["pk"]["S"].removeprefix("PROGRAMME#") for item in found)


def names(table: str, pk: str, prefix: str) -> Iterator[Found]:
    """Find the items of a partition whose sort keys begin with something."""
    for item in partition(_table(table), pk, prefix, **KEYS_ONLY):
        yield _found(table, item)


def letters(pk: str) -> Iterator[Found]:
    """Find a round's letters, or copies of answers: the whole table is looked through, while the link key, which goes last, is there."""
    if next(names("KEYS", pk, "LINK"), None):
        for item in _scanned("LETTERS", "pk, sk, round"):
            if item.get("round", {}).get("S") == pk.removeprefix("ROUND#"):
                yield _found("LETTERS", item)


def addresses(pk: str) -> Iterator[Found]:
    """Find the addresses to which nothing more is sent and that nobody has on any roster."""
    known = [(item, item.at["sk"]["S"].removeprefix("ADDRESS#")) for item in names("ROSTER", pk, "ADDRESS#")]
    if known:
        held = {deliverability.hashed(item["email"]["S"]) for item in _scanned("ROSTER", "pk, sk, email") if "email" in item}
        yield from (item for item, hashed in known if hashed not in held)


def invitation(ref: str, fingerprint: str) -> Found:
    """Name an invitation."""
    return Found("INVITATIONS", invitations.at(ref, fingerprint))


def beside(programme_id: str, person_id: str) -> list[Found]:
    """Find what is noted of somebody beside her invitations: mails that she stopped or had sent anew, addresses of before."""
    places = [*(("INVITATIONS", name) for name in ("STOP#", "LOST#", "HANDED#")), ("ROSTER", "UNREACHED#"), ("ROSTER", "FORMER#")]
    return [item for table, prefix in places for item in names(table, f"PROGRAMME#{programme_id}", f"{prefix}{person_id}")]


def entry(programme_id: str, person_id: str) -> list[Found]:
    """Find somebody's entry in a roster, and the pointers from her addresses, which go first."""
    pointers = partition(_table("ROSTER"), f"PROGRAMME#{programme_id}", "ADDRESS#")
    found = [_found("ROSTER", item) for item in pointers if item["person"]["S"] == person_id]
    return [*found, *names("ROSTER", f"PROGRAMME#{programme_id}", f"PERSON#{person_id}")]


def asked_to_erase() -> list[tuple[str, str]]:
    """List whose data is to be deleted at the desk's request: programme and person."""
    values = {":asked": {"S": desk_erasures.PREFIX}}
    found = _scanned("DESK", "pk, sk", FilterExpression="begins_with(sk, :asked)", ExpressionAttributeValues=values)
    return [(item["pk"]["S"].removeprefix("PROGRAMME#"), item["sk"]["S"].removeprefix(desk_erasures.PREFIX)) for item in found]


def run_out(now: int) -> Iterator[Found]:
    """Find what has run out in the desk's table; the table deletes it by itself too, some days later."""
    values = {":now": {"N": str(now)}}
    for item in _scanned("DESK", "pk, sk, expires", FilterExpression="expires <= :now", ExpressionAttributeValues=values):
        yield _found("DESK", item)


def delete(found: Iterable[Found]) -> int:
    """Delete items, as many at a time as can be; tell how many. Done again, it deletes what is still there."""
    rest, deleted = iter(found), 0
    while piece := list(islice(rest, TOGETHER)):
        write_together([deletion(_table(item.table), item.at) for item in piece])
        deleted += len(piece)
    return deleted


def _table(name: str) -> str:
    return setting(f"{name}_TABLE")


def _found(table: str, item: Item) -> Found:
    return Found(table, {"pk": item["pk"], "sk": item["sk"]})


def _scanned(table: str, wanted: str, **query: Any) -> Iterator[Item]:
    pages = (
        client().get_paginator("scan").paginate(TableName=_table(table), Select="SPECIFIC_ATTRIBUTES", ProjectionExpression=wanted, **query)
    )
    for page in pages:
        yield from page["Items"]

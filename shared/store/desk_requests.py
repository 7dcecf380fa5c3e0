"""Desk, the requests to be let in: who asks, until an organiser has decided or a month has passed."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from shared.addresses import pointer
from shared.entries import Entry
from shared.settings import setting
from shared.store.client import SCHEMA, Item, client, key, partition

KEPT = 30 * 24 * 60 * 60
"""Seconds after which a request that nobody has decided is deleted."""

MOST = 30
"""Requests that wait at one gathering of a round: whoever fills the list can't fill the table."""


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody who is not on the list asks to be let in."""

    id: str
    """A hash of the address: who asks twice at a gathering has asked once."""
    round: str
    gathering: str
    entry: Entry
    language: str


def _table() -> str:
    return setting("DESK_TABLE")


def _key(programme_id: str, asked: Request) -> dict[str, Any]:
    return key(f"PROGRAMME#{programme_id}", f"REQUEST#{asked.round}#{asked.gathering}#{asked.id}")


def request(round_id: str, gathering: str, entry: Entry, language: str) -> Request:
    """Make a request."""
    return Request(pointer(entry.address), round_id, gathering, entry, language)


def put(programme_id: str, asked: Request, now: int) -> bool:
    """Store a request, or what somebody says of herself now; tell whether there was room for it."""
    waiting = {item.id for item in requests(programme_id, asked.round, now) if item.gathering == asked.gathering}
    if len(waiting) >= MOST and asked.id not in waiting:
        return False
    item = _key(programme_id, asked) | {
        "schema": SCHEMA,
        "name": {"S": asked.entry.name},
        "email": {"S": asked.entry.address},
        "belongs": {"S": asked.entry.belongs},
        "language": {"S": asked.language},
        "expires": {"N": str(now + KEPT)},
    }
    client().put_item(TableName=_table(), Item=item)
    return True


def requests(programme_id: str, round_id: str, now: int) -> list[Request]:
    """List who waits to be let in to a round, by name; the table deletes what is over some days late."""
    items = partition(_table(), f"PROGRAMME#{programme_id}", f"REQUEST#{round_id}#", ConsistentRead=True)
    found = [_request(item) for item in items if int(item["expires"]["N"]) > now]
    return sorted(found, key=lambda item: (item.entry.name.casefold(), item.id))


def of(programme_id: str, address: str) -> list[Request]:
    """List what somebody with an address has asked for."""
    found = map(_request, partition(_table(), f"PROGRAMME#{programme_id}", "REQUEST#"))
    return [item for item in found if item.id == pointer(address)]


def counts(programme_id: str, now: int) -> Counter[str]:
    """Count who waits to be let in, by round."""
    items = partition(_table(), f"PROGRAMME#{programme_id}", "REQUEST#")
    return Counter(_request(item).round for item in items if int(item["expires"]["N"]) > now)


def delete(programme_id: str, decided: Request) -> None:
    """Delete a request that is decided."""
    client().delete_item(TableName=_table(), Key=_key(programme_id, decided))


def _request(item: Item) -> Request:
    _, round_id, gathering, request_id = item["sk"]["S"].split("#")
    entry = Entry(item["name"]["S"], item["email"]["S"], item["belongs"]["S"])
    return Request(request_id, round_id, gathering, entry, item["language"]["S"])

"""Roster: who takes part in which programme."""

import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from shared.addresses import pointer
from shared.roster_changes import Changes
from shared.rosters import Participant, Place
from shared.settings import setting
from shared.store.client import SCHEMA, TOGETHER, Item, client, key, partition, put_items, put_together


class ImportUnderWay(Exception):
    """Somebody else changed the roster meanwhile; the import can simply be run again."""


@dataclass(frozen=True, slots=True)
class Person:
    """A participant on file, under an id that says nothing."""

    id: str
    participant: Participant


def _table() -> str:
    return setting("ROSTER_TABLE")


def people(programme_id: str) -> Iterator[Person]:
    """Read everybody on a programme's roster."""
    return map(_person, partition(_table(), f"PROGRAMME#{programme_id}", "PERSON#"))


def person(programme_id: str, person_id: str) -> Person | None:
    """Read one person."""
    found = client().get_item(TableName=_table(), Key=key(f"PROGRAMME#{programme_id}", f"PERSON#{person_id}"))
    return _person(found["Item"]) if "Item" in found else None


def person_at(programme_id: str, address: str) -> Person | None:
    """Find whose a normalised address is, without reading the roster; a pointer that an earlier address left leads to nobody."""
    place = _pointer_key(programme_id, address)
    pointed = client().get_item(TableName=_table(), Key=place, ConsistentRead=True).get("Item")
    found = person(programme_id, pointed["person"]["S"]) if pointed else None
    return found if found and pointer(found.participant.email) == pointer(address) else None


def version(programme_id: str) -> int:
    """Tell how often a programme's roster has been changed."""
    found = client().get_item(TableName=_table(), Key=key(f"PROGRAMME#{programme_id}", "ROSTER"), ConsistentRead=True)
    return int(found["Item"]["version"]["N"]) if "Item" in found else 0


def raise_version(programme_id: str, seen: int) -> None:
    """Claim the roster's next version before writing; raise `ImportUnderWay` where another import did."""
    _put_at_version(programme_id, seen, [])


def look_anew(programme_id: str) -> None:
    """Let the next run of `invite` look at everybody again; where somebody changes the roster just now, it does so anyway."""
    with suppress(ImportUnderWay):
        raise_version(programme_id, version(programme_id))


def _put_at_version(programme_id: str, seen: int, stored: Sequence[Person]) -> None:
    """Raise the version and put people in one step, all or nothing."""
    version_item = {
        "TableName": _table(),
        "Item": key(f"PROGRAMME#{programme_id}", "ROSTER") | {"schema": SCHEMA, "version": {"N": str(seen + 1)}},
        "ConditionExpression": "attribute_not_exists(pk) OR version = :seen",
        "ExpressionAttributeValues": {":seen": {"N": str(seen)}},
    }
    try:
        put_together([version_item, *({"TableName": _table(), "Item": item} for item in _items(programme_id, stored))])
    except client().exceptions.TransactionCanceledException as error:
        raise ImportUnderWay from error


def new_person(participant: Participant) -> Person:
    """Give a participant an id: 128 random bits."""
    return Person(secrets.token_hex(16), participant)


def put_person(programme_id: str, stored: Person) -> None:
    """Store one person, new or changed, and the pointer from her address to her."""
    client().put_item(TableName=_table(), Item=_pointer(programme_id, stored))
    client().put_item(TableName=_table(), Item=_item(programme_id, stored))


def put_people(programme_id: str, seen: int, stored: Sequence[Person]) -> None:
    """Store people, new or changed, in a roster that was read at a version; raise `ImportUnderWay` where it has changed since."""
    if 2 * len(stored) < TOGETHER:
        return _put_at_version(programme_id, seen, stored) if stored else None
    raise_version(programme_id, seen)
    put_items(_table(), _items(programme_id, stored))
    # Whoever has read the roster meanwhile has seen a part of it, and reads again at another version.
    with suppress(ImportUnderWay):
        raise_version(programme_id, seen + 1)
    return None


def put_changes(programme_id: str, seen: int, changes: Changes) -> None:
    """Store everybody whom changes make new or different."""
    new = [new_person(row.participant) for row in changes.new]
    put_people(programme_id, seen, new + [Person(item.id, item.after) for item in changes.stored])


def _items(programme_id: str, stored: Sequence[Person]) -> list[dict[str, Any]]:
    """Write people, each with the pointer from her address to her."""
    return [item(programme_id, person) for person in stored for item in (_pointer, _item)]


def _item(programme_id: str, stored: Person) -> dict[str, Any]:
    given = stored.participant
    return (
        key(f"PROGRAMME#{programme_id}", f"PERSON#{stored.id}")
        | _seldom(given)
        | {
            "schema": SCHEMA,
            "email": {"S": given.email},
            "name": {"S": given.name},
            "language": {"S": given.language},
            "role": {"S": given.role},
            "units": {"S": _written(given.units)},
        }
    )


def _pointer(programme_id: str, stored: Person) -> dict[str, Any]:
    return _pointer_key(programme_id, stored.participant.email) | {"schema": SCHEMA, "person": {"S": stored.id}}


def _pointer_key(programme_id: str, address: str) -> dict[str, Any]:
    return key(f"PROGRAMME#{programme_id}", f"ADDRESS#{pointer(address)}")


def _seldom(given: Participant) -> dict[str, Any]:
    """Write what few people have; what somebody has not is no attribute."""
    texts = {"since": given.since, "buddy": given.buddy, "team": given.team, "left": given.left}
    lists = {"gatherings": given.gatherings, "later": [(place.since, place.role, place.units) for place in given.later]}
    return {name: {"S": text} for name, text in (texts | {name: _written(many) for name, many in lists.items() if many}).items() if text}


def _written(many: Sequence[object]) -> str:
    return json.dumps(many, ensure_ascii=False)


def _person(item: Item) -> Person:
    def text(name: str, otherwise: str = "") -> str:
        return str(item[name]["S"]) if name in item else otherwise

    participant = Participant(
        email=text("email"),
        name=text("name"),
        language=text("language"),
        role=text("role"),
        units=tuple(json.loads(text("units"))),
        since=text("since"),
        later=tuple(Place(since, role, tuple(units)) for since, role, units in json.loads(text("later", "[]"))),
        gatherings=tuple(json.loads(text("gatherings", "[]"))),
        buddy=text("buddy"),
        team=text("team"),
        left=text("left"),
    )
    return Person(item["sk"]["S"].removeprefix("PERSON#"), participant)

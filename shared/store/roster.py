"""Roster: who takes part in which programme."""

import json
import math
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType
from typing import Any

from shared.addresses import pointer
from shared.rosters.changes import Changes
from shared.rosters.people import Participant, Place
from shared.settings import setting
from shared.store import former_addresses
from shared.store.client import SCHEMA, TOGETHER, Item, client, deletion, key, partition, put, write_together

NOBODY: Mapping[str, str] = MappingProxyType({})


class ImportUnderWay(Exception):
    """Somebody else changed the roster meanwhile; the import can simply be run again, and stores what is not ``stored`` yet."""

    def __init__(self, stored: int = 0) -> None:
        super().__init__()
        self.stored = stored


@dataclass(frozen=True, slots=True)
class Person:
    """A participant on file, under an id that says nothing."""

    id: str
    participant: Participant

    def at(self, address: str) -> "Person":
        """Return the same person with an address that she has, or had."""
        return replace(self, participant=replace(self.participant, email=address))


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
    """Find whose a normalised address is, without reading the roster."""
    pointed = _pointed(_pointer_key(programme_id, address))
    found = person(programme_id, pointed) if pointed else None
    return found if found and pointer(found.participant.email) == pointer(address) else None


def version(programme_id: str) -> int:
    """Tell how often a programme's roster has been changed."""
    found = client().get_item(TableName=_table(), Key=key(f"PROGRAMME#{programme_id}", "ROSTER"), ConsistentRead=True)
    return int(found["Item"]["version"]["N"]) if "Item" in found else 0


def raise_version(programme_id: str, seen: int) -> None:
    """Raise a roster's version; raise `ImportUnderWay` where somebody else has done so since it was seen."""
    _write_at_version(programme_id, seen, [])


def look_anew(programme_id: str) -> None:
    """Let the next run of `invite` look at everybody again; where somebody changes the roster just now, it does so anyway."""
    with suppress(ImportUnderWay):
        raise_version(programme_id, version(programme_id))


def _write_at_version(programme_id: str, seen: int, writes: Sequence[Any]) -> None:
    """Raise the version and write in one step, all or nothing."""
    item = key(f"PROGRAMME#{programme_id}", "ROSTER") | {"schema": SCHEMA, "version": {"N": str(seen + 1)}}
    values = {":seen": {"N": str(seen)}}
    raised = put(_table(), item, ConditionExpression="attribute_not_exists(pk) OR version = :seen", ExpressionAttributeValues=values)
    try:
        write_together([raised, *writes])
    except client().exceptions.TransactionCanceledException as error:
        raise ImportUnderWay from error


def new_person(participant: Participant) -> Person:
    """Give a participant an id: 128 random bits."""
    return Person(secrets.token_hex(16), participant)


def put_person(programme_id: str, stored: Person) -> None:
    """Store one person, new or changed, and the pointer from her address to her."""
    client().put_item(TableName=_table(), Item=_pointer(programme_id, stored))
    client().put_item(TableName=_table(), Item=_item(programme_id, stored))


def put_people(
    programme_id: str, seen: int, stored: Sequence[Person], former: Mapping[str, str] = NOBODY, patience: float = math.inf
) -> int:
    """Store people, new or changed, in a roster that was read at a version; tell how many: all, unless patience (in seconds) runs out.

    ``former`` gives the addresses that people had before, by their ids. Raise `ImportUnderWay` where the roster has changed since.
    Each piece is one transaction with a version of its own. Whatever breaks off, the roster is as if the rest had not been asked for
    yet, and whoever reads it meanwhile reads it again at another version.
    """
    freed = _freed(programme_id, stored, former)
    begun, done = time.monotonic(), 0
    writes = (_writes(programme_id, person, freed) + _noting(programme_id, person, former) for person in stored)
    for at, piece in enumerate(_pieces(writes)):
        if at and time.monotonic() - begun >= patience:
            break
        try:
            _write_at_version(programme_id, seen + at, list(chain.from_iterable(piece)))
        except ImportUnderWay as error:
            raise ImportUnderWay(done) from error
        done += len(piece)
    return done


def _pieces(written: Iterable[list[Any]]) -> Iterator[list[list[Any]]]:
    """Put what is written of each person into pieces that one transaction takes beside the version."""
    piece: list[list[Any]] = []
    for writes in written:
        if 1 + sum(map(len, piece)) + len(writes) > TOGETHER:
            yield piece
            piece = []
        piece.append(writes)
    if piece:
        yield piece


def put_changes(programme_id: str, seen: int, changes: Changes, patience: float = math.inf) -> int:
    """Store everybody whom changes make new or different, the new first; tell how many, as `put_people` does."""
    new = [new_person(row.participant) for row in changes.new]
    former = {item.id: item.before.email for item in changes.stored}
    return put_people(programme_id, seen, new + [Person(item.id, item.after) for item in changes.stored], former, patience)


def _freed(programme_id: str, stored: Sequence[Person], former: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Find the pointers from addresses that people had and nobody has any more, by those people's ids."""
    taken = {pointer(person.participant.email) for person in stored}
    had = {person.id: former[person.id] for person in stored if person.id in former}
    left = {name: _pointer_key(programme_id, address) for name, address in had.items() if pointer(address) not in taken}
    return {name: place for name, place in left.items() if _pointed(place) == name}


def _pointed(place: Mapping[str, Any]) -> str:
    """Tell whom a pointer leads to."""
    found = client().get_item(TableName=_table(), Key=place, ConsistentRead=True).get("Item")
    return str(found["person"]["S"]) if found else ""


def _writes(programme_id: str, stored: Person, freed: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Write somebody, the pointer from her address to her, and the deletion of the one from her former address."""
    written = [put(_table(), _pointer(programme_id, stored)), put(_table(), _item(programme_id, stored))]
    return [*written, deletion(_table(), freed[stored.id])] if stored.id in freed else written


def _noting(programme_id: str, stored: Person, former: Mapping[str, str]) -> list[dict[str, Any]]:
    """Write the noting of the address that somebody had before, where it is another one now."""
    before = former.get(stored.id, stored.participant.email)
    return [former_addresses.noting(programme_id, stored.id, before)] if pointer(before) != pointer(stored.participant.email) else []


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

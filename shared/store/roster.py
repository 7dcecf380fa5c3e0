"""Roster: who takes part in which programme."""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from shared.rosters import Participant
from shared.settings import setting
from shared.store.client import SCHEMA, Item, client, key, partition


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


def version(programme_id: str) -> int:
    """Tell how often a programme's roster has been changed."""
    found = client().get_item(TableName=_table(), Key=key(f"PROGRAMME#{programme_id}", "ROSTER"), ConsistentRead=True)
    return int(found["Item"]["version"]["N"]) if "Item" in found else 0


def raise_version(programme_id: str, seen: int) -> None:
    """Claim the roster's next version before writing; raise `ImportUnderWay` where another import did."""
    item = key(f"PROGRAMME#{programme_id}", "ROSTER") | {"schema": SCHEMA, "version": {"N": str(seen + 1)}}
    try:
        client().put_item(
            TableName=_table(),
            Item=item,
            ConditionExpression="attribute_not_exists(pk) OR version = :seen",
            ExpressionAttributeValues={":seen": {"N": str(seen)}},
        )
    except client().exceptions.ConditionalCheckFailedException as error:
        raise ImportUnderWay from error


def new_person(participant: Participant) -> Person:
    """Give a participant an id: 128 random bits."""
    return Person(secrets.token_hex(16), participant)


def put_person(programme_id: str, stored: Person) -> None:
    """Store one person, new or changed."""
    given = stored.participant
    item = key(f"PROGRAMME#{programme_id}", f"PERSON#{stored.id}") | {
        "schema": SCHEMA,
        "email": {"S": given.email},
        "name": {"S": given.name},
        "language": {"S": given.language},
        "role": {"S": given.role},
        "units": {"S": json.dumps(given.units, ensure_ascii=False)},
    }
    client().put_item(TableName=_table(), Item=item)


def _person(item: Item) -> Person:
    participant = Participant(
        email=item["email"]["S"],
        name=item["name"]["S"],
        language=item["language"]["S"],
        role=item["role"]["S"],
        units=tuple(json.loads(item["units"]["S"])),
    )
    return Person(item["sk"]["S"].removeprefix("PERSON#"), participant)

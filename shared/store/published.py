"""Published: programmes, form versions, rounds, the pointers to editions, and the local stack's clock."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from shared import forms, programmes
from shared.forms import Form
from shared.programmes import Programme
from shared.rounds import Round, Window, opens
from shared.settings import setting
from shared.store import programme_pointers
from shared.store.client import SCHEMA, Item, client, key, partition, queried, write_together

DUE_INDEX = "due"
OPEN = {"S": "OPEN"}
"""What keeps a round in the index of rounds that jobs look at; taken off when its edition is frozen."""


def _table() -> str:
    return setting("PUBLISHED_TABLE")


def _get(pk: str, sk: str) -> Item | None:
    return client().get_item(TableName=_table(), Key=key(pk, sk)).get("Item")


def programme(programme_id: str) -> Programme | None:
    """Read a programme, if it is published."""
    item = client().get_item(TableName=_table(), Key=programme_key(programme_id)).get("Item")
    return programme_in(item) if item else None


def programme_key(programme_id: str) -> dict[str, Any]:
    """Write a programme's key."""
    return key(f"PROGRAMME#{programme_id}", "PROGRAMME")


def programme_in(item: Item) -> Programme:
    """Read the programme that an item holds."""
    return programmes.from_document(json.loads(item["document"]["S"]))


def programme_item(stored: Programme) -> dict[str, Any]:
    """Write a programme as an item."""
    return programme_key(stored.id) | {"schema": SCHEMA, "document": {"S": programmes.canonical(stored)}}


def put_staff(published: Programme) -> None:
    """Note for each of a programme's staff where to look; storing it twice changes nothing.

    Notes are never deleted, so somebody who left is still noted: who may do what, the programme's own staff list says alone.
    """
    for member in published.staff:
        item = key(_staff_pk(member.email), f"PROGRAMME#{published.id}") | {"schema": SCHEMA}
        client().put_item(TableName=_table(), Item=item)


def programmes_of(email: str) -> list[str]:
    """List the ids of the programmes that may have this address among their staff; their staff lists tell."""
    return [item["sk"]["S"].removeprefix("PROGRAMME#") for item in partition(_table(), _staff_pk(email), "PROGRAMME#")]


def _staff_pk(email: str) -> str:
    return f"STAFF#{email.casefold()}"


def form(programme_id: str, form_id: str) -> Form | None:
    """Read a form version, if there is one of this id."""
    item = _get(f"PROGRAMME#{programme_id}", f"FORM#{form_id}")
    return item and forms.from_document(json.loads(item["document"]["S"]))  # type: ignore[return-value]


def put_form(programme_id: str, published: Form) -> None:
    """Store a form version; the same content has the same name, so storing it twice changes nothing."""
    name = f"FORM#{forms.form_id(published)}"
    document = {"S": forms.canonical(published)}
    item = key(f"PROGRAMME#{programme_id}", name) | {"schema": SCHEMA, "document": document}
    client().put_item(TableName=_table(), Item=item)


def rounds(programme_id: str, **query: Any) -> dict[str, Round]:
    """Read a programme's rounds, by id."""
    items = partition(_table(), f"PROGRAMME#{programme_id}", "ROUND#", **query)
    return {found.id: found for found in map(_round, items)}


def round_by_id(programme_id: str, round_id: str) -> Round | None:
    """Read one of a programme's rounds."""
    item = _get(f"PROGRAMME#{programme_id}", f"ROUND#{round_id}")
    return _round(item) if item else None


def round_by_ref(ref: str) -> Round | None:
    """Read the round that a link names; a name may be stored whose round never was, or is removed."""
    pointer = _get(f"REF#{ref}", "ROUND")
    found = round_by_id(pointer["programme"]["S"], pointer["round"]["S"]) if pointer else None
    return found if found and found.ref == ref else None


def rounds_due(now: int) -> list[Round]:
    """List every round that has opened by now and whose edition is not frozen."""
    items = queried(
        TableName=_table(),
        IndexName=DUE_INDEX,
        KeyConditionExpression="#due = :open AND opens <= :now",
        ExpressionAttributeNames={"#due": "due"},
        ExpressionAttributeValues={":open": OPEN, ":now": {"N": str(now)}},
    )
    return list(map(_round, items))


def put_ref(new: Round) -> None:
    """Store the name that a round has in links; fails where it is taken."""
    client().put_item(TableName=_table(), Item=_ref_item(new), ConditionExpression="attribute_not_exists(pk)")


def _ref_item(named: Round) -> dict[str, Any]:
    pointer = {"schema": SCHEMA, "programme": {"S": named.programme}, "round": {"S": named.id}}
    return key(f"REF#{named.ref}", "ROUND") | pointer


def freeze(closed: Round, edition: str) -> bool:
    """Point a round to its edition and take it from the jobs' index, once, unless it was changed meanwhile; tell whether it did."""
    counted = round_item(closed)
    freezing = {
        "TableName": _table(),
        "Key": key(*round_key(closed)),
        "UpdateExpression": "SET edition = :edition REMOVE #due",
        "ConditionExpression": "attribute_not_exists(edition) AND windows = :windows AND form = :form",
        "ExpressionAttributeNames": {"#due": "due"},
        "ExpressionAttributeValues": {":edition": {"S": edition}, ":windows": counted["windows"], ":form": counted["form"]},
    }
    try:
        write_together([{"Update": freezing}, {"Update": programme_pointers.after_freezing(closed.programme, opens(closed))}])
    except client().exceptions.TransactionCanceledException as error:
        if error.response["CancellationReasons"][0]["Code"] != "ConditionalCheckFailed":
            raise
        return False
    return True


def take_from_index(over: Round) -> None:
    """Take a round that never has an edition from the jobs' index, unless it was changed meanwhile."""
    with suppress(client().exceptions.ConditionalCheckFailedException):
        client().update_item(
            TableName=_table(),
            Key=key(*round_key(over)),
            UpdateExpression="REMOVE #due",
            ConditionExpression="windows = :windows",
            ExpressionAttributeNames={"#due": "due"},
            ExpressionAttributeValues={":windows": round_item(over)["windows"]},
        )


def clock_offset() -> int:
    """Read the seconds by which the local stack's clock is ahead."""
    item = _get("STACK", "CLOCK")
    return int(item["offset"]["N"]) if item else 0


def put_clock_offset(seconds: int) -> None:
    """Set the seconds by which the local stack's clock is ahead."""
    item = key("STACK", "CLOCK") | {"schema": SCHEMA, "offset": {"N": str(seconds)}}
    client().put_item(TableName=_table(), Item=item)


def round_key(stored: Round) -> tuple[str, str]:
    """Name a round's item."""
    return f"PROGRAMME#{stored.programme}", f"ROUND#{stored.id}"


def round_item(stored: Round) -> dict[str, Any]:
    """Write a round that has no result yet as an item."""
    windows = {name: [window.opens, window.closes] for name, window in stored.windows.items()}
    return key(*round_key(stored)) | {
        "schema": SCHEMA,
        "ref": {"S": stored.ref},
        "form": {"S": stored.form},
        "earlier": {"S": json.dumps(stored.earlier)},
        "opened": {"BOOL": stored.opened},
        "mode": {"S": stored.mode},
        "day": {"S": stored.day},
        "windows": {"S": json.dumps(windows)},
        "public_key": {"B": stored.public_key},
        "once": {"BOOL": stored.once},
        "roles": {"S": json.dumps(stored.roles)},
        "reminders": {"S": json.dumps({name: [[due.opens, due.closes] for due in times] for name, times in stored.reminders.items()})},
        "later_closing": {"S": json.dumps(dict(stored.extended))},
        "extra": {"S": json.dumps({name: [[due.opens, due.closes] for due in times] for name, times in stored.extra.items()})},
        "paused": {"BOOL": stored.paused},
        "series": {"S": stored.series},
        "stage": {"S": stored.stage},
        "recalls": {"S": stored.recalls},
        "school_year": {"S": stored.school_year},
        "retention": {"N": str(stored.retention)},
        "due": OPEN,
        "opens": {"N": str(opens(stored))},
    }


def _round(item: Item) -> Round:
    return Round(
        programme=item["pk"]["S"].removeprefix("PROGRAMME#"),
        id=item["sk"]["S"].removeprefix("ROUND#"),
        ref=item["ref"]["S"],
        form=item["form"]["S"],
        mode=item["mode"]["S"],
        day=item["day"]["S"],
        windows=_windows(json.loads(item["windows"]["S"])),
        public_key=bytes(item["public_key"]["B"]),
        once=item.get("once", {}).get("BOOL", False),
        roles=tuple(json.loads(item["roles"]["S"])) if "roles" in item else (),
        earlier=tuple(json.loads(item["earlier"]["S"])) if "earlier" in item else (),
        opened=item.get("opened", {}).get("BOOL", False),
        edition=item["edition"]["S"] if "edition" in item else None,
        reminders=_reminders(json.loads(item["reminders"]["S"])) if "reminders" in item else {},
        extended=json.loads(item["later_closing"]["S"]) if "later_closing" in item else {},
        extra=_reminders(json.loads(item["extra"]["S"])) if "extra" in item else {},
        paused=item.get("paused", {}).get("BOOL", False),
        series=item.get("series", {}).get("S", ""),
        stage=item.get("stage", {}).get("S", ""),
        recalls=item.get("recalls", {}).get("S", ""),
        school_year=item.get("school_year", {}).get("S", ""),
        retention=int(item.get("retention", {}).get("N", 0)),
    )


def _windows(document: Mapping[str, tuple[int, int]]) -> dict[str, Window]:
    return {name: Window(*bounds) for name, bounds in document.items()}


def _reminders(document: Mapping[str, list[tuple[int, int]]]) -> dict[str, tuple[Window, ...]]:
    return {name: tuple(Window(*bounds) for bounds in times) for name, times in document.items()}

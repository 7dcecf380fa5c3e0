"""What tests of closed rounds stand on: rounds that are over, with who was invited and what was answered."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import boto3

from shared import bucket, keys
from shared.envelopes import Answer, key_pair, sealed
from shared.rounds import SETTLE, Round, Window
from shared.settings import setting
from shared.store import box, invitations, published, secrets
from shared.store.client import SCHEMA, client, key
from shared.store.invitations import Invitation
from tests import storing
from tests.functions import aggregating
from tests.functions.aggregating import aggregate
from tests.shared.examples import CLOSES, FORM, ROUND, answer, programme

LATER = CLOSES - 400 * 86_400
"""When the rounds of these tests close: long ago by any machine's clock."""

TEN = [answer(benefit="4", session="na", expected="3", takeaway=f"Comment {number}") for number in range(10)]


def put_walks() -> None:
    """Publish the programme and the form of these tests."""
    storing.put_programme(programme())
    published.put_form("walks", FORM)


def closed_round(name: str = "day-1", closes: int = LATER, **changes: Any) -> tuple[Round, bytes]:
    """Publish a round and return it with its box's private key."""
    private, public = key_pair()
    windows = {"day-1": Window(closes - 28_800, closes)}
    new = replace(ROUND, id=name, ref=f"ref-{name}", windows=windows, public_key=public, **changes)
    storing.put_round(new)
    secrets.put_secret(new.ref, "box", keys.wrapped("box", new.ref, private))
    return new, private


def invite(invited: Round, number: int) -> None:
    for person in range(number):
        new = Invitation(f"{person:064x}", f"{person:032x}", (), "day-1", "en", "sent", 0, None)
        invitations.put_invitation(invited.ref, new)


def put(answered: Round, given: Iterable[Answer]) -> None:
    for number, found in enumerate(given):
        put_envelope(answered, f"{number:032x}", sealed(answered.public_key, found, box.overhead(answered.ref)))


def put_envelope(answered: Round, name: str, envelope: bytes) -> None:
    item = key(f"ROUND#{answered.ref}", name) | {"schema": SCHEMA, "sealed": {"B": envelope}}
    client().put_item(TableName=setting("BOX_TABLE"), Item=item)


def run(at: int = LATER + SETTLE) -> Mapping[str, Any]:
    return aggregate(aggregating.at(at))


def files() -> dict[str, bytes]:
    listed = boto3.client("s3").list_objects_v2(Bucket=setting("EDITIONS_BUCKET")).get("Contents", [])
    return {entry["Key"]: bucket.get(entry["Key"]) for entry in listed}


def prefix_of(name: str) -> str:
    found = published.rounds("walks")[name].edition
    assert found is not None
    return found

"""Desk, drafts of answers back: one for each round, kept until it is published and after."""

import json
from typing import NamedTuple

from shared.replies import Reply
from shared.settings import setting
from shared.store.client import SCHEMA, client, key, stored


class Overtaken(Exception):
    """Somebody else has changed the draft since it was read."""


class Draft(NamedTuple):
    """A draft, and how often it has been changed."""

    number: int
    reply: Reply


def draft(ref: str) -> Draft:
    """Read a round's draft; an empty one where nothing is written yet."""
    found = client().get_item(TableName=setting("DESK_TABLE"), Key=key(f"REPLY#{ref}", "DRAFT"), ConsistentRead=True).get("Item")
    return Draft(int(found["number"]["N"]), Reply(**json.loads(found["reply"]["S"]))) if found else Draft(0, Reply())


def put_draft(ref: str, changed: Draft) -> None:
    """Keep a draft in the place of the one whose number is given; raise `Overtaken` where that is no longer there."""
    reply = json.dumps({"heard": dict(changed.reply.heard), "change": dict(changed.reply.change)}, ensure_ascii=False)
    facts = {"schema": SCHEMA, "number": {"N": str(changed.number + 1)}, "reply": {"S": reply}}
    if not stored(
        setting("DESK_TABLE"),
        key(f"REPLY#{ref}", "DRAFT") | facts,
        "attribute_not_exists(pk) OR #number = :seen",
        ExpressionAttributeNames={"#number": "number"},
        ExpressionAttributeValues={":seen": {"N": str(changed.number)}},
    ):
        raise Overtaken

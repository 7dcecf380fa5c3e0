"""The mails of a programme's messages: whom they have reached. They lie beside the invitations, and no answer beside them."""

from typing import Any

from shared.settings import setting
from shared.store import claims
from shared.store.claims import Claim
from shared.store.client import SCHEMA, client, key, partition, stored


def _pk(programme_id: str, message: str) -> str:
    return f"MESSAGE#{programme_id}#{message}"


def at(programme_id: str, message: str, person: str) -> dict[str, Any]:
    """Write the key of one person's mail."""
    return key(_pk(programme_id, message), f"PERSON#{person}")


def taken_up(programme_id: str, message: str) -> dict[str, Claim]:
    """Read how far the mails of a message have come, by person."""
    items = partition(setting("INVITATIONS_TABLE"), _pk(programme_id, message), "PERSON#")
    return {item["sk"]["S"].removeprefix("PERSON#"): claims.read(item) for item in items}


def take_up(programme_id: str, message: str, person: str, until: int) -> bool:
    """Keep a mail for one planner for a while that nobody has seen to yet; tell whether that is so."""
    item = at(programme_id, message, person) | {"schema": SCHEMA} | claims.attributes(Claim("pending", until))
    return stored(setting("INVITATIONS_TABLE"), item)


def put_pending(programme_id: str, message: str, person: str) -> None:
    """Note that somebody is to get a mail, be it once more."""
    item = at(programme_id, message, person) | {"schema": SCHEMA} | claims.attributes(Claim())
    client().put_item(TableName=setting("INVITATIONS_TABLE"), Item=item)


def done(programme_id: str, message: str, gathering: str) -> str:
    """Read for which version of the roster all at a gathering have got a message; empty before."""
    found = client().get_item(TableName=setting("INVITATIONS_TABLE"), Key=key(_pk(programme_id, message), f"PLAN#{gathering}"))
    return found["Item"]["made_from"]["S"] if "Item" in found else ""


def put_done(programme_id: str, message: str, gathering: str, made_from: str) -> None:
    """Note for which version of the roster all at a gathering have got a message."""
    item = key(_pk(programme_id, message), f"PLAN#{gathering}") | {"schema": SCHEMA, "made_from": {"S": made_from}}
    client().put_item(TableName=setting("INVITATIONS_TABLE"), Item=item)

"""Invitations, what opens writing of an earlier address: handed over by a link that went there, sealed to somebody's newer link."""

from typing import Any

from shared.settings import setting
from shared.store.client import SCHEMA, client, key

FROM = "from_"
"""How an attribute begins that one earlier link has written; what follows is a part of its public half."""


def put(programme_id: str, person: str, public: str, sealed: bytes) -> None:
    """Store what the link with a public half hands over; done again, it replaces what that link handed over before."""
    client().update_item(
        TableName=setting("INVITATIONS_TABLE"),
        Key=_key(programme_id, person),
        UpdateExpression="SET #schema = :schema, #from = :sealed",
        ExpressionAttributeNames={"#schema": "schema", "#from": FROM + public[:16]},
        ExpressionAttributeValues={":schema": SCHEMA, ":sealed": {"B": sealed}},
    )


def held(programme_id: str, person: str) -> list[bytes]:
    """Read what was handed over to somebody's newer links."""
    found = client().get_item(TableName=setting("INVITATIONS_TABLE"), Key=_key(programme_id, person)).get("Item", {})
    return [bytes(value["B"]) for name, value in sorted(found.items()) if name.startswith(FROM)]


def _key(programme_id: str, person: str) -> dict[str, Any]:
    return key(f"PROGRAMME#{programme_id}", f"HANDED#{person}")

"""Invitations: who was asked to which round, how far her mail has come, and whether she has answered."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from shared.settings import setting
from shared.store.client import SCHEMA, Item, client, key, partition

Decline = Literal["absent", "unwilling"]

LEASE = 15 * 60
"""Seconds for which a mail that is queued or being sent is left alone by others."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """One participant's right to answer one round once."""

    fingerprint: str
    """SHA-256 of the link's token, which itself is stored nowhere."""
    person: str
    cell: tuple[str, ...]
    gathering: str
    language: str
    mail: str
    """"pending", "sending", "sent", or "refused" where the mail service won't take the address."""
    leased_until: int
    answered: str | None
    """The mark of the form that was sent in; None before."""
    hint: str = ""
    """The first letter of the address, all that the form's page tells of whose link it is."""
    stop: str = ""
    """SHA-256 of the token that stops reminders, see `shared.links.stop_token`."""
    declined: str = ""
    """"absent" or "unwilling" where she has said so; empty else."""


def _table() -> str:
    return setting("INVITATIONS_TABLE")


def _key(ref: str, fingerprint: str) -> dict[str, Any]:
    return key(f"ROUND#{ref}", f"INV#{fingerprint}")


def cell_text(cell: tuple[str, ...]) -> str:
    """Write a cell in the one way in which it is stored and compared."""
    return json.dumps(cell, ensure_ascii=False, separators=(",", ":"))


def invited(ref: str) -> Iterator[Invitation]:
    """Read a round's invitations."""
    return map(_invitation, partition(_table(), f"ROUND#{ref}", "INV#"))


def invitation(ref: str, fingerprint: str) -> Invitation | None:
    """Read one invitation; costs half a read unit."""
    found = client().get_item(TableName=_table(), Key=_key(ref, fingerprint))
    return _invitation(found["Item"]) if "Item" in found else None


def put_invitation(ref: str, new: Invitation) -> None:
    """Store an invitation unless it is there already: one that is answered or sent must not be undone."""
    item = _key(ref, new.fingerprint) | {
        "schema": SCHEMA,
        "person": {"S": new.person},
        "cell": {"S": cell_text(new.cell)},
        "gathering": {"S": new.gathering},
        "language": {"S": new.language},
        "mail": {"S": new.mail},
        "leased_until": {"N": str(new.leased_until)},
        "hint": {"S": new.hint},
        "stop": {"S": new.stop},
    }
    try:
        client().put_item(TableName=_table(), Item=item, ConditionExpression="attribute_not_exists(pk)")
    except client().exceptions.ConditionalCheckFailedException:
        return


def lease(ref: str, fingerprint: str, seen: int, until: int) -> bool:
    """Keep an unsent mail for one planner for a while; tell whether nobody else had it since it was read.

    Whoever was sending it is taken to be gone: the mail is to be sent again.
    """
    return _updated(
        ref,
        fingerprint,
        "SET mail = :pending, leased_until = :until",
        "leased_until = :seen AND mail IN (:pending, :sending)",
        {":until": until, ":seen": seen, ":pending": "pending", ":sending": "sending"},
    )


def claim(ref: str, fingerprint: str, now: int) -> bool:
    """Claim a mail for sending; tell whether it is still to be sent and nobody is sending it."""
    return _updated(
        ref,
        fingerprint,
        "SET mail = :sending, leased_until = :until",
        "mail = :pending OR (mail = :sending AND leased_until <= :now)",
        {":until": now + LEASE, ":now": now, ":pending": "pending", ":sending": "sending"},
    )


def _updated(ref: str, fingerprint: str, update: str, condition: str, values: dict[str, int | str]) -> bool:
    """Update an invitation on a condition; tell whether it held."""
    typed: dict[str, Any] = {name: {"N": str(value)} if isinstance(value, int) else {"S": value} for name, value in values.items()}
    try:
        client().update_item(
            TableName=_table(),
            Key=_key(ref, fingerprint),
            UpdateExpression=update,
            ConditionExpression=condition,
            ExpressionAttributeValues=typed,
        )
    except client().exceptions.ConditionalCheckFailedException:
        return False
    return True


def decline(ref: str, fingerprint: str, why: Decline) -> bool:
    """Note that somebody will not answer, and not when; tell whether she had not answered already."""
    return _updated(ref, fingerprint, "SET declined = :why", "attribute_exists(pk) AND attribute_not_exists(answered)", {":why": why})


def stop_reminders(programme_id: str, person: str) -> None:
    """Note that somebody wants no more reminders from a programme; done again, it changes nothing."""
    client().update_item(
        TableName=_table(),
        Key=key(f"PROGRAMME#{programme_id}", f"STOP#{person}"),
        UpdateExpression="SET #schema = :schema",
        ExpressionAttributeNames={"#schema": "schema"},
        ExpressionAttributeValues={":schema": SCHEMA},
    )


def stopped(programme_id: str) -> set[str]:
    """List who wants no more reminders from a programme, by their ids on the roster."""
    return {item["sk"]["S"].removeprefix("STOP#") for item in partition(_table(), f"PROGRAMME#{programme_id}", "STOP#")}


def settle_mail(ref: str, fingerprint: str, state: str) -> None:
    """Note what became of a mail; no time is kept."""
    values: dict[str, int | str] = {":state": state, ":never": 0}
    _updated(ref, fingerprint, "SET mail = :state, leased_until = :never", "attribute_exists(pk)", values)


def planned(ref: str) -> str:
    """Read what a round's last finished plan was made from; empty before the first."""
    found = client().get_item(TableName=_table(), Key=key(f"ROUND#{ref}", "PLAN"))
    return found["Item"]["made_from"]["S"] if "Item" in found else ""


def put_planned(ref: str, made_from: str) -> None:
    """Note that everybody has been sent what this plan asked for."""
    item = key(f"ROUND#{ref}", "PLAN") | {"schema": SCHEMA, "made_from": {"S": made_from}}
    client().put_item(TableName=_table(), Item=item)


@dataclass(frozen=True, slots=True)
class Ticket:
    """The invitation that an answer uses up, as the form that was sent in knew it."""

    ref: str
    fingerprint: str
    cell: str
    """As `cell_text` writes it."""
    gathering: str
    mark: str
    """The mark of the form that is sent in."""


def answering(ticket: Ticket) -> dict[str, Any]:
    """Write the update, part of a transaction, that turns an invitation into an answered one."""
    values = {":mark": ticket.mark, ":cell": ticket.cell, ":gathering": ticket.gathering}
    return {
        "TableName": _table(),
        "Key": _key(ticket.ref, ticket.fingerprint),
        # Who answers after all has not declined.
        "UpdateExpression": "SET answered = :mark REMOVE declined",
        "ConditionExpression": "attribute_not_exists(answered) AND cell = :cell AND gathering = :gathering",
        "ExpressionAttributeValues": {name: {"S": value} for name, value in values.items()},
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }


def _invitation(item: Item) -> Invitation:
    return Invitation(
        fingerprint=item["sk"]["S"].removeprefix("INV#"),
        person=item["person"]["S"],
        cell=tuple(json.loads(item["cell"]["S"])),
        gathering=item["gathering"]["S"],
        language=item["language"]["S"],
        mail=item["mail"]["S"],
        leased_until=int(item["leased_until"]["N"]),
        answered=item["answered"]["S"] if "answered" in item else None,
        hint=item.get("hint", {}).get("S", ""),
        stop=item.get("stop", {}).get("S", ""),
        declined=item.get("declined", {}).get("S", ""),
    )

"""Claims on mails: planned by one, sent by one, once. The times in them are leases and planned moments, never when something was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from shared.arrivals import LOST, Arrival, below
from shared.settings import setting
from shared.store.client import SCHEMA, Item, client, key

LEASE = 15 * 60
"""Seconds for which a mail that is queued or being sent is left alone by others."""

Values = Mapping[str, int | str]

WANTED = " AND ".join(f"attribute_not_exists({mark})" for mark in ("answered", "declined", "absent"))
"""Holds for whoever still gets mail about a round; of these marks a message has none."""


class Claim(NamedTuple):
    """How far the latest mail about something has come."""

    mail: str = "pending"
    """"pending", "sending", "sent", or "refused" where the mail service won't take the address, or nothing is sent to it."""
    leased_until: int = 0
    slot: int = 0
    """Which mail this is about: 0 for the first, else the moment from which a reminder is due.

    The first mail, once sent, goes on to the last reminder that would come too soon after it: that one counts as done.
    """
    arrival: str = ""
    """The weightiest that is known of what came of the mails, see `shared.arrivals`."""
    refused: str = ""
    """The hash of the address that the mail service wouldn't take, or to which nothing is sent."""


def attributes(claim: Claim) -> dict[str, Any]:
    """Write a claim as attributes of an item."""
    return {"mail": {"S": claim.mail}, "leased_until": {"N": str(claim.leased_until)}, "slot": {"N": str(claim.slot)}}


def read(item: Item) -> Claim:
    """Read the claim that an item carries."""
    arrival, refused = (item.get(name, {"S": ""})["S"] for name in ("arrival", "refused"))
    return Claim(item["mail"]["S"], int(item["leased_until"]["N"]), int(item.get("slot", {"N": "0"})["N"]), arrival, refused)


def lease(at: Mapping[str, Any], seen: Claim, slot: int, until: int) -> bool:
    """Keep a mail for one planner for a while; tell whether nobody else had it since it was read.

    Whoever was sending it is taken to be gone: the mail is to be sent again. Where an address was no good, the mail goes to another one.
    """
    same_slot = "slot = :seen_slot" if seen.slot else "(attribute_not_exists(slot) OR slot = :seen_slot)"
    values: Values = {":pending": "pending", ":until": until, ":slot": slot}
    seen_values: Values = {":seen_mail": seen.mail, ":seen_until": seen.leased_until, ":seen_slot": seen.slot}
    condition = f"mail = :seen_mail AND leased_until = :seen_until AND {same_slot}"
    anew = " REMOVE arrival" if seen.arrival in LOST else ""
    return updated(at, f"SET mail = :pending, leased_until = :until, slot = :slot{anew}", condition, {**values, **seen_values})


def claim(at: Mapping[str, Any], slot: int, now: int) -> bool:
    """Claim a mail for sending; tell whether it is still to be sent and nobody is sending it."""
    return updated(
        at,
        "SET mail = :sending, leased_until = :until",
        f"slot = :slot AND (mail = :pending OR (mail = :sending AND leased_until <= :now)) AND {WANTED}",
        {":until": now + LEASE, ":now": now, ":slot": slot, ":pending": "pending", ":sending": "sending"},
    )


def settle(at: Mapping[str, Any], slot: int, became: Claim) -> None:
    """Note what became of a claimed mail, unless somebody else has sent it meanwhile."""
    values: dict[str, int | str] = {":mail": became.mail, ":until": became.leased_until, ":next": became.slot}
    refused = ", refused = :refused" if became.refused else ""
    values |= {":refused": became.refused} if became.refused else {}
    under_way: Values = {":slot": slot, ":pending": "pending", ":sending": "sending"}
    condition = "slot = :slot AND mail IN (:pending, :sending)"
    updated(at, f"SET mail = :mail, leased_until = :until, slot = :next{refused}", condition, {**values, **under_way})


def note_arrival(at: Mapping[str, Any], arrival: Arrival) -> None:
    """Note what came of a mail, unless something weightier is known; of who has answered or declined, nothing is noted."""
    lighter: Values = {f":lighter_{number}": name for number, name in enumerate(below(arrival))}
    known = f" OR arrival IN ({', '.join(lighter)})" if lighter else ""
    condition = f"attribute_exists(pk) AND (attribute_not_exists(arrival){known}) AND {WANTED}"
    updated(at, "SET arrival = :arrival", condition, {":arrival": arrival, **lighter})


def updated(at: Mapping[str, Any], update: str, condition: str, values: Values) -> bool:
    """Update an item on a condition; tell whether it held."""
    try:
        client().update_item(
            TableName=setting("INVITATIONS_TABLE"),
            Key=at,
            UpdateExpression=update,
            ConditionExpression=condition,
            ExpressionAttributeValues=typed(values),
        )
    except client().exceptions.ConditionalCheckFailedException:
        return False
    return True


def typed(values: Values) -> dict[str, Any]:
    """Write values as DynamoDB takes them."""
    return {name: {"N": str(value)} if isinstance(value, int) else {"S": value} for name, value in values.items()}


def pause(until: int) -> None:
    """Note that the mail service takes nothing from us: until then nobody tries."""
    client().update_item(
        TableName=setting("INVITATIONS_TABLE"),
        Key=key("SENDING", "PAUSE"),
        UpdateExpression="SET #until = :until, #schema = :schema",
        ExpressionAttributeNames={"#until": "until", "#schema": "schema"},
        ExpressionAttributeValues={":until": {"N": str(until)}, ":schema": SCHEMA},
    )


def paused(now: int) -> bool:
    """Tell whether the mail service has lately taken nothing from us."""
    found = client().get_item(TableName=setting("INVITATIONS_TABLE"), Key=key("SENDING", "PAUSE")).get("Item")
    return found is not None and int(found["until"]["N"]) > now

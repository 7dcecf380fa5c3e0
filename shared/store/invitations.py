"""Invitations: who was asked to which round, how far her mail has come, and whether she has answered."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from shared.settings import setting
from shared.store import claims
from shared.store.claims import Claim
from shared.store.client import SCHEMA, Item, client, key, partition

PAUSE = 10 * 60
"""Seconds before somebody is mailed her links once more."""

Decline = Literal["absent", "unwilling"]

CLEARED: dict[str, int | str] = {":sent": "sent", ":never": 0}
CLEAR = "mail = :sent, leased_until = :never"
"""What an answer or a refusal leaves of mails under way: nothing that could tell between which two it came."""
FORGOTTEN = "slot, arrival, refused"
"""What it takes away besides, for the same reason."""


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
    """What has become of her latest mail, see `shared.store.claims.Claim`."""
    leased_until: int
    answered: str | None
    """The mark of the form that was sent in; None before."""
    hint: str = ""
    """The first letter of the address, all that the form's page tells of whose link it is."""
    stop: str = ""
    """SHA-256 of the token that stops reminders, see `shared.links.stop_token`."""
    declined: str = ""
    """"absent" or "unwilling" where she has said so; empty else."""
    slot: int = 0
    """Which mail is the latest: 0 for the invitation, else the moment from which a reminder is due."""
    absent: bool = False
    """Staff have marked her as absent."""
    arrival: str = ""
    """The weightiest that is known of what came of her mails, see `shared.arrivals`."""
    public: str = ""
    """In personal rounds, the public half of the key pair that her link makes, as hexadecimal digits."""
    refused: str = ""
    """The hash of the address that the mail service wouldn't take."""
    companions: bytes = b""
    """In personal rounds, with whom she can share what she writes, sealed to her own link, see `shared.companions`."""
    team: bytes = b""
    """The seed under which her team keeps what it writes, sealed in the same way."""

    @property
    def claim(self) -> Claim:
        """Return how far her latest mail has come."""
        return Claim(self.mail, self.leased_until, self.slot, self.arrival, self.refused)


@dataclass(frozen=True, slots=True)
class Plan:
    """How far the planning of a round's mails has come, so that what is done is not looked at again."""

    made_from: str = ""
    """The roster's version and the gatherings for which all invitations have been mailed."""
    reminded: Mapping[str, int] = field(default_factory=dict)
    """By gathering: the latest reminder that is done with."""


def _table() -> str:
    return setting("INVITATIONS_TABLE")


def at(ref: str, fingerprint: str) -> dict[str, Any]:
    """Write an invitation's key."""
    return key(f"ROUND#{ref}", f"INV#{fingerprint}")


def cell_text(cell: tuple[str, ...]) -> str:
    """Write a cell in the one way in which it is stored and compared."""
    return json.dumps(cell, ensure_ascii=False, separators=(",", ":"))


def invited(ref: str) -> Iterator[Invitation]:
    """Read a round's invitations."""
    return map(_invitation, partition(_table(), f"ROUND#{ref}", "INV#"))


def invitation(ref: str, fingerprint: str) -> Invitation | None:
    """Read one invitation; costs half a read unit."""
    found = client().get_item(TableName=_table(), Key=at(ref, fingerprint))
    return _invitation(found["Item"]) if "Item" in found else None


def put_invitation(ref: str, new: Invitation) -> None:
    """Store an invitation unless it is there already: one that is answered or sent must not be undone."""
    item = at(ref, new.fingerprint) | {
        "schema": SCHEMA,
        "person": {"S": new.person},
        "cell": {"S": cell_text(new.cell)},
        "gathering": {"S": new.gathering},
        "language": {"S": new.language},
        **claims.attributes(new.claim),
        "hint": {"S": new.hint},
        "stop": {"S": new.stop},
        **({"letter_key": {"S": new.public}} if new.public else {}),
    }
    try:
        client().put_item(TableName=_table(), Item=item, ConditionExpression="attribute_not_exists(pk)")
    except client().exceptions.ConditionalCheckFailedException:
        return


def decline(ref: str, fingerprint: str, why: Decline) -> bool:
    """Note that somebody will not answer, and not when; tell whether she had not answered already."""
    known = "attribute_exists(pk) AND attribute_not_exists(answered)"
    return claims.updated(at(ref, fingerprint), f"SET declined = :why, {CLEAR} REMOVE {FORGOTTEN}", known, {":why": why} | CLEARED)


def put_public(ref: str, fingerprint: str, public: str, seen: str) -> None:
    """Note the public half of the keys that somebody's link makes since her address has changed, unless it is not as ``seen`` any more."""
    claims.updated(at(ref, fingerprint), "SET letter_key = :public", "letter_key = :seen", {":public": public, ":seen": seen})


def put_companions(ref: str, fingerprint: str, sealed: bytes) -> None:
    """Note with whom somebody can share what she writes."""
    client().update_item(
        TableName=_table(),
        Key=at(ref, fingerprint),
        UpdateExpression="SET companions = :sealed",
        ConditionExpression="attribute_exists(pk)",
        ExpressionAttributeValues={":sealed": {"B": sealed}},
    )


def put_team(ref: str, fingerprint: str, sealed: bytes) -> None:
    """Note under which seed somebody's team keeps what it writes; empty where she has no team."""
    values: dict[str, Any] = {"ExpressionAttributeValues": {":sealed": {"B": sealed}}} if sealed else {}
    update = "SET team = :sealed" if sealed else "REMOVE team"
    condition = "attribute_exists(pk)"
    client().update_item(TableName=_table(), Key=at(ref, fingerprint), UpdateExpression=update, ConditionExpression=condition, **values)


def mark_absent(ref: str, fingerprint: str, *, is_absent: bool) -> bool:
    """Note that staff have marked somebody as absent, or take that back; tell whether she had not answered already."""
    update, condition = ("SET absent = :yes", "attribute_exists(pk)") if is_absent else ("REMOVE absent", "absent = :yes")
    return claims.updated(at(ref, fingerprint), update, f"{condition} AND attribute_not_exists(answered)", {":yes": "yes"})


def claim_lost_link(programme_id: str, person: str, now: int) -> bool:
    """Claim the one mail that somebody may ask for at a time; tell whether the last one is long enough ago."""
    try:
        client().update_item(
            TableName=_table(),
            Key=_lost_key(programme_id, person),
            UpdateExpression="SET #schema = :schema, #until = :until",
            ConditionExpression="attribute_not_exists(pk) OR #until <= :now",
            ExpressionAttributeNames={"#schema": "schema", "#until": "until"},
            ExpressionAttributeValues={":schema": SCHEMA, ":until": {"N": str(now + PAUSE)}, ":now": {"N": str(now)}},
        )
    except client().exceptions.ConditionalCheckFailedException:
        return False
    return True


def release_lost_link(programme_id: str, person: str) -> None:
    """Give a claim back whose mail could not be sent, so that she can ask again at once."""
    client().update_item(
        TableName=_table(),
        Key=_lost_key(programme_id, person),
        UpdateExpression="SET #until = :never",
        ConditionExpression="attribute_exists(pk)",
        ExpressionAttributeNames={"#until": "until"},
        ExpressionAttributeValues={":never": {"N": "0"}},
    )


def _lost_key(programme_id: str, person: str) -> dict[str, Any]:
    return key(f"PROGRAMME#{programme_id}", f"LOST#{person}")


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


def plan(ref: str) -> Plan:
    """Read what is noted of a round's planning."""
    found = client().get_item(TableName=_table(), Key=key(f"ROUND#{ref}", "PLAN")).get("Item")
    if found is None:
        return Plan()
    return Plan(found["made_from"]["S"], json.loads(found["reminded"]["S"]) if "reminded" in found else {})


def put_plan(ref: str, noted: Plan) -> None:
    """Note how far a round's planning has come."""
    facts = {"made_from": {"S": noted.made_from}, "reminded": {"S": json.dumps(noted.reminded)}}
    client().put_item(TableName=_table(), Item=key(f"ROUND#{ref}", "PLAN") | {"schema": SCHEMA} | facts)


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
    values = {":mark": ticket.mark, ":cell": ticket.cell, ":gathering": ticket.gathering} | CLEARED
    return {
        "TableName": _table(),
        "Key": at(ticket.ref, ticket.fingerprint),
        # Who answers after all has not declined.
        "UpdateExpression": f"SET answered = :mark, {CLEAR} REMOVE declined, {FORGOTTEN}",
        "ConditionExpression": "attribute_not_exists(answered) AND cell = :cell AND gathering = :gathering",
        "ExpressionAttributeValues": claims.typed(values),
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }


def _invitation(item: Item) -> Invitation:
    return Invitation(
        fingerprint=item["sk"]["S"].removeprefix("INV#"),
        person=item["person"]["S"],
        cell=tuple(json.loads(item["cell"]["S"])),
        gathering=item["gathering"]["S"],
        language=item["language"]["S"],
        **claims.read(item)._asdict(),
        answered=item["answered"]["S"] if "answered" in item else None,
        hint=item.get("hint", {}).get("S", ""),
        stop=item.get("stop", {}).get("S", ""),
        declined=item.get("declined", {}).get("S", ""),
        absent="absent" in item,
        public=item.get("letter_key", {}).get("S", ""),
        companions=bytes(item["companions"]["B"]) if "companions" in item else b"",
        team=bytes(item["team"]["B"]) if "team" in item else b"",
    )

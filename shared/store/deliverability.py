"""Roster, who can't be reached: addresses to which nothing more is sent, the people this concerns, and whether sending has been stopped.

Addresses are kept as keyed hashes, so that a list of them alone can be neither read nor compared with another installation's.
"""

import hmac
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shared.addresses import normalised
from shared.arrivals import lighter
from shared.rosters.people import has_left
from shared.settings import setting
from shared.store import roster
from shared.store.client import SCHEMA, Item, client, key, partition, stored
from shared.store.recent import Recent
from shared.store.roster import Person

KEY = key("SUPPRESSED", "KEY")
STOP = key("SENDING", "STOP")

ALLOWED = "allowed"
"""Stands for the reason of an address that staff have looked at since: mails go out to it again."""


@dataclass(frozen=True, slots=True)
class Unreached:
    """Somebody who could not be reached, under an address that may have been corrected since."""

    person: str
    why: str
    """"bounced", "complained", "refused" or "rejected"."""
    address: str
    """The address's hash."""


def _table() -> str:
    return setting("ROSTER_TABLE")


def _read_key() -> bytes | None:
    found = client().get_item(TableName=_table(), Key=KEY, ConsistentRead=True).get("Item")
    return bytes(found["secret"]["B"]) if found else None


_kept_key = Recent(_read_key)


def _made_key() -> bytes:
    """Return the installation's key; the first who needs it makes it."""
    kept = _kept_key()
    if kept:
        return kept
    _put(KEY | {"secret": {"B": secrets.token_bytes(32)}}, "attribute_not_exists(pk)")
    return _kept_key() or b""


def hashed(address: str) -> str:
    """Hash an address, however its letters' case is written."""
    plain = (normalised(address) or address).casefold()
    return hmac.digest(_made_key(), plain.encode(), "sha256").hex()


def suppress(address: str, why: str) -> None:
    """Note that nothing more is sent to an address; of several reasons the weightiest stays."""
    condition, values = _lighter(why)
    _put(_address_key(address) | {"why": {"S": why}}, condition, values)


def suppressed(address: str) -> str:
    """Say why nothing more is sent to an address; empty where mails go out to it."""
    found = noted(address)
    return "" if found == ALLOWED else found


def noted(address: str) -> str:
    """Say what is noted of an address: why nothing more is sent to it, or that it is allowed again; empty where nothing is."""
    if _kept_key() is None:
        return ""
    found = client().get_item(TableName=_table(), Key=_address_key(address)).get("Item")
    return str(found["why"]["S"]) if found else ""


def allow(address: str, seen: str) -> bool:
    """Let mails go out to an address again; tell whether what is noted of it is still what somebody has seen."""
    condition, values = ("why = :seen", {":seen": {"S": seen}}) if seen else ("attribute_not_exists(pk)", None)
    return _put(_address_key(address) | {"why": {"S": ALLOWED}}, condition, values)


def note_refused(address: str) -> None:
    """Note that the mail service does not take an address that staff have allowed again, so that it is not tried for ever."""
    _put(_address_key(address) | {"why": {"S": "refused"}}, "why = :allowed", {":allowed": {"S": ALLOWED}})


def _address_key(address: str) -> dict[str, Any]:
    return key("SUPPRESSED", f"ADDRESS#{hashed(address)}")


def note_unreached(programme_id: str, person: str, address: str, why: str) -> None:
    """Note that somebody can't be reached at an address; of several reasons the weightiest stays."""
    whose = hashed(address)
    condition, values = _lighter(why)
    item = key(f"PROGRAMME#{programme_id}", f"UNREACHED#{person}") | {"why": {"S": why}, "address": {"S": whose}}
    _put(item, f"{condition} OR address <> :address", {**values, ":address": {"S": whose}})


def unreached(programme_id: str) -> Iterator[Unreached]:
    """Read who could not be reached."""
    for item in partition(_table(), f"PROGRAMME#{programme_id}", "UNREACHED#"):
        yield _unreached(item)


def _unreached(item: Item) -> Unreached:
    return Unreached(item["sk"]["S"].removeprefix("UNREACHED#"), item["why"]["S"], item["address"]["S"])


def not_reached(programme_id: str, today: str) -> list[tuple[Person, str]]:
    """Find who can't be reached at the address that she has now, and why, by name."""
    found = [(roster.person(programme_id, item.person), item) for item in unreached(programme_id)]
    lost = [(person, item.why) for person, item in found if person and not has_left(person.participant, today) and _still(person, item)]
    return sorted(lost, key=lambda pair: pair[0].participant.name)


def why_not_reached(programme_id: str, person: Person) -> str:
    """Say why somebody can't be reached at the address that she has now, as far as mails tell that everybody gets; empty else."""
    found = client().get_item(TableName=_table(), Key=key(f"PROGRAMME#{programme_id}", f"UNREACHED#{person.id}")).get("Item")
    item = _unreached(found) if found else None
    return item.why if item and _still(person, item) else ""


def _still(person: Person, item: Unreached) -> bool:
    """Tell whether a note is about the address that somebody has now, and staff have not allowed that since."""
    address = person.participant.email
    return hashed(address) == item.address and (item.why == "rejected" or noted(address) != ALLOWED)


def stop(why: str) -> None:
    """Stop all sending until somebody has looked: too many "bounces" or "complaints"."""
    _put(STOP | {"why": {"S": why}}, "attribute_not_exists(pk)")


def stopped() -> str:
    """Say why sending has been stopped; empty where it has not."""
    found = client().get_item(TableName=_table(), Key=STOP).get("Item")
    return str(found["why"]["S"]) if found else ""


def resume() -> None:
    """Let mails go out again."""
    client().delete_item(TableName=_table(), Key=STOP)


def _lighter(why: str) -> tuple[str, dict[str, Any]]:
    """Write the condition that nothing weightier, or equal, is noted."""
    values = {f":lighter_{at}": {"S": name} for at, name in enumerate((ALLOWED, *lighter(why)))}
    return f"attribute_not_exists(pk) OR why IN ({', '.join(values)})", values


def _put(item: Mapping[str, Any], condition: str, values: Mapping[str, Any] | None = None) -> bool:
    """Store an item on a condition; where it does not hold, what is stored already stays. Tell whether it held."""
    return stored(_table(), {**item, "schema": SCHEMA}, condition, **({"ExpressionAttributeValues": values} if values else {}))

"""Who could not be reached, and has another address now or one that staff have allowed again."""

from collections.abc import Iterable
from datetime import UTC, datetime

from shared.arrivals import DEAD, is_lost
from shared.rosters.people import has_left
from shared.store import deliverability, roster
from shared.store.claims import Claim
from shared.store.invitations import Invitation
from shared.store.roster import Person


def corrected(programme: str, held: Iterable[Invitation], now: int) -> set[str]:
    """Find who could not be reached then and can be now, by their ids on the roster."""
    lost = [item for item in held if is_lost(item.mail, item.arrival)]
    found = [(roster.person(programme, item.person), item.claim) for item in lost]
    return {person.id for person, claim in found if person and has_another_address(person, claim, now)}


def has_another_address(person: Person, seen: Claim, now: int) -> bool:
    """Tell whether a mail could not reach somebody at an address that she no longer has, or that mails go out to again."""
    if not is_lost(seen.mail, seen.arrival) or has_left(person.participant, f"{datetime.fromtimestamp(now, UTC):%Y-%m-%d}"):
        return False
    address = person.participant.email
    noted = deliverability.noted(address)
    if noted not in ("", deliverability.ALLOWED):
        return False
    return seen.arrival in DEAD or bool(seen.refused and (noted or seen.refused != deliverability.hashed(address)))

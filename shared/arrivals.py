"""What becomes of mails after they are sent: what the mail service tells, in any order and any number of times, comes to the same."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Any, Literal

from shared.addresses import normalised
from shared.mail_tags import About, about

Arrival = Literal["delayed", "soft bounced", "delivered", "rejected", "bounced", "complained"]

WEIGHTS: tuple[Arrival, ...] = ("delayed", "soft bounced", "delivered", "rejected", "bounced", "complained")
"""The last of these that is known of somebody's mails holds.

Automatic replies come as soft bounces after delivery, so these weigh less; some servers take a mail and bounce it later.
"""

DEAD: tuple[Arrival, ...] = ("bounced", "complained")
"""After these, nothing more is sent to the address."""
LOST: tuple[Arrival, ...] = ("rejected", *DEAD)
"""After these, somebody counts as not reached. After a soft bounce the next mail may come through."""

REASONS = ("refused", *LOST)
"""Why somebody is not reached, the weightiest last; "refused" is what the mail service wouldn't take from us."""

GREETING = "Successfully validated SNS topic for Amazon SES event publishing."
"""What SES writes to see whether it may."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that the mail service tells of a mail."""

    arrival: Arrival
    mail: str
    """The mail's id at the mail service."""
    addresses: tuple[str, ...]
    about: About
    at: int
    """When it happened; 0 where that is not told."""


def below(arrival: Arrival) -> tuple[str, ...]:
    """List what weighs less than something that became of a mail."""
    return WEIGHTS[: WEIGHTS.index(arrival)]


def lighter(reason: str) -> tuple[str, ...]:
    """List the reasons that weigh less than one."""
    return REASONS[: REASONS.index(reason)]


def is_lost(mail: str, arrival: str) -> bool:
    """Tell whether somebody is not reached, by her mail's state and by what came of it."""
    return mail not in ("pending", "sending", "sent") or arrival in LOST


def event(body: str) -> Event | None:
    """Read a message of the queue: SES's event in SNS's envelope; None where it tells nothing that we note."""
    message = json.loads(body)["Message"]
    if message.startswith(GREETING):
        return None
    told = json.loads(message)
    detail = _detail(told)
    arrival = _arrival(told["eventType"], detail)
    if arrival is None:
        return None
    mail = told["mail"]
    return Event(arrival, mail["messageId"], _addresses(detail, mail), about(mail.get("tags", {})), _moment(detail))


def _detail(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what belongs to an event's type: under "bounce" for "Bounce", under "deliveryDelay" for "DeliveryDelay"."""
    kind = told["eventType"]
    found: Mapping[str, Any] = told.get(kind[0].lower() + kind[1:], {})
    return found


def _arrival(kind: str, detail: Mapping[str, Any]) -> Arrival | None:
    match kind:
        case "Bounce":
            return "bounced" if detail["bounceType"] == "Permanent" else "soft bounced"
        case "Complaint":
            # The one report that says the opposite: the mail was taken for spam, and is none.
            return None if detail.get("complaintFeedbackType") == "not-spam" else "complained"
        case "Delivery":
            return "delivered"
        case "DeliveryDelay":
            return "delayed"
        case "Reject":
            return "rejected"
    return None


def _addresses(detail: Mapping[str, Any], mail: Mapping[str, Any]) -> tuple[str, ...]:
    """Name whom an event concerns; where it does not say, whom the mail was for."""
    named = [
        item["emailAddress"] for part in ("bouncedRecipients", "complainedRecipients", "delayedRecipients") for item in detail.get(part, ())
    ]
    found = [parseaddr(text)[1] for text in named or detail.get("recipients") or mail["destination"]]
    return tuple(normalised(address) or address for address in found)


def _moment(detail: Mapping[str, Any]) -> int:
    return int(datetime.fromisoformat(detail["timestamp"]).timestamp()) if "timestamp" in detail else 0

"""How many mails went out each day, and how many bounced or were taken for spam. They lie beside the invitations, and tell of nobody."""

import hashlib
from collections import defaultdict
from typing import Any

from shared.reputation import DAY, Tally
from shared.settings import setting
from shared.store.client import SCHEMA, Item, client, key

AT = key("SENDING", "TALLY")


def count_mail(now: int) -> None:
    """Count a mail that the mail service has taken."""
    _add(f"mails_{now // DAY}", {"N": "1"})


def count(what: str, mail: str, now: int) -> dict[int, Tally]:
    """Count a mail as bounced or complained, once however often it is told; return the tallies by day."""
    short = hashlib.sha256(mail.encode()).hexdigest()[:16]
    return _tallies(_add(f"{what}_{now // DAY}", {"SS": [short]}))


def forget() -> None:
    """Begin to count anew."""
    client().delete_item(TableName=setting("INVITATIONS_TABLE"), Key=AT)


def _add(name: str, value: Any) -> Item:
    return client().update_item(
        TableName=setting("INVITATIONS_TABLE"),
        Key=AT,
        UpdateExpression="SET #schema = :schema ADD #counted :value",
        ExpressionAttributeNames={"#counted": name, "#schema": "schema"},
        ExpressionAttributeValues={":value": value, ":schema": SCHEMA},
        ReturnValues="ALL_NEW",
    )["Attributes"]


def _tallies(item: Item) -> dict[int, Tally]:
    counts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for name, value in item.items():
        what, _, day = name.rpartition("_")
        if what:
            counts[int(day)][what] = len(value["SS"]) if "SS" in value else int(value["N"])
    return {day: Tally(**found) for day, found in counts.items()}

"""Desk, mails that wait: how many of a programme the mail service had no room for at the latest run, and until when at the most."""

from dataclasses import dataclass

from shared.settings import setting
from shared.store.client import SCHEMA, client, key

HOLDS = 15 * 60
"""Seconds for which a note holds: while mails wait, each run writes it anew; once none do, nobody has to take it back."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Mails that are due and have not gone out."""

    mails: int
    until: int
    """When they have gone out at the latest; 0 where nobody knows, because the mail service takes nothing from us."""


def note(programme_id: str, waits: Waiting, now: int) -> None:
    """Note that mails of a programme wait."""
    item = key(f"PROGRAMME#{programme_id}", "WAITING") | {
        "schema": SCHEMA,
        "mails": {"N": str(waits.mails)},
        "until": {"N": str(waits.until)},
        "at": {"N": str(now)},
        "expires": {"N": str(now + HOLDS)},
    }
    client().put_item(TableName=setting("DESK_TABLE"), Item=item)


def waiting(programme_id: str, now: int) -> Waiting | None:
    """Read whether mails of a programme wait."""
    found = client().get_item(TableName=setting("DESK_TABLE"), Key=key(f"PROGRAMME#{programme_id}", "WAITING")).get("Item")
    if found is None or not int(found["at"]["N"]) <= now < int(found["at"]["N"]) + HOLDS:
        return None
    return Waiting(int(found["mails"]["N"]), int(found["until"]["N"]))

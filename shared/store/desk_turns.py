"""Desk, whose turn it is: a round that is queued for its edition is not queued again for a while."""

from shared.settings import setting
from shared.store.client import SCHEMA, key, stored

WHILE = 600
"""Seconds until a round that has no edition yet is queued once more; both at once make the same bytes."""


def take(ref: str, now: int) -> bool:
    """Note that a round is queued now; tell whether it was not, lately. A note from the future is of a clock that was set back."""
    item = key(f"ROUND#{ref}", "TURN") | {"schema": SCHEMA, "at": {"N": str(now)}}
    return stored(
        setting("DESK_TABLE"),
        item,
        "attribute_not_exists(pk) OR #at <= :before OR #at > :now",
        ExpressionAttributeNames={"#at": "at"},
        ExpressionAttributeValues={":before": {"N": str(now - WHILE)}, ":now": {"N": str(now)}},
    )

"""Desk, whose turn it is: what is queued for its edition is not queued again for a while, longer each time that it was in vain."""

from shared.settings import setting
from shared.store.client import SCHEMA, client, key, stored

WHILE = 600
"""Seconds until what has no edition yet is queued once more; both at once make the same bytes."""

DAY = 24 * 3600
"""Seconds after which it is queued once more at the latest, however often that was in vain."""


def take_round(ref: str, now: int) -> bool:
    """Note that a round is queued now; tell whether it was not, lately."""
    return _take(f"ROUND#{ref}", now, "")


def take_programme(programme_id: str, frozen: int, now: int) -> bool:
    """Note that a programme is queued now, to be made of so many rounds; tell whether it was not, lately, of as many."""
    return _take(f"PROGRAMME#{programme_id}", now, str(frozen))


def _take(pk: str, now: int, of: str) -> bool:
    """Take a turn; each that is in vain doubles the time to the next. A note from the future is of a clock that was set back."""
    table, at = setting("DESK_TABLE"), key(pk, "TURN")
    seen = client().get_item(TableName=table, Key=at, ConsistentRead=True).get("Item", {})
    last, tries = int(seen.get("at", {"N": "0"})["N"]), int(seen.get("tries", {"N": "0"})["N"])
    is_known = seen.get("of", {"S": ""})["S"] == of and last <= now
    if seen and is_known and now < last + min(WHILE * 2**tries, DAY):
        return False
    item = at | {"schema": SCHEMA, "at": {"N": str(now)}, "of": {"S": of}, "tries": {"N": str(tries + 1 if seen and is_known else 0)}}
    condition = "attribute_not_exists(pk) OR #at = :seen"
    return stored(table, item, condition, ExpressionAttributeNames={"#at": "at"}, ExpressionAttributeValues={":seen": {"N": str(last)}})

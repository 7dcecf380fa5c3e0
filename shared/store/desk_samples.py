"""Desk, the samples: how many of a round's invited had answered, at most once an hour. All that staff see of an open round."""

from dataclasses import dataclass

from shared.settings import setting
from shared.store.client import SCHEMA, Item, client, key, partition


@dataclass(frozen=True, slots=True)
class Sample:
    """A round's totals at one time; nothing finer is kept."""

    at: int
    invited: int
    answered: int


def latest(ref: str) -> Sample | None:
    """Read a round's newest sample."""
    newest = partition(setting("DESK_TABLE"), f"ROUND#{ref}", "SAMPLE#", ScanIndexForward=False, Limit=1)
    return next(map(_sample, newest), None)


def put_sample(ref: str, hour: int, sample: Sample) -> bool:
    """Store the sample of an hour since opening unless there is one; tell whether this call did."""
    figures = {name: {"N": str(getattr(sample, name))} for name in ("at", "invited", "answered")}
    item = key(f"ROUND#{ref}", f"SAMPLE#{hour:05}") | {"schema": SCHEMA} | figures
    try:
        client().put_item(TableName=setting("DESK_TABLE"), Item=item, ConditionExpression="attribute_not_exists(pk)")
    except client().exceptions.ConditionalCheckFailedException:
        return False
    return True


def _sample(item: Item) -> Sample:
    return Sample(*(int(item[name]["N"]) for name in ("at", "invited", "answered")))

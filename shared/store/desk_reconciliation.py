"""Desk, what the nightly comparison of closed rounds' figures has found, in numbers."""

from typing import NamedTuple

from shared.settings import setting
from shared.store.client import SCHEMA, client, key

AT = key("JOB#retire", "RECONCILED")


class Reconciled(NamedTuple):
    """How many closed rounds were looked at, and of how many the figures contradict one another."""

    rounds: int
    contradicting: int


def put(found: Reconciled) -> None:
    """Note what was found, in the place of what was found before."""
    numbers = {"rounds": {"N": str(found.rounds)}, "contradicting": {"N": str(found.contradicting)}}
    client().put_item(TableName=setting("DESK_TABLE"), Item=AT | {"schema": SCHEMA} | numbers)


def latest() -> Reconciled | None:
    """Read what was found last; None before the first time."""
    found = client().get_item(TableName=setting("DESK_TABLE"), Key=AT).get("Item")
    return Reconciled(int(found["rounds"]["N"]), int(found["contradicting"]["N"])) if found else None

"""Desk, the jobs' heartbeats: when each job last ran to its end."""

from shared.settings import setting
from shared.store.client import SCHEMA, client, key


def beat(job: str, now: int) -> None:
    """Note that a job has done all it had to do."""
    item = key(f"JOB#{job}", "HEARTBEAT") | {"schema": SCHEMA, "at": {"N": str(now)}}
    client().put_item(TableName=setting("DESK_TABLE"), Item=item)


def last(job: str) -> int | None:
    """Read when a job last ran to its end; None before its first run."""
    found = client().get_item(TableName=setting("DESK_TABLE"), Key=key(f"JOB#{job}", "HEARTBEAT"))
    return int(found["Item"]["at"]["N"]) if "Item" in found else None

"""Desk, the samples: how many of a round's invited had answered, at most once an hour. All that staff see of an open round."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from shared.response import Totals
from shared.settings import setting
from shared.store.client import SCHEMA, Item, key, partition, stored

FIGURES = ("invited", "answered", "declined", "unreached", "absent")


@dataclass(frozen=True, slots=True)
class Sample:
    """A round's totals at one time, and those of its gatherings or units that may be shown; nothing finer is kept."""

    at: int
    totals: Totals
    groups: Mapping[str, Totals] = field(default_factory=dict)


def latest(ref: str) -> Sample | None:
    """Read a round's newest sample."""
    newest = partition(setting("DESK_TABLE"), f"ROUND#{ref}", "SAMPLE#", ScanIndexForward=False, Limit=1)
    return next(map(_sample, newest), None)


def samples(ref: str) -> list[Sample]:
    """Read all samples of a round, the oldest first."""
    return list(map(_sample, partition(setting("DESK_TABLE"), f"ROUND#{ref}", "SAMPLE#")))


def put_sample(ref: str, hour: int, sample: Sample) -> bool:
    """Store the sample of an hour since opening unless there is one; tell whether this call did."""
    figures = {name: {"N": str(getattr(sample.totals, name))} for name in FIGURES}
    groups = {"groups": {"S": json.dumps({name: asdict(totals) for name, totals in sample.groups.items()}, ensure_ascii=False)}}
    item = key(f"ROUND#{ref}", f"SAMPLE#{hour:05}") | {"schema": SCHEMA, "at": {"N": str(sample.at)}} | figures | groups
    return stored(setting("DESK_TABLE"), item)


def _sample(item: Item) -> Sample:
    totals = Totals(*(int(item[name]["N"]) if name in item else 0 for name in FIGURES))
    groups = json.loads(item["groups"]["S"]) if "groups" in item else {}
    return Sample(int(item["at"]["N"]), totals, {name: Totals(**figures) for name, figures in groups.items()})

"""Counts the units that DynamoDB says it has used, for every client that is made meanwhile."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.hooks import BaseEventHooks

from infra.bench.measuring import Work

READS = {"GetItem", "BatchGetItem", "TransactGetItems", "Query", "Scan"}


@dataclass(slots=True)
class Counts:
    """Units used so far."""

    read: float = 0
    written: float = 0

    def of(self, work: Work) -> tuple[float, float]:
        """Return the units, read and written, that a piece of work uses."""
        read, written = self.read, self.written
        work()
        return self.read - read, self.written - written

    def ask(self, params: dict[str, Any], **_: Any) -> None:
        """Have a call tell its units."""
        params["ReturnConsumedCapacity"] = "TOTAL"

    def add(self, parsed: dict[str, Any], model: Any, **_: Any) -> None:
        """Add what a call has used: one table, or a list of them."""
        told = parsed.get("ConsumedCapacity", [])
        used = sum(table["CapacityUnits"] for table in (told if isinstance(told, list) else [told]))
        if model.name in READS:
            self.read += used
        else:
            self.written += used


@contextmanager
def counted() -> Iterator[Counts]:
    """Count the units of everything that this process asks of DynamoDB from here on."""
    boto3.setup_default_session()
    hooks: BaseEventHooks = boto3.DEFAULT_SESSION.events  # type: ignore[union-attr]
    counts = Counts()
    hooks.register("before-parameter-build.dynamodb", counts.ask)
    hooks.register("after-call.dynamodb", counts.add)
    _forget_clients()
    try:
        yield counts
    finally:
        boto3.setup_default_session()
        _forget_clients()


def _forget_clients() -> None:
    """Have our modules make their clients anew: those made before tell nothing."""
    for name in [name for name in sys.modules if name.startswith("shared.store.")]:
        for value in list(vars(sys.modules[name]).values()):
            getattr(value, "cache_clear", lambda: None)()

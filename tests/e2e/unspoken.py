"""What no log may hold, as the end-to-end tests come to know it; and all that the stack logs."""

from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

from infra.stack.access import session
from infra.stack.deploying import Stack

SHORTEST = 6
"""Characters below which a text may stand in a log by chance."""


class Unspoken:
    """A growing record of tokens, addresses and answers."""

    def __init__(self) -> None:
        self._kept: set[str] = set()
        self.log = StringIO()
        """What functions log that are called in this process."""

    def add(self, *texts: str) -> None:
        """Remember texts, line by line."""
        self._kept.update(line for text in texts for line in text.splitlines() if len(line) >= SHORTEST)

    def __len__(self) -> int:
        return len(self._kept)

    def found(self, logs: Mapping[str, str]) -> dict[str, set[str]]:
        """Name the logs that hold some of it, and what."""
        return {name: held for name, log in logs.items() if (held := self.found_in(log))}

    def found_in(self, log: str) -> set[str]:
        """Name what a log holds of it, plain, escaped or as it travels in forms."""
        lowered = log.lower()
        return {text for text in self._kept if any(form.lower() in lowered for form in _forms(text))}


def _forms(text: str) -> set[str]:
    return {text, quote(text), quote_plus(text), text.encode("unicode_escape").decode()}


def logged(stack: Stack, unspoken: Unspoken) -> Iterator[tuple[str, str]]:
    """Read everything that a stack has logged: each group of each function, the emulator's own files, and functions in this process."""
    client = session().client("logs", endpoint_url=stack.address)
    for group in _pages(client, "describe_log_groups", "logGroups"):
        yield group["logGroupName"], "\n".join(_messages(client, group["logGroupName"]))
    for path in stack.emulator.state.rglob("*.log*"):
        yield _file(path)
    yield "this process", unspoken.log.getvalue()


def _file(path: Path) -> tuple[str, str]:
    return path.name, path.read_text(errors="replace")


def _messages(client: Any, group: str) -> Iterator[str]:
    for stream in _pages(client, "describe_log_streams", "logStreams", logGroupName=group):
        told: dict[str, Any] = {"logGroupName": group, "logStreamName": stream["logStreamName"], "startFromHead": True}
        while True:
            page = client.get_log_events(**told)
            yield from (event["message"] for event in page["events"])
            if not page["events"] or page["nextForwardToken"] == told.get("nextToken"):
                break
            told["nextToken"] = page["nextForwardToken"]


def _pages(client: Any, operation: str, name: str, **told: Any) -> Iterator[Any]:
    for page in client.get_paginator(operation).paginate(**told):
        yield from page[name]

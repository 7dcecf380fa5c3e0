"""The mails that the local stack has sent. The emulator forgets them when it stops, so they are kept beside its state."""

import http.client
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Mail = Mapping[str, Any]
"""A mail as the emulator tells it: MessageId, Source, To, Subject, BodyText, BodyHtml, Timestamp (epoch seconds)."""


def mails(state: Path, port: int) -> list[Mail]:
    """Return every mail of a running stack, the oldest first."""
    return [*_kept(state), *_sent(port)]


def keep(state: Path, port: int) -> None:
    """Write the mails of a running stack down, before it is stopped."""
    text = json.dumps(mails(state, port))
    (state / "mails.json").write_text(text)


def _kept(state: Path) -> list[Mail]:
    path = state / "mails.json"
    kept: list[Mail] = json.loads(path.read_text()) if path.exists() else []
    return kept


def _sent(port: int) -> list[Mail]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/_ministack/ses/messages")
        by_account: dict[str, list[Mail]] = json.loads(connection.getresponse().read())["messages"]
    finally:
        connection.close()
    return [mail for account in by_account.values() for mail in account]

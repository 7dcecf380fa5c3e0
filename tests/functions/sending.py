"""What tests of `send` begin with, and what they look at."""

import time
from collections import Counter
from typing import Any

import pytest

from shared.store.roster import Person
from tests.functions.examples import (
    OPEN,
    enrol,
    invite,
    participant,
    publish,
    scanned,
    set_clock,
)
from tests.functions.parsed_mails import parsed
from tests.once import once

PEOPLE = [participant(f"reader-{number}", language="nb" if number % 2 else "en") for number in range(4)]


def enrolled(monkeypatch: pytest.MonkeyPatch) -> list[Person]:
    """Publish the programme on a local stack whose clock says that day 1 is open."""
    monkeypatch.setenv("STAGE", "local")
    once(publish)()
    set_clock(OPEN)
    return enrol(PEOPLE)


def invite_now() -> int:
    return invite(int(time.time()))


def states() -> Counter[str]:
    return Counter(item["mail"]["S"] for item in scanned("INVITATIONS") if "mail" in item)


def once_each() -> Counter[str]:
    return Counter(person.email for person in PEOPLE)


def body(sent: dict[str, Any], part: str) -> str:
    return parsed(sent).parts[part.lower()]

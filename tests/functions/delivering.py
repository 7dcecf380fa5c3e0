"""What tests of deliveries begin with, and what they look at."""

import time
from dataclasses import replace
from typing import Any

import pytest

from shared.store import deliverability, invitations, published, roster
from shared.store.invitations import Invitation
from shared.store.roster import Person
from tests.functions.examples import (
    FILES,
    PROGRAMME,
    enrol,
    invite,
    oslo,
    participant,
    publish,
    queued,
    send,
    set_clock,
)
from tests.functions.outbox import Outbox
from tests.functions.ses_events import mail_of
from tests.once import once

DUE = oslo("2025-08-26T19:00")
NAMES = ("anna", "berit", "cecilie")
REMINDING = PROGRAMME.replace("closes: 23:59", "closes: 23:59\n    reminds: [19:00]")


def enrolled(monkeypatch: pytest.MonkeyPatch) -> dict[str, Person]:
    """Publish the programme on a local stack, with three people on the roster."""
    monkeypatch.setenv("STAGE", "local")
    once(publish)(FILES | {"programme.yaml": REMINDING})
    return dict(zip(NAMES, enrol(map(participant, NAMES)), strict=True))


def described(outbox: Outbox) -> dict[str, dict[str, Any]]:
    return {name_of(sent): mail_of(sent, number) for number, sent in enumerate(outbox.mails)}


def name_of(sent: dict[str, Any]) -> str:
    return str(sent["Destination"]["ToAddresses"][0]).partition("@")[0]


def run(at: int) -> int:
    """Plan and send as of a time; return how many mails were queued."""
    set_clock(at)
    count = invite(int(time.time()))
    records = queued()
    assert not records or send(records) == []
    return count


def ref() -> str:
    return published.rounds("walks")["day-1"].ref


def invited(person: Person) -> Invitation:
    (found,) = [item for item in invitations.invited(ref()) if item.person == person.id]
    return found


def correct(person: Person, address: str) -> None:
    """Give somebody another address."""
    roster.raise_version("walks", roster.version("walks"))
    roster.put_person("walks", Person(person.id, replace(person.participant, email=address)))


def unreached() -> dict[str, str]:
    return {item.person: item.why for item in deliverability.unreached("walks")}

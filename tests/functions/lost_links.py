"""Bo, who has been invited, and asking the queue for his link again."""

import json
from dataclasses import asdict
from typing import Any

import pytest

from shared import mail
from shared.queue import LostLinkErrand
from shared.store import invitations, published
from shared.store.roster import Person
from tests.conftest import account
from tests.functions.examples import OPEN, enrol, invite, oslo, participant, publish, queued, record, send, set_clock
from tests.functions.parsed_mails import Parsed, parsed
from tests.once import once

CLOSED = oslo("2025-08-27T00:00")


def published_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish the programme of these tests on a stack whose clock can be set."""
    monkeypatch.setenv("STAGE", "local")
    once(publish)()


def leaving() -> list[dict[str, Any]]:
    """Collect what leaves for SES from now on."""
    mails: list[dict[str, Any]] = []
    mail.client().meta.events.register("before-parameter-build.sesv2.SendEmail", lambda params, **_: mails.append(params))
    return mails


@once
def bo_invited() -> Person:
    """Invite Bo, and send him his mail."""
    bo, _ = enrol([participant("bo"), participant("aa", language="nb")])
    invite()
    set_clock(OPEN)
    send(queued())
    return bo


def ref() -> str:
    return published.rounds("walks")["day-1"].ref


def ask(address: str, at: int = OPEN, times: int = 1) -> list[str]:
    set_clock(at)
    body = json.dumps(asdict(LostLinkErrand(ref(), address)))
    return send([record(body, str(number)) for number in range(times)])


def only(sent: list[dict[str, Any]]) -> Parsed:
    (message,) = sent
    return parsed(message)


def answered(person: Person) -> None:
    held = next(item for item in invitations.invited(ref()) if item.person == person.id)
    update = invitations.answering(invitations.Ticket(ref(), held.fingerprint, invitations.cell_text(held.cell), held.gathering, "mark"))
    account("dynamodb").update_item(**update)

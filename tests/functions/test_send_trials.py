"""Mails that staff try out go to whoever asked for them, and to nobody else."""

import json
from dataclasses import asdict
from typing import Any

import pytest

from shared.queue import TrialErrand
from shared.sessions import fingerprint
from shared.store import claims, deliverability
from tests.functions.desk.programmes.test_previews import FILES
from tests.functions.desk.visitors import OWNER, STRANGER
from tests.functions.examples import dump, publish, record, send
from tests.functions.outbox import Outbox
from tests.functions.parsed_mails import parsed
from tests.once import once

INVITATION = TrialErrand("walks", "invitation", "day-2", "south", "en", fingerprint(OWNER))
MESSAGE = TrialErrand("walks", "message", "boots", "", "nb", fingerprint(OWNER))


@pytest.fixture
def outbox(tables: object) -> Outbox:  # noqa: ARG001
    once(publish)(FILES)
    return Outbox()


def errand(**changes: str) -> dict[str, Any]:
    return record(json.dumps(asdict(INVITATION) | changes), "message")


@pytest.mark.parametrize(
    ("changes", "subject"),
    [
        ({}, "Test: How was the day? Day 2"),
        ({"language": "nb"}, "Test: Hvordan var kursdagen? Dag 2"),
        ({"mail": "reminder"}, "Test: Open until 23:59: Day 2"),
        (asdict(MESSAGE), "Test: Før vi går (Turleder)"),
    ],
)
def test_it_says_that_it_is_a_test_and_stops_nothing(outbox: Outbox, changes: dict[str, str], subject: str) -> None:
    before = dump("INVITATIONS", "ROSTER")

    assert send([errand(**changes)]) == []

    (sent,) = outbox.mails
    mail = parsed(sent)
    assert sent["Destination"] == {"ToAddresses": ["Owner@example.org"]}
    assert mail.subject == subject
    assert "List-Unsubscribe" not in mail.headers
    assert not sent["EmailTags"]
    assert dump("INVITATIONS", "ROSTER") == before


def test_its_link_leads_to_the_preview(outbox: Outbox) -> None:
    send([errand()])

    text = parsed(outbox.mails[0]).parts["text"]
    assert "https://kursdag.example.org/desk/preview/programme/walks/rounds/day-2?at=south&lang=en" in text.splitlines()
    assert "/e/" not in text


@pytest.mark.parametrize(
    "changes",
    [
        {"staff": fingerprint(STRANGER)},
        {"staff": fingerprint("kari@example.org")},
        {"staff": ""},
        {"programme": "swims"},
        {"item": "day-9"},
        {"gathering": "east"},
        {"language": "sv"},
        {"mail": "message"},
    ],
)
def test_strangers_and_mails_that_there_are_not_get_nothing(outbox: Outbox, changes: dict[str, str]) -> None:
    assert send([errand(**changes)]) == []

    assert outbox.mails == []


@pytest.mark.parametrize(
    "stand", [lambda: deliverability.stop("bounces"), lambda: deliverability.suppress(OWNER, "bounced"), lambda: claims.pause(2**40)]
)
def test_while_nothing_is_sent_no_test_is_either(outbox: Outbox, stand: Any) -> None:
    stand()

    assert send([errand()]) == []

    assert outbox.mails == []

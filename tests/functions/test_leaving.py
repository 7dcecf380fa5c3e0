"""Who has left gets no further mail: no reminder, no message, and nothing about what she was asked before."""

import time
from dataclasses import replace

import pytest

from shared.store import invitations, published, roster
from shared.store.roster import Person
from tests.functions.examples import enrol, invite, oslo, participant, publish, queued, send, set_clock
from tests.functions.outbox import Outbox
from tests.functions.retiring import FILES
from tests.functions.test_confidential import BEFORE
from tests.functions.test_reminding import run

pytestmark = pytest.mark.slow

LEAVING = "2025-08-21"
MOMENTS = ("2025-08-23T08:05", "2025-08-26T12:00", "2025-08-27T09:05", "2025-09-03T08:05")
"""A reminder, the day's form, a message about that day, and the reminder of the form after it."""


@pytest.fixture
def people(tables: object, monkeypatch: pytest.MonkeyPatch) -> list[Person]:  # noqa: ARG001
    monkeypatch.setenv("STAGE", "local")
    publish(FILES)
    return enrol([participant("ada"), participant("bo")])


def test_who_leaves_after_she_was_invited_gets_no_further_mail(people: list[Person]) -> None:
    outbox = Outbox()
    run(BEFORE)
    assert sorted(outbox.to()) == ["ada@example.org", "bo@example.org"]
    ada = people[0]
    roster.put_people("walks", roster.version("walks"), [replace(ada, participant=replace(ada.participant, left=LEAVING))])

    for at in MOMENTS:
        run(oslo(at))

    assert outbox.to()["ada@example.org"] == 1
    assert outbox.to()["bo@example.org"] == 1 + len(MOMENTS)
    assert published.rounds("walks")["before"].reminders
    assert ada.id not in {item.person for item in invitations.invited(published.rounds("walks")["after"].ref)}


def test_who_leaves_between_the_planning_of_a_mail_and_its_sending_does_not_get_it(people: list[Person]) -> None:
    outbox = Outbox()
    set_clock(BEFORE)
    invite(int(time.time()))
    ada = people[0]
    roster.put_people("walks", roster.version("walks"), [replace(ada, participant=replace(ada.participant, left="2025-08-20"))])

    send(queued())

    assert sorted(outbox.to()) == ["bo@example.org"]

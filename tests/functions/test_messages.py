import time
from dataclasses import replace

import pytest

from functions.invite.handler import handler as invite_handler
from shared.store import invitations, messages, moments, roster
from shared.store.claims import LEASE
from shared.store.roster import Person
from tests.functions.examples import FILES, PROGRAMME, enrol, event, invite, oslo, participant, publish, queued, scanned, send, set_clock
from tests.functions.outbox import Outbox
from tests.functions.parsed_mails import parsed
from tests.once import once

pytestmark = pytest.mark.slow

DUE = oslo("2025-08-19T08:00")
"""A week before day 1."""

EVENING = oslo("2025-10-05T20:30")

MESSAGES = """\
messages:
  - id: boots
    title: {nb: Før vi går, en: Before we walk}
    text: {nb: Gå inn støvlene., en: Try your boots on.}
    on: 7 days before day-1 at 08:00
  - id: tents
    title: {nb: Telt, en: Tents}
    text: {nb: Ta med telt., en: Bring a tent.}
    on: 2 days before day-2 at 20:30
    who: [leader]
"""

TEXT = PROGRAMME.replace("leader: {nb: Leder, en: Leader}", "leader: {nb: Leder, en: Leader}\n  cook: {nb: Kokk, en: Cook}") + MESSAGES
NAMES = ("anna", "berit", "cecilie")


@pytest.fixture
def people(tables: object, monkeypatch: pytest.MonkeyPatch) -> list[Person]:  # noqa: ARG001
    monkeypatch.setenv("STAGE", "local")
    once(publish)(FILES | {"programme.yaml": TEXT})
    return enrol(map(participant, NAMES))


@pytest.fixture
def outbox(people: list[Person]) -> Outbox:  # noqa: ARG001
    return Outbox()


def run(at: int) -> int:
    """Plan and send as of a time; return how many mails were queued."""
    set_clock(at)
    count = invite(int(time.time()))
    records = queued()
    assert not records or send(records) == []
    return count


def reached(outbox: Outbox) -> list[str]:
    """Name who has got mail since this was asked last."""
    found = sorted(address.removesuffix("@example.org") for address in outbox.to().elements())
    outbox.mails.clear()
    return found


def test_a_message_goes_to_everybody_at_its_moment_once(outbox: Outbox) -> None:
    assert run(DUE - 60) == 0

    for minute in (0, 5, 10, 95, 200):
        run(DUE + minute * 60)

    assert {parsed(sent).subject for sent in outbox.mails} == {"Before we walk (Walk leader)"}
    assert all("Try your boots on." in parsed(sent).parts["text"] for sent in outbox.mails)
    assert reached(outbox) == list(NAMES)


def test_a_message_goes_to_each_gathering_at_its_own_date_and_to_its_roles_only(outbox: Outbox) -> None:
    enrol([participant("dagny", "South"), replace(participant("eva"), role="cook")])

    assert run(EVENING) == 3
    assert reached(outbox) == list(NAMES)
    assert run(EVENING + 86_400) == 1
    assert reached(outbox) == ["dagny"]


def test_a_message_that_is_late_waits_for_the_morning_and_not_longer_than_a_day(outbox: Outbox) -> None:
    assert run(EVENING + 45 * 60) == 0
    assert run(oslo("2025-10-06T06:59")) == 0
    assert run(oslo("2025-10-06T07:00")) == 3
    assert reached(outbox) == list(NAMES)


def test_a_message_that_is_a_day_late_is_not_sent_and_told_once(outbox: Outbox) -> None:
    set_clock(DUE + 86_400)

    said = [invite_handler(event(int(time.time())), None) for _ in range(2)]

    assert said == [{"queued": 0, "late": 3}, {"queued": 0, "late": 0}]
    assert outbox.mails == []


def test_a_message_that_lies_in_the_queue_for_a_day_is_not_sent(outbox: Outbox) -> None:
    set_clock(DUE)
    invite(int(time.time()))
    set_clock(DUE + 86_400)

    assert send(queued()) == []

    assert outbox.mails == []


def test_whoever_joins_within_the_day_gets_the_message_and_nobody_gets_it_again(outbox: Outbox) -> None:
    run(DUE)
    run(DUE + 300)
    reached(outbox)

    enrol([participant("late")])

    assert run(DUE + 3600) == 1
    assert reached(outbox) == ["late"]


def test_an_errand_that_got_lost_is_planned_again_when_the_lease_is_over(outbox: Outbox) -> None:
    set_clock(DUE)
    invite(int(time.time()))
    queued()

    assert run(DUE + LEASE - 60) == 0
    assert run(DUE + LEASE) == 3
    assert reached(outbox) == list(NAMES)


def test_delivered_ten_times_it_is_one_mail(outbox: Outbox) -> None:
    set_clock(DUE)
    invite(int(time.time()))

    send(queued() * 10)

    assert reached(outbox) == list(NAMES)


def test_a_message_that_was_moved_goes_out_at_its_new_moment_only(outbox: Outbox) -> None:
    publish(FILES | {"programme.yaml": TEXT.replace("7 days before day-1", "6 days before day-1")})

    assert run(DUE) == 0
    assert run(DUE + 86_400) == 3
    assert reached(outbox) == list(NAMES)


def test_a_message_that_was_dropped_is_not_sent(outbox: Outbox) -> None:
    publish(FILES | {"programme.yaml": PROGRAMME})

    assert run(DUE) == 0
    assert outbox.mails == []


def test_a_message_comes_in_one_mail_with_the_form_that_is_due_at_the_same_time(outbox: Outbox) -> None:
    publish(FILES | {"programme.yaml": TEXT.replace("7 days before day-1 at 08:00", "day-1 at 11:00")})

    assert run(oslo("2025-08-26T11:00")) == 3

    for sent in outbox.mails:
        assert parsed(sent).subject == "How was the day? Day 1"
        for part in parsed(sent).parts.values():
            assert "Before we walk" in part
            assert "Try your boots on." in part
            assert "/e/" in part
    assert reached(outbox) == list(NAMES)


def test_who_wants_no_more_reminders_still_gets_messages(outbox: Outbox, people: list[Person]) -> None:
    invitations.stop_reminders("walks", people[0].id)

    run(DUE)

    assert reached(outbox) == list(NAMES)


def test_a_moment_of_a_programme_that_is_not_published_is_passed_over(outbox: Outbox) -> None:
    moments.put("swims", [moments.Moment("swims", "boots", "day-1", DUE)])

    assert run(DUE) == 3

    assert reached(outbox) == list(NAMES)


def test_what_is_noted_of_a_message_s_mails_tells_no_time(outbox: Outbox) -> None:
    run(DUE)
    run(DUE + 300)

    stored = [item for item in scanned("INVITATIONS") if item["pk"]["S"].startswith("MESSAGE#")]
    mailed = [item for item in stored if item["sk"]["S"].startswith("PERSON#")]

    assert len(mailed) == 3
    assert {(item["mail"]["S"], item["leased_until"]["N"], item["slot"]["N"]) for item in mailed} == {("sent", "0", "0")}
    assert messages.done("walks", "boots", "day-1") == str(roster.version("walks"))
    assert outbox.mails

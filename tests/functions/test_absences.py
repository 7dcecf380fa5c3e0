"""Absences from the desk to the mails, the invitations and N."""

import time

import pytest

from shared import response
from shared.store import absences, desk_samples, invitations, published
from shared.store.client import client
from shared.store.invitations import Invitation, Ticket
from shared.store.roster import Person
from tests.conftest import account
from tests.functions.aggregating import aggregate
from tests.functions.examples import OPEN, enrol, event, participant, publish, queued, send, set_clock
from tests.functions.examples import invite as invite_now
from tests.once import once

pytestmark = pytest.mark.usefixtures("tables")

HOUR = 3600


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> list[Person]:
    """Publish the programme and enrol seven, on a local stack, whose clock can be moved."""
    monkeypatch.setenv("STAGE", "local")
    once(publish)()
    return enrol(participant(f"p{number}") for number in range(7))


def invite(at: int = OPEN) -> int:
    """Run the job as of a time, which mails that are sent after it go by too."""
    set_clock(at)
    return invite_now(int(time.time()))


def sample(at: int) -> None:
    set_clock(at)
    aggregate(event(int(time.time())), None)


def mark(person: Person) -> None:
    absences.change("walks", "day-1", "day-1", mark={person.id}, unmark=set())


def take_back(person: Person) -> None:
    absences.change("walks", "day-1", "day-1", mark=set(), unmark={person.id})


def ref() -> str:
    return published.rounds("walks")["day-1"].ref


def held() -> dict[str, Invitation]:
    return {item.person: item for item in invitations.invited(ref())}


def answer(person: Person) -> None:
    item = held()[person.id]
    ticket = Ticket(ref(), item.fingerprint, invitations.cell_text(item.cell), item.gathering, "mark")
    account("dynamodb").update_item(**invitations.answering(ticket))


def test_who_is_marked_before_sending_gets_no_mail_and_no_invitation_until_it_is_taken_back(people: list[Person]) -> None:
    mark(people[0])

    assert invite() == 6
    assert people[0].id not in held()
    assert invite(OPEN + 300) == 0

    take_back(people[0])
    assert invite(OPEN + 600) == 1
    assert people[0].id in held()


def test_who_is_marked_after_sending_is_noted_on_her_invitation_and_back_again(people: list[Person]) -> None:
    invite()
    send(queued())

    mark(people[0])
    assert invite(OPEN + 300) == 0
    assert [item.person for item in held().values() if item.absent] == [people[0].id]

    take_back(people[0])
    assert invite(OPEN + 600) == 0
    assert not any(item.absent for item in held().values())


def test_a_mail_that_waits_in_the_queue_is_not_sent_to_who_is_marked_meanwhile(people: list[Person]) -> None:
    invite()
    waiting = queued()
    mark(people[0])
    invite(OPEN + 300)

    send(waiting)

    assert sorted(item.mail for item in held().values()) == ["pending"] + ["sent"] * 6


def test_marking_somebody_who_has_answered_changes_no_item_and_no_figure(people: list[Person]) -> None:
    invite()
    send(queued())
    answer(people[0])
    before = held()

    mark(people[0])
    invite(OPEN + 300)

    assert held() == before
    assert response.totals(held().values()).invited == 7


def test_while_a_round_is_open_a_mark_shows_in_no_sample_whether_she_has_answered_or_not(people: list[Person]) -> None:
    invite()
    send(queued())
    answer(people[0])
    sample(OPEN)
    first = desk_samples.latest(ref())

    mark(people[0])
    mark(people[1])
    invite(OPEN + 300)
    sample(OPEN + HOUR)

    last = desk_samples.latest(ref())
    assert first is not None
    assert last is not None
    assert last.totals == first.totals
    final = response.totals(held().values())
    assert (final.invited, final.answered, final.absent) == (6, 1, 1)


def test_a_mark_in_the_last_minutes_still_leaves_n(people: list[Person]) -> None:
    invite()
    send(queued())
    closes = published.rounds("walks")["day-1"].windows["day-1"].closes
    invite(closes - 60)

    mark(people[0])
    invite(closes + 200)

    assert response.totals(held().values()).invited == 6


def test_a_run_with_absences_that_have_not_changed_reads_no_invitations(people: list[Person]) -> None:
    mark(people[0])
    invite()
    send(queued())
    invite(OPEN + 300)
    reads: list[object] = []

    client().meta.events.register("before-call.dynamodb.Query", lambda params, **_: reads.append(params["body"]))
    invite(OPEN + 600)

    assert not [body for body in reads if "INV#" in str(body)]


@pytest.mark.parametrize("times", [1, 3])
def test_two_who_mark_at_once_both_count(people: list[Person], times: int) -> None:
    for _ in range(times):
        for person in people[:3]:
            mark(person)

    assert absences.absent("walks", "day-1") == {"day-1": {person.id for person in people[:3]}}
    take_back(people[0])
    take_back(people[0])
    assert absences.absent("walks", "day-1") == {"day-1": {person.id for person in people[1:3]}}

import json
import random
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from shared import mail
from shared.logs import JobFailed
from shared.reputation import DAY
from shared.store import deliverability, invitations, tallies
from shared.store.roster import Person
from tests.conftest import account
from tests.functions.delivering import DUE, described, enrolled, invited, ref, run, unreached
from tests.functions.examples import (
    OPEN,
    dump,
    invite,
    oslo,
    queued,
    scanned,
    send,
    set_clock,
)
from tests.functions.outbox import Outbox
from tests.functions.ses_events import TRANSIENT, bounce, complaint, delay, delivery, reject, tell

pytestmark = pytest.mark.slow


@pytest.fixture
def people(tables: object, monkeypatch: pytest.MonkeyPatch) -> dict[str, Person]:  # noqa: ARG001
    return enrolled(monkeypatch)


@pytest.fixture
def outbox(people: dict[str, Person]) -> Outbox:  # noqa: ARG001
    return Outbox()


@pytest.fixture
def mails(outbox: Outbox) -> dict[str, dict[str, Any]]:
    """Invite everybody; describe each mail as the mail service does, by reader."""
    run(oslo("2025-08-26T11:00"))
    return described(outbox)


def answer(person: Person) -> None:
    item = invited(person)
    cell = invitations.cell_text(item.cell)
    ticket = invitations.Ticket(ref(), item.fingerprint, cell, item.gathering, "mark")
    account("dynamodb").update_item(**invitations.answering(ticket))


def test_a_mail_is_tagged_with_what_it_is_about_and_no_address(mails: dict[str, dict[str, Any]], people: dict[str, Person]) -> None:
    tags = mails["anna"]["tags"]

    assert tags["programme"] == ["walks"]
    assert tags["person"] == [people["anna"].id]
    assert tags["form-0"][0].startswith(f"{ref()}_{invited(people['anna']).fingerprint}_0_")
    assert "anna" not in json.dumps(tags)


@pytest.mark.parametrize(
    ("event", "arrival"), [(delivery, "delivered"), (delay, "delayed"), (lambda mail: bounce(mail, TRANSIENT), "soft bounced")]
)
def test_what_came_of_a_mail_is_noted_and_reminders_go_on(
    mails: dict[str, dict[str, Any]], people: dict[str, Person], event: Any, arrival: str
) -> None:
    assert tell([event(mails["anna"])]) == []

    assert invited(people["anna"]).arrival == arrival
    assert unreached() == {}
    assert run(DUE) == 3


@pytest.mark.parametrize(("event", "why"), [(bounce, "bounced"), (complaint, "complained")])
def test_an_address_that_is_no_good_gets_no_more_mail_and_others_do(
    mails: dict[str, dict[str, Any]], people: dict[str, Person], outbox: Outbox, event: Any, why: str
) -> None:
    tell([event(mails["anna"])])
    outbox.mails.clear()

    assert run(DUE) == 2
    assert deliverability.suppressed("ANNA@example.org") == why
    assert unreached() == {people["anna"].id: why}
    assert outbox.to() == Counter({"berit@example.org": 1, "cecilie@example.org": 1})


def test_what_the_mail_service_rejects_is_not_held_against_the_address(mails: dict[str, dict[str, Any]], people: dict[str, Person]) -> None:
    tell([reject(mails["anna"])])

    assert unreached() == {people["anna"].id: "rejected"}
    assert deliverability.suppressed("anna@example.org") == ""
    assert run(DUE) == 2


def test_a_suppressed_address_is_skipped_in_the_next_round_and_the_person_is_shown_as_not_reached(
    outbox: Outbox, people: dict[str, Person]
) -> None:
    deliverability.suppress("anna@example.org", "bounced")

    run(oslo("2025-08-26T11:00"))

    assert outbox.to() == Counter({"berit@example.org": 1, "cecilie@example.org": 1})
    assert (invited(people["anna"]).mail, unreached()) == ("refused", {people["anna"].id: "bounced"})
    assert run(oslo("2025-08-26T11:20")) == 0


def test_whose_reminder_comes_back_is_not_named_since_only_who_has_not_answered_is_reminded(
    people: dict[str, Person], outbox: Outbox
) -> None:
    run(oslo("2025-08-26T11:00"))
    outbox.mails.clear()
    run(DUE)

    tell([bounce(described(outbox)["anna"])])

    assert deliverability.suppressed("anna@example.org") == "bounced"
    assert invited(people["anna"]).arrival == "bounced"
    assert unreached() == {}


def test_of_who_has_answered_nothing_is_noted_but_that_she_was_not_reached(
    mails: dict[str, dict[str, Any]], people: dict[str, Person]
) -> None:
    answer(people["anna"])
    answer(people["berit"])
    before = dump("INVITATIONS")

    tell([delivery(mails["anna"]), delivery(mails["berit"])])

    assert dump("INVITATIONS") == before
    tell([bounce(mails["anna"])])
    assert unreached() == {people["anna"].id: "bounced"}
    assert (invited(people["anna"]).arrival, invited(people["anna"]).mail) == ("", "sent")


def test_an_answer_takes_away_what_was_noted_of_mails(mails: dict[str, dict[str, Any]], people: dict[str, Person]) -> None:
    tell([delivery(mails["anna"])])

    answer(people["anna"])
    answer(people["berit"])

    assert invited(people["anna"]).claim == invited(people["berit"]).claim


class Killed(BaseException):
    """The process is gone."""


def kill(**_: Any) -> None:
    raise Killed


def test_after_a_crash_between_acceptance_and_sent_an_event_says_that_it_was_sent(people: dict[str, Person], outbox: Outbox) -> None:
    set_clock(oslo("2025-08-26T11:00"))
    invite(int(time.time()))
    records = queued()
    mail.client().meta.events.register("after-call.sesv2.SendEmail", kill)
    for one in records:
        with pytest.raises(Killed):
            send([one])
    mail.client().meta.events.unregister("after-call.sesv2.SendEmail", kill)
    assert {invited(person).mail for person in people.values()} == {"sending"}

    tell([delivery(mail) for mail in described(outbox).values()])

    assert {invited(person).mail for person in people.values()} == {"sent"}
    outbox.mails.clear()
    assert run(oslo("2025-08-26T11:20")) == 0
    assert send(records) == []
    assert outbox.mails == []


EVENTS: list[Callable[[dict[str, Any]], dict[str, Any]]] = [
    bounce,
    complaint,
    delivery,
    delay,
    lambda mail: bounce(mail, TRANSIENT),
]


@pytest.mark.parametrize("seed", range(6))
def test_in_any_order_repeated_and_late_it_comes_to_the_same(
    mails: dict[str, dict[str, Any]], people: dict[str, Person], seed: int
) -> None:
    chance = random.Random(seed)
    about = {"anna": EVENTS, "berit": EVENTS[2:], "cecilie": [EVENTS[0], EVENTS[2]]}
    events = [make(mails[name]) for name, makes in about.items() for make in makes] * 2
    chance.shuffle(events)

    for event in events:
        assert tell([event]) == []

    assert {name: invited(person).arrival for name, person in people.items()} == {
        "anna": "complained",
        "berit": "delivered",
        "cecilie": "bounced",
    }
    assert unreached() == {people["anna"].id: "complained", people["cecilie"].id: "bounced"}
    assert tallies.count("bounced", "another", int(OPEN))[OPEN // DAY].bounced == 3


def test_poison_goes_back_alone(mails: dict[str, dict[str, Any]], people: dict[str, Person]) -> None:
    greeting = "Successfully validated SNS topic for Amazon SES event publishing."

    failed = tell(["not json", delivery(mails["anna"]), greeting, '{"eventType": "Bounce", "bounce": {}}', delivery(mails["berit"])])

    assert failed == ["0", "3"]
    assert [invited(people[name]).arrival for name in ("anna", "berit")] == ["delivered", "delivered"]


def test_an_event_about_nobody_of_ours_suppresses_the_address_and_nothing_else(
    mails: dict[str, dict[str, Any]], people: dict[str, Person]
) -> None:
    stranger = {**mails["anna"], "destination": ["stranger@example.org"], "tags": {}}

    assert tell([bounce(stranger)]) == []

    assert deliverability.suppressed("stranger@example.org") == "bounced"
    assert {invited(person).arrival for person in people.values()} == {""}


def test_sending_stops_when_too_many_mails_bounce_and_goes_on_when_somebody_says_so(
    mails: dict[str, dict[str, Any]], people: dict[str, Person], outbox: Outbox
) -> None:
    for _ in range(50 - len(people)):
        tallies.count_mail(OPEN)
    tell([bounce(mails["anna"])] * 3)
    assert deliverability.stopped() == ""

    tell([bounce(mails["berit"])])

    assert deliverability.stopped() == "bounces"
    outbox.mails.clear()
    set_clock(DUE)
    with pytest.raises(JobFailed):
        invite(int(time.time()))
    assert queued() == []
    tallies.forget()
    deliverability.resume()
    assert run(DUE + 300) == 1
    assert outbox.to() == Counter({"cecilie@example.org": 1})


def test_errands_in_the_queue_wait_while_sending_is_stopped(people: dict[str, Person], outbox: Outbox) -> None:
    set_clock(oslo("2025-08-26T11:00"))
    invite(int(time.time()))
    deliverability.stop("complaints")

    assert send(queued()) == []

    assert outbox.mails == []
    assert {invited(person).mail for person in people.values()} == {"pending"}


def test_no_table_keeps_a_suppressed_address_or_its_plain_hash(mails: dict[str, dict[str, Any]]) -> None:
    stranger = {**mails["anna"], "destination": ["stranger@example.org"], "tags": {}}

    tell([bounce(stranger)])

    assert "stranger" not in json.dumps(dump())
    kept = [item["sk"]["S"] for item in scanned("ROSTER") if item["pk"]["S"] == "SUPPRESSED"]
    assert sorted(kept) == [f"ADDRESS#{deliverability.hashed('stranger@example.org')}", "KEY"]

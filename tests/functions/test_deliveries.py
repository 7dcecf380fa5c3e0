import json
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from shared import mail
from shared.logs import JobFailed
from shared.reputation import DAY
from shared.store import deliverability, invitations, published, roster, tallies
from shared.store.invitations import Invitation
from shared.store.roster import Person
from tests.conftest import account
from tests.functions.examples import (
    FILES,
    OPEN,
    PROGRAMME,
    Refusing,
    dump,
    enrol,
    invite,
    oslo,
    participant,
    publish,
    queued,
    scanned,
    send,
    set_clock,
    token_of,
)
from tests.functions.outbox import Outbox
from tests.functions.parsed_mails import parsed
from tests.functions.ses_events import TRANSIENT, bounce, complaint, delay, delivery, mail_of, reject, tell
from tests.once import once

pytestmark = pytest.mark.slow

DUE = oslo("2025-08-26T19:00")
NAMES = ("anna", "berit", "cecilie")
REMINDING = PROGRAMME.replace("closes: 23:59", "closes: 23:59\n    reminds: [19:00]")


@pytest.fixture
def people(tables: object, monkeypatch: pytest.MonkeyPatch) -> dict[str, Person]:  # noqa: ARG001
    """Publish the programme on a local stack, with three people on the roster."""
    monkeypatch.setenv("STAGE", "local")
    once(publish)(FILES | {"programme.yaml": REMINDING})
    return dict(zip(NAMES, enrol(map(participant, NAMES)), strict=True))


@pytest.fixture
def outbox(people: dict[str, Person]) -> Outbox:  # noqa: ARG001
    return Outbox()


@pytest.fixture
def mails(outbox: Outbox) -> dict[str, dict[str, Any]]:
    """Invite everybody; describe each mail as the mail service does, by reader."""
    run(oslo("2025-08-26T11:00"))
    return described(outbox)


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


@pytest.mark.parametrize("late", [False, True])
def test_a_corrected_address_gets_its_mail_at_once_with_the_same_link(
    mails: dict[str, dict[str, Any]], people: dict[str, Person], outbox: Outbox, late: bool
) -> None:
    tell([bounce(mails["anna"])])
    assert run(oslo("2025-08-26T11:10")) == 0
    correct(people["anna"], "anna.new@example.org")
    outbox.mails.clear()

    assert run(oslo("2025-08-26T11:15")) == 1
    if late:
        tell([bounce(mails["anna"]), complaint(mails["anna"])])

    (sent,) = outbox.mails
    assert sent["Destination"]["ToAddresses"] == ["anna.new@example.org"]
    assert token_of(people["anna"]) in parsed(sent).parts["text"]
    assert invited(people["anna"]).arrival == ""
    assert run(oslo("2025-08-26T11:20")) == 0
    assert run(DUE) == 3


def allow(person: Person) -> None:
    address = person.participant.email
    assert deliverability.allow(address, deliverability.noted(address))
    roster.look_anew("walks")


def test_an_address_that_is_allowed_again_gets_what_waits_with_the_same_link(
    mails: dict[str, dict[str, Any]], people: dict[str, Person], outbox: Outbox
) -> None:
    tell([bounce(mails["anna"])])
    outbox.mails.clear()

    allow(people["anna"])

    assert [run(oslo(f"2025-08-26T11:{minute}")) for minute in (10, 15)] == [1, 0]
    (sent,) = outbox.mails
    assert token_of(people["anna"]) in parsed(sent).parts["text"]
    tell([bounce(mail_of(sent, 9))])
    assert deliverability.suppressed("anna@example.org") == "bounced"
    roster.look_anew("walks")
    assert run(oslo("2025-08-26T11:20")) == 0


def test_a_mail_that_was_held_back_goes_out_when_the_address_is_allowed(people: dict[str, Person], outbox: Outbox) -> None:
    deliverability.suppress("anna@example.org", "complained")
    run(oslo("2025-08-26T11:00"))
    assert "anna@example.org" not in outbox.to()

    allow(people["anna"])

    assert [run(oslo(f"2025-08-26T11:{minute}")) for minute in (10, 15)] == [1, 0]
    assert outbox.to()["anna@example.org"] == 1


def test_an_allowed_address_that_is_refused_once_more_is_not_tried_for_ever(people: dict[str, Person], outbox: Outbox) -> None:
    refusing = Refusing("BadRequestException", times=5).on(mail.client(), "SendEmail")
    run(oslo("2025-08-26T11:00"))
    refused = people["anna"]

    allow(refused)

    assert [run(oslo(f"2025-08-26T11:{minute}")) for minute in (10, 15)] == [1, 0]
    assert (refusing.calls, deliverability.suppressed(refused.participant.email)) == (4, "refused")
    assert outbox.mails == []


def test_a_refused_address_is_tried_again_only_when_it_is_another_one(people: dict[str, Person], outbox: Outbox) -> None:
    Refusing("BadRequestException", times=1).on(mail.client(), "SendEmail")
    run(oslo("2025-08-26T11:00"))
    ((person, why),) = unreached().items()
    (refused,) = [found for found in people.values() if found.id == person]
    others = [found for found in people.values() if found.id != person]
    assert why == "refused"

    correct(others[0], others[0].participant.email)
    assert [run(oslo(f"2025-08-26T11:{minute}")) for minute in (20, 25)] == [0, 0]

    correct(refused, "other@example.org")
    assert [run(oslo(f"2025-08-26T11:{minute}")) for minute in (30, 35)] == [1, 0]
    assert outbox.to()["other@example.org"] == 1


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

import json
import random
import re
from collections import Counter
from typing import Any

import pytest

from shared import mail
from shared.settings import setting
from shared.store import claims, invitations, published
from shared.store.roster import Person
from tests.conftest import account
from tests.functions.examples import (
    OPEN,
    Refusing,
    dump,
    queued,
    record,
    scanned,
    send,
    set_clock,
    token_of,
)
from tests.functions.outbox import Outbox
from tests.functions.sending import body, enrolled, invite_now, once_each, states

LEASED = claims.LEASE

pytestmark = pytest.mark.slow


@pytest.fixture
def people(tables: object, monkeypatch: pytest.MonkeyPatch) -> list[Person]:  # noqa: ARG001
    return enrolled(monkeypatch)


@pytest.fixture
def outbox(people: list[Person]) -> Outbox:  # noqa: ARG001
    return Outbox()


def test_everybody_gets_one_mail(outbox: Outbox) -> None:
    invite_now()

    assert send(queued()) == []

    assert outbox.to() == once_each()
    assert states() == {"sent": 4}


def test_planned_three_times_and_delivered_twice_out_of_order_it_is_still_one_mail_each(outbox: Outbox) -> None:
    records = []
    for minute in (0, 16, 32):
        set_clock(OPEN + minute * 60)
        invite_now()
        records += queued()
    assert len(records) == 12
    shuffled = records * 2
    random.Random(5).shuffle(shuffled)

    for start in range(0, len(shuffled), 7):
        assert send(shuffled[start : start + 7]) == []

    assert outbox.to() == once_each()


def test_a_poison_message_goes_back_alone(outbox: Outbox) -> None:
    invite_now()
    first, second, *rest = queued()
    poison = [
        record(text, f"poison-{number}") for number, text in enumerate(["not json", "{}", '{"parts": [1]}', '{"parts": [["a"]]}', "null"])
    ]

    failed = send([poison[0], first, *poison[1:], second, *rest])

    assert sorted(failed) == [f"poison-{number}" for number in range(5)]
    assert outbox.to() == once_each()


def test_an_errand_without_an_invitation_is_dropped(outbox: Outbox) -> None:
    ref = published.rounds("walks")["day-1"].ref
    parts = [(ref, "f" * 64, 0), ("x", "y", 0)]
    strangers = [record(json.dumps({"parts": [part], "messages": []}), f"stranger-{part[0]}") for part in parts]

    assert send(strangers) == []

    assert outbox.mails == []


def test_an_errand_that_comes_after_closing_sends_nothing(outbox: Outbox) -> None:
    invite_now()
    set_clock(OPEN + 6 * 3600)
    before = dump("INVITATIONS")

    assert send(queued()) == []

    assert outbox.mails == []
    assert dump("INVITATIONS") == before


def test_an_address_that_the_service_refuses_keeps_no_other_from_its_mail_and_is_not_tried_again(outbox: Outbox) -> None:
    invite_now()
    Refusing("BadRequestException", times=1).on(mail.client(), "SendEmail")

    assert send(queued()) == []

    assert states() == {"sent": 3, "refused": 1}
    set_clock(OPEN + LEASED)
    assert invite_now() == 0
    assert len(outbox.mails) == 3


def crashed_after_claim() -> None:
    """Do what is done of a mail before the process is killed."""
    item, *_ = invitations.invited(published.rounds("walks")["day-1"].ref)
    assert claims.claim(invitations.at(published.rounds("walks")["day-1"].ref, item.fingerprint), 0, OPEN)


def test_after_a_crash_nobody_sends_the_mail_until_the_lease_is_over_then_it_goes_out_with_the_same_link(outbox: Outbox) -> None:
    invite_now()
    records = queued()
    crashed_after_claim()
    assert send(records) == []
    assert len(outbox.mails) == 3
    set_clock(OPEN + LEASED - 60)
    assert invite_now() == 0

    set_clock(OPEN + LEASED + 60)
    assert invite_now() == 1
    send(queued())

    assert outbox.to() == once_each()
    assert states() == {"sent": 4}


def test_a_mail_whose_acknowledgement_was_lost_is_sent_again_with_the_same_link(outbox: Outbox, people: list[Person]) -> None:
    invite_now()
    records = queued()
    Refusing("InternalFailure", times=4, after=True).on(mail.client(), "SendEmail")
    send(records)

    send(records)

    assert outbox.to() == once_each() + once_each()
    found = [address for sent in outbox.mails for address in re.findall(r"https://\S+/e/\S+", body(sent, "Text"))]
    assert sorted(address.rsplit("/", 1)[-1] for address in found) == sorted([token_of(person) for person in people] * 2)


def test_two_workers_with_the_same_message_send_one_mail(outbox: Outbox) -> None:
    invite_now()
    records = queued()

    send([message for message in records for _ in range(2)])

    assert outbox.to() == once_each()


def test_when_somebody_has_left_the_roster_meanwhile_the_others_get_their_mails(outbox: Outbox, people: list[Person]) -> None:
    invite_now()
    gone = [item for item in scanned("ROSTER") if item["sk"]["S"] == f"PERSON#{people[0].id}"]
    delete(gone[0])

    assert send(queued()) == []

    assert outbox.to() == once_each() - Counter([people[0].participant.email])
    assert states() == {"sent": 3, "gone": 1}


def delete(item: dict[str, Any]) -> None:
    account("dynamodb").delete_item(TableName=setting("ROSTER_TABLE"), Key={name: item[name] for name in ("pk", "sk")})


def test_no_address_and_no_token_is_logged_whatever_happens(
    outbox: Outbox, people: list[Person], capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    assert outbox.mails == []
    invite_now()
    records = queued()
    for code in ("TooManyRequestsException", "BadRequestException", "MessageRejected"):
        Refusing(code, times=1).on(mail.client(), "SendEmail")
    send([record("{}", "poison"), *records])
    send(records)

    out, err = capfd.readouterr()

    logged = out + err + caplog.text
    assert "mail not sent" in logged
    private = [text for person in people for text in (token_of(person), person.id, person.participant.email, person.participant.name)]
    assert [text for text in private if text in logged] == []
    assert "@" not in logged


def test_after_sending_an_invitation_holds_no_time(outbox: Outbox) -> None:
    invite_now()
    send(queued())

    assert outbox.mails
    for item in (item for item in scanned("INVITATIONS") if item["sk"]["S"].startswith("INV#")):
        kept = {"pk", "sk", "schema", "person", "cell", "gathering", "language", "mail", "leased_until", "slot", "hint", "stop"}
        assert item.keys() == kept
        assert item["leased_until"] == {"N": "0"}

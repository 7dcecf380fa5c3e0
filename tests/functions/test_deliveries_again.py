"""Whose address was corrected or is allowed again gets what waits for her."""

from typing import Any

import pytest

from shared import mail
from shared.store import deliverability, roster
from shared.store.roster import Person
from tests.functions.delivering import DUE, correct, described, enrolled, invited, run, unreached
from tests.functions.examples import (
    Refusing,
    oslo,
    token_of,
)
from tests.functions.outbox import Outbox
from tests.functions.parsed_mails import parsed
from tests.functions.ses_events import bounce, complaint, mail_of, tell

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

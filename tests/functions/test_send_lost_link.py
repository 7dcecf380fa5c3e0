"""Sending somebody her link again, because she or the staff asked for it; a stranger gets nothing."""

import json
import re
import time
from dataclasses import asdict, replace
from typing import Any

import pytest

from functions.send.delivering import PAUSE as STOPPED
from shared import links, mail
from shared.queue import ResendErrand
from shared.store import invitations, published, roster
from shared.store.invitations import PAUSE
from shared.store.roster import Person
from tests import storing
from tests.functions.examples import OPEN, Refusing, dump, enrol, invite, participant, record, send, set_clock, token_of
from tests.functions.lost_links import CLOSED, answered, ask, bo_invited, leaving, only, published_here, ref


@pytest.fixture
def walks(tables: object, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    published_here(monkeypatch)


@pytest.fixture
def bo(walks: None) -> Person:  # noqa: ARG001
    return bo_invited()


@pytest.fixture
def sent(walks: None, request: pytest.FixtureRequest) -> list[dict[str, Any]]:  # noqa: ARG001
    """Collect what leaves for SES, after Bo's invitation."""
    if "bo" in request.fixturenames:
        request.getfixturevalue("bo")
    return leaving()


@pytest.mark.parametrize("typed", ["bo@example.org", "BO@example.org"])
def test_who_is_on_the_list_gets_the_same_link_as_in_her_invitation(typed: str, bo: Person, sent: list[dict[str, Any]]) -> None:
    assert ask(typed) == []

    found, link = only(sent), f"https://kursdag.example.org/e/{ref()}/{token_of(bo)}"
    assert sent[0]["Destination"] == {"ToAddresses": ["bo@example.org"]}
    assert found.subject == "Your own link (Walk leader)"
    assert link in found.parts["text"].splitlines()
    assert f'href="{link}"' in found.parts["html"]
    assert "because your address was typed" in found.parts["text"]


@pytest.mark.usefixtures("bo")
def test_the_mail_is_in_her_own_language(sent: list[dict[str, Any]]) -> None:
    ask("aa@example.org")

    assert only(sent).subject == "Din egen lenke (Turleder)"


@pytest.mark.usefixtures("bo")
@pytest.mark.parametrize("address", ["nobody@example.org", "bo@example.com", "o@example.org", "*"])
def test_a_stranger_gets_nothing_and_nothing_is_stored(address: str, sent: list[dict[str, Any]]) -> None:
    before = dump()

    assert ask(address) == []

    assert sent == []
    assert [dump()[table] for table in ("INVITATIONS", "ROSTER")] == [before[table] for table in ("INVITATIONS", "ROSTER")]


@pytest.mark.usefixtures("bo")
def test_however_often_she_asks_she_gets_one_mail_in_ten_minutes(sent: list[dict[str, Any]]) -> None:
    ask("bo@example.org", times=10)
    ask("bo@example.org", OPEN + PAUSE - 60)
    assert len(sent) == 1

    ask("bo@example.org", OPEN + PAUSE + 60)
    ask("aa@example.org", OPEN + PAUSE + 60)

    assert len(sent) == 3


def test_who_has_declined_gets_her_link_too(bo: Person, sent: list[dict[str, Any]]) -> None:
    invitations.decline(ref(), links.fingerprint(token_of(bo)), "absent")

    ask("bo@example.org")

    assert token_of(bo) in only(sent).parts["text"]


def test_who_has_answered_is_told_so(bo: Person, sent: list[dict[str, Any]]) -> None:
    answered(bo)

    ask("bo@example.org")

    found = only(sent)
    assert found.subject == "Nothing is open for you now (Walk leader)"
    assert "Your answer about “Day 1” has come in" in found.parts["text"]
    assert "/e/" not in found.parts["text"] + found.parts["html"]


@pytest.mark.usefixtures("bo")
def test_after_closing_she_is_told_when_it_closed(sent: list[dict[str, Any]]) -> None:
    ask("bo@example.org", CLOSED)

    assert "The form about “Day 1” closed on Tuesday 26 August at 23:59." in only(sent).parts["text"]


def test_who_is_not_invited_yet_is_told_that_the_link_comes(sent: list[dict[str, Any]]) -> None:
    enrol([participant("bo")])

    ask("bo@example.org")

    assert "There is no link for you about “Day 1” yet." in only(sent).parts["text"]


def test_the_mail_names_every_form_that_is_open_for_her(bo: Person, sent: list[dict[str, Any]]) -> None:
    second = published.rounds("walks")["day-2"]
    storing.update_round(replace(second, windows=dict.fromkeys(second.windows, published.rounds("walks")["day-1"].windows["day-1"])))
    invite(int(time.time()))
    answered(bo)

    ask("bo@example.org")

    found = only(sent)
    assert f"/e/{second.ref}/{token_of(bo, 'day-2')}" in found.parts["text"]
    assert "Your answer about “Day 1” has come in" in found.parts["text"]


@pytest.mark.usefixtures("bo")
def test_a_mail_that_is_not_taken_now_can_be_asked_for_again_at_once(sent: list[dict[str, Any]]) -> None:
    refusing = Refusing("LimitExceededException", 1).on(mail.client(), "SendEmail")

    assert ask("bo@example.org") == []
    assert ask("bo@example.org") == []

    assert refusing.calls == 2
    assert len(sent) == 2


@pytest.mark.usefixtures("bo")
def test_after_sending_was_stopped_she_can_ask_again(sent: list[dict[str, Any]]) -> None:
    Refusing("MailFromDomainNotVerifiedException", 1).on(mail.client(), "SendEmail")

    assert ask("bo@example.org", times=2) == []
    assert ask("bo@example.org", OPEN + STOPPED + 60) == []

    assert len(sent) == 2


def test_a_changed_address_leads_to_her_and_the_old_one_to_nobody(bo: Person, sent: list[dict[str, Any]]) -> None:
    roster.put_person("walks", Person(bo.id, participant("bodil")))

    ask("bo@example.org")
    assert sent == []

    ask("bodil@example.org")
    assert token_of(bo) in only(sent).parts["text"]


def test_no_log_holds_an_address_or_a_link(bo: Person, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    Refusing("LimitExceededException", 1).on(mail.client(), "SendEmail")

    for _ in range(2):
        ask("bo@example.org")
    ask("nobody@example.org")

    told = "".join(capfd.readouterr()) + caplog.text
    assert "links not sent" in told
    assert not re.search(r"@example\.org|" + token_of(bo), told)


def resend(person: Person, round_id: str = "", at: int = OPEN, times: int = 1) -> list[str]:
    set_clock(at)
    body = json.dumps(asdict(ResendErrand("walks", person.id, round_id)))
    return send([record(body, str(number)) for number in range(times)])


@pytest.mark.parametrize("round_id", ["", "day-1"])
def test_staff_have_the_same_link_sent_again_once_in_ten_minutes(bo: Person, sent: list[dict[str, Any]], round_id: str) -> None:
    assert resend(bo, round_id, times=3) == []
    ask("bo@example.org")

    found, link = only(sent), f"https://kursdag.example.org/e/{ref()}/{token_of(bo)}"
    assert link in found.parts["text"].splitlines()
    assert "have had your link sent once more" in found.parts["text"]
    assert "was typed" not in found.parts["text"]


def test_who_has_answered_is_told_so_where_staff_have_it_sent(bo: Person, sent: list[dict[str, Any]]) -> None:
    answered(bo)

    resend(bo)

    assert "Your answer about “Day 1” has come in" in only(sent).parts["text"]


@pytest.mark.parametrize(("round_id", "at"), [("", CLOSED), ("", OPEN - 86_400)])
def test_while_nothing_is_open_staff_have_nothing_sent(bo: Person, sent: list[dict[str, Any]], round_id: str, at: int) -> None:
    assert resend(bo, round_id, at) == []

    assert sent == []


def test_who_is_not_invited_yet_or_nobody_is_mailed_nothing_by_staff(sent: list[dict[str, Any]]) -> None:
    (bo,) = enrol([participant("bo")])

    assert resend(bo) == resend(Person("0" * 32, bo.participant)) == []

    assert sent == []

import json
import time
from typing import Any

import pytest

from shared import mail, sessions
from shared.store import desk_sessions
from tests.functions.desk.visitors import OWNER, STRANGER, staffed
from tests.functions.examples import Refusing, dump, record, send
from tests.functions.parsed_mails import parsed

BROWSER = sessions.new_secret()


@pytest.fixture
def sent(tables: object) -> list[dict[str, Any]]:  # noqa: ARG001
    """Publish the programme; collect what leaves for SES."""
    staffed()
    mails: list[dict[str, Any]] = []
    mail.client().meta.events.register("before-parameter-build.sesv2.SendEmail", lambda params, **_: mails.append(params))
    return mails


def asked(email: str, ago: int = 0, language: str = "nb") -> str:
    token = sessions.new_secret()
    desk_sessions.put_sign_in(token, email, BROWSER, language, int(time.time()) - ago)
    return token


def errand(token: str, message_id: str = "message") -> dict[str, Any]:
    return record(json.dumps({"token": token}), message_id)


def parts(sent_mail: dict[str, Any]) -> tuple[str, str, str]:
    """Return a mail's subject, its text and its HTML."""
    found = parsed(sent_mail)
    return found.subject, found.parts["text"], found.parts["html"]


def test_staff_get_a_mail_with_the_link_in_both_parts(sent: list[dict[str, Any]]) -> None:
    token = asked(OWNER)

    assert send([errand(token)]) == []

    (message,) = sent
    subject, text, page = parts(message)
    address = f"https://kursdag.example.org/desk/enter/{token}"
    assert message["Destination"] == {"ToAddresses": ["Owner@example.org"]}
    assert parsed(message).headers["Reply-To"] == "office@example.org"
    assert "List-Unsubscribe" not in parsed(message).headers
    assert subject == "Logg inn på Kursdag"
    assert address in text.splitlines()
    assert page.count(f'href="{address}"') == 2
    assert "10 minutter" in text
    assert not [place for place in page.split('"') if place.startswith("http") and place != address]


def test_it_speaks_as_the_page_did_on_which_it_was_asked_for(sent: list[dict[str, Any]]) -> None:
    assert send([errand(asked(OWNER, language="sv"))]) == []

    assert parts(sent[0])[0] == "Logga in på Kursdag"


@pytest.mark.parametrize("email", ["nobody@example.org", "owner@example.com", "wner@example.org", "*@example.org"])
def test_strangers_get_none(sent: list[dict[str, Any]], email: str) -> None:
    before = dump("DESK")

    assert send([errand(asked(email))]) == []

    assert sent == []
    assert len(dump("DESK")["DESK"]) == len(before["DESK"]) + 1


def test_the_mail_goes_to_the_address_in_the_file_not_to_one_that_folds_to_the_same(sent: list[dict[str, Any]]) -> None:
    staffed("staff: [{email: kim@strasse.example, role: owner}]\n")

    send([errand(asked("kim@stra\u00dfe.example")), errand(asked("\u212aIM@strasse.example"))])

    assert [message["Destination"]["ToAddresses"] for message in sent] == [["kim@strasse.example"]] * 2


def test_who_left_the_staff_gets_none(sent: list[dict[str, Any]]) -> None:
    staffed("")

    send([errand(asked(OWNER))])

    assert sent == []


def test_staff_of_a_later_programme_get_theirs(sent: list[dict[str, Any]]) -> None:
    staffed("")
    staffed("staff: [{email: owner@example.org, role: observer}]\n", "zzz")

    send([errand(asked(OWNER))])

    assert len(sent) == 1


@pytest.mark.parametrize("ago", [600, 601, 86_400])
def test_a_link_that_is_over_is_not_mailed(sent: list[dict[str, Any]], ago: int) -> None:
    assert send([errand(asked(OWNER, ago))]) == []

    assert sent == []


def test_a_link_that_was_used_is_not_mailed_again(sent: list[dict[str, Any]]) -> None:
    token = asked(OWNER)
    send([errand(token)])
    assert desk_sessions.use_sign_in(token, BROWSER, int(time.time())) == OWNER

    send([errand(token)])

    assert len(sent) == 1


@pytest.mark.parametrize("token", ["", "x", "../x", sessions.new_secret()], ids=["empty", "short", "path", "unknown"])
def test_an_errand_for_no_link_is_done_without_a_mail(sent: list[dict[str, Any]], token: str) -> None:
    assert send([errand(token)]) == []

    assert sent == []


@pytest.mark.parametrize(
    ("code", "failed"), [("TooManyRequestsException", []), ("BadRequestException", []), ("AccountSuspended", ["message"])]
)
def test_a_mail_that_is_not_taken_is_not_planned_again_unless_nothing_is_taken(
    sent: list[dict[str, Any]], code: str, failed: list[str]
) -> None:
    refusing = Refusing(code, 1).on(mail.client(), "SendEmail")

    assert send([errand(asked(OWNER))]) == failed

    assert (refusing.calls, len(sent)) == (1, 1)


def test_no_link_and_no_address_is_logged(
    sent: list[dict[str, Any]], capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    tokens = [asked(OWNER), asked(STRANGER), asked(OWNER)]
    Refusing("AccountSuspended", 1).on(mail.client(), "SendEmail")

    send([errand(token, token[:8]) for token in tokens] + [record('{"token": 1, "more": 2}', "odd")])

    said = "".join(capfd.readouterr()) + caplog.text
    assert "mail not sent" in said
    assert not [text for text in (*tokens, "@") if text in said]
    assert len(sent) == 2

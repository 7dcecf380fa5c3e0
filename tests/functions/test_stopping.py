from dataclasses import replace

import pytest

from shared import links
from shared.store import invitations
from shared.store.client import client
from tests.functions.examples import OPEN, Refusing, dump
from tests.functions.open_round import CLOSED, KEY, REF, get, got, invitation, neutral, open_round, path, post, request

TOKEN = links.stop_token(KEY, "person 7")
PATH = links.stop_address("", REF, invitation(7).fingerprint, TOKEN)
ONE_CLICK = b"List-Unsubscribe=One-Click"
MULTIPART = (
    b'--edge\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--edge--\r\n',
    "multipart/form-data; boundary=edge",
)

pytestmark = pytest.mark.usefixtures("walks")


@pytest.fixture
def walks(tables: object) -> None:  # noqa: ARG001
    open_round()
    invitations.put_invitation(REF, replace(invitation(7), stop=links.fingerprint(TOKEN)))


def test_a_person_presses_a_button_and_is_told_what_it_does() -> None:
    asked = get(PATH)
    page = post(PATH, asked.form())

    assert (asked.status, page.status) == (200, 200)
    assert "Stop reminders" in asked.text
    assert "“Walk leader” sends you no more reminders. You still get your own link once for each form." in page.text
    assert invitations.stopped("walks") == {"person 7"}
    assert invitations.stopped("swims") == set()


@pytest.mark.parametrize(("body", "kind"), [(ONE_CLICK, "application/x-www-form-urlencoded"), MULTIPART])
def test_a_mail_program_stops_reminders_by_itself_without_cookies_or_redirects(body: bytes, kind: str) -> None:
    page = post(PATH, body, content_type=kind)

    assert page.status == 200
    assert "location" not in page.headers
    assert invitations.stopped("walks") == {"person 7"}


def test_stopping_twice_is_stopping_once_and_tells_no_time() -> None:
    post(PATH, ONE_CLICK)
    once = dump()

    post(PATH, ONE_CLICK, at=OPEN + 1000)

    assert dump() == once


def test_after_the_round_an_old_mail_s_address_still_works() -> None:
    assert post(PATH, ONE_CLICK, at=CLOSED + 10**8).status == 200
    assert invitations.stopped("walks") == {"person 7"}


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_looking_changes_nothing(method: str) -> None:
    before = dump()

    got(request(method, PATH))

    assert dump() == before


@pytest.mark.parametrize("body", [b"", b"List-Unsubscribe=", b"list=One-Click", b"List-Unsubscribe=One-Click2"])
def test_an_empty_or_odd_post_changes_nothing(body: bytes) -> None:
    assert post(PATH, body).status == 422
    assert invitations.stopped("walks") == set()


def test_stopping_is_not_declining_and_not_answering() -> None:
    post(PATH, ONE_CLICK)

    found = invitations.invitation(REF, invitation(7).fingerprint)
    assert found
    assert (found.declined, found.answered, found.mail) == ("", None, "sent")


@pytest.mark.parametrize(
    "wrong",
    [
        PATH[:-1],
        PATH + "a",
        links.stop_address("", "otherday", invitation(7).fingerprint, TOKEN),
        links.stop_address("", REF, invitation(1).fingerprint, TOKEN),
        links.stop_address("", REF, invitation(0).fingerprint, ""),
        links.stop_address("", REF, "%00", TOKEN),
        links.stop_address("", REF, invitation(7).fingerprint, path(7).rpartition("/")[2]),
    ],
)
def test_a_wrong_address_leads_to_the_neutral_page_and_stops_nothing(wrong: str) -> None:
    expected = neutral(get("/e/otherday/unknown"))

    assert (get(wrong).status, neutral(get(wrong))) == (404, expected)
    assert post(wrong, ONE_CLICK).status == 404
    assert invitations.stopped("walks") == set()


def test_what_could_not_be_stored_is_said_so() -> None:
    Refusing("InternalServerError", 100).on(client(), "UpdateItem")

    assert post(PATH, ONE_CLICK).status == 500
    assert invitations.stopped("walks") == set()

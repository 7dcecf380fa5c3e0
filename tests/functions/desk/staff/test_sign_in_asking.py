"""What whoever asks for a link is told, and that no request leads elsewhere."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from shared.store import desk_sessions
from tests.functions.desk.staff.asking import NOW, asked, desk_items
from tests.functions.desk.visitors import ORGANISER, OWNER, SAME, Browser, staffed, token
from tests.functions.examples import queued, scanned

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def programme(tables: object) -> None:  # noqa: ARG001
    staffed()


def outcome(email: str) -> tuple[object, ...]:
    """Ask for a link; return all that can be seen of it, with only the length of what is drawn by lot or is the address."""
    before = scanned("DESK")
    page = Browser(NOW).ask_for_link(email)
    stored = sorted(shape(item) for item in scanned("DESK") if item not in before)
    mailed = [shape(json.loads(message["body"])) for message in queued()]
    return page.status, page.text.replace(email, "-"), dict(page.headers), page.cookies, stored, mailed


def shape(item: Mapping[str, Any]) -> str:
    """Write an item with its numbers, and with each text's length."""
    return re.sub(r'"[^"]*@[^"]*"|[0-9a-f]{64}|[\w-]{43}', lambda text: f"<{len(text.group())}>", json.dumps(item, sort_keys=True))


@pytest.mark.parametrize("stranger", ["nobod@example.org", "stran@example.org"])
def test_staff_and_strangers_are_told_and_done_the_same(stranger: str) -> None:
    mine = outcome(OWNER)

    assert outcome(stranger) == mine
    assert mine[0] == 200
    assert [len(list(part)) for part in mine[4:]] == [2, 1]  # type: ignore[call-overload]


def test_asked_again_within_a_minute_nobody_gets_a_second_mail_and_the_page_is_the_same() -> None:
    browser, _ = asked()
    first = Browser(NOW + 59).ask_for_link(OWNER)

    again = Browser(NOW + 59).ask_for_link(OWNER.upper())

    assert (first.status, again.status) == (200, 200)
    assert again.text.replace("OWNER@example.org", OWNER) == first.text
    assert queued() == []
    assert browser.at == NOW
    Browser(NOW + 60).ask_for_link(OWNER)
    assert token()


MALFORMED = [
    "",
    " ",
    "owner",
    "@example.org",
    "owner@",
    "owner@example",
    "owner@example.org, kari@example.org",
    "owner@example.org\r\nBcc: kari@example.org",
    "ow\0ner@example.org",
    "<owner@example.org>",
    '"owner"@example.org',
    "owner@exa mple.org",
    "ø" * 300 + "@example.org",
    "a" * 65 + "@example.org",
    "owner@" + "a." * 130 + "org",
    "<script>alert(1)</script>@example.org",
]


def test_what_is_no_address_is_shown_again_with_what_to_do() -> None:
    browser = Browser(NOW)
    form = browser.get("/desk/sign-in").form()
    before = desk_items()

    for address in MALFORMED:
        page = browser.post("/desk/sign-in", form | {"address": address})
        assert page.status == 422, address
        assert "Write your address like name@example.org." in page.text
        assert "<script>" not in page.text

    assert queued() == []
    assert desk_items() == before


@pytest.mark.parametrize("body", [b"address=%FF@example.org", b"address=%ED%A0%80@example.org", b"address=a@example.org%00"])
def test_bytes_that_are_no_text_are_nobody_s_address(body: bytes) -> None:
    browser = Browser(NOW)
    form = browser.get("/desk/sign-in").form()

    page = browser.post("/desk/sign-in", body + b"&form=" + form["form"].encode())

    assert page.status in (200, 422)
    assert "\ufffd" not in page.text


def test_an_address_that_only_looks_like_one_of_the_staff_is_written_as_what_it_is() -> None:
    _, link = asked("owner@ｅxample.org")

    found = desk_sessions.sign_in(link)

    assert found is not None
    assert found.email == "owner@example.org"


EVIL = {
    "host": "evil.example",
    "x_forwarded_host": "evil.example",
    "x_forwarded_proto": "http",
    "x_forwarded_prefix": "//evil.example",
    "forwarded": "host=evil.example",
    "x_original_url": "//evil.example",
}
PLACES = [
    *("/desk", "/desk/", "/desk//x", "/desk//evil.example", "//evil.example/desk"),
    *("/desk/programmes/", "/desk/programmes", "/desk/sign-in/"),
]


@pytest.mark.parametrize("query", ["", "next=//evil.example", "next=https://evil.example&url=//evil.example&continue=//evil.example"])
def test_no_link_and_no_redirect_leads_elsewhere_whatever_a_request_claims(query: str) -> None:
    signed_in = Browser(NOW).sign_in(ORGANISER)

    for browser in (Browser(NOW), signed_in):
        for path in PLACES:
            page = browser.get(path, query, **EVIL)
            assert page.status in (200, 303, 404), path
            assert page.headers.get("location", "/desk/sign-in") in ("/desk/sign-in", "/desk/programmes", "/desk/programmes/walks"), path
            assert "evil" not in page.text, path


def test_a_link_for_elsewhere_leads_to_the_programmes() -> None:
    browser, link = asked()
    form = browser.get(f"/desk/enter/{link}").form()

    page = browser.ask(
        "POST",
        f"/desk/enter/{link}",
        b"form=" + form["form"].encode() + b"&next=//evil.example",
        "next=//evil.example",
        content_type="application/x-www-form-urlencoded",
        **SAME | EVIL,
    )

    assert (page.status, page.place) == (303, "/desk/programmes")

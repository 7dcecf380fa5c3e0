import gzip
import re
from itertools import product

import pytest

from shared.store.client import client
from shared.web.look import FILES as STATIC
from tests.functions.examples import DAY, OPEN, Refusing, dump
from tests.functions.open_round import (
    CLOSED,
    EXPECTED_HEADERS,
    REF,
    all_pages,
    empty_tables,
    form_of,
    get,
    got,
    neutral,
    open_round,
    path,
    post,
    request,
    token,
)

pytestmark = pytest.mark.usefixtures("walks")


@pytest.fixture
def walks(tables: object) -> None:  # noqa: ARG001
    open_round()


def test_a_link_shows_the_form_with_its_questions_and_options() -> None:
    page = get(path())

    assert page.status == 200
    assert all(
        text in page.text for text in ("Day 1", "Tuesday 26 August", "Oslo", "23:59", "Benefit?", "Not", "Much", "What?", "Did not attend")
    )
    assert page.headers["content-type"].startswith("text/html")


def test_an_empty_form_has_nothing_chosen() -> None:
    assert {name: value for name, value in form_of().items() if not name.startswith("_")} == {"takeaway": ""}


def test_a_form_is_shown_in_the_reader_s_language_whatever_her_browser_speaks() -> None:
    page = get(path(1), accept_language="en")

    assert '<html lang="nb">' in page.text
    assert "Utbytte?" in page.text
    assert "Benefit?" not in page.text


def test_the_language_can_be_changed_on_the_page() -> None:
    page = get(path())
    assert '<button form="answer" name="_switch" value="nb" lang="nb" formnovalidate>Norsk bokmål</button>' in page.text

    changed = get(path(), query="lang=nb")

    assert '<html lang="nb">' in changed.text
    assert "Utbytte?" in changed.text
    assert '<button form="answer" name="_switch" value="en" lang="en"' in changed.text


@pytest.mark.parametrize("wanted", ["lang=tlh", "lang=", "lang=..%2F..%2Fetc", "lang=nb&lang=en", "lang=%FF", "x=y"])
def test_an_odd_language_in_the_address_is_no_fault(wanted: str) -> None:
    assert get(path(), query=wanted).status == 200


def test_the_whole_notice_stands_on_the_form() -> None:
    page = get(path())

    assert "Anonymous:" in page.text
    assert "The officer, privacy@example.org" in page.text


MOST_BYTES = 20_000
MOST_REQUESTS = 3


def test_a_form_weighs_little_and_asks_nobody_else_for_anything() -> None:
    page = get(path())

    addresses = re.findall(r'(?:href|src|action)="([^"]*)"', page.text)
    loaded = [get(address) for address in addresses if address.startswith("/static/")]

    assert 1 + len(loaded) <= MOST_REQUESTS
    assert sum(len(gzip.compress(part.text.encode())) for part in (page, *loaded)) <= MOST_BYTES
    ours = ("/static/", "/accessibility?", "?", "#", "mailto:", "data:image/svg+xml,", f"{path()}/")
    assert all(address.startswith(ours) for address in addresses)
    assert "style=" not in page.text
    assert not re.search(r"<script(?! src=)", page.text)


def test_the_form_s_script_is_small() -> None:
    (script,) = (get(f"/static/{name}") for name in STATIC if name.startswith("form."))

    assert script.headers["content-type"].startswith("text/javascript")
    assert len(gzip.compress(script.text.encode())) <= 4_000


@pytest.mark.parametrize("added", [".", ")", ">", ").", "%3E"])
def test_what_a_mail_program_adds_to_the_link_does_no_harm(added: str) -> None:
    assert "Benefit?" in get(path() + added).text
    assert post(path() + added, form_of() | {"benefit": "4"}).status == 200


def test_a_link_in_capitals_works() -> None:
    assert "Benefit?" in get(f"/e/{REF}/{token().upper()}").text


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_looking_changes_nothing(method: str) -> None:
    before = dump()

    paths = (path(), f"/e/{REF}/unknown", "/e/unknown/unknown", "/", "/favicon.ico")
    for raw_path, at in product(paths, (0, OPEN, CLOSED - 1, CLOSED, CLOSED + 10**8)):
        got(request(method, raw_path, at))

    assert dump() == before


UNKNOWN = {
    "unknown token": f"/e/{REF}/{'a' * 26}",
    "altered": f"/e/{REF}/{token()[:-1]}{'a' if token()[-1] != 'a' else 'b'}",
    "shortened": f"/e/{REF}/{token()[:-1]}",
    "lengthened": f"/e/{REF}/{token()}a",
    "another round's ref": f"/e/otherday/{token()}",
    "both unknown": "/e/otherday/other",
    "a person not invited": f"/e/{REF}/{token(99)}",
    "odd letters": f"/e/{REF}/%00%FF%E2%80%AE<script>",
    "a very long token": f"/e/{REF}/{'a' * 5000}",
    "a very long ref": f"/e/{'a' * 5000}/{token()}",
    "an odd ref": f"/e/%00%FF%F0/{token()}",
}


@pytest.mark.parametrize("raw_path", UNKNOWN.values(), ids=UNKNOWN)
def test_whatever_is_wrong_with_a_link_the_page_is_the_same(raw_path: str) -> None:
    expected = get("/e/otherday/unknown")

    page = get(raw_path)

    assert (page.status, neutral(page)) == (404, neutral(expected))
    assert {**page.headers, "content-length": ""} == {**expected.headers, "content-length": ""}


@pytest.mark.parametrize("raw_path", UNKNOWN.values(), ids=UNKNOWN)
def test_a_form_sent_to_a_wrong_link_gets_the_same_page_too_and_stores_nothing(raw_path: str) -> None:
    form, before, expected = form_of(), dump(), get("/e/otherday/unknown")

    bodies: list[dict[str, str] | bytes] = [form | {"benefit": "4"}, form, {"benefit": "9"}, b"%FF"]
    for at, fields in product((OPEN, CLOSED + 600), bodies):
        page = post(raw_path, fields, at=at)
        assert (page.status, neutral(page)) == (404, neutral(expected))

    assert dump() == before


def test_before_opening_the_page_says_when_to_come_back() -> None:
    page = get(path(), at=OPEN - 86_400)

    assert page.status == 200
    assert "not open yet" in page.text
    assert "Tuesday 26 August at 11:00" in page.text
    assert "<form" not in page.text


def test_in_the_last_second_the_form_is_shown_and_after_it_no_more() -> None:
    assert "<form" in get(path(), at=CLOSED - 1).text
    assert "<form" not in get(path(), at=CLOSED).text


def test_after_closing_the_page_says_when_it_closed() -> None:
    page = get(path(), at=CLOSED + 60)

    assert page.status == 200
    assert "closed on Tuesday 26 August at 23:59" in page.text


def test_a_used_link_says_so_in_the_reader_s_language() -> None:
    post(path(1), form_of(1) | {"benefit": "4"})

    page = get(path(1))

    assert page.status == 200
    assert "already" not in page.text
    assert "<form" not in page.text
    assert "allerede" in page.text


def test_headers_stand_on_every_response() -> None:
    for page in all_pages():
        assert {name: page.headers.get(name) for name in EXPECTED_HEADERS} == EXPECTED_HEADERS
        assert page.headers["cache-control"] == "no-store"
        assert "set-cookie" not in page.headers
        assert "location" not in page.headers


def test_no_page_of_an_error_says_the_token_or_shows_a_trace() -> None:
    for page in (page for page in all_pages() if page.status >= 400):
        assert token() not in page.text
        assert "Traceback" not in page.text


@pytest.mark.parametrize("name", STATIC)
def test_static_files_are_kept_for_good_under_names_of_their_content(name: str) -> None:
    page = get(f"/static/{name}")

    assert page.status == 200
    assert "immutable" in page.headers["cache-control"]
    assert page.headers["content-security-policy"] == EXPECTED_HEADERS["content-security-policy"]


SPOKEN = {"nb": "nb", "no": "nb", "nb-NO,nb;q=0.9,en;q=0.5": "nb", "en": "en", "de": "en", "": "en", "*": "en", ";;q=x": "en"}


def test_an_error_page_speaks_the_browser_s_language() -> None:
    for spoken, shown in SPOKEN.items():
        assert f'<html lang="{shown}">' in get("/nowhere", accept_language=spoken).text


def test_a_forged_host_appears_nowhere() -> None:
    page = get(path(), host="evil.example.com", x_forwarded_host="evil.example.com", forwarded="host=evil.example.com")

    assert page.status == 200
    assert "evil" not in page.text + str(page.headers)


def test_markup_and_template_syntax_in_a_form_s_texts_is_shown_literally() -> None:
    empty_tables()
    open_round(DAY.replace("Benefit?", "'<script>[[ 7*7 ]]</script> %(x)s'").replace("Much", "'<b>'"))

    page = get(path())

    assert "&lt;script&gt;[[ 7*7 ]]&lt;/script&gt; %(x)s" in page.text
    assert "<script>" not in page.text
    assert "<b>" not in page.text


def test_when_the_table_does_not_answer_the_page_says_so_and_names_nobody(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    Refusing("InternalServerError", times=1).on(client(), "GetItem")

    page = get(path())

    logged = "".join(capfd.readouterr()) + caplog.text
    assert page.status == 500
    assert "The fault is ours" in page.text
    assert "page failed" in logged
    assert "InternalServerError" in logged
    assert token() not in logged

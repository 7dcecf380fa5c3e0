"""Bad input to the pages of participants, row by row: refused with a page in her language, nothing stored, nothing echoed."""

import unicodedata
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import pytest

from tests.functions.examples import dump
from tests.functions.open_round import REF, Page, answers, form_of, get, got, open_round, path, post, request, token

pytestmark = pytest.mark.usefixtures("walks")

Form = Mapping[str, str]
Asked = Callable[[Form], Page]


@pytest.fixture
def walks(tables: object) -> None:  # noqa: ARG001
    open_round()


def sent(**changed: str) -> Asked:
    """Send a form with something else in it."""
    return lambda form: post(path(), {**form, "tents": "2", **changed}, accept_language="nb")


def without(name: str) -> Asked:
    """Send a form that lacks a field."""
    return lambda form: post(path(), {field: form[field] for field in form if field != name} | {"benefit": "4"}, accept_language="nb")


def beside(added: bytes) -> Asked:
    """Send a form with raw bytes after what travels along in it."""
    return lambda form: post(path(), urlencode(_hidden(form)).encode() + b"&" + added, accept_language="nb")


def _hidden(form: Form) -> Form:
    return {name: value for name, value in form.items() if name.startswith("_")}


def typed(kind: str) -> Asked:
    """Send a sound form as another type of content."""
    return lambda form: post(path(), {**form, "benefit": "4"}, content_type=kind, accept_language="nb")


def by(method: str) -> Asked:
    """Ask by another method."""
    return lambda _: got(request(method, path(), accept_language="nb"))


def only(**fields: str) -> Asked:
    """Send a form in which nothing else is filled in."""
    return lambda form: post(path(), {**_hidden(form), **fields}, accept_language="nb")


def to(raw_path: str) -> Asked:
    """Send a sound form elsewhere."""
    return lambda form: post(raw_path, {**form, "benefit": "4"}, accept_language="nb")


def at(raw_path: str) -> Asked:
    """Look elsewhere."""
    return lambda _: get(raw_path, accept_language="nb")


ROWS: Mapping[str, tuple[int, Asked]] = {
    "body > 64 KiB": (413, lambda _: post(path(), b"takeaway=" + b"x" * 65_528, accept_language="nb")),
    "body of a million bytes": (413, lambda _: post(path(), b"takeaway=" + b"x" * 1_000_000, accept_language="nb")),
    "thousands of fields": (422, beside(b"&".join(b"f%d=1" % number for number in range(5000)))),
    "wrong content type: JSON": (415, typed("application/json")),
    "wrong content type: multipart": (415, typed("multipart/form-data; boundary=x")),
    "wrong content type: plain text": (415, typed("text/plain")),
    "wrong content type: none": (415, typed("")),
    "wrong content type: nearly right": (415, typed("application/x-www-form-urlencodedx")),
    **{f"wrong method: {method}": (405, by(method)) for method in ("PUT", "DELETE", "PATCH", "TRACE", "BREW")},
    **{f"odd paths: {odd}": (404, at(odd)) for odd in ("/", "/e", "/e/", f"/e/{REF}", f"/e/{REF}/", "/static/..%2Flook.py", "/.env")},
    **{f"odd paths: {odd}": (404, at(odd)) for odd in ("/static/", "//evil.example.com", "/%FF")},
    "single choice sent twice": (422, beside(b"benefit=4&benefit=4")),
    "single choice sent twice, differently": (422, beside(b"benefit=4&benefit=5")),
    "text sent twice": (422, beside(b"takeaway=a&takeaway=b")),
    "binding sent twice": (422, beside(b"_binding=a")),
    "unknown question": (422, sent(unknown="1")),
    "unknown option": (422, sent(benefit="9")),
    "empty option": (422, sent(benefit="")),
    "not relevant where it is not offered": (422, sent(benefit="na")),
    "`٣`": (422, sent(benefit="٣")),
    "`3.0`": (422, sent(benefit="3.0")),
    "`+3`": (422, sent(benefit="+3")),
    "NUL in an option": (422, sent(benefit="3\0")),
    "invalid UTF-8": (422, beside(b"takeaway=%FF")),
    "raw bytes": (422, beside(b"takeaway=\xff\xfe")),
    "lone surrogates": (422, beside(b"takeaway=%ED%A0%80")),
    "no form at all": (422, beside(b"hello")),
    "no body": (422, lambda _: got(request("POST", path(), content_type="application/x-www-form-urlencoded", accept_language="nb"))),
    "another form": (422, sent(_form="f" * 32)),
    "another cell": (422, sent(_cell='["South"]')),
    "no cell at all": (422, sent(_cell="[]")),
    "a cell that is none": (422, sent(_cell="{")),
    "another gathering": (422, sent(_gathering="north")),
    "another nonce": (422, sent(_nonce="0" * 32)),
    "another language": (422, sent(_language="tlh")),
    "no binding": (422, sent(_binding="")),
    "odd binding": (422, sent(_binding="å\0")),
    "another binding": (422, sent(_binding="0" * 32)),
    **{f"form without {name}": (422, without(name)) for name in ("_form", "_cell", "_gathering", "_nonce", "_language", "_binding")},
    "token shortened": (404, to(f"/e/{REF}/{token()[:-1]}")),
    "token altered": (404, to(f"/e/{REF}/{token()[:-1]}{'a' if token()[-1] != 'a' else 'b'}")),
    "token of another round": (404, to(f"/e/otherday/{token()}")),
    "token unknown": (404, to(f"/e/{REF}/{'a' * 26}")),
    "empty post": (422, only()),
    "empty post: no text": (422, only(takeaway="")),
    "empty post: blank text": (422, only(takeaway=" \r\n ")),
    "empty post: NUL": (422, only(takeaway="\0")),
}


@pytest.mark.parametrize("row", ROWS)
def test_bad_input_is_refused_in_her_language_with_nothing_stored_or_echoed(row: str) -> None:
    status, ask = ROWS[row]
    form, before = form_of(query="lang=nb"), dump()

    page = ask(form)

    assert page.status == status
    assert '<html lang="nb">' in page.text
    assert not [text for text in ("Traceback", "werkzeug") if text in page.text]
    assert dump() == before


def test_no_page_of_a_refusal_says_the_token() -> None:
    form = form_of(query="lang=nb")
    pages = {row: ask(form) for row, (_, ask) in ROWS.items() if not row.startswith("empty post")}

    assert [row for row, page in pages.items() if token() in page.text] == []


TEXTS = {
    "NUL and control characters": ("a\0b\x07c\x85d", "abcd"),
    "NFC": ("A\u030a", "Å"),
    "line ends": ("a\r\nb\rc\nd", "a\nb\nc\nd"),
    "markup": ("<b>&amp;</b></textarea><script>", "<b>&amp;</b></textarea><script>"),
    "template syntax": ("{{ 7*7 }}{% raw %}${x}%(y)s", "{{ 7*7 }}{% raw %}${x}%(y)s"),
    "javascript:": ("javascript:alert(1)", "javascript:alert(1)"),
    "formula": ("=1+1", "=1+1"),
    "joined and right-to-left letters": ("👩\u200d🏫 \u202eabc", "👩\u200d🏫 \u202eabc"),
}


@pytest.mark.parametrize("row", TEXTS)
def test_odd_text_is_stored_as_it_was_written_without_control_characters_and_composed(row: str) -> None:
    written, stored = TEXTS[row]

    page = post(path(), form_of() | {"takeaway": written})

    assert page.status == 200
    assert [given.answers for given in answers()] == [{"takeaway": stored}]
    assert unicodedata.is_normalized("NFC", stored)

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask, abort
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from functions.answer.handler import create_app as answer_app
from functions.answer.handler import handler as answer_handler
from functions.desk.handler import create_app as desk_app
from functions.desk.handler import handler as desk_handler
from shared import links
from shared.languages import LOCALE, NAMES, catalogue
from shared.store import box
from shared.store.client import client
from shared.web.look import FILES as STATIC
from shared.web.pages import EXPLANATIONS, equip
from tests.functions.desk.visitors import OWNER, STAFF, Browser, frozen, opened, staffed, twelve
from tests.functions.examples import OPEN, Refusing
from tests.functions.open_round import REF, TYPE, form_of, open_round, path, request, token

LANGUAGES = sorted(NAMES)

EXPECTED = {
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex",
}
POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "TRACE", "NONSENSE")
BODIES = [(TYPE, b""), (TYPE, b"benefit=1"), (TYPE, b"x" * 70_000), ("application/json", b"{}"), ("multipart/form-data", b"--"), ("", b"x")]

PARTS = {
    "name": next(iter(STATIC)),
    "ref": REF,
    "token": token(),
    "programme_id": "swims",
    "round_id": "day-1",
    "question_id": "benefit",
    "kind": "xlsx",
    "draft_id": "0" * 32,
    "day_id": "day-1",
    "gathering_id": "day-1",
    "gathering": "day-1",
    "shape": "slide",
    "why": "absent",
    "source": "programme",
    "source_id": "swims",
    "which": "reminder",
    "item": "day-1",
    "number": "0",
    "hashed": "0" * 64,
    "person_id": "0" * 32,
    "upload_id": "0" * 32,
    "fingerprint": links.fingerprint(token()),
}

Reply = dict[str, Any]


@pytest.fixture
def owner(tables: object) -> Browser:  # noqa: ARG001
    """Open a round of one programme, publish a result of another, and sign its owner in."""
    open_round()
    found = staffed(STAFF, "swims")
    frozen(found, opened(found), twelve())
    return Browser(OPEN).sign_in(OWNER)


def addresses(app: Flask) -> Iterator[tuple[Rule, str]]:
    """List every route of an application with an address, and addresses that have no route."""
    for rule in app.url_map.iter_rules():
        yield rule, re.sub(r"<(?:[^:<>]+:)?(\w+)>", lambda part: PARTS[part.group(1)], rule.rule)


ODD = ["/", "/desk", "/nowhere", "/desk/nowhere", "/desk//", "//", "/%FF", "/e/x/y", "/static/x", "/desk/programmes/walks/rounds/x/result"]


def replies(app: Flask, handler: Any, owner: Browser, methods: Iterable[str] = METHODS) -> Iterator[tuple[str, Reply]]:
    """Ask for everything in every way, signed in and not."""
    cookies = [f"{name}={value}" for name, value in owner.cookies.items()]
    for place in [found for _, found in addresses(app)] + ODD:
        for method in methods:
            for sent in ([], cookies):
                yield f"{method} {place}", handler(request(method, place, sec_fetch_site="same-origin") | {"cookies": sent}, None)
        for content_type, body in BODIES if "POST" in methods else []:
            event = request("POST", place, body=body, content_type=content_type, sec_fetch_site="same-origin") | {"cookies": cookies}
            yield f"POST {place} {body[:9]!r}", handler(event, None)


def faulty(owner: Browser) -> Iterator[tuple[str, Reply]]:
    """Ask while AWS is out of order."""
    form = {**form_of(), "benefit": "4"}
    body = urlencode(form).encode()
    Refusing("ThrottlingException", 100).on(box._client(), "TransactWriteItems")
    yield "unsaved", answer_handler(request("POST", path(), body=body, content_type=TYPE), None)
    cookies = [f"{name}={value}" for name, value in owner.cookies.items()]
    Refusing("InternalServerError", 100).on(client(), "GetItem")
    yield "unread", answer_handler(request("GET", "/e/anything/else"), None)
    yield "unread", desk_handler(request("GET", "/desk/programmes/swims") | {"cookies": cookies}, None)


def faults(reply: Reply) -> list[str]:
    """Name what a response lacks."""
    headers = {name.lower(): value for name, value in reply["headers"].items()}
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    kept = reply["statusCode"] == 200 and "immutable" in headers["cache-control"]
    return [
        *(name for name, value in EXPECTED.items() if headers.get(name) != value),
        *(name for name, value in POLICY.items() if policy.get(name) != value),
        *(
            source
            for name, source in policy.items()
            if "unsafe" in source or "*" in source or "http" in source or ("data:" in source and name != "img-src")
        ),
        *([] if kept or headers["cache-control"] == "no-store" else ["cache-control"]),
        *(name for name in ("server", "x-powered-by", "access-control-allow-origin") if name in headers),
        *([] if not reply["body"] or "charset=utf-8" in headers["content-type"] or "disposition" in str(headers) else ["charset"]),
    ]


def test_every_page_carries_the_security_headers(owner: Browser) -> None:
    asked = [*replies(answer_app(), answer_handler, owner, ["GET"]), *replies(desk_app(), desk_handler, owner, ["GET"])]

    assert {what: found for what, reply in asked if (found := faults(reply))} == {}
    assert {reply["statusCode"] for _, reply in asked} >= {200, 303, 403, 404, 405}


@pytest.mark.slow
def test_every_response_of_every_route_carries_the_security_headers(owner: Browser) -> None:
    asked = [*replies(answer_app(), answer_handler, owner), *replies(desk_app(), desk_handler, owner), *faulty(owner)]

    assert {what: found for what, reply in asked if (found := faults(reply))} == {}
    assert {reply["statusCode"] for _, reply in asked} == {200, 303, 403, 404, 405, 413, 415, 422, 500, 503}


def test_a_refused_method_is_answered_with_those_that_are_allowed(owner: Browser) -> None:
    for path_, allowed in {"/desk/sign-in": {"GET", "HEAD", "OPTIONS", "POST"}, "/desk/programmes": {"GET", "HEAD", "OPTIONS"}}.items():
        page = owner.ask("PUT", path_)
        assert page.status == 405
        assert set(page.headers["allow"].split(", ")) == allowed


@pytest.fixture(scope="module")
def failing() -> Flask:
    """Make an application that fails in every way."""
    app = Flask("failing", static_folder=None)
    equip(app)

    @app.get("/<int:code>")
    def fail(code: int) -> str:
        abort(code)

    @app.get("/bug")
    def bug() -> str:
        raise ZeroDivisionError("a secret")

    return app


def get(app: Flask, code: object, language: str) -> TestResponse:
    return app.test_client().get(f"/{code}", headers={"Accept-Language": language})


def test_there_is_a_catalogue_for_every_language_but_english() -> None:
    assert sorted(folder.name for folder in LOCALE.iterdir() if folder.is_dir()) == [code for code in LANGUAGES if code != "en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_is_explained_in_the_reader_s_language(failing: Flask, language: str) -> None:
    words = catalogue(language).gettext
    for code, (title, text) in EXPLANATIONS.items():
        page = get(failing, code, f"{language};q=0.9, tlh")
        assert page.status_code == code
        assert f'<html lang="{language}">' in page.text
        assert f"<h1>{words(title)}</h1>" in page.text.replace("&#39;", "'")
        assert words(text) in page.text.replace("&#39;", "'")
        assert language == "en" or words(title) != title
        assert language == "en" or words(text) != text


BEST = {
    "no": "nb",
    "nb-NO": "nb",
    "nn-NO, en": "nn",
    "de": "en",
    "": "en",
    "*": "en",
    "de, sv;q=0.1": "sv",
    "en;q=0, da;q=0.5": "da",
    "en;q=0.3, da-DK;q=0.5": "da",
}


@pytest.mark.parametrize(("asked", "spoken"), BEST.items())
def test_an_error_is_explained_in_the_best_language_there_is(failing: Flask, asked: str, spoken: str) -> None:
    assert f'<html lang="{spoken}">' in get(failing, 404, asked).text


@pytest.mark.parametrize(("code", "said"), [(400, 422), (409, 422), (429, 422), (501, 422)])
def test_an_error_of_another_kind_has_a_page_too(failing: Flask, code: int, said: int) -> None:
    page = get(failing, code, "en")

    assert page.status_code == code
    assert EXPLANATIONS[said][0].replace("'", "&#39;") in page.text


def test_a_fault_of_ours_shows_no_trace(failing: Flask) -> None:
    page = get(failing, "bug", "en")

    assert page.status_code == 500
    assert not [text for text in ("secret", "Zero", "Traceback", ".py") if text in page.text]

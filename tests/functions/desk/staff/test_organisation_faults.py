"""What somebody sees whose organisation's sign-in service refuses, errs, or can't be reached."""

from collections.abc import Iterator

import pytest

from tests.functions.desk.staff.departing import DEPART, NOW, RETURN, Change, back, departed, giving, offering, refused, signed_in
from tests.functions.desk.staff.issuer import ELLIPTIC, RSA, Issuer
from tests.functions.desk.visitors import Browser
from tests.functions.examples import dump

pytestmark = pytest.mark.slow


@pytest.fixture
def issuer(tables: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Issuer]:  # noqa: ARG001
    with offering(monkeypatch) as service:
        yield service


def test_what_the_service_says_instead_is_explained(issuer: Issuer) -> None:
    for more, said in {
        "error=access_denied&error_description=<b>x": "It gave this reason: access_denied",
        "error=%3Cscript%3E": "",
        "error=server_error&code=right": "It gave this reason: server_error",
        "code=": "",
    }.items():
        browser, taken = departed(issuer)
        page = back(browser, taken["state"], more)
        assert refused(page, 403, "did not let you in")
        assert said in page.said()
        assert "<b>" not in page.text + page.said()
        assert ("It gave this reason" in page.text) == bool(said)


def test_a_refusal_speaks_the_reader_s_language(issuer: Issuer) -> None:
    browser, taken = departed(issuer)

    page = browser.get(RETURN, f"error=access_denied&state={taken['state']}", accept_language="da")

    assert "Du er ikke logget ind" in page.text


@pytest.mark.parametrize("sender", ["&iss=https://evil.example", ""])
def test_a_reply_that_comes_from_another_service_signs_nobody_in(issuer: Issuer, sender: str) -> None:
    issuer.published = {"authorization_response_iss_parameter_supported": True}
    browser, taken = departed(issuer)

    assert refused(back(browser, taken["state"], f"code=right{sender}"), 403, "can't be confirmed")
    assert "/token" not in issuer.asked


def test_a_reply_that_names_its_sender_rightly_signs_in(issuer: Issuer) -> None:
    for published in ({}, {"authorization_response_iss_parameter_supported": True}):
        issuer.published = published
        browser, taken = departed(issuer)
        assert back(browser, taken["state"], f"code=right&iss={issuer.name}").status == 303


def test_new_keys_are_asked_for_when_a_token_names_one(issuer: Issuer) -> None:
    assert signed_in(issuer).status == 303
    issuer.keys, issuer.signing, issuer.algorithm = [RSA, ELLIPTIC], ELLIPTIC, "ES256"

    assert signed_in(issuer).status == 303
    assert signed_in(issuer).status == 303

    assert issuer.asked.count("/keys") == 2
    assert issuer.asked.count("/.well-known/openid-configuration") == 1


DOWN: dict[str, Change] = {
    "an error": giving(503, {}),
    "a page": giving(200, b"<html>"),
    "a list": giving(200, []),
    "a redirect": giving(307, b""),
}


@pytest.mark.parametrize("change", DOWN.values(), ids=DOWN)
def test_a_service_that_gives_no_token_is_said_not_to_answer(issuer: Issuer, change: Change) -> None:
    browser, taken = departed(issuer)
    change(issuer)

    assert refused(back(browser, taken["state"]), 503, "does not answer")
    assert "/elsewhere" not in issuer.asked


UNDISCOVERED: dict[str, Change] = {
    "down": lambda issuer: setattr(issuer, "down", True),
    "another issuer": lambda issuer: issuer.published.update(issuer="https://evil.example"),
    "another tenant's issuer": lambda issuer: issuer.published.update(issuer=f"{issuer.name}/{{tenantid}}"),
    "no place to sign in": lambda issuer: issuer.published.update(authorization_endpoint=None),
    "odd keys": lambda issuer: issuer.published.update(jwks_uri=17),
}


@pytest.mark.parametrize("change", UNDISCOVERED.values(), ids=UNDISCOVERED)
def test_nobody_leaves_for_a_service_that_is_not_as_it_should_be(issuer: Issuer, change: Change) -> None:
    change(issuer)
    browser = Browser(NOW)
    browser.get("/desk/sign-in")
    before = dump("DESK")

    assert refused(browser.get(DEPART), 503, "does not answer")
    assert dump("DESK") == before


def test_a_service_that_nobody_runs_is_said_not_to_answer(issuer: Issuer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGN_IN_ISSUER", "http://127.0.0.1:9")
    browser = Browser(NOW)
    browser.get("/desk/sign-in")

    assert refused(browser.get(DEPART), 503, "does not answer")
    assert issuer.asked == []


def test_outside_one_s_own_machine_nothing_is_said_in_the_clear(issuer: Issuer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGE", "test")
    browser = Browser(NOW)
    browser.get("/desk/sign-in")

    assert refused(browser.get(DEPART), 503, "does not answer")
    assert issuer.asked == []

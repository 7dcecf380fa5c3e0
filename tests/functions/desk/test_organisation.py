import re
from collections.abc import Callable, Iterator

import pytest

from shared import sessions
from tests.conftest import account
from tests.functions.desk.issuer import ANOTHER, BACK, CLIENT, ELLIPTIC, RSA, Issuer, running
from tests.functions.desk.visitors import ORGANISER, OWNER, Browser, Page, staffed
from tests.functions.examples import dump, queued, scanned

pytestmark = pytest.mark.slow

NOW = 1_800_000_000
DEPART, RETURN = "/desk/sign-in/account", "/desk/sign-in/return"

Change = Callable[[Issuer], object]


@pytest.fixture
def issuer(tables: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Issuer]:  # noqa: ARG001
    """Run a sign-in service, and a desk that uses it; only a local one may speak to it in the clear."""
    staffed()
    with running(NOW, OWNER) as service:
        for name, value in {"STAGE": "local", "SIGN_IN_ISSUER": service.name, "SIGN_IN_CLIENT": CLIENT}.items():
            monkeypatch.setenv(name, value)
        yield service


def departed(issuer: Issuer) -> tuple[Browser, dict[str, str]]:
    """Let a browser leave for the sign-in service; return it and what it takes there."""
    browser = Browser(NOW)
    assert browser.get("/desk/sign-in").status == 200
    page = browser.get(DEPART, sec_fetch_site="same-origin")
    assert page.status == 303
    assert page.place.startswith(f"{issuer.name}/authorize?")
    return browser, issuer.departed(page.place)


def back(browser: Browser, state: str, more: str = "code=right") -> Page:
    return browser.get(RETURN, f"{more}&state={state}", sec_fetch_site="cross-site")


def signed_in(issuer: Issuer) -> Page:
    browser, taken = departed(issuer)
    return back(browser, taken["state"])


def sessions_kept() -> int:
    return len([item for item in scanned("DESK") if item["sk"]["S"].startswith("SESSION#")])


def refused(page: Page, status: int, text: str) -> bool:
    assert (page.status, page.cookies) == (status, []), page.text
    assert text in page.said()
    assert "/desk/sign-in" in page.text
    return sessions_kept() == 0


def test_who_comes_back_confirmed_is_signed_in_as_by_mail(issuer: Issuer) -> None:
    browser, taken = departed(issuer)

    page = back(browser, taken["state"])

    assert (page.status, page.place) == (303, "/desk/programmes")
    assert "__Host-kursdag-asking" not in browser.cookies
    assert OWNER in browser.get("/desk/programmes/walks").text
    assert queued() == []


def test_what_is_taken_along_is_what_the_standard_wants_and_new_every_time(issuer: Issuer) -> None:
    (_, first), (_, second) = departed(issuer), departed(issuer)

    fixed = ("response_type", "client_id", "redirect_uri", "scope", "code_challenge_method")
    assert [first[name] for name in fixed] == ["code", CLIENT, BACK, "openid email", "S256"]
    assert all(len(first[name]) == 43 and first[name] != second[name] for name in ("state", "nonce", "code_challenge"))
    assert set(first) == {*fixed, "state", "nonce", "code_challenge"}


def test_the_address_is_matched_as_a_mailed_one_is(issuer: Issuer) -> None:
    issuer.email = "Owner@EXAMPLE.org"
    browser, taken = departed(issuer)

    back(browser, taken["state"])

    assert browser.get("/desk/programmes/walks").status == 200


def test_somebody_of_the_organisation_who_is_no_staff_sees_no_programme(issuer: Issuer) -> None:
    issuer.email = "stranger@example.org"
    browser, taken = departed(issuer)

    back(browser, taken["state"])

    assert "You are not on the staff of any programme now." in browser.get("/desk/programmes").text
    assert browser.get("/desk/programmes/walks").status == 404


def unsigned(issuer: Issuer) -> None:
    issuer.algorithm = "none"


def shared_secret(issuer: Issuer) -> None:
    issuer.algorithm = "HS256"


def unknown_key(issuer: Issuer) -> None:
    issuer.signing = ANOTHER


def forged_key(issuer: Issuer) -> None:
    issuer.signing, issuer.named = ANOTHER, RSA.kid


def saying(**claims: object) -> Change:
    return lambda issuer: issuer.claims.update(claims)


def giving(status: int, said: object) -> Change:
    return lambda issuer: setattr(issuer, "token", (status, said))


UNPROVEN: dict[str, Change] = {
    "another nonce": saying(nonce="A" * 43),
    "no nonce": saying(nonce=None),
    "another issuer": saying(iss="https://evil.example"),
    "no issuer": saying(iss=None),
    "another audience": saying(aud="another"),
    "no audience": saying(aud=None),
    "several audiences, given to another": saying(aud=[CLIENT, "another"], azp="another"),
    "several audiences, given to nobody": saying(aud=[CLIENT, "another"]),
    "given to another": saying(azp="another"),
    "expired": saying(exp=NOW - 61),
    "never expires": saying(exp=None),
    "not valid yet": saying(nbf=NOW + 61),
    "made in the future": saying(iat=NOW + 61),
    "nobody": saying(sub=None),
    "a number for somebody": saying(sub=17),
    "another access token": saying(at_hash="A" * 22),
    "not signed": unsigned,
    "signed with what is public": shared_secret,
    "an unknown key": unknown_key,
    "a key under another's name": forged_key,
    "no keys at all": lambda issuer: issuer.keys.clear(),
    "a code that is refused": giving(400, {"error": "invalid_grant"}),
    "a client that is refused": giving(401, {"error": "invalid_client"}),
    "no token": giving(200, {"access_token": "open", "token_type": "Bearer"}),
    "no text for a token": giving(200, {"access_token": "open", "token_type": "Bearer", "id_token": 17}),
    "an odd text for a token": giving(200, {"access_token": "open", "token_type": "Bearer", "id_token": "a.b.c"}),
}


@pytest.mark.parametrize("change", UNPROVEN.values(), ids=UNPROVEN)
def test_what_is_not_proven_signs_nobody_in(issuer: Issuer, change: Change) -> None:
    browser, taken = departed(issuer)
    change(issuer)

    page = back(browser, taken["state"])

    assert refused(page, 403, "can't be confirmed")


@pytest.mark.parametrize("claims", [{"aud": [CLIENT]}, {"aud": [CLIENT, "another"], "azp": CLIENT}, {"exp": NOW - 59}, {"iat": NOW + 59}])
def test_what_the_standard_allows_signs_in(issuer: Issuer, claims: dict[str, object]) -> None:
    issuer.claims = claims

    assert signed_in(issuer).status == 303


UNSURE: list[object] = [None, False, "true", 1, "yes"]
NO_ADDRESS: list[object] = [None, "", 17, ["owner@example.org"], "owner", "owner@example.org, kari@example.org", "ſomebody@example.org"]
UNCONFIRMED: list[dict[str, object]] = [
    *[{"email_verified": value} for value in UNSURE],
    *[{"email": value} for value in NO_ADDRESS],
    {"email_verified": False, "xms_edov": False},
    {"email_verified": None, "xms_edov": "0"},
]


@pytest.mark.parametrize("claims", UNCONFIRMED)
def test_an_address_that_is_not_confirmed_signs_nobody_in(issuer: Issuer, claims: dict[str, object]) -> None:
    issuer.claims = claims

    assert refused(signed_in(issuer), 403, "gives no confirmed one")


@pytest.mark.parametrize("said", [True, "1", "true"])
def test_microsoft_s_word_for_a_confirmed_address_counts(issuer: Issuer, said: object) -> None:
    issuer.claims = {"email_verified": None, "xms_edov": said}

    assert signed_in(issuer).status == 303


def test_an_address_that_the_token_has_not_is_asked_for(issuer: Issuer) -> None:
    issuer.claims, issuer.profile = {"email": None}, {"sub": "17", "email": OWNER, "email_verified": True}

    assert signed_in(issuer).status == 303
    assert issuer.headers["/profile"]["Authorization"] == "Bearer open"


@pytest.mark.parametrize("profile", [{}, {"sub": "18"}, {"sub": None}])
def test_a_profile_of_somebody_else_signs_nobody_in(issuer: Issuer, profile: dict[str, object]) -> None:
    issuer.claims, issuer.profile = {"email": None}, {"email": OWNER, "email_verified": True} | profile

    assert refused(signed_in(issuer), 403, "can't be confirmed")


def test_a_profile_without_a_confirmed_address_signs_nobody_in(issuer: Issuer) -> None:
    issuer.claims, issuer.profile = {"email": None, "email_verified": True}, {"sub": "17", "email": OWNER}

    assert refused(signed_in(issuer), 403, "gives no confirmed one")


def test_a_return_works_once(issuer: Issuer) -> None:
    browser, taken = departed(issuer)
    cookies = {**browser.cookies}
    assert back(browser, taken["state"]).status == 303
    asked = issuer.asked.copy()

    again = back(Browser(NOW, cookies), taken["state"])

    assert (again.status, again.cookies) == (403, [])
    assert issuer.asked == asked
    assert sessions_kept() == 1


def test_a_return_works_in_no_browser_but_the_one_that_left(issuer: Issuer) -> None:
    browser, taken = departed(issuer)
    another = Browser(NOW)
    another.get("/desk/sign-in")

    assert refused(back(Browser(NOW), taken["state"]), 403, "begun in another browser")
    assert refused(back(another, taken["state"]), 403, "begun in another browser")
    assert back(browser, taken["state"]).status == 303


def test_a_return_works_until_ten_minutes_are_over(issuer: Issuer) -> None:
    browser, taken = departed(issuer)
    browser.at = issuer.now = NOW + 600
    assert refused(back(browser, taken["state"]), 403, "more than 10 minutes ago")

    browser, taken = departed(issuer)
    browser.at = issuer.now = NOW + 599
    assert back(browser, taken["state"]).status == 303


@pytest.mark.parametrize("state", ["", "x", "A" * 43, "A" * 5000, "%FF", "a%00b"])
def test_a_state_that_was_never_given_is_refused_and_the_service_not_asked(issuer: Issuer, state: str) -> None:
    browser, _ = departed(issuer)
    asked = issuer.asked.copy()

    for more in ("code=right", "error=access_denied"):
        page = back(browser, state, more)
        assert refused(page, 403, "begun in another browser")
        assert "access_denied" not in page.text
    assert issuer.asked == asked


def test_two_sign_ins_of_one_browser_don_t_disturb_each_other(issuer: Issuer) -> None:
    browser, first = departed(issuer)
    second = issuer.departed(browser.get(DEPART).place)

    assert back(browser, first["state"]).status == 403
    assert back(browser, second["state"]).status == 303


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


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_a_link_from_elsewhere_leads_to_our_own_page_and_not_on(issuer: Issuer, site: str) -> None:
    browser, _ = departed(issuer)
    before = dump("DESK")

    page = browser.get(DEPART, sec_fetch_site=site)

    assert (page.status, page.place) == (303, "/desk/sign-in")
    assert dump("DESK") == before


def test_a_browser_that_has_not_been_to_the_sign_in_page_goes_there_first(issuer: Issuer) -> None:
    page = Browser(NOW).get(DEPART, sec_fetch_site="same-origin")

    assert (page.status, page.place) == (303, "/desk/sign-in")
    assert issuer.asked == []


def test_signing_in_with_another_account_ends_the_session_before(issuer: Issuer) -> None:
    browser = Browser(NOW).sign_in(ORGANISER)
    before = {**browser.cookies}
    browser.get("/desk/sign-in")
    taken = issuer.departed(browser.get(DEPART).place)

    back(browser, taken["state"])

    assert Browser(NOW, before).get("/desk/programmes").place == "/desk/sign-in"
    assert OWNER in browser.get("/desk/programmes/walks").text


def test_a_secret_is_read_from_ssm_and_shown_to_the_service_alone(issuer: Issuer) -> None:
    issuer.published = {"token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"]}
    account("ssm").put_parameter(Name="/kursdag/sign-in-secret", Value="very secret", Type="SecureString")
    browser, taken = departed(issuer)

    page = back(browser, taken["state"])

    assert page.status == 303
    assert issuer.told["client_secret"] == "very secret"
    assert "secret" not in str(taken) + str(page.headers)


def test_a_service_that_takes_a_secret_only_in_a_header_gets_it_there(issuer: Issuer) -> None:
    account("ssm").put_parameter(Name="/kursdag/sign-in-secret", Value="very secret", Type="SecureString")
    browser, taken = departed(issuer)

    assert back(browser, taken["state"]).status == 303
    assert issuer.headers["/token"]["Authorization"].startswith("Basic ")
    assert "client_secret" not in issuer.told


def test_without_a_secret_the_service_gets_the_desk_s_name_and_a_verifier(issuer: Issuer) -> None:
    assert signed_in(issuer).status == 303

    assert set(issuer.told) == {"grant_type", "code", "redirect_uri", "client_id", "code_verifier"}


def test_only_hashes_name_what_is_stored_of_a_departure(issuer: Issuer) -> None:
    browser, taken = departed(issuer)
    secret = browser.cookies["__Host-kursdag-asking"]
    left = sessions.departure(secret, taken["state"])
    stored = "".join(dump("DESK")["DESK"])

    assert not [text for text in (secret, left.state, left.nonce, left.verifier) if text in stored]
    assert all("expires" in item for item in scanned("DESK"))


def test_signing_in_with_an_account_is_logged_without_who(
    issuer: Issuer, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    browser, taken = departed(issuer)
    left = sessions.departure(browser.cookies["__Host-kursdag-asking"], taken["state"])
    back(browser, taken["state"])
    issuer.claims = {"iss": "https://evil.example", "email": "eve@example.org"}
    signed_in(issuer)

    said = "".join(capfd.readouterr()) + caplog.text

    told = [said.index(event) for event in ("sign-in with an account begun", "signed in", "sign-in not proven")]
    assert told == sorted(told)
    assert not [text for text in (left.state, left.nonce, left.verifier, "right", "@", "evil", issuer.id_token()) if text in said]


def test_the_page_offers_the_ways_that_are_open(issuer: Issuer, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = {}
    for links in ("on", "off"):
        for name in (issuer.name, ""):
            monkeypatch.setenv("MAILED_LINKS", links)
            monkeypatch.setenv("SIGN_IN_ISSUER", name)
            page = Browser(NOW).get("/desk/sign-in").text
            shown[links, bool(name)] = (DEPART in page, "Your mail address" in page)

    assert shown == {("on", True): (True, True), ("off", True): (True, False), ("on", False): (False, True), ("off", False): (False, True)}


def test_with_mailed_links_switched_off_none_is_sent_and_none_works(issuer: Issuer, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(NOW)
    browser.ask_for_link(OWNER)
    (message,) = queued()
    link = re.findall(r"[\w-]{43}", message["body"])[0]
    form = browser.get(f"/desk/enter/{link}").form()
    monkeypatch.setenv("MAILED_LINKS", "off")

    assert browser.post("/desk/sign-in", form | {"address": ORGANISER}).status == 404
    assert [browser.get(f"/desk/enter/{link}").status, browser.post(f"/desk/enter/{link}", form).status] == [404, 404]
    assert queued() == []
    assert sessions_kept() == 0
    assert issuer.asked == []


@pytest.mark.usefixtures("tables")
def test_without_a_service_there_is_no_way_to_one() -> None:
    browser = Browser(NOW)
    browser.get("/desk/sign-in")

    assert [browser.get(DEPART).status, browser.get(RETURN, f"code=right&state={'A' * 43}").status] == [404, 404]

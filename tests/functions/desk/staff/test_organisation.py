import re
from collections.abc import Iterator

import pytest

from shared import sessions
from tests.conftest import account
from tests.functions.desk.staff.departing import DEPART, NOW, RETURN, back, departed, offering, refused, sessions_kept, signed_in
from tests.functions.desk.staff.issuer import BACK, CLIENT, Issuer
from tests.functions.desk.visitors import ORGANISER, OWNER, Browser
from tests.functions.examples import dump, queued, scanned

pytestmark = pytest.mark.slow


@pytest.fixture
def issuer(tables: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Issuer]:  # noqa: ARG001
    with offering(monkeypatch) as service:
        yield service


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

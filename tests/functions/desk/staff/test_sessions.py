import pytest

from shared import sessions
from tests.functions.desk.visitors import ORGANISER, OWNER, SAME, Browser, desk, staffed
from tests.functions.examples import dump, queued, scanned
from tests.functions.open_round import TYPE

NOW = 1_800_000_000
MINUTE, HOUR = 60, 3600
HOME = "/desk/programmes/walks"


@pytest.fixture
def programme(tables: object) -> None:  # noqa: ARG001
    staffed()


@pytest.fixture
def signed_in(programme: None) -> Browser:  # noqa: ARG001
    return Browser(NOW).sign_in(OWNER)


def is_in(browser: Browser) -> bool:
    """Tell whether a page is shown, or the reader sent to sign in."""
    page = browser.get(HOME)
    assert (page.status, page.headers.get("location")) in [(200, None), (303, "/desk/sign-in")]
    return page.status == 200


def sign_out(browser: Browser, **more: str) -> None:
    page = browser.post("/desk/sign-out", browser.get(HOME).form() | more)
    assert (page.status, page.place) == (303, "/desk/sign-in")


@pytest.mark.usefixtures("programme")
def test_cookies_are_for_this_host_over_https_and_for_no_script() -> None:
    browser = Browser(NOW)
    link = browser.ask_for_link(OWNER), queued()[0]["body"].split('"')[3]
    page = browser.enter(link[1])

    asking = Browser(NOW).get("/desk/sign-in").cookies
    given = [*asking, *page.cookies]

    assert [cookie.partition("=")[0] for cookie in given] == ["__Host-kursdag-asking", "__Host-kursdag", "__Host-kursdag-asking"]
    for cookie in given:
        parts = {part.strip() for part in cookie.split(";")[1:]}
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= parts
        assert not [part for part in parts if part.startswith("Domain")]
    assert "Max-Age" not in page.cookies[0]
    assert "Max-Age=0" in page.cookies[1]


def test_a_session_ends_after_half_an_hour_without_a_page(signed_in: Browser) -> None:
    signed_in.at = NOW + 30 * MINUTE - 1
    assert is_in(signed_in)

    signed_in.at += 30 * MINUTE
    assert not is_in(signed_in)


def test_a_session_in_use_ends_after_ten_hours(signed_in: Browser) -> None:
    for minutes in range(20, 10 * 60, 20):
        signed_in.at = NOW + minutes * MINUTE
        assert is_in(signed_in), minutes

    signed_in.at = NOW + 10 * HOUR - 1
    assert is_in(signed_in)
    signed_in.at = NOW + 10 * HOUR
    assert not is_in(signed_in)


def test_that_a_session_is_in_use_is_noted_once_a_minute_at_most(signed_in: Browser) -> None:
    before = dump("DESK")
    signed_in.at = NOW + 59
    assert is_in(signed_in)
    assert dump("DESK") == before

    signed_in.at = NOW + 60
    assert is_in(signed_in)

    assert dump("DESK") != before


def test_signing_out_ends_this_session_alone(signed_in: Browser) -> None:
    elsewhere = Browser(NOW + MINUTE).sign_in(OWNER)
    cookies = {**signed_in.cookies}

    sign_out(signed_in)

    assert signed_in.cookies == {}
    assert not is_in(Browser(NOW, cookies))
    assert is_in(elsewhere)


def test_signing_out_everywhere_ends_the_sessions_of_other_browsers_at_once_but_nobody_else_s(signed_in: Browser) -> None:
    elsewhere, somebody = Browser(NOW + MINUTE).sign_in(OWNER.upper()), Browser(NOW).sign_in(ORGANISER)
    cookies = {**signed_in.cookies}

    sign_out(signed_in, everywhere="yes")

    assert not is_in(Browser(NOW, cookies))
    assert not is_in(elsewhere)
    assert is_in(somebody)


def test_a_session_that_was_ended_is_not_revived_by_a_page_that_was_under_way(signed_in: Browser) -> None:
    elsewhere = Browser(NOW, {**signed_in.cookies})
    sign_out(signed_in, everywhere="yes")

    elsewhere.at = NOW + 5 * MINUTE

    assert not is_in(elsewhere)
    assert not [item for item in scanned("DESK") if item["sk"]["S"].startswith("SESSION#")]


def test_signing_in_anew_ends_the_session_before(signed_in: Browser) -> None:
    before = {**signed_in.cookies}
    signed_in.at = NOW + MINUTE

    signed_in.sign_in(ORGANISER)

    assert not is_in(Browser(NOW + MINUTE, before))
    assert ORGANISER in signed_in.get(HOME).text


def forged(cookie: str) -> list[str]:
    whose, _, secret = cookie.partition(".")
    another = sessions.fingerprint(ORGANISER)
    return [
        *("", ".", "x", "x.y", whose, f"{whose}.", f".{secret}", f"{whose}.{secret}x", f"{whose.upper()}.{secret}", f"{another}.{secret}"),
        *(
            f"{whose}.{sessions.fingerprint(secret)}",
            f"{'a' * 5000}.{secret}",
            f"{whose}.{'a' * 5000}",
            f"{whose}.\xff\xfe",
            "\xed\xa0\x80",
        ),
        *(f"STAFF#{whose}.{secret}", f"{whose}.{secret}.{secret}", f"{whose}%00.{secret}", f'"{whose}.{secret}\\377"', f"{whose}.\udcff"),
    ]


def test_a_forged_session_has_to_sign_in(signed_in: Browser) -> None:
    for cookie in forged(signed_in.cookies["__Host-kursdag"]):
        assert not is_in(Browser(NOW, {"__Host-kursdag": cookie})), cookie


CROSS_SITE = [
    {"sec_fetch_site": "cross-site"},
    {"sec_fetch_site": "same-site"},
    {"sec_fetch_site": "none"},
    {"sec_fetch_site": ""},
    {"sec_fetch_site": "cross-site", "origin": "https://kursdag.example.org"},
    {"x_requested_with": "nothing"},
    {"origin": "null"},
    {"origin": "https://evil.example"},
    {"origin": "http://kursdag.example.org"},
    {"origin": "https://kursdag.example.org.evil.example"},
    {"origin": "https://kursdag.example.org:8443"},
    {"referer": "https://kursdag.example.org/desk/programmes"},
]


def test_a_form_of_another_site_is_refused_and_changes_nothing(signed_in: Browser) -> None:
    form = signed_in.get(HOME).form()
    asking = Browser(NOW + HOUR)
    asked = asking.get("/desk/sign-in").form() | {"address": ORGANISER}
    asking.ask_for_link(OWNER)
    link = queued()[0]["body"].split('"')[3]
    before = dump("DESK")

    for headers in CROSS_SITE:
        assert signed_in.post("/desk/sign-out", form, **headers).status == 403, headers
        assert asking.post("/desk/sign-in", asked, **headers).status == 403, headers
        assert asking.post(f"/desk/enter/{link}", asked, **headers).status == 403, headers

    assert dump("DESK") == before
    assert queued() == []
    assert is_in(signed_in)


def test_a_form_without_this_browser_s_token_is_refused_and_changes_nothing(signed_in: Browser) -> None:
    asking = Browser(NOW)
    foreign = asking.get("/desk/sign-in").form()["form"]
    another = Browser(NOW).sign_in(ORGANISER).get(HOME).form()["form"]
    asking.ask_for_link("somebody@example.org")
    link = queued()[0]["body"].split('"')[3]
    before = dump("DESK")

    for token in ("", "x", another, signed_in.cookies["__Host-kursdag"], sessions.form_token("")):
        for fields in ({"form": token}, {"other": token}):
            assert signed_in.post("/desk/sign-out", fields).status == 403
            assert asking.post("/desk/sign-in", fields | {"address": OWNER}).status == 403
            assert asking.post(f"/desk/enter/{link}", fields).status == 403
    assert signed_in.post("/desk/sign-out", {"form": foreign}).status == 403

    assert dump("DESK") == before
    assert is_in(signed_in)


def test_a_browser_that_tells_its_origin_by_address_alone_can_send_forms(signed_in: Browser) -> None:
    form = signed_in.get(HOME).form()

    page = signed_in.post("/desk/sign-out", form, origin="https://kursdag.example.org")

    assert (page.status, page.place) == (303, "/desk/sign-in")


def test_a_form_of_another_type_is_not_read(signed_in: Browser) -> None:
    form = signed_in.get(HOME).form()
    multipart = f'--x\r\nContent-Disposition: form-data; name="form"\r\n\r\n{form["form"]}\r\n--x--\r\n'.encode()

    for content_type, body in {"multipart/form-data; boundary=x": multipart, "text/plain": b"form=" + form["form"].encode()}.items():
        assert signed_in.post("/desk/sign-out", body, content_type=content_type, **SAME).status == 415

    assert is_in(signed_in)


def test_a_form_that_is_larger_than_any_of_ours_is_not_read(signed_in: Browser) -> None:
    form = b"form=" + signed_in.get(HOME).form()["form"].encode()

    assert signed_in.post("/desk/sign-out", form + b"&x=" + b"x" * 70_000, content_type=TYPE, **SAME).status == 413
    assert signed_in.post("/desk/sign-out", form + b"&x=1" * 10_000, content_type=TYPE, **SAME).status == 303


@pytest.mark.usefixtures("programme")
def test_a_form_without_a_session_leads_to_sign_in_and_takes_no_cookie_away() -> None:
    page = Browser(NOW).post("/desk/sign-out", {"everywhere": "yes"}, sec_fetch_site="cross-site")

    assert (page.status, page.place, page.cookies) == (303, "/desk/sign-in", [])


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize("staff", ["", "staff: [{email: organiser@example.org, role: organiser}]\n"])
def test_who_is_taken_off_the_staff_sees_nothing_from_the_next_request_on(staff: str) -> None:
    desk()
    owner = Browser(NOW).sign_in(OWNER)
    result = "/desk/programmes/walks/rounds/day-1/result"
    assert owner.get(result).status == 200

    staffed(staff)

    assert [owner.get(path).status for path in (HOME, result, f"{result}.xlsx", "/desk/programmes/walks/rounds/day-1")] == [404] * 4
    assert "You are not on the staff of any programme now." in owner.get("/desk/programmes").text


@pytest.mark.usefixtures("tables")
def test_a_change_of_role_holds_from_the_next_request_on() -> None:
    desk()
    changing = Browser(NOW).sign_in(OWNER)
    result = "/desk/programmes/walks/rounds/day-1/result"
    statuses = []

    for role in ("owner", "organiser", "observer", "owner, units: [North]", "owner"):
        staffed(f"staff: [{{email: owner@example.org, role: {role}}}]\n")
        statuses.append((changing.get(result).status, "41 of 58" in changing.get(HOME).text))

    assert statuses == [(200, True), (403, True), (200, False), (303, True), (200, True)]

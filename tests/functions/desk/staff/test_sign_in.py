import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders

from shared import queue, sessions
from tests.functions.desk.staff.asking import NOW, asked, desk_items
from tests.functions.desk.visitors import ORGANISER, OWNER, Browser, Page, staffed, token
from tests.functions.examples import Refusing, queued, scanned

pytestmark = pytest.mark.slow
REFUSED = "This link does not sign in here"


@pytest.fixture(autouse=True)
def programme(tables: object) -> None:  # noqa: ARG001
    staffed()


def sessions_kept() -> int:
    return len([item for item in scanned("DESK") if item["sk"]["S"].startswith("SESSION#")])


def refused_for_good(page: Page) -> bool:
    return page.status == 403 and REFUSED in page.text and "/desk/sign-in" in page.text and not page.cookies


def test_a_mailed_link_signs_in_by_a_press_of_its_button() -> None:
    browser, link = asked()

    looked = browser.get(f"/desk/enter/{link}")
    entered = browser.post(f"/desk/enter/{link}", looked.form())

    assert looked.status == 200
    assert f"You asked to sign in as {OWNER}" in looked.text
    assert (entered.status, entered.place) == (303, "/desk/programmes")
    assert browser.get("/desk/programmes/walks").status == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_looking_at_a_link_changes_nothing_and_signs_nobody_in(method: str) -> None:
    browser, link = asked()
    before = desk_items()

    pages = [looker.ask(method, f"/desk/enter/{link}") for looker in (browser, browser, Browser(NOW), Browser(NOW, {**browser.cookies}))]

    assert desk_items() == before
    assert not [page.cookies for page in pages if page.cookies]
    assert browser.get("/desk/programmes").place == "/desk/sign-in"
    assert browser.enter(link).status == 303


def test_a_link_works_until_ten_minutes_are_over() -> None:
    browser, link = asked()
    browser.at = NOW + 599

    assert browser.enter(link).status == 303


@pytest.mark.parametrize("late", [600, 601, 86_400])
def test_an_expired_link_is_refused(late: int) -> None:
    browser, link = asked()
    form = browser.get(f"/desk/enter/{link}").form()
    browser.at = NOW + late

    assert refused_for_good(browser.get(f"/desk/enter/{link}"))
    assert refused_for_good(browser.post(f"/desk/enter/{link}", form))
    assert sessions_kept() == 0


def test_a_link_works_once() -> None:
    browser, link = asked()
    form = browser.get(f"/desk/enter/{link}").form()
    cookies = {**browser.cookies}
    browser.post(f"/desk/enter/{link}", form)
    replaying = Browser(NOW, cookies)

    assert refused_for_good(replaying.get(f"/desk/enter/{link}"))
    assert refused_for_good(replaying.post(f"/desk/enter/{link}", form))
    assert sessions_kept() == 1


def test_a_link_works_in_no_browser_but_the_one_that_asked() -> None:
    browser, link = asked()
    another = Browser(NOW)
    form = another.get("/desk/sign-in").form()

    assert refused_for_good(Browser(NOW).get(f"/desk/enter/{link}"))
    assert refused_for_good(another.get(f"/desk/enter/{link}"))
    assert refused_for_good(another.post(f"/desk/enter/{link}", form))
    assert browser.enter(link).status == 303


def test_a_browser_without_the_cookie_can_neither_ask_nor_enter() -> None:
    _, link = asked()
    forged = {"form": sessions.form_token(""), "address": ORGANISER}

    for cookies in ({}, {"__Host-kursdag-asking": ""}):
        assert Browser(NOW, cookies).post("/desk/sign-in", forged).status == 403
        assert Browser(NOW, cookies).post(f"/desk/enter/{link}", forged).status == 403
    assert queued() == []


ALTERED = ["{}x", "{}.", "{}%00", "x", "%FF%FE", "a" * 5000, "{}%0d%0aSet-Cookie:%20a=b", "SIGNIN%23"]


def test_an_altered_link_is_refused_like_an_unknown_one() -> None:
    browser, link = asked()
    form = browser.get(f"/desk/enter/{link}").form()
    unknown = browser.get(f"/desk/enter/{'A' * 43}")

    assert refused_for_good(unknown)
    for path in (f"/desk/enter/{altered.format(link)}" for altered in ALTERED):
        assert browser.get(path).text == unknown.text, path
        assert browser.post(path, form).text == unknown.text, path
    assert sessions_kept() == 0


def test_a_link_that_the_queue_does_not_take_is_not_said_to_be_on_its_way() -> None:
    refusing = Refusing("ServiceUnavailable", 10).on(queue.client(), "SendMessageBatch")

    page = Browser(NOW).ask_for_link(OWNER)

    assert refusing.calls
    assert page.status == 500
    assert "on its way" not in page.text


def test_who_could_not_be_sent_a_link_is_told_so_and_can_ask_again_after_a_minute() -> None:
    browser = Browser(NOW)
    untaken = (AWSResponse("", 200, HTTPHeaders(), None), {"Failed": [{"Id": "0", "SenderFault": False, "Code": "InternalError"}]})
    queue.client().meta.events.register("before-call.sqs.SendMessageBatch", lambda **_: untaken, unique_id="once")  # type: ignore[arg-type]

    page = browser.ask_for_link(OWNER)
    queue.client().meta.events.unregister("before-call.sqs.SendMessageBatch", unique_id="once")
    browser.at += 60

    assert page.status == 503
    assert "Not available right now" in page.text
    assert browser.ask_for_link(OWNER).status == 200
    assert token()


def test_only_hashes_of_links_cookies_and_of_whom_name_what_is_stored() -> None:
    browser, link = asked()
    secret = browser.cookies["__Host-kursdag-asking"]
    browser.enter(link)
    session = browser.cookies["__Host-kursdag"].partition(".")[2]
    stored = "".join(desk_items())

    assert not [text for text in (link, secret, session) if text in stored]
    assert not [item for item in scanned("DESK") if "@" in item["pk"]["S"] + item["sk"]["S"]]
    assert all("expires" in item for item in scanned("DESK"))


def test_an_odd_cookie_gives_way_to_one_of_ours() -> None:
    for odd in ("x", "a" * 5000, "\udcff", "\xff\xfe", "a b", '"', "é" * 43):
        browser = Browser(NOW, {"__Host-kursdag-asking": odd})
        assert browser.get(f"/desk/enter/{'A' * 43}").status == 403, odd
        assert browser.post("/desk/sign-in", {"address": OWNER}).status == 403, odd
        browser.get("/desk/sign-in")
        assert sessions.is_secret(browser.cookies["__Host-kursdag-asking"]), odd


def test_signing_in_and_out_is_logged_without_who(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    browser, link = asked()
    secrets = [link, *browser.cookies.values()]
    Browser(NOW).get(f"/desk/enter/{link}")
    browser.enter(link)
    secrets += browser.cookies["__Host-kursdag"].split(".")
    form = browser.get("/desk/programmes/walks").form()
    browser.post("/desk/sign-out", form, sec_fetch_site="cross-site")
    browser.get("/desk/programmes/nothing")
    browser.post("/desk/sign-out", form)

    said = "".join(capfd.readouterr()) + caplog.text

    told = [said.index(event) for event in ("sign-in asked for", "link refused", "signed in", "refused", "signed out")]
    assert [at >= 0 for at in told] == [True] * 5
    assert not [secret for secret in (*secrets, "@", "walks", "nothing") if secret in said]

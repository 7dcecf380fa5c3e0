"""The form page in a browser: what the script adds, and that nothing is missing without it."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.form_page import DESKTOP, PHONE, box, choose, opened, received, send, shown
from tests.functions.branching import KINDS
from tests.functions.open_round import answers, token

pytestmark = pytest.mark.slow

SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
SCRIPTING = pytest.mark.parametrize("scripting", [True, False], ids=["with JavaScript", "without JavaScript"])

WRITTEN = "Å gå på tur <b>i fjellet</b>"


@pytest.fixture
def address(tables: object) -> Iterator[str]:  # noqa: ARG001
    """Serve the product's pages, with tables in this process, at a moment when the form is open."""
    with shown(KINDS) as found:
        yield found


def drafts(page: Page) -> Mapping[str, str]:
    found: Mapping[str, str] = page.evaluate("() => ({...localStorage})")
    return found


@SIZES
def test_conditions_react_at_once_and_what_they_hide_is_not_sent(chromium: Browser, address: str, size: dict[str, Any]) -> None:
    with opened(chromium, address, **size) as page:
        expect(box(page, "why")).to_be_hidden()
        choose(page, "best", "b")
        expect(box(page, "why").locator("label")).to_contain_text("Why Tool b?")
        page.locator("#t-why").fill(WRITTEN)
        choose(page, "best", "a")
        expect(box(page, "why")).to_be_hidden()
        choose(page, "best", "c")
        expect(page.locator("#t-why")).to_have_value(WRITTEN)
        expect(box(page, "why").locator("label")).to_contain_text("Why Tool c?")
        choose(page, "best", "a")
        send(page)
        received(page)

    assert [stored.answers for stored in answers()] == [{"best": "a"}]


def test_a_section_of_which_nothing_is_asked_has_no_heading(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        expect(page.get_by_role("heading", name="About numbers")).to_be_hidden()
        page.locator("#t-times").fill("3")
        expect(page.get_by_role("heading", name="About numbers")).to_be_visible()


def test_without_javascript_every_question_is_there_and_says_for_whom_it_is(chromium: Browser, address: str) -> None:
    with opened(chromium, address, java_script_enabled=False) as page:
        expect(box(page, "why")).to_contain_text("If you answered “Tool b” or “Tool c” to “Which is best?”:")
        expect(page.locator("#restored, #kept, #offline").first).to_be_hidden()
        choose(page, "best", "a")
        page.locator("#t-why").fill(WRITTEN)
        send(page)
        received(page)

    assert [stored.answers for stored in answers()] == [{"best": "a"}]


@SIZES
def test_a_draft_is_there_after_a_reload_and_gone_after_the_receipt(chromium: Browser, address: str, size: dict[str, Any]) -> None:
    with opened(chromium, address, **size) as page:
        choose(page, "tools", "a")
        choose(page, "tools", "other")
        page.locator('[name="tools.other"]').fill("my own")
        choose(page, "best", "b")
        page.locator("#t-why").fill(WRITTEN)
        page.goto("about:blank", wait_until="commit")
        page.goto(address)

        expect(page.locator("#restored")).to_be_visible()
        assert token() not in str(drafts(page))
        send(page)
        received(page)
        assert drafts(page) == {}

    assert [stored.answers for stored in answers()] == [{"tools": ["a", "other"], "tools.other": "my own", "best": "b", "why": WRITTEN}]


def test_a_draft_can_be_thrown_away(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        choose(page, "best", "b")
        page.locator("#t-why").fill(WRITTEN)
        page.reload()
        page.get_by_role("button", name="Clear the form").click()

        expect(page.locator("#restored")).to_be_hidden()
        expect(page.locator("#t-why")).to_have_value("")
        assert drafts(page) == {}
        page.reload()
        expect(page.locator("#restored")).to_be_hidden()


def test_an_old_draft_is_forgotten_and_a_broken_one_does_no_harm(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        page.evaluate("() => { localStorage['kursdag.draft.old'] = '{\"at\": 1, \"filled\": []}'; localStorage.other = 'stays' }")
        page.reload()
        assert drafts(page) == {"other": "stays"}
        page.evaluate("name => { localStorage['kursdag.draft.' + name] = 'no draft' }", page.locator("#answer").get_attribute("data-draft"))
        page.reload()
        choose(page, "best", "b")
        expect(page.locator("#t-why")).to_be_visible()


def test_send_pressed_twice_sends_once(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        posts: list[str] = []
        page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
        choose(page, "best", "a")
        page.get_by_role("button", name="Send your answer").dblclick()
        received(page)

    assert len(posts) == 1
    assert len(answers()) == 1


def test_when_the_connection_is_cut_in_the_middle_of_sending_all_is_there_to_be_sent_again(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        choose(page, "best", "b")
        page.locator("#t-why").fill(WRITTEN)

        def cut(route: Route) -> None:
            route.abort("connectionreset") if route.request.method == "POST" else route.continue_()

        page.route("**/e/**", cut)
        send(page)
        page.wait_for_url("chrome-error://**")
        page.unroute("**/e/**")
        page.goto(address)

        expect(page.locator("#t-why")).to_have_value(WRITTEN)
        send(page)
        received(page)

    assert [stored.answers for stored in answers()] == [{"best": "b", "why": WRITTEN}]


def test_without_a_connection_the_page_stays_and_says_so(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        choose(page, "best", "a")
        page.context.set_offline(True)
        send(page)
        expect(page.locator("#offline")).to_be_visible()
        page.context.set_offline(False)
        send(page)
        received(page)

    assert len(answers()) == 1


def test_a_reply_that_is_no_page_leaves_the_button_working(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        page.clock.install()
        choose(page, "best", "a")
        page.route("**/e/**", lambda route: route.fulfill(status=204))
        send(page)
        expect(page.locator("button[data-busy]")).to_have_text("Sending …")
        page.unroute("**/e/**")
        page.clock.fast_forward(11_000)
        send(page)
        received(page)

    assert len(answers()) == 1


def leave(page: Page) -> list[str]:
    """Try to close the page; return the kinds of dialog that came up, and stay."""
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", stay)
    page.goto("about:blank", wait_until="commit")
    return asked


def test_leaving_with_something_unsent_asks_and_else_does_not(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        page.locator("h1").click()
        assert leave(page) == []
    with opened(chromium, address) as page:
        choose(page, "best", "b")
        page.locator("#t-why").fill(WRITTEN)
        assert leave(page) == ["beforeunload"]
    with opened(chromium, address) as page:
        choose(page, "best", "a")
        asked: list[str] = []
        page.on("dialog", lambda dialog: asked.append(dialog.type))
        send(page)
        received(page)
        assert asked == []
        assert leave(page) == []


@SIZES
@SCRIPTING
def test_another_language_keeps_all_that_is_typed_and_sends_nothing(
    chromium: Browser, address: str, size: dict[str, Any], scripting: bool
) -> None:
    with opened(chromium, address, java_script_enabled=scripting, **size) as page:
        choose(page, "tools", "a")
        choose(page, "best", "b")
        page.locator("#t-why").fill(WRITTEN)
        choose(page, "best", "a")
        page.get_by_role("button", name="Norsk bokmål").click()

        expect(page.locator("html")).to_have_attribute("lang", "nb")
        expect(page.locator("#t-why")).to_have_value(WRITTEN)
        expect(page.locator('[name="tools"][value="a"]')).to_be_checked()
        assert answers() == []
        page.get_by_role("button", name="English").click()
        choose(page, "best", "b")
        send(page)
        received(page)

    assert [stored.answers for stored in answers()] == [{"tools": ["a"], "best": "b", "why": WRITTEN}]


@SCRIPTING
def test_what_must_be_mended_gets_the_focus_and_leads_to_its_question(chromium: Browser, address: str, scripting: bool) -> None:
    with opened(chromium, address, java_script_enabled=scripting) as page:
        page.locator("#t-times").fill("many")
        send(page)

        expect(page).to_have_title("Not sent yet: Day 1")
        expect(page.locator(".faults")).to_be_focused()
        page.get_by_role("link", name="How often?").click()
        expect(page.locator("#t-times")).to_be_focused()
        expect(page.locator("#t-times")).to_have_value("many")
        send(page)
        expect(page.locator(".faults")).to_be_focused()


@SCRIPTING
def test_the_return_key_in_a_line_of_text_sends_nothing(chromium: Browser, address: str, scripting: bool) -> None:
    with opened(chromium, address, java_script_enabled=scripting) as page:
        page.locator("#t-times").fill("4")
        page.locator("#t-times").press("Enter")
        page.wait_for_timeout(300)

        expect(page.locator("#t-times")).to_have_value("4")
        expect(page.locator("html")).to_have_attribute("lang", "en")

    assert answers() == []


@SCRIPTING
def test_the_first_of_two_tabs_counts_and_the_other_keeps_its_text(chromium: Browser, address: str, scripting: bool) -> None:
    with opened(chromium, address, java_script_enabled=scripting) as page:
        other = page.context.new_page()
        other.goto(address)
        choose(page, "best", "b")
        page.locator("#t-why").fill("From the first tab")
        send(page)
        received(page)
        choose(other, "best", "b")
        other.locator("#t-why").fill(WRITTEN)
        send(other)

        expect(other.get_by_role("heading", level=1)).to_have_text("Your answer is already received")
        expect(other.locator("blockquote")).to_have_text(WRITTEN)

    assert [stored.answers for stored in answers()] == [{"best": "b", "why": "From the first tab"}]


@SCRIPTING
def test_back_from_the_receipt_there_is_nothing_to_send_again(chromium: Browser, address: str, scripting: bool) -> None:
    with opened(chromium, address, java_script_enabled=scripting) as page:
        choose(page, "best", "a")
        send(page)
        received(page)
        page.go_back()

        expect(page.get_by_role("heading", level=1)).to_have_text("Your answer is already received")

    assert len(answers()) == 1

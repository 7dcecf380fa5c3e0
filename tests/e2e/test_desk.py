"""Staff in a browser: signing in by mail, reading and downloading a result, following the response."""

import csv
import io
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from infra import jobs
from infra.stack import mails as stack_mails
from infra.stack.deploying import Stack
from tests.e2e.command_line import CommandLine
from tests.e2e.journey import COMMENTS, HIDDEN_COMMENTS, INVITED, OVER, ROUND, Journey
from tests.e2e.test_journey import COUNTS, POSITIVE, counted, table
from tests.e2e.unspoken import Unspoken
from tests.template import ROOT

RESULT = f"/desk/programmes/journey/rounds/{ROUND}/result"
FOLLOWED = "followed"
OPEN, SOON, LATER = "2029-08-26T15:35", "2029-08-26T15:40", "2029-08-26T16:45"
"""A year before the journey's, so that its rounds are not due."""

ENGLISH = "en-GB"
PATIENCE = 60
"""Seconds to wait for a mail."""


class Desk:
    """Signs browsers in at the deployed stack."""

    def __init__(self, stack: Stack, unspoken: Unspoken) -> None:
        self.stack, self.unspoken = stack, unspoken
        self.base = stack.base_address

    def ask(self, page: Page, email: str) -> str:
        """Ask for a link; return the one that is mailed."""
        known = self.links(email)
        page.goto(f"{self.base}/desk/sign-in")
        page.get_by_label("Your mail address").fill(email)
        page.get_by_role("button", name="Send me a link").click()
        page.wait_for_selector("h1:has-text('Look in your mailbox')")
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if new := [link for link in self.links(email) if link not in known]:
                self.unspoken.add(new[0].rsplit("/", 1)[1], email)
                return new[0]
            time.sleep(0.3)
        raise TimeoutError("no mail")

    def links(self, email: str) -> list[str]:
        """List the sign-in links that an address was sent."""
        texts = [sent["BodyText"] for sent in stack_mails.mails(self.stack.emulator.port) if email in sent["To"]]
        return [link for text in texts for link in re.findall(r"^http\S+/desk/enter/\S+$", text, re.MULTILINE)]

    def sign_in(self, page: Page, email: str) -> None:
        """Sign in by the mail."""
        page.goto(self.ask(page, email))
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{self.base}/desk/programmes**")
        self.unspoken.add(*(cookie["value"].rpartition(".")[2] for cookie in page.context.cookies()))


@pytest.fixture(scope="module")
def desk(stack: Stack, unspoken: Unspoken) -> Desk:
    return Desk(stack, unspoken)


@pytest.fixture(scope="module")
def owner(desk: Desk, journey: Journey, chromium: Browser) -> Iterator[BrowserContext]:
    """Sign the owner in without JavaScript."""
    assert journey.published
    context = chromium.new_context(java_script_enabled=False, locale=ENGLISH)
    desk.sign_in(context.new_page(), "owner@example.org")
    yield context
    context.close()


@pytest.fixture(scope="module")
def followed(kursdag: CommandLine, journey: Journey, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    """Open a round of a programme of these tests, count it, and give the clock back to the journey at the end."""
    assert journey.published
    folder = tmp_path_factory.mktemp("followed")
    kursdag("publish", _programme(folder))
    kursdag("roster", "import", FOLLOWED, _roster(folder))
    kursdag("jobs", "run", "invite", "--at", OPEN)
    kursdag("jobs", "run", "aggregate", "--at", SOON)
    yield kursdag
    kursdag("clock", "set", OVER)


def _programme(folder: Path) -> Path:
    written = folder / FOLLOWED
    written.mkdir()
    for path in (ROOT / "forms/kollegasamarbeid").glob("*.yaml"):
        (written / path.name).write_text(path.read_text().replace("date: 2014-", "date: 2029-"))
    return written


def _roster(folder: Path) -> Path:
    path = folder / "roster.csv"
    with path.open("w", newline="") as file:
        rows = [[f"follower{number:02}@example.org", f"Follower {number}", "nb", "leader", "Follo", "Granlia"] for number in range(20)]
        csv.writer(file).writerows([["email", "name", "language", "role", "region", "school"], *rows])
    return path


def test_the_owner_reads_the_result_without_javascript(owner: BrowserContext, desk: Desk) -> None:
    page = owner.new_page()
    page.goto(f"{desk.base}/desk/programmes/journey")
    page.get_by_role("link", name="Day 1").first.click()
    page.get_by_role("link", name="See the result").click()
    assert not [text for text in COMMENTS if text in page.inner_text("main")]
    page.get_by_role("link", name="Read the comments").click()
    page.get_by_role("button", name="Save, and show the rest of this page").click()
    page.get_by_role("button", name="Release the comments").click()
    page.goto(desk.base + RESULT)
    said = page.inner_text("main")

    assert page.url == desk.base + RESULT
    assert f"12 of {INVITED} have answered." in said
    for x, n in POSITIVE.values():
        assert f"{x} of {n} positive" in said
    assert not [text for text in COMMENTS if text not in said]
    assert not [text for text in HIDDEN_COMMENTS if text in said]


def test_the_owner_downloads_the_result_and_its_figures_are_the_answers_given(owner: BrowserContext, desk: Desk, journey: Journey) -> None:
    page = owner.new_page()
    page.goto(desk.base + RESULT)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download XLSX").click()
    content = Path(waiting.value.path()).read_bytes()

    assert waiting.value.suggested_filename == f"journey-{ROUND}.xlsx"
    assert content == journey.results["xlsx"]
    assert counted(table(content)) == COUNTS


def test_the_owner_downloads_the_comments_that_she_has_released(owner: BrowserContext, desk: Desk) -> None:
    page = owner.new_page()
    page.goto(desk.base + RESULT)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download the comments").click()
    sheet = openpyxl.load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes())).worksheets[0]

    assert waiting.value.suggested_filename == f"journey-{ROUND}-comments.xlsx"
    assert {row[1].value for row in sheet.iter_rows(min_row=2)} >= COMMENTS


@pytest.fixture(scope="module")
def replied(owner: BrowserContext, desk: Desk) -> str:
    """Answer back to the round; return what the desk then holds of it."""
    page = owner.new_page()
    page.goto(desk.base + RESULT)
    page.get_by_role("link", name="Tell the participants what you heard").click()
    for field in page.locator("textarea").all():
        field.fill("Mindre foredrag, mer samtale.")
    page.get_by_role("button", name="Save and look at it").click()
    page.get_by_role("button", name="Publish and mail").click()
    expect(page.get_by_role("status")).to_contain_text("Published.")
    return page.locator("textarea").first.input_value()


def test_the_owner_answers_back(replied: str) -> None:
    assert replied.strip() == "Mindre foredrag, mer samtale."


def test_a_chart_is_saved_as_a_picture_by_the_browser_itself(owner: BrowserContext, desk: Desk, chromium: Browser) -> None:
    page = chromium.new_context(storage_state=owner.storage_state(), locale=ENGLISH).new_page()
    page.goto(desk.base + RESULT)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="PNG").first.click()
    content = Path(waiting.value.path()).read_bytes()

    assert waiting.value.suggested_filename.endswith(".png")
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(content[16:20], "big") == 1920
    page.context.close()


def test_the_organiser_sees_the_response_change_an_hour_later_and_signs_out(desk: Desk, followed: CommandLine, chromium: Browser) -> None:
    context = chromium.new_context(locale=ENGLISH)
    page = context.new_page()
    desk.sign_in(page, "organiser@example.org")
    page.goto(f"{desk.base}/desk/programmes/{FOLLOWED}")
    page.get_by_role("link", name="Day 1").first.click()

    before = _response(page)
    answered = int(followed("simulate", FOLLOWED, ROUND).split(" answered")[0].split()[-1])
    within_the_hour = _response(page)
    followed("jobs", "run", "aggregate", "--at", LATER)
    after = _response(page)

    assert before == within_the_hour == "0 of 20 answered (0\xa0%)"
    assert after == f"{answered} of 20 answered ({round(5 * answered)}\xa0%)"
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url(f"{desk.base}/desk/sign-in")
    page.go_back()
    page.wait_for_selector("h1:has-text('Sign in to Kursdag')")
    assert context.cookies() == [cookie for cookie in context.cookies() if "asking" in cookie["name"]]
    context.close()


def _response(page: Page) -> str:
    page.reload()
    return page.locator(".figure").inner_text()


def test_an_observer_reads_results_but_no_response_and_signs_out_everywhere(desk: Desk, journey: Journey, chromium: Browser) -> None:
    assert journey.published
    first = chromium.new_context(locale=ENGLISH)
    page = first.new_page()
    desk.sign_in(page, "observer@example.org")
    second = chromium.new_context(locale=ENGLISH, storage_state=first.storage_state())
    elsewhere = second.new_page()
    elsewhere.goto(desk.base + RESULT)

    page.goto(desk.base + RESULT.removesuffix("/result"))
    assert page.get_by_role("heading", name="Response").count() == 0
    assert page.get_by_role("link", name="See the result").count() == 1
    page.get_by_role("button", name="Sign out everywhere").click()
    page.wait_for_url(f"{desk.base}/desk/sign-in")
    elsewhere.reload()

    assert elsewhere.url == f"{desk.base}/desk/sign-in"
    first.close()
    second.close()


def test_a_link_opened_in_another_browser_does_not_sign_in(desk: Desk, journey: Journey, chromium: Browser) -> None:
    assert journey.published
    asking, another = chromium.new_context(locale=ENGLISH), chromium.new_context(locale=ENGLISH)
    link = desk.ask(asking.new_page(), "follo@example.org")
    page = another.new_page()

    opened = page.goto(link)

    assert opened is not None
    assert opened.status == 403
    assert page.get_by_role("button").count() == 0
    page.get_by_role("link", name="Ask for a new link").click()
    assert page.url == f"{desk.base}/desk/sign-in"
    asking.close()
    another.close()


def test_a_stranger_is_told_the_same_and_gets_no_mail(
    desk: Desk, journey: Journey, chromium: Browser, stack_settings: Mapping[str, str]
) -> None:
    assert journey.published
    context = chromium.new_context(locale=ENGLISH)
    page = context.new_page()
    page.goto(f"{desk.base}/desk/sign-in")
    page.get_by_label("Your mail address").fill("stranger@example.org")
    page.get_by_role("button", name="Send me a link").click()
    page.wait_for_selector("h1:has-text('Look in your mailbox')")
    while jobs.waiting(stack_settings["SEND_QUEUE"]):
        time.sleep(0.2)

    assert "If stranger@example.org belongs to somebody on the staff" in page.inner_text("main")
    assert desk.links("stranger@example.org") == []
    context.close()


@pytest.mark.usefixtures("replied")
def test_a_participant_s_own_link_shows_what_the_owner_has_answered(journey: Journey, chromium: Browser) -> None:
    """Last, because for a minute the pages of participants may still know the round as it was before."""
    journey.kursdag("clock", "set", OVER)
    page = chromium.new_page(locale="nb-NO")
    page.goto(journey.link)
    deadline = time.monotonic() + PATIENCE + 15
    while "Mindre foredrag" not in page.inner_text("main") and time.monotonic() < deadline:
        time.sleep(1)
        page.reload()
    said = page.inner_text("main")
    page.close()

    assert "Mindre foredrag, mer samtale." in said
    assert f"{POSITIVE['benefit'][0]} av {POSITIVE['benefit'][1]} er positive" in said
    assert not [text for text in COMMENTS if text in said]

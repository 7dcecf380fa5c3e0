"""A programme in the browser, from a few questions to a day that is changed, without a shell."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from infra.stack.deploying import Stack
from tests.e2e.command_line import CommandLine
from tests.e2e.test_desk import Desk
from tests.e2e.unspoken import Unspoken
from tests.functions.examples import DAY, PROGRAMME

AUTHOR = "author@example.org"
STAFF = f"staff: [{{email: {AUTHOR}, role: organiser}}]\n"


@pytest.fixture
def author(stack: Stack, kursdag: CommandLine, unspoken: Unspoken, chromium: Browser, tmp_path: Path) -> Page:
    """Sign in somebody who organises a programme already."""
    folder = tmp_path / "walks-of-hers"
    folder.mkdir()
    (folder / "programme.yaml").write_text(PROGRAMME.replace("2025-", "2095-") + STAFF)
    (folder / "day.yaml").write_text(DAY)
    kursdag("publish", folder)
    page = chromium.new_context(locale="en-GB").new_page()
    page.set_default_timeout(120_000)
    Desk(stack, unspoken).sign_in(page, AUTHOR)
    return page


def look(page: Page) -> None:
    """Expect a page without a fault of accessibility, as wide as its screen."""
    assert Axe().run(page).response["violations"] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def test_a_programme_is_made_published_and_changed_and_a_later_plan_tells_the_change(
    author: Page, stack: Stack, kursdag: CommandLine, tmp_path: Path
) -> None:
    author.goto(f"{stack.base_address}/desk/programmes/walks-of-hers")
    author.get_by_role("link", name="Files").click()
    look(author)
    author.get_by_role("link", name="New programme").click()
    look(author)
    author.get_by_role("link", name="A few questions").click()
    look(author)
    author.get_by_label("Title of the programme").fill("Listening in schools")
    author.get_by_label("Date").first.fill("2095-03-01")
    author.get_by_label("Place").first.fill("Bergen")
    author.get_by_label("Whom participants can write to: name").fill("The office")
    author.get_by_label("Address").first.fill("office@example.org")
    author.get_by_role("button", name="Make a draft").click()
    author.wait_for_selector("h1:has-text('Draft: listening-in-schools')")
    look(author)
    author.get_by_role("button", name="Publish").click()
    author.wait_for_selector("h1:has-text('Listening in schools')")

    author.get_by_role("link", name="Days").click()
    look(author)
    author.get_by_role("link", name="Day 1").click()
    author.get_by_text("13:00–15:30 Afternoon").click()
    look(author)
    author.locator("details[open] [name=end]").fill("16:15")
    author.locator("details[open]").get_by_role("button", name="See what moves").click()
    author.wait_for_selector("h1:has-text('What moves')")
    look(author)
    assert "at 15:30" in author.inner_text("s")
    author.get_by_role("button", name="Publish the change").click()
    author.wait_for_selector("h2:has-text('Changed in the desk')")
    look(author)

    with author.expect_download() as download:
        author.goto(f"{stack.base_address}/desk/programmes/listening-in-schools/files")
        author.get_by_role("link", name="The programme as a workbook (Excel)").click()
    workbook = tmp_path / "listening-in-schools.xlsx"
    download.value.save_as(workbook)
    plan = kursdag("publish", workbook, "--plan")
    assert "day-1 session afternoon: end 16:15 (changed in the desk on " in plan
    assert f"by {AUTHOR})" in plan
    assert "unchanged  day-1" in plan

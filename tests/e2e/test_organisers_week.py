"""An organiser's whole week in the browser, from a new programme to the account of what was done; no shell but for time and answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from infra.stack import mails as stack_mails
from infra.stack.deploying import Stack
from tests.e2e.command_line import CommandLine
from tests.e2e.test_desk import Desk
from tests.e2e.unspoken import Unspoken
from tests.functions.examples import DAY, PROGRAMME

NAME = "week-of-listening"
ORGANISER = "week@organiser.example.org"
PEOPLE = [f"week{number:02}@example.org" for number in range(1, 13)]
ABSENT, WALK_IN = "Weekly 12", "week.door@example.org"

DATE = "2027-03-03"
"""Earlier than the days of other tests, so that no other round is due when the clock is there."""
OPENS, LATER, OVER = f"{DATE}T15:35", f"{DATE}T17:45", "2027-03-04T12:10"

WIDTHS = (360, 1280)


@pytest.fixture
def page(stack: Stack, kursdag: CommandLine, unspoken: Unspoken, chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    """Sign in somebody who organises a programme already, and put the clock back afterwards."""
    folder = tmp_path / "week-before"
    folder.mkdir()
    staff = f"staff: [{{email: {ORGANISER}, role: owner}}]\n"
    (folder / "programme.yaml").write_text(PROGRAMME.replace("2025-", "2095-") + staff)
    (folder / "day.yaml").write_text(DAY)
    kursdag("publish", folder)
    unspoken.add(*PEOPLE, WALK_IN, ORGANISER)
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(120_000)
    Desk(stack, unspoken).sign_in(page, ORGANISER)
    yield page
    kursdag("clock", "reset")
    context.close()


def look(page: Page, heading: str) -> None:
    """Expect a page without a fault of accessibility, as wide as its screen, on a phone and on a desk."""
    page.wait_for_selector(f"h1:has-text('{heading}')")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert [fault["id"] for fault in Axe().run(page).response["violations"]] == [], (page.url, width)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (page.url, width)


def go(page: Page, *links: str) -> None:
    """Follow links by their names."""
    for link in links:
        page.get_by_role("link", name=link, exact=True).first.click()


def subjects(stack: Stack, to: str) -> list[str]:
    """List what somebody was mailed."""
    return [mail["Subject"] for mail in stack_mails.mails(stack.emulator.port) if to in mail["To"]]


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def begun(page: Page) -> None:
    """Begin a programme by a few questions."""
    go(page, "My programmes", "New programme", "A few questions")
    for label, text in {
        "Title of the programme": "Week of listening",
        "Whom participants can write to: name": "The office",
        "The programme’s id": NAME,
    }.items():
        page.get_by_label(label).fill(text)
    for label, text in {"Date": DATE, "Place": "Bergen", "Address": "office@example.org"}.items():
        page.get_by_label(label).first.fill(text)
    press(page, "Make a draft")


def published(page: Page) -> None:
    """Look at the check, the plan and the previews, and publish."""
    look(page, f"Draft: {NAME}")
    assert "No faults." in page.inner_text("main")
    go(page, "Preview the forms and mails")
    go(page, "English")
    assert "Preview: nothing is stored" in page.inner_text("main")
    go(page, "All forms and mails", f"Draft: {NAME}")
    press(page, "Publish")
    page.wait_for_selector("h1:has-text('Week of listening')")


def enrolled(page: Page, folder: Path) -> None:
    """Bring the list of participants, look at what would change, and import it."""
    rows = [f"{address};Weekly {number:02};participant\n" for number, address in enumerate(PEOPLE, 1)]
    file = folder / "people.csv"
    file.write_text("".join(["E-mail;Name;Role\n", *rows]))
    go(page, "Who takes part", "Bring a list from Excel or a CSV file")
    page.get_by_label("The file").set_input_files(file)
    press(page, "Show what would change")
    page.wait_for_selector("h1:has-text('What would change')")
    press(page, "Import")
    page.wait_for_selector("text=Imported: 12 new, 0 changed.")


def marked_absent(page: Page) -> None:
    """Mark who was absent, and let somebody in who stands at the door: two pages away from the overview."""
    go(page, "Attendance")
    page.get_by_role("link", name="Day 1: Bergen").click()
    page.get_by_label(ABSENT).check()
    press(page, "Save")
    page.wait_for_selector("text=Saved: 1 marked absent")


def walked_in(page: Page) -> None:
    page.get_by_role("link", name="Add somebody at the door").click()
    page.get_by_label("Name", exact=True).fill("Walker Inn")
    page.get_by_label("Mail address").fill(WALK_IN)
    look(page, "Add somebody")
    press(page, "Add")
    page.wait_for_selector("text=Walker Inn")


def changed(page: Page) -> None:
    """Keep the form open until the next noon, then remind: the job that runs by itself may mail at any moment after that."""
    go(page, "Overview", "Day 1")
    go(page, "Remind now, keep it open longer, pause the mails")
    look(page, "Mails and closing")
    page.get_by_label("Last minute in which it can be answered").fill("2027-03-04T12:00")
    press(page, "Keep it open longer")
    press(page, "Keep it open longer")
    page.wait_for_selector("text=The form stays open longer.")
    go(page, "Remind now, keep it open longer, pause the mails")
    go(page, "Remind now")
    press(page, "Remind now")
    page.wait_for_selector("text=The reminder goes out within five minutes.")


def read(page: Page) -> None:
    """Read the result, and find the files in one place."""
    go(page, "Results")
    look(page, "Results")
    go(page, "Day 1")
    page.wait_for_selector("h1")
    go(page, "Files")
    assert page.get_by_role("link", name="XLSX").count() == 1


def accounted(page: Page) -> None:
    """Find everything in the account."""
    go(page, "What was done")
    look(page, "What was done")
    said = page.inner_text("main")
    for deed in (
        "Looked at the result: Day 1",
        "Kept open until 2027-03-04 12:00: Day 1",
        "Reminded: Day 1",
        "Added somebody to the list of participants",
        "1 marked absent, 0 taken back",
        "Imported a list of participants: 12 new, 0 changed",
        "Published the programme",
    ):
        assert deed in said, deed


def test_an_organiser_s_whole_week_needs_no_shell(page: Page, stack: Stack, kursdag: CommandLine, tmp_path: Path) -> None:

    begun(page)
    published(page)
    enrolled(page, tmp_path)

    kursdag("jobs", "run", "invite", "--at", OPENS)
    go(page, "Overview")
    look(page, "Week of listening")
    marked_absent(page)
    walked_in(page)
    kursdag("jobs", "run", "invite", "--at", LATER)
    assert subjects(stack, WALK_IN) == ["How was the day? Day 1"]
    changed(page)
    kursdag("jobs", "run", "invite")
    assert subjects(stack, PEOPLE[0]) == ["How was the day? Day 1", "Open until Thursday 4 March at 12:00: Day 1"]
    assert subjects(stack, PEOPLE[-1]) == ["How was the day? Day 1"]
    kursdag("simulate", NAME, "day-1")

    kursdag("jobs", "run", "aggregate", "--at", OVER)
    page.goto(f"{stack.base_address}/desk/programmes/{NAME}")
    read(page)
    accounted(page)

"""Who has no link on the deployed stack: from a poster's code to an answer, and from asking to be let in to an invitation."""

import csv
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from infra.stack import mails as stack_mails
from infra.stack.deploying import Stack
from tests.e2e.command_line import CommandLine
from tests.e2e.journey import OVER, Journey, link
from tests.e2e.test_desk import Desk
from tests.e2e.unspoken import Unspoken
from tests.shared.drawn import read
from tests.template import ROOT

NAME = "found"
OPEN, LATER = "2028-08-26T15:35", "2028-08-26T15:45"
"""Years before the journey's, so that its rounds are not due."""

FINDER, NEWCOMER, ORGANISER = "finder01@example.org", "newcomer@example.org", "organiser.found@example.org"
"""The organiser is of these tests alone: who has just asked to sign in elsewhere is sent no second link for a minute."""
PATIENCE = 60
"""Seconds to wait for a mail."""


@pytest.fixture(scope="module")
def found(kursdag: CommandLine, journey: Journey, unspoken: Unspoken, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    """Open a round of a programme of these tests, and give the clock back to the journey at the end."""
    assert journey.published
    folder = tmp_path_factory.mktemp("found")
    kursdag("publish", _programme(folder))
    kursdag("roster", "import", NAME, _roster(folder))
    kursdag("jobs", "run", "invite", "--at", OPEN)
    unspoken.add(FINDER, NEWCOMER, "Nykommer")
    yield kursdag
    kursdag("clock", "set", OVER)


def _programme(folder: Path) -> Path:
    written = folder / NAME
    written.mkdir()
    for path in (ROOT / "forms/kollegasamarbeid").glob("*.yaml"):
        text = path.read_text().replace("date: 2014-", "date: 2028-").replace("organiser@example.org", ORGANISER)
        (written / path.name).write_text(text)
    return written


def _roster(folder: Path) -> Path:
    path = folder / "roster.csv"
    with path.open("w", newline="") as file:
        rows = [[f"finder{number:02}@example.org", f"Finder {number}", "nb", "leader", "Follo", "Granlia"] for number in range(6)]
        csv.writer(file).writerows([["email", "name", "language", "role", "region", "school"], *rows])
    return path


@pytest.fixture(scope="module")
def address(found: CommandLine, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Scan the poster of day 1, as a sheet and as a slide."""
    folder = tmp_path_factory.mktemp("posters")
    found("poster", NAME, "day-1", "-o", folder)
    found("poster", NAME, "day-1", "--slide", "-o", folder)
    page = chromium.new_page(viewport={"width": 1280, "height": 1123})
    codes = [code for path in sorted(folder.iterdir()) for code in _scanned(page, path)]
    page.close()
    assert len(codes) == 2
    assert len(set(codes)) == 1
    return codes[0]


def _scanned(page: Page, path: Path) -> list[str]:
    page.goto(path.as_uri())
    return read(page.screenshot())


def _mailed(stack: Stack, to: str, subject: str) -> str:
    """Wait for a mail; return its text."""

    def sent() -> list[str]:
        return [mail["BodyText"] for mail in stack_mails.mails(stack.emulator.port) if to in mail["To"] and subject in mail["Subject"]]

    _until(lambda: bool(sent()))
    (text,) = sent()
    return text


def _until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.3)


def test_from_a_poster_to_an_answer_without_javascript(address: str, stack: Stack, chromium: Browser, unspoken: Unspoken) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="en-GB", viewport={"width": 360, "height": 740})
    page = context.new_page()

    page.goto(address)
    page.get_by_label("Your mail address").fill(FINDER.upper())
    page.get_by_role("button", name="Send me my link").click()
    page.wait_for_selector("h1:has-text('Look in your mailbox')")
    own = link(_mailed(stack, FINDER, "Din egen lenke"))
    unspoken.add(own.rpartition("/")[2])
    page.goto(own)
    page.locator('label:has(input[name="benefit"][value="4"])').click()
    page.get_by_role("button", name=re.compile("^Send")).last.click()
    page.wait_for_selector("h1:has-text('Takk')")

    context.close()


def test_who_asks_to_be_let_in_and_is_gets_her_invitation(
    address: str, found: CommandLine, stack: Stack, chromium: Browser, unspoken: Unspoken
) -> None:
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(address)
    page.get_by_role("link", name="Ask to be let in").click()
    page.get_by_label("Your name").fill("Nykommer")
    page.get_by_label("Your mail address").fill(NEWCOMER)
    page.get_by_role("button", name="Ask to be let in").click()
    page.wait_for_selector("h1:has-text('The organisers are asked')")

    Desk(stack, unspoken).sign_in(page, ORGANISER)
    _let_in(page, f"{stack.base_address}/desk/programmes/{NAME}/rounds/day-1/requests")
    found("jobs", "run", "invite", "--at", LATER)

    assert link(_mailed(stack, NEWCOMER, "")).startswith(f"{stack.base_address}/e/")
    context.close()


def _let_in(page: Page, requests: str) -> None:
    """Wait until the request has come, and let her in."""

    def listed() -> bool:
        page.goto(requests)
        return page.get_by_role("heading", name="Nykommer").count() == 1

    _until(listed)
    page.get_by_label("Belongs to").select_option(label="Follo › Granlia")
    page.get_by_label("Role").select_option(index=1)
    page.get_by_role("button", name="Let in", exact=True).click()
    page.wait_for_selector("text=Nobody asks to be let in.")

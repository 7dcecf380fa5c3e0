"""The start page in a browser without JavaScript: from an invitation to a published result, without the command line."""

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from infra import start
from infra.service import connect
from infra.stack.deploying import Stack
from tests.e2e.command_line import CommandLine
from tests.e2e.unspoken import Unspoken
from tests.template import ROOT

NAME = "startpage"
YEAR = "2015"
"""A year in which no other test's round is open."""

OPEN, OVER = f"{YEAR}-08-26T15:35", f"{YEAR}-08-27T00:10"
INVITED = 9
READER = "walker1@example.org"
PATIENCE = 180_000
"""Milliseconds in which work ends."""


@pytest.fixture
def address(stack: Stack, stack_settings: Mapping[str, str], kursdag: CommandLine, tmp_path: Path) -> Iterator[str]:  # noqa: ARG001
    """Publish a programme with nine participants, and serve the start page of the stack that holds it."""
    folder = tmp_path / NAME
    folder.mkdir()
    for path in (ROOT / "forms/kollegasamarbeid").glob("*.yaml"):
        (folder / path.name).write_text(path.read_text().replace("date: 2014-", f"date: {YEAR}-"))
    roster = [
        "email,name,language,role,region,school",
        *(f"walker{n}@example.org,Walker {n},en,leader,Follo,Granlia" for n in range(1, INVITED + 1)),
    ]
    (tmp_path / "roster.csv").write_text("\n".join(roster))
    kursdag("publish", folder)
    kursdag("roster", "import", NAME, tmp_path / "roster.csv")
    served = start.opened(connect(), stack.emulator.port, start.Work())
    yield served.address
    served.stop()
    kursdag("clock", "reset")


def test_a_newcomer_walks_from_an_invitation_to_the_result(
    address: str, chromium: Browser, unspoken: Unspoken, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()

    run_job(page, address, "invite", OPEN)
    form = open_link(page, f"{address}mails?to={READER}")
    token = form.url.rpartition("/")[2]
    unspoken.add(token)
    page.goto(address)
    first_round(page).get_by_role("button", name="Let the participants answer").click()
    finished(page)
    answered = int(re.findall(r"(\d+) have answered", page.inner_text("main"))[0])
    run_job(page, address, "aggregate", OVER)
    page.goto(address)
    with page.expect_download() as download:
        first_round(page).get_by_role("link", name="edition.csv").click()
    download.value.save_as(tmp_path / "edition.csv")
    page.get_by_role("button", name="Back to the real time").click()

    expect(form.locator("h1")).to_contain_text("Day 1")
    assert 5 <= answered <= INVITED
    assert str(answered) in {field for row in table(tmp_path / "edition.csv") for field in row}
    expect(page.get_by_role("button", name="Back to the real time")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    written = capfd.readouterr()
    assert token not in written.out + written.err
    context.close()


def run_job(page: Page, address: str, job: str, at: str) -> None:
    """Run one job as of a time, by the form of the start page."""
    page.goto(address)
    page.get_by_label("As of").fill(at)
    for name in {"invite", "aggregate"} - {job}:
        page.get_by_label(name, exact=True).uncheck()
    page.get_by_role("button", name="Run the jobs").click()
    finished(page)
    assert f"{job}: " in page.inner_text("main")


def finished(page: Page) -> None:
    """Wait until the page that looks again by itself says that all is done."""
    expect(page).to_have_title(re.compile(": (done|failed)$"), timeout=PATIENCE)
    assert page.title().endswith(": done"), page.inner_text("main")


def open_link(page: Page, mailbox: str) -> Page:
    """Open a reader's newest mail and follow the link in its HTML, which opens a tab of its own."""
    page.goto(mailbox)
    page.locator(".mails a").first.click()
    expect(page.locator(".text")).to_contain_text("/e/")
    with page.context.expect_page() as opened:
        page.frame_locator("iframe").locator("a").first.click()
    opened.value.wait_for_load_state()
    return opened.value


def first_round(page: Page) -> Locator:
    """Find the round of the first day of this test's programme."""
    return page.locator(f"p:has(code:text-is('{NAME}')) + .panels > section:has(code:text-is('day-1'))")


def table(path: Path) -> list[list[str]]:
    """Read a CSV file, whatever separates its fields."""
    text = path.read_text(encoding="utf-8-sig")
    return list(csv.reader(text.splitlines(), csv.Sniffer().sniff(text, ",;\t")))

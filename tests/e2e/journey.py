"""One journey through the deployed service: from a programme's files to a published result."""

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Response

from infra.stack.deploying import Stack
from tests.e2e.command_line import CommandLine, Said
from tests.e2e.unspoken import Unspoken
from tests.template import ROOT

NAME = "journey"
ROUND = "day-1"
YEAR = "2031"
"""A year in which no real clock runs a schedule."""

OPEN, OVER = f"{YEAR}-08-26T15:35", f"{YEAR}-08-27T00:10"

QUESTIONS = (
    *("benefit", "use", "next-step", "expectations"),
    *("useful.patterns-1", "useful.patterns-2", "useful.culture-1", "useful.culture-2"),
    *("takeaway", "improvement"),
)

INVITED = 14
WALKER = "reisende01@example.org"
"""The participant who answers in the browser; the others answer by `kursdag simulate`."""

BY_HAND = {
    "benefit": "4",
    "next-step": "3",
    "expectations": "3",
    "useful.patterns-1": "na",
    "useful.culture-1": "4",
    "useful.culture-2": "1",
}
WRITTEN = "Møter med et klart mål – og «tid» til å lytte"

OTHERS = """
2,5,4,3,1,5,,4,2,=SUM(A1:A9) er ikke en formel,Mer tid til samtaler
3,4,5,3,2,na,,4,3,<script>alert('nei')</script> & {{ ingenting }},
4,4,3,4,3,4,,4,4,Første linje|andre linje,
5,3,4,4,3,4,,4,5,,Kortere pauser etter lunsj
6,5,,5,4,5,,4,,,
7,2,,,5,3,,4,,,
8,4,,,4,5,,4,,,
9,3,,,3,,,4,,,
10,5,,,3,,,4,,,
11,4,,,4,,,4,,,
12,,,,3,,,4,,,
"""
"""A row for each participant: her number, then a field for each question; `|` ends a line within a text."""

COMMENTS = {WRITTEN, "=SUM(A1:A9) er ikke en formel", "<script>alert('nei')</script> & {{ ingenting }}", "Første linje\nandre linje"}
HIDDEN_COMMENTS = {"Mer tid til samtaler", "Kortere pauser etter lunsj"}

PHONE: Mapping[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "locale": "nb-NO"}


@dataclass
class Journey:
    """What was seen on the way."""

    folder: Path
    kursdag: CommandLine
    ref: str = ""
    link: str = ""
    published: str = ""
    loaded: dict[str, bytes] = field(default_factory=dict)
    """What the browser loaded for the form, by address."""
    form_text: str = ""
    receipt: str = ""
    afterwards: str = ""
    """What the same link showed after the answer."""
    simulated: str = ""
    again: Said | None = None
    """What became of the same answers given a second time."""
    early: Said | None = None
    """What `results` said before there was one."""

    results: dict[str, bytes] = field(default_factory=dict)
    """The result as it was first downloaded, by format."""

    def downloaded(self) -> dict[str, bytes]:
        """Download the result in every format."""
        return {kind: self.kursdag.done("results", NAME, ROUND, "--format", kind).raw for kind in ("json", "csv", "xlsx", "pptx")}

    def document(self) -> dict[str, Any]:
        """Read the result."""
        read: dict[str, Any] = json.loads(self.results["json"])
        return read

    def mails(self, *to: str) -> list[str]:
        """Read a participant's mails, or everybody's."""
        told = self.kursdag("mails", *(part for reader in to for part in ("--to", reader)))
        return [mail.strip() for mail in told.split("─" * 40) if "Subject:" in mail]


def travelled(stack: Stack, kursdag: CommandLine, chromium: Browser, unspoken: Unspoken, folder: Path) -> Journey:
    """Travel: publish, import, invite, answer in the browser and by simulation, aggregate."""
    seen = Journey(folder, kursdag)
    seen.published = kursdag("publish", programme(folder))
    kursdag("roster", "import", NAME, roster(folder))
    kursdag("jobs", "run", "invite", "--at", OPEN)
    seen.link = link(seen.mails(WALKER)[0])
    seen.ref = seen.link.split("/")[-2]
    _remember(seen, stack, unspoken)
    seen.early = kursdag.tried("results", NAME, ROUND)
    context = chromium.new_context(java_script_enabled=False, **PHONE)
    _answer(seen, context)
    context.close()
    seen.simulated = kursdag("simulate", NAME, ROUND, "--answers", answers(folder))
    seen.again = kursdag.tried("simulate", NAME, ROUND, "--answers", answers(folder))
    kursdag("jobs", "run", "aggregate", "--at", OVER)
    seen.results = seen.downloaded()
    return seen


def programme(folder: Path) -> Path:
    """Write the example programme, its dates moved to a year of the tests' own."""
    written = folder / NAME
    written.mkdir()
    for path in (ROOT / "forms/kollegasamarbeid").glob("*.yaml"):
        (written / path.name).write_text(path.read_text().replace("date: 2014-", f"date: {YEAR}-"))
    return written


def email(number: int) -> str:
    """Return the address of a participant."""
    return f"reisende{number:02}@example.org"


def person(number: int) -> str:
    """Return the name of a participant."""
    return f"Reisende Nummer{number:02}"


def roster(folder: Path) -> Path:
    """Write a roster of fourteen."""
    rows = [[email(number), person(number), "nb", "leader", "Follo", "Granlia"] for number in range(1, INVITED + 1)]
    return _table(folder / "roster.csv", ["email", "name", "language", "role", "region", "school"], rows)


def answers(folder: Path) -> Path:
    """Write the answers of those who don't use the browser."""
    rows = [row.replace("|", "\n").split(",") for row in OTHERS.strip().replace("\n", "\0").split("\0")]
    return _table(folder / "answers.csv", ["email", *QUESTIONS], [[email(int(number)), *given] for number, *given in rows])


def _table(path: Path, header: list[str], rows: list[list[str]]) -> Path:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def link(mail: str) -> str:
    """Find the personal link in a mail."""
    found = re.search(r"^http\S+$", mail, re.MULTILINE)
    assert found, "no link in the mail"
    return found.group()


def _remember(seen: Journey, stack: Stack, unspoken: Unspoken) -> None:
    """Note what no log may hold, before anybody answers."""
    numbers = range(1, INVITED + 1)
    for mail in seen.mails():
        path = link(mail).removeprefix(stack.base_address)
        unspoken.add(path, path.rpartition("/")[2], *re.findall(r"/stop/\S+", mail))
    unspoken.add(*map(email, numbers), *map(person, numbers), *COMMENTS, *HIDDEN_COMMENTS)


def _answer(seen: Journey, context: BrowserContext) -> None:
    """Open the link on a phone without JavaScript, answer with the keyboard and by touch, and come back later."""
    page = context.new_page()
    page.on("response", lambda response: _load(seen, response))
    page.goto(seen.link, wait_until="networkidle")
    seen.form_text = page.inner_text("body")
    responses = dict(seen.loaded)
    _fill_in(page)
    page.wait_for_url(seen.link)
    page.wait_for_selector("h1:has-text('Takk')")
    seen.receipt = page.inner_text("main")
    page.goto(seen.link)
    seen.afterwards = page.inner_text("main")
    seen.loaded = responses


def _load(seen: Journey, response: Response) -> None:
    if response.request.method == "GET":
        seen.loaded[response.url] = response.body()


def _fill_in(page: Page) -> None:
    """Answer the first questions and send with the keyboard, the others by touch."""
    _reach(page, "benefit")
    page.keyboard.press("Space")
    for _ in range(int(BY_HAND["benefit"]) - 1):
        page.keyboard.press("ArrowRight")
    for question, code in list(BY_HAND.items())[1:]:
        page.locator(f'label:has(input[name="{question}"][value="{code}"])').tap()
    page.locator('textarea[name="takeaway"]').focus()
    page.keyboard.type(WRITTEN)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def _reach(page: Page, question: str) -> None:
    """Press Tab until a question has the focus."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.locator(f'input[name="{question}"]:focus').count():
            return
    raise AssertionError(question)

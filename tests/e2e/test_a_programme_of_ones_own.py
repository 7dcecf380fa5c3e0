"""A programme written from docs/forms.md alone, and the same as a workbook saved by LibreOffice: published, answered, counted."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean, median
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser as Chromium

from infra.browser import Browser, fields
from infra.publishing import declared_by, files_in
from shared.declarations.declared import Declared
from tests.e2e.command_line import CommandLine
from tests.e2e.journey import PHONE
from tests.e2e.unspoken import Unspoken

HERE = Path(__file__).parent / "own_programme"
SOURCES = {"teaching-talks": HERE / "teaching-talks", "sheet-talks": HERE / "sheet-talks.xlsx"}

TEACHERS, COACHES = range(1, 9), range(9, 15)
READER = re.compile(r"^To: (\S+@\S+)$", re.MULTILINE)
LINK = re.compile(r"^http\S+/e/\S+$", re.MULTILINE)

FEWEST_FOR_COMMENTS, FEWEST_COMMENTS = 10, 3
"""From how many answers to a round comments are shown, and from how many comments."""

Given = Mapping[str, str | list[str]]


def talk(given: str) -> Given:
    """Read a participant's answers about the first day: learnt, two sessions, with whom, then planned or what stands in the way."""
    learnt, silence, practice, whom, then, takeaway = given.split("|")
    answers: dict[str, str | list[str]] = {"learnt": learnt, "useful.silence": silence, "useful.practice": practice, "takeaway": takeaway}
    answers |= {"with-whom": whom.split(), "planned": "yes" if then.isdigit() else "no"}
    answers |= {"with-whom.other": "Min syster, ibland"} if "other" in whom else {}
    return answers | {"minutes" if then.isdigit() else "hindrance": then}


DAY_1 = {
    number: talk(given)
    for number, given in enumerate(
        """
4|4|3|pupils parents|30|Att tystnaden hjälper
3|na|3|pupils|45|Fler frågor än svar
4|3|4|colleagues|20|Listening takes time
2|2|na|parents|time|Inte så mycket
4|4|4|pupils colleagues other|60|Par är bättre än grupp
3|3|4|pupils|time|Kaffet, och samtalen där
1|1|2|parents|place|Nothing much
4|4|4|pupils|15|Vänta tre sekunder
3|3|3|colleagues|30|Öppna frågor
4|na|4|pupils parents colleagues|time|“Hur menar du?”
3|4|3|colleagues|20|Att inte ge råd
2|2|3|parents|time|Längre pauser, tack
""".strip().splitlines(),
        start=1,
    )
}
"""By participant; two of the fourteen don't answer."""

DAY_2 = {
    9: {"benefit": "4", "pace": "2", "use": "4", "useful.questions": "5"},
    10: {"benefit": "5", "pace": "2", "use": "5", "useful.questions": "5"},
    11: {"benefit": "3", "pace": "1", "use": "3", "useful.questions": "4"},
    12: {"benefit": "4", "pace": "2", "use": "3", "useful.questions": "na"},
    13: {"benefit": "5", "pace": "3", "use": "4", "useful.questions": "4"},
    14: {"benefit": "4", "pace": "2", "use": "5", "useful.questions": "5"},
}
GOALS = {
    9: {"goal.listen": "3", "goal.ask": "4"},
    10: {"goal.listen": "4", "goal.ask": "5"},
    11: {"goal.listen": "3", "goal.ask": "3"},
    12: {"goal.listen": "5", "goal.ask": "4"},
    13: {"goal.listen": "4", "goal.ask": "4"},
    14: {"goal.listen": "3", "goal.ask": "5"},
}

ROUNDS = (
    ("day-1", DAY_1, "2030-03-12T15:05", "2030-03-12T21:30", 14),
    ("day-2", DAY_2, "2030-04-09T14:05", "2030-04-10T00:30", 6),
    ("goals-after", GOALS, "2030-04-16T08:05", "2030-04-19T18:30", 6),
)
"""Each round's answers, a time when it is open, one when it is over, and how many are invited."""


def email(programme: str, number: int) -> str:
    return f"samtal{number:02}@{programme}.example.org"


def roster(folder: Path, programme: str) -> Path:
    path = folder / f"{programme}.csv"
    rows = [
        [email(programme, number), f"Samtalare {number}", "en" if number == 3 else "sv", "teacher" if number in TEACHERS else "coach"]
        + (["Norrdal", "Älvskolan"] if number % 2 else ["Söderdal", "Bergskolan"])
        for number in [*TEACHERS, *COACHES]
    ]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["email", "name", "language", "role", "kommun", "skola"], *rows])
    return path


@pytest.fixture(scope="module")
def results(
    kursdag: CommandLine, chromium: Chromium, unspoken: Unspoken, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[tuple[str, str], dict[str, Any]]]:
    """Publish both, invite, answer through the pages, and count, round after round."""
    folder = tmp_path_factory.mktemp("talks")
    for programme, source in SOURCES.items():
        kursdag("publish", source)
        kursdag("roster", "import", programme, roster(folder, programme))
    answering = Answering(kursdag, chromium, unspoken)
    for _, answers, open_at, over_at, _ in ROUNDS:
        kursdag("jobs", "run", "invite", "--at", open_at)
        for programme in SOURCES:
            answering.give(programme, answers)
        kursdag("jobs", "run", "aggregate", "--at", over_at)
    rounds = [(programme, name) for programme in SOURCES for name, *_ in ROUNDS]
    yield {(programme, name): json.loads(kursdag("results", programme, name, "--format", "json")) for programme, name in rounds}
    kursdag("clock", "reset")


@dataclass
class Answering:
    """Answers by the links in the mails, each used once."""

    kursdag: CommandLine
    chromium: Chromium
    unspoken: Unspoken
    used: set[str] = field(default_factory=set)

    def give(self, programme: str, answers: Mapping[int, Given]) -> None:
        """Give the answers of a round, the first by hand."""
        links = self._links(programme)
        for number, given in answers.items():
            link = links[email(programme, number)]
            self.unspoken.add(email(programme, number), link.rpartition("/")[2], str(given.get("takeaway", "")))
            if number == min(answers):
                _by_hand(self.chromium, link, given)
            else:
                browser = Browser()
                hidden, _ = fields(browser.get(link).page)
                assert browser.post(link, {**hidden, **given}).status == 200

    def _links(self, programme: str) -> dict[str, str]:
        """Find a programme's links that were mailed since the last round, by address."""
        mails = [mail for mail in self.kursdag("mails").split("─" * 40) if f"@{programme}.example.org" in mail]
        found = [(READER.findall(mail), set(LINK.findall(mail)) - self.used) for mail in mails]
        links = {readers[0]: link for readers, unused in found if readers for link in unused}
        self.used |= set(links.values())
        return links


def _by_hand(chromium: Chromium, link: str, given: Given) -> None:
    """Answer on a phone, with conditions alive."""
    context = chromium.new_context(**PHONE)
    page = context.new_page()
    page.goto(link)
    for name, answer in given.items():
        for code in [answer] if isinstance(answer, str) else answer:
            option = page.locator(f'label:has(input[name="{name}"][value="{code}"])')
            if option.count():
                option.tap()
            else:
                page.locator(f'[name="{name}"]').fill(code)
    page.locator("form button[type=submit], form button:not([type])").last.tap()
    page.wait_for_selector("h1:has-text('Tack')")
    context.close()


@pytest.mark.parametrize("programme", SOURCES)
@pytest.mark.parametrize(("name", "answers", "invited"), [(name, answers, invited) for name, answers, _, _, invited in ROUNDS])
def test_the_results_are_what_was_answered(
    name: str, answers: Mapping[int, Given], invited: int, programme: str, results: dict[tuple[str, str], dict[str, Any]]
) -> None:
    found = results[programme, name]

    assert (found["N"], found["n"], found["unopened"], found["hidden"]) == (invited, len(answers), 0, None)
    for question in found["questions"]:
        _compare(question, [given[question["id"]] for given in answers.values() if question["id"] in given], len(answers))


def _compare(question: Mapping[str, Any], given: list[str | list[str]], answered: int) -> None:
    codes = Counter(code for answer in given for code in ([answer] if isinstance(answer, str) else answer))
    not_relevant = codes.pop("na", 0)
    few = len(given) < FEWEST_COMMENTS or answered < FEWEST_FOR_COMMENTS
    match question["kind"]:
        case "text" if few:
            assert (question["hidden"]["reason"], "comments" in question) == ("comments", False)
        case "text":
            assert sorted(question["comments"]) == sorted(codes)
        case "number":
            numbers = list(map(int, codes.elements()))
            assert (question["n"], question["mean"]) == (len(given), pytest.approx(fmean(numbers)))
            assert question["median"] == median(numbers)
        case _:
            assert {code: count for code, count in question["counts"].items() if count} == dict(codes)
            assert (question["n"], question["na"] or 0) == (len(given) - not_relevant, not_relevant)


def test_questions_stand_where_the_adapted_form_places_them(results: dict[tuple[str, str], dict[str, Any]]) -> None:
    ids = [question["id"] for question in results["teaching-talks", "day-2"]["questions"]]

    assert ids == ["benefit", "pace", "use", "useful.questions", "takeaway"]


def test_the_workbook_is_one_that_libreoffice_saved_and_says_the_same_as_the_files() -> None:
    book = openpyxl.load_workbook(SOURCES["sheet-talks"])

    files, sheets = (_declared(source) for source in SOURCES.values())

    assert "time" in {type(cell.value).__name__ for row in book["sessions"].iter_rows() for cell in row}
    assert (sheets.forms, sheets.programme.rounds) == (files.forms, files.programme.rounds)
    assert (sheets.programme.days, sheets.programme.messages) == (files.programme.days, files.programme.messages)


def _declared(source: Path) -> Declared:
    found = declared_by(source, files_in(source))
    assert isinstance(found, Declared)
    return found

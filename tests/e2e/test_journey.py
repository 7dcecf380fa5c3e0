import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from math import comb
from typing import Any

import openpyxl
import pytest

from tests.e2e.journey import COMMENTS, HIDDEN_COMMENTS, INVITED, NAME, QUESTIONS, ROUND, WALKER, WRITTEN, Journey, email

ANSWERED = 12

COUNTS = {
    "benefit": {"1": 0, "2": 1, "3": 2, "4": 5, "5": 3},
    "next-step": {"1": 0, "2": 0, "3": 3, "4": 2, "5": 1},
    "expectations": {"1": 1, "2": 1, "3": 6, "4": 3, "5": 1},
    "useful.patterns-1": {"1": 0, "2": 0, "3": 1, "4": 2, "5": 3},
    "useful.patterns-2": {"1": 0, "2": 0, "3": 0, "4": 0, "5": 0},
    "useful.culture-1": {"1": 0, "2": 0, "3": 0, "4": 12, "5": 0},
    "useful.culture-2": {"1": 1, "2": 1, "3": 1, "4": 1, "5": 1},
}
"""Counted by hand from the answers of the journey."""

NOT_RELEVANT = {"useful.patterns-1": 2, "useful.patterns-2": 0, "useful.culture-1": 0, "useful.culture-2": 0}
MEDIANS = {"benefit": 4, "next-step": 3.5, "useful.patterns-1": 4.5, "useful.culture-1": 4, "useful.culture-2": 3}
MEANS = {"benefit": 43 / 11, "next-step": 22 / 6, "useful.patterns-1": 26 / 6, "useful.culture-1": 4, "useful.culture-2": 3}
POSITIVE = {"benefit": (8, 11), "next-step": (3, 6), "useful.patterns-1": (5, 6), "useful.culture-1": (12, 12), "useful.culture-2": (2, 5)}
"""How many chose one of the two best options, of how many."""


def plausible(x: int, n: int, everyone: int) -> list[int]:
    """Find the range of persons that both tails of the hypergeometric distribution leave in, by trying each number."""

    def tail(marked: int, counts: range) -> float:
        return sum(comb(marked, count) * comb(everyone - marked, n - count) for count in counts) / comb(everyone, n)

    left_in = [
        marked for marked in range(x, everyone - n + x + 1) if tail(marked, range(x, n + 1)) > 0.025 and tail(marked, range(x + 1)) > 0.025
    ]
    return [left_in[0], left_in[-1]]


@pytest.fixture(scope="session")
def document(journey: Journey) -> dict[str, Any]:
    return journey.document()


@pytest.fixture(scope="session")
def questions(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {question["id"]: question for question in document["questions"]}


def test_publishing_shows_the_rounds_and_a_second_time_changes_nothing(journey: Journey) -> None:
    again = journey.kursdag("publish", journey.folder / NAME)

    assert [line.split()[:2] for line in journey.published.splitlines()[:3]] == [["new", f"day-{day}"] for day in (1, 2, 3)]
    assert [line.split()[0] for line in again.splitlines()[:3]] == ["unchanged"] * 3


def test_everybody_gets_one_mail_however_often_the_job_runs(journey: Journey) -> None:
    journey.kursdag("jobs", "run", "invite")

    readers = [mail.splitlines()[0] for mail in journey.mails()]
    assert sorted(reader for reader in readers if "reisende" in reader) == [f"To: {email(number)}" for number in range(1, INVITED + 1)]


def test_the_mail_holds_the_readers_own_link_and_what_is_stored(journey: Journey) -> None:
    (mail,) = journey.mails(WALKER)

    assert journey.link in mail
    assert "23.59" in mail
    assert "anonym" in mail.lower()


def test_the_form_is_answered_on_a_phone_without_javascript_and_confirmed(journey: Journey) -> None:
    assert "Hvor stort faglig utbytte har du hatt av dagen?" in journey.form_text
    assert "Takk, svaret ditt er mottatt" in journey.receipt
    assert WRITTEN not in journey.receipt


def test_the_same_link_then_says_that_the_answer_is_received(journey: Journey) -> None:
    assert "Svaret ditt er allerede mottatt" in journey.afterwards
    assert WRITTEN not in journey.afterwards


def test_a_second_answer_is_refused(journey: Journey) -> None:
    again = journey.again

    assert again is not None
    assert "11 answered" in journey.simulated
    assert (again.code, again.out.split(" answered")[0]) == (1, "0")
    assert again.err.splitlines() == [f"{email(number)}: the round is not open, or the link has been used" for number in range(2, 13)]


def test_there_is_no_result_before_the_round_has_closed(journey: Journey) -> None:
    assert journey.early is not None
    assert journey.early.code == 1
    assert "no result yet" in journey.early.err


def test_the_result_tells_n_of_how_many(document: dict[str, Any]) -> None:
    told = {
        name: document[name] for name in ("schema", "programme", "round", "mode", "N", "n", "complete", "partial", "unopened", "hidden")
    }

    assert told == {
        "schema": 2,
        "programme": NAME,
        "round": ROUND,
        "mode": "anonymous",
        "N": INVITED,
        "n": ANSWERED,
        "complete": 0,
        "partial": ANSWERED,
        "unopened": 0,
        "hidden": None,
    }
    assert document["closed"] == "2031-08-26T22:00:00Z"
    assert [question["id"] for question in document["questions"]] == list(QUESTIONS)


@pytest.mark.parametrize("name", COUNTS)
def test_the_counts_are_the_answers_given(name: str, questions: dict[str, dict[str, Any]]) -> None:
    found = questions[name]

    assert found["counts"] == COUNTS[name]
    assert (found["n"], found["N"], found["na"]) == (sum(COUNTS[name].values()), INVITED, NOT_RELEVANT.get(name, 0))


@pytest.mark.parametrize("name", MEDIANS)
def test_median_mean_share_and_interval_follow_from_the_answers(name: str, questions: dict[str, dict[str, Any]]) -> None:
    found, (x, n) = questions[name], POSITIVE[name]

    assert found["median"] == MEDIANS[name]
    assert found["mean"] == pytest.approx(MEANS[name])
    among = {"interval": plausible(x, n, INVITED), "bounds": [x, x + INVITED - n]}
    assert found["positive"] == {"codes": ["4", "5"], "x": x, "share": pytest.approx(x / n), **among}


def test_a_question_that_nobody_answered_has_no_statistics(questions: dict[str, dict[str, Any]]) -> None:
    found = questions["useful.patterns-2"]

    assert [found[name] for name in ("median", "mean", "positive", "hidden")] == [None] * 4


def test_a_bipolar_question_has_three_shares_and_no_mean(questions: dict[str, dict[str, Any]]) -> None:
    found = questions["expectations"]

    assert found["shares"] == {"below": pytest.approx(2 / 12), "middle": pytest.approx(6 / 12), "above": pytest.approx(4 / 12)}
    assert (found["mean"], found["median"], found["positive"]) == (None, None, None)


def test_a_question_with_four_answers_is_hidden(questions: dict[str, dict[str, Any]]) -> None:
    found = questions["use"]

    assert found["hidden"] == {"reason": "small", "k": 5}
    assert {found[name] for name in ("n", "na", "counts", "median", "mean", "sd", "IM", "DI", "positive", "shares")} == {None}


def test_comments_are_shown_as_written_or_hidden_where_few(journey: Journey, questions: dict[str, dict[str, Any]]) -> None:
    assert (questions["takeaway"]["n"], set(questions["takeaway"]["comments"])) == (len(COMMENTS), COMMENTS)
    assert questions["improvement"]["hidden"] == {"reason": "comments", "k": 10}
    everything = journey.results["json"] + journey.results["csv"] + unzipped(journey.results["xlsx"])
    assert not [text for text in HIDDEN_COMMENTS if text.encode() in everything]


def test_the_csv_file_holds_the_same_figures(journey: Journey) -> None:
    rows = list(csv.DictReader(io.StringIO(journey.results["csv"].decode("utf-8-sig"))))

    assert counted(rows) == COUNTS
    assert figures_of(rows[0]) == ("benefit", "11", "14", "4.0", str(43 / 11))


def test_the_xlsx_file_holds_the_same_figures_and_neither_comments_nor_a_formula(journey: Journey) -> None:
    book = openpyxl.load_workbook(io.BytesIO(journey.results["xlsx"]))
    rows = table(journey.results["xlsx"])

    assert counted(rows) == COUNTS
    assert figures_of(rows[0]) == ("benefit", 11, 14, 4, pytest.approx(43 / 11))
    assert not [text for text in COMMENTS if text.encode() in unzipped(journey.results["xlsx"]) + unzipped(journey.results["pptx"])]
    assert not [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def unzipped(book: bytes) -> bytes:
    """Return all that an XLSX file holds."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        return b"".join(map(parts.read, parts.namelist()))


def table(workbook: bytes) -> list[dict[str, Any]]:
    """Read a workbook's sheet of all figures."""
    head, *rows = openpyxl.load_workbook(io.BytesIO(workbook))["Alle tall"].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def figures_of(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Read from a row what was asked, how many answered of how many, the median and the mean."""
    return tuple(row[name] for name in ("Id", "Svar (n)", "Inviterte (N)", "Median", "Gjennomsnitt"))


def counted(rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """Read everybody's counts from a table's rows, by question and code."""
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        if row["Gruppe"] == "Alle" and row["Kode"] not in ("", "na"):
            found.setdefault(row["Id"], {})[str(row["Kode"])] = int(row["Antall"])
    return found

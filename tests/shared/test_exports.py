import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from shared import counting, editions
from shared.editions import Document
from shared.envelopes import Answer
from shared.exports import csv_file, xlsx_file
from shared.forms import Form, Option, Question
from tests.shared.examples import FORM, ORDER_KEY, ROUND, TAKEAWAY, answer, answers, documents, invited, programme, question

COMMENTS = [f"Comment {number}" for number in range(10)]
MANY = answers("2344455", session="5", expected="4") + [answer(session="na", takeaway=text) for text in COMMENTS]

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM(A1)")


def rows_of_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheets(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def expected_rows(edition: Document) -> list[list[Any]]:
    """Read from the edition what both files must hold, but for headings and notes."""
    return [row for asked in edition["questions"] for row in _expected(asked)]


def _expected(asked: Document) -> list[list[Any]]:
    positive, shares = asked.get("positive") or {}, asked.get("shares") or {}
    figures = [asked.get(name) for name in ("n", "N", "median", "mean", "sd", "IM", "DI")]
    figures += [positive.get("share"), *(positive.get("interval") or [None, None])]
    figures += [shares.get(name) for name in ("below", "middle", "above")]
    heading = [asked["id"], asked["text"]["en"]]
    if not asked.get("counts"):
        return [[*heading, None, None, None, *figures]]
    options = [[option["code"], option["label"]["en"], asked["counts"][option["code"]]] for option in asked["options"]]
    extra = [["na", asked["not_relevant"]["en"], asked["na"]]] if asked["not_relevant"] else []
    return [[*heading, *option, *figures] for option in options + extra]


def empty_as_none(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [[None if cell == "" else cell for cell in row] for row in rows]


def test_the_csv_holds_the_editions_figures_and_no_others() -> None:
    edition, _ = documents(MANY, 30)

    _heading, *rows = rows_of_csv(csv_file(edition))

    expected = [[None if cell is None else str(cell) for cell in row] for row in expected_rows(edition)]
    assert empty_as_none([row[:-1] for row in rows]) == expected


def test_the_xlsx_holds_the_editions_figures_and_no_others() -> None:
    edition, comments = documents(MANY, 30)

    _heading, *rows = sheets(xlsx_file(edition, comments))["Results"]

    found = empty_as_none([row[:-1] for row in rows])
    assert found == [[pytest.approx(cell) if isinstance(cell, float) else cell for cell in row] for row in expected_rows(edition)]


def test_the_xlsx_holds_the_comments_as_they_lie_beside_the_edition() -> None:
    edition, comments = documents(MANY, 30)

    _heading, *rows = sheets(xlsx_file(edition, comments))["Comments"]

    assert rows == [("What do you take along?", text) for text in comments["questions"]["takeaway"]]
    assert len(rows) == 10


def test_hidden_questions_have_one_row_that_says_why() -> None:
    edition, comments = documents(answers("44455", session="3", takeaway="A walk")[:4] + answers("55"), 8)

    results, beside = sheets(xlsx_file(edition, comments))["Results"], sheets(xlsx_file(edition, comments))["Comments"]

    hidden = [row for row in results if row[0] in {"session", "takeaway"}]
    assert [row[5] for row in hidden] == [None, None]
    assert [row[-1] for row in hidden] == [
        "Not shown: fewer than 5 answers.",
        "Not shown: comments are shown from 10 answers, and from 3 comments on a question.",
    ]
    assert beside[1:] == [("What do you take along?", hidden[1][-1])]


def test_of_a_small_round_the_files_tell_nothing_but_its_size() -> None:
    given = answers("2345", session="1", expected="1", takeaway="A walk")
    edition, comments = documents(given, 58)

    found = sheets(xlsx_file(edition, comments))

    assert [cell for row in found["Results"][1:] for cell in row if isinstance(cell, int | float)] == [58, 58, 58, 58]
    assert [row[0] for row in found["About"]][3:5] == ["4 of 58 have answered.", "Not shown: fewer than 5 answers."]
    assert "A walk" not in str(found)
    assert "A walk" not in csv_file(edition).decode("utf-8-sig")


def test_an_empty_round_without_anybody_invited_makes_both_files() -> None:
    edition, comments = documents([], 0)

    assert len(rows_of_csv(csv_file(edition))) == 5
    assert "0 of 0 have answered." in str(sheets(xlsx_file(edition, comments))["About"])


def note(given: Sequence[Answer | None], invited: int, name: str = "benefit") -> str:
    edition, _ = documents(given, invited)
    return next(row[-1] for row in rows_of_csv(csv_file(edition)) if row[0] == name)


def test_an_interval_is_told_in_persons() -> None:
    edition, _ = documents(answers("4" * 41 + "1" * 9), 58)
    low, high = question(edition, "benefit")["positive"]["interval"]

    assert note(answers("4" * 41 + "1" * 9), 58) == (
        f"If those who did not answer are like those who did, this holds at 95 per cent confidence for between {low} and {high} of all 58."
    )


def test_a_wide_interval_is_called_a_mood() -> None:
    assert note(answers("44113"), 58).endswith("Few answers: take it as a mood, not as a conclusion.")


def test_when_everyone_has_answered_no_interval_is_told() -> None:
    assert note(answers("44113"), 5) == "All 5 have answered: the figures are not an estimate."


@pytest.mark.parametrize("name", ["session", "expected"])
def test_a_question_without_a_positive_share_has_no_note(name: str) -> None:
    assert note([answer(expected="3")] * 6, 58, name) == ""


def test_the_cover_tells_the_last_minute_in_the_programme_s_zone() -> None:
    edition, comments = documents(MANY, 58)
    at_midnight_in_summer = {"closed": "2025-08-26T22:00:00Z", "timezone": "Europe/Oslo"}

    cover = [row[0] for row in sheets(xlsx_file({**edition, **at_midnight_in_summer}, comments))["About"]]

    assert "Open until 2025-08-26 23:59 (Europe/Oslo)." in cover


def test_the_cover_tells_of_envelopes_that_did_not_open() -> None:
    edition, comments = documents([*answers("44455"), None, None], 8)

    assert "Answers that could not be opened, and are not counted: 2." in str(sheets(xlsx_file(edition, comments))["About"])


def formulas_everywhere(text: str) -> tuple[Document, Document]:
    words = {"en": text}
    scale = Question("benefit", "scale", words, options=(Option("1", words), Option("2", words)), positive=("2",), not_relevant=words)
    form = Form(words, "anonymous", (scale, replace(TAKEAWAY, text=words)))
    given = [(f"{number:032x}", answer(benefit="2", takeaway=text)) for number in range(10)]
    tally = counting.tallied([form], given, ORDER_KEY)
    named = replace(programme(), title=words)
    return editions.edition(ROUND, named, [form], tally, invited(12)), editions.comments([form], tally)


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_begins_like_a_formula_is_none_in_csv(text: str) -> None:
    edition, _ = formulas_everywhere(text)

    cells = {cell for row in rows_of_csv(csv_file(edition)) for cell in row}

    assert f"'{text}" in cells
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))]


@pytest.mark.parametrize(
    "text", [*FORMULAS, "https://example.org", "mailto:a@example.org", "{=1}", "_x0041_", "a\ufffeb\uffff", "<b>&amp;"]
)
def test_text_of_any_sort_is_a_plain_string_in_xlsx(text: str) -> None:
    content = xlsx_file(*formulas_everywhere(text))

    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]
    for part in parts(content).values():
        assert b"<f>" not in part


def test_comments_in_every_script_come_back_whole() -> None:
    texts = ["Æøå – «sitat»", "日本語", "עברית", "العربية", "🎉👩‍👧", "line\nbreak", "  spaces  ", "tab\there", "<b>&amp;", "x" * 2000]
    edition, comments = documents([answer(takeaway=text) for text in texts], 12)

    rows = sheets(xlsx_file(edition, comments))["Comments"]

    assert {row[1] for row in rows[1:]} == set(texts)


def test_the_same_edition_makes_the_same_bytes() -> None:
    edition, comments = documents(MANY, 30)

    assert xlsx_file(edition, comments) == xlsx_file(edition, comments)
    assert csv_file(edition) == csv_file(edition)


def test_the_xlsx_bears_no_time_but_the_rounds_closing() -> None:
    edition, comments = documents(MANY, 30)

    content = xlsx_file(edition, comments)

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = parts(content)["docProps/core.xml"].decode()
    assert core.count("2026-11-02T22:59:00Z") == core.count("T22:59:00Z") == 2


def test_the_csv_opens_as_utf_8_and_quotes_everything_but_nothing_else_is_added() -> None:
    edition, _ = documents(answers("44455"), 8)

    content = csv_file(edition)

    assert content.startswith(b'\xef\xbb\xbf"Id","Question"')
    assert len({len(row) for row in rows_of_csv(content)}) == 1


def test_a_form_without_texts_makes_an_empty_sheet_of_comments() -> None:
    form = replace(FORM, questions=FORM.questions[:1])
    tally = counting.tallied([form], [], ORDER_KEY)

    found = sheets(xlsx_file(editions.edition(ROUND, programme(), [form], tally, invited(5)), editions.comments([form], tally)))

    assert found["Comments"] == [("Question", "Comment")]


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_files_speak_the_programmes_first_language() -> None:
    edition, comments = documents(answers("44113"), 5, "nb", "en")

    results = sheets(xlsx_file(edition, comments))["Resultater"]

    assert results[0][1] == "Spørsmål"
    assert results[1][1] == "Hvor nyttig?"
    assert results[1][3] == "Trinn 1"
    assert results[1][-1] == "Alle 5 har svart – tallene er ikke et anslag."

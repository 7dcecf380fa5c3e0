import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace

import openpyxl
import pytest

from shared.envelopes import Answer
from shared.exports.comments import comments_file
from shared.exports.csv import csv_file
from shared.exports.files import files
from shared.exports.pptx import pptx_file
from shared.exports.xlsx import xlsx_file
from shared.forms import Form, Option, Question
from shared.results import counting, editions
from shared.results.editions import Document
from tests.shared.examples import FORM, ORDER_KEY, ROUND, TAKEAWAY, answer, answers, documents, invited, programme, question
from tests.shared.exported import parts, rows_of_csv, sheets, slides
from tests.shared.exporting import rich

COMMENTS = [f"Comment {number}" for number in range(10)]
MANY = answers("2344455", session="5", expected="4") + [answer(session="na", takeaway=text) for text in COMMENTS]

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM(A1)")
ODD = ("https://example.org", "mailto:a@example.org", "{=1}", "_x0041_", "a\ufffeb\uffff", "<b>&amp;", "\x00\x0b\x1b", "שלום", "🎉👩‍👧")


def test_no_file_holds_a_comment() -> None:
    edition, comments = documents(MANY, 30)

    everything = [part for _kind, file in files(edition) for part in ([file] if file[:2] != b"PK" else parts(file).values())]

    assert comments["questions"]["takeaway"]
    assert not [text for text in COMMENTS if any(text.encode() in part for part in everything)]
    assert ("What do you take along?", 10, "") in sheets(xlsx_file(edition))["Comments"]


def test_the_comments_that_are_released_make_a_workbook_of_their_own() -> None:
    edition, _ = documents(MANY, 30)

    rows = sheets(comments_file(edition, {"takeaway": ["Kept", "=1+1"]}, "en"))["Comments"]

    assert rows[:3] == [("Question", "Comment"), ("What do you take along?", "Kept"), ("What do you take along?", "=1+1")]
    assert "Kept" not in str(sheets(comments_file(edition, {"takeaway": []}, "en")))


def test_comments_in_every_script_come_back_whole_however_long() -> None:
    texts = [
        "Æøå – «sitat»",
        "日本語",
        "עברית",
        "العربية",
        "🎉👩‍👧",
        "line\nbreak",
        "  spaces  ",
        "tab\there",
        "<b>&amp;",
        "🎉" * 40_000,
        "x" * 2000,
    ]
    edition, _ = documents(MANY, 30)

    rows = sheets(comments_file(edition, {"takeaway": texts}, "en"))["Comments"][1:-2]

    assert "".join(str(row[1]) for row in rows) == "".join(texts)
    assert max(len(str(row[1]).encode("utf-16-le")) // 2 for row in rows) <= 32_767


def test_four_hundred_kilobytes_of_odd_comments_make_a_file() -> None:
    edition, _ = documents(MANY, 30)

    file = comments_file(edition, {"takeaway": [text * 100 for text in ODD * 10]}, "en")

    assert len(sheets(file)["Comments"]) > 10 * len(ODD)


def test_of_a_small_round_the_files_tell_nothing_but_its_size() -> None:
    given = answers("2345", session="1", expected="1", takeaway="A walk")
    edition, _ = documents(given, 58)

    found = sheets(xlsx_file(edition))

    assert {cell for name in found for row in found[name][1:] for cell in row if isinstance(cell, int | float)} == {58}
    said = [row[0] for row in found["About"] if row[0]]
    assert said[3:5] == ["4 of 58 have answered.", "Not shown: fewer than 5 answers."]
    assert [text for slide in slides(pptx_file(edition)) for text in slide.texts].count("Not shown: fewer than 5 answers.") == 5
    assert {cell for row in rows_of_csv(csv_file(edition))[1:] for cell in row if cell.isdigit()} == {"58"}


def test_an_empty_round_without_anybody_invited_makes_all_files() -> None:
    edition, _ = documents([], 0)

    assert len(rows_of_csv(csv_file(edition))) == 5
    assert "0 of 0 have answered." in str(sheets(xlsx_file(edition))["About"])
    assert "0 of 0 have answered." in slides(pptx_file(edition))[0].texts


@pytest.mark.parametrize("ratings", ["4", "44444", "na"])
def test_whatever_a_round_comes_to_makes_all_files(ratings: str) -> None:
    given = [answer(benefit="4", session=code, expected="3") for code in ([ratings] * 12 if ratings == "na" else ratings)]
    edition, _ = documents(given, 12)

    assert all(content for _kind, content in files(edition))


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


def test_the_files_tell_the_last_minute_in_the_programme_s_zone() -> None:
    edition, _ = documents(MANY, 58)
    at_midnight_in_summer = edition | {"closed": "2025-08-26T22:00:00Z", "timezone": "Europe/Oslo"}

    cover = [str(row[0]) for row in sheets(xlsx_file(at_midnight_in_summer))["About"]]

    told = "Closed 26 August 2025 at 23:59. Answered anonymously."
    assert told in cover
    assert told in slides(pptx_file(at_midnight_in_summer))[0].texts


def test_the_cover_tells_of_envelopes_that_did_not_open() -> None:
    edition, _ = documents([*answers("44455"), None, None], 8)

    assert "Answers that could not be opened, and are not counted: 2." in str(sheets(xlsx_file(edition))["About"])


def formulas_everywhere(text: str) -> Document:
    words = {"en": text}
    scale = Question("benefit", "scale", words, options=(Option("1", words), Option("2", words)), positive=("2",), not_relevant=words)
    form = Form(words, "anonymous", (scale, replace(TAKEAWAY, text=words)))
    given = [(f"{number:032x}", answer(benefit="2", takeaway=text)) for number in range(10)]
    tally = counting.tallied([form], given, ORDER_KEY)
    return editions.edition(ROUND, replace(programme(), title=words), [form], tally, invited(12))


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_begins_like_a_formula_is_none_in_csv(text: str) -> None:
    cells = {cell for row in rows_of_csv(csv_file(formulas_everywhere(text))) for cell in row}

    assert f"'{text}" in cells
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))]


@pytest.mark.parametrize("text", [*FORMULAS, *ODD])
def test_text_of_any_sort_is_a_plain_string_in_xlsx(text: str) -> None:
    content = xlsx_file(formulas_everywhere(text))

    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]
    for name, part in parts(content).items():
        assert b"<f>" not in part or name.startswith("xl/charts/")


@pytest.mark.parametrize("text", [*FORMULAS, *ODD])
def test_text_of_any_sort_stands_on_slides_and_in_no_formula(text: str) -> None:
    content = pptx_file(formulas_everywhere(text))

    assert slides(content)
    for book in (parts(part) for name, part in parts(content).items() if name.endswith(".xlsx")):
        assert not [name for name, part in book.items() if b"<f>" in part or b"<hyperlink" in part]


def test_the_same_edition_makes_the_same_bytes() -> None:
    assert dict(files(rich())) == dict(files(rich()))


@pytest.mark.parametrize("kind", ["xlsx", "pptx"])
def test_office_files_bear_no_time_but_the_rounds_closing(kind: str) -> None:
    content = dict(files(rich()))[kind]

    books = [content, *(part for name, part in parts(content).items() if name.endswith(".xlsx"))]
    for book in books:
        with zipfile.ZipFile(io.BytesIO(book)) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts(book)["docProps/core.xml"].decode()
        assert core.count("2026-11-02T22:59:00Z") == core.count("T22:59:00Z") == 2


def test_the_csv_opens_as_utf_8_and_quotes_everything_but_nothing_else_is_added() -> None:
    edition, _ = documents(answers("44455"), 8)

    content = csv_file(edition)

    assert content.startswith(b'\xef\xbb\xbf"Id","Question"')
    assert len({len(row) for row in rows_of_csv(content)}) == 1


def test_a_form_without_texts_makes_no_sheet_and_no_slide_of_comments() -> None:
    form = replace(FORM, questions=FORM.questions[:1])
    tally = counting.tallied([form], [], ORDER_KEY)
    edition = editions.edition(ROUND, programme(), [form], tally, invited(5))

    assert "Comments" not in sheets(xlsx_file(edition))
    assert "Comments" not in [slide.title for slide in slides(pptx_file(edition))]


def test_the_files_speak_the_programmes_first_language() -> None:
    edition, _ = documents(answers("44113"), 5, "nb", "en")

    results = sheets(xlsx_file(edition))["Alle tall"]

    assert results[0][1] == "Spørsmål"
    assert results[1][1] == "Hvor nyttig?"
    assert results[1][4] == "Trinn 1"
    assert results[1][-1] == "Alle 5 har svart – tallene er ikke et anslag."
    assert "Alle 5 har svart – tallene er ikke et anslag." in slides(pptx_file(edition))[0].texts

import io
from datetime import date

import openpyxl
import pytest

from infra.workbook_example import POINTS, TEXTS, example
from shared.declarations.declared import Declared
from shared.languages import NAMES
from shared.library import library
from shared.workbook.layout import PROGRAMME, SHEETS
from shared.workbook.reading import declared_in
from shared.workbook.tables import tables
from shared.workbook.writing import workbook

TODAY = date(2026, 11, 22)


def template(*languages: str) -> bytes:
    return workbook(tables(example(languages, TODAY), languages), languages)


@pytest.mark.parametrize("languages", [["nb", "en"], ["da"], ["sv", "nn"], list(NAMES)], ids=" ".join)
def test_a_new_workbook_is_a_programme_without_a_fault_or_warning(languages: list[str]) -> None:
    found = declared_in("autumn-course", template(*languages), library())

    assert isinstance(found, Declared), [str(fault) for fault in found]
    assert found.programme.languages == tuple(languages)
    assert not found.warnings


def test_every_sheet_has_an_example() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template("nb", "en")))

    for layout in SHEETS:
        assert book[layout.name].max_row > 1, layout.name
        assert any(cell.value for cell in book[layout.name][2]), layout.name


def test_the_sheet_about_the_programme_has_a_row_for_every_key() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template("nb", "en")))

    assert [row[0].value for row in book["programme"].iter_rows(min_row=2)] == [column.heading for column in PROGRAMME.columns]


def test_days_lie_ahead() -> None:
    programme = example(("en",), TODAY)["programme.yaml"]

    assert min(day["date"] for day in programme["days"] if "date" in day) > TODAY.isoformat()


def test_the_example_is_written_in_every_language() -> None:
    assert all(text.keys() == NAMES.keys() for text in TEXTS.values())
    assert POINTS.keys() == NAMES.keys()


def test_a_workbook_filled_in_as_its_example_says_passes() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template("nb", "en")))
    book["programme"]["C2"], book["programme"]["D2"] = "Nytt kurs", "New course"
    book["sessions"].append(["day-1", "walk", "Tur", "Walk", None, None, "12:30", "14.00", "nei"])
    book["staff"].append(["observer@example.org", "observer"])
    book["roles"].delete_rows(4, 5)
    content = io.BytesIO()
    book.save(content)

    found = declared_in("new-course", content.getvalue(), library())

    assert isinstance(found, Declared), [str(fault) for fault in found]
    assert found.programme.title["en"] == "New course"
    assert [(session.id, session.end, session.rated) for session in found.programme.days[0].sessions][-1] == ("walk", "14:00", False)

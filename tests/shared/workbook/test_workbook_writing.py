import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from shared.declarations.yaml_source import read
from shared.workbook.layout import BY_NAME, SHEETS
from shared.workbook.sheets import sheets
from shared.workbook.tables import tables
from shared.workbook.writing import workbook

FOLDER = Path(__file__).parent.parent.parent / "broken/valid"
FILES: Mapping[str, Any] = {path.name: read(path.read_bytes()).value for path in FOLDER.glob("*.yaml")}
LANGUAGES = ("nb", "en")


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(tables(FILES, LANGUAGES), LANGUAGES)))


def column(sheet: Worksheet, heading: str) -> str:
    return next(cell.column_letter for cell in sheet[1] if cell.value == heading)


def validation(sheet: Worksheet, cell: str) -> Any:
    """Find what the program shows when a cell is chosen."""
    return next(found for found in sheet.data_validations.dataValidation if cell in found.cells)


def test_there_is_a_sheet_for_people_and_then_one_for_each_kind_of_entry(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["read me", *(layout.name for layout in SHEETS)]


def test_the_first_sheet_names_every_column_of_every_sheet(book: openpyxl.Workbook) -> None:
    words = {cell.value for row in book["read me"] for cell in row}

    for layout in SHEETS:
        assert {layout.name, layout.about, *(item.heading for item in layout.columns)} <= words


@pytest.mark.parametrize("layout", SHEETS, ids=lambda layout: layout.name)
def test_headings_stay_in_sight(book: openpyxl.Workbook, layout: Any) -> None:
    assert str(book[layout.name].freeze_panes)[-1] == "2"


@pytest.mark.parametrize(
    ("sheet", "heading"),
    [(layout.name, item.heading) for layout in SHEETS[1:] for item in layout.columns if item.choices],
)
def test_what_is_chosen_from_few_words_has_a_drop_down(book: openpyxl.Workbook, sheet: str, heading: str) -> None:
    item = next(item for item in BY_NAME[sheet].columns if item.heading == heading)

    found = validation(book[sheet], f"{column(book[sheet], heading)}2")

    assert found.type == "list"
    assert found.formula1.strip('"').split(",") == list(item.choices)


@pytest.mark.parametrize("layout", SHEETS, ids=lambda layout: layout.name)
def test_every_drop_down_and_hint_is_short_enough_for_excel(layout: Any) -> None:
    for item in layout.columns:
        assert len(item.note) <= 255
        assert len(",".join(item.choices)) <= 255
        assert len(item.heading) <= 32


def test_ids_of_other_sheets_are_offered(book: openpyxl.Workbook) -> None:
    assert validation(book["sessions"], "A2").formula1 == "days!$A$2:$A$400"


def test_every_cell_says_what_belongs_there(book: openpyxl.Workbook) -> None:
    assert validation(book["programme"], "B4").prompt == "Like Europe/Oslo."
    assert validation(book["programme"], "D2").prompt == "As participants read it."


def test_dates_and_times_are_such(book: openpyxl.Workbook) -> None:
    days, sessions = book["days"], book["sessions"]

    assert days[f"{column(days, 'date')}2"].is_date
    assert sessions[f"{column(sessions, 'start')}2"].is_date


def test_a_text_that_begins_like_a_formula_stays_a_text() -> None:
    programme = {**FILES["programme.yaml"], "sender": "=1+1"}

    data = workbook(tables({**FILES, "programme.yaml": programme}, LANGUAGES), LANGUAGES)

    assert next(sheet for sheet in sheets(data) if sheet.name == "programme").rows[5][2] == "=1+1"

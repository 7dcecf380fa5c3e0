"""Writes workbooks that people fill in: headings, drop-downs, hints, and a first sheet that says how."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

import xlsxwriter

from shared.workbook.layout import PROGRAMME, SHEETS, TRANSLATED, YES_NO, Column, Layout
from shared.workbook.tables import Cell, Table, headings

LAST_ROW = 400
"""The last row with drop-downs; no list may be longer."""

MOST_HINT = 255
"""The most characters that a hint or a drop-down may have."""

WIDTHS = {
    "words": 40,
    "lines": 44,
    "date": 12,
    "time": 14,
    "flag": 10,
    "number": 10,
    "numbers": 12,
    "condition": 28,
    "names": 24,
    "ids": 24,
}
USUAL_WIDTH = 18
CHARACTERS = 40
"""Letters that a line of a cell holds, roughly."""
LINE = 15
"""The height of one line."""
WIDEST = 12
"""Columns that are printed side by side."""

HOW = (
    "This workbook is one programme. Check it with `kursdag check FILE`, and publish it with `kursdag publish FILE`.",
    "The file's name without .xlsx is the programme's id: the letters a-z, digits and hyphens, like autumn-course.xlsx.",
    "The example rows show how it is meant. Write over them, and delete those you don't need.",
    "Every text that participants read has a column for each language, like “title nb” and “title en”.",
    "To add a language, write it in the row “languages” of the sheet “programme”, and add the columns.",
    "An id is a short name by which one sheet refers to another: the sessions of a day bear the day's id in the column “day”.",
    "Click on a cell to see what belongs there. Where a list opens, choose from it.",
    "Leave the names of sheets and the headings in their first row as they are.",
    "Empty rows don't matter, nor does the order of columns.",
    "Write values, not formulas, and don't merge cells. Notes of your own: in a sheet whose name begins with “notes”.",
)


def workbook(tables: Mapping[str, Table], languages: Sequence[str]) -> bytes:
    """Write a workbook of what `shared.workbook.tables.tables` laid out."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        look = _look(book)
        _read_me(book, look)
        for layout in SHEETS:
            sheet = book.add_worksheet(layout.name)
            _fill(sheet, tables[layout.name], look)
            (_prepare_programme if layout is PROGRAMME else _prepare)(sheet, layout, languages, look)
    return content.getvalue()


def _look(book: Any) -> dict[str, Any]:
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "heading": book.add_format({"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "name": book.add_format({"bold": True}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
        "time": book.add_format({"num_format": "hh:mm", "valign": "top", "align": "left"}),
        "unused": book.add_format({"bg_color": "#EDEDED"}),
    }


def _read_me(book: Any, look: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet("read me")
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 1, 22)
    sheet.set_column(2, 2, 120)
    sheet.write_string(0, 0, "A programme in Kursdag", look["title"])
    for number, sentence in enumerate(HOW, 2):
        sheet.merge_range(number, 0, number, 2, sentence, look["text"])
    rows = [("sheet", "column", "what stands there"), *_reference()]
    for number, row in enumerate(rows, len(HOW) + 3):
        for column, words in enumerate(row):
            sheet.write_string(number, column, words, look["heading" if row is rows[0] else "text" if column else "name"])


def _reference() -> list[tuple[str, str, str]]:
    found = []
    for layout in SHEETS:
        found.append((layout.name, "", layout.about))
        found += [("", column.heading, column.note) for column in layout.columns]
    return found


def _fill(sheet: Any, table: Table, look: Mapping[str, Any]) -> None:
    sheet.set_landscape()
    sheet.fit_to_pages(1 + len(table[0]) // WIDEST, 0)
    sheet.repeat_rows(0)
    for number, row in enumerate(table):
        if (lines := max(map(_lines, row))) > 1:
            # Not every program makes a row as high as what stands in it.
            sheet.set_row(number, LINE * lines)
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell, look)


def _lines(cell: Cell) -> int:
    return sum(1 + len(line) // CHARACTERS for line in cell.split("\n")) if isinstance(cell, str) else 1


def _write(sheet: Any, row: int, column: int, cell: Cell, look: Mapping[str, Any]) -> None:
    style = look["heading" if row == 0 else "text"]
    if isinstance(cell, str):
        # As a string whatever it begins with: a title may begin with an equals sign.
        sheet.write_string(row, column, cell, style)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell, style)
    elif isinstance(cell, date | time):
        sheet.write_datetime(row, column, cell, look["date" if isinstance(cell, date) else "time"])


def _prepare(sheet: Any, layout: Layout, languages: Sequence[str], look: Mapping[str, Any]) -> None:
    """Set widths, hints and drop-downs, and keep the headings in sight."""
    sheet.freeze_panes(1, 2)
    for number, (column, _) in enumerate(headings(layout, languages)):
        style = look.get(column.kind, look["text"])
        sheet.set_column(number, number, WIDTHS.get(column.kind, USUAL_WIDTH), style)
        sheet.data_validation(1, number, LAST_ROW, number, _validation(column))


def _prepare_programme(sheet: Any, layout: Layout, languages: Sequence[str], look: Mapping[str, Any]) -> None:
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 24, look["text"])
    sheet.set_column(1, 1, 40, look["text"])
    sheet.set_column(2, 1 + len(languages), 50, look["text"])
    for row, column in enumerate(layout.columns, 1):
        texts = range(2, 2 + len(languages))
        used, unused = (texts, [1]) if column.kind in TRANSLATED else ([1], texts)
        sheet.data_validation(row, used[0], row, used[-1], _validation(column))
        for number in unused:
            sheet.write_blank(row, number, None, look["unused"])


def _validation(column: Column) -> dict[str, Any]:
    hint = {"input_title": column.heading[:32], "input_message": column.note[:MOST_HINT]}
    choices = column.choices or (YES_NO if column.kind == "flag" else ())
    if choices:
        return {"validate": "list", "source": list(choices), "error_message": "Choose from the list.", **hint}
    if column.refers:
        # Only a warning: an id may be written here before its row is.
        return {"validate": "list", "source": f"={column.refers}!$A$2:$A${LAST_ROW}", "error_type": "warning", **hint}
    return {"validate": "any", **hint}

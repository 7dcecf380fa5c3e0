"""A workbook being written: sheets that print well, texts that are never formulas, and charts beside their figures."""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING, Any

from shared.exports.table import Cell
from shared.exports.texts import writable
from shared.presentation.charts import TONES
from shared.presentation.readings import Row

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST_NAME = 31
"""Characters in a sheet's name, at most."""

LONGEST_TEXT = 32_767
"""Characters in a cell, at most."""

LINE = 15
"""Points of height that a line of text takes."""

TALLEST = 409
"""Points of height that a row can have."""

WIDER = 1.1
"""How many letters of a long text stand, at least, where a column is as wide as one figure."""

SIZE = 11
"""Points of the letters, if nothing else is said."""

PIXELS = 4 / 3
"""In a point."""

PAGE = 470
"""Points of height that are printed on a page, when no column is too wide for it and its first row is repeated."""

CHART_WIDTH = 400
"""Pixels."""

A4 = 9
"""What Excel calls the paper."""

FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]+")
RESERVED = "history"
"""A name that Excel keeps for itself."""

SOFT, ACCENT = "#51616a", "#14566b"

HIDDEN = {"font_color": SOFT, "bg_color": "#eceff0", "italic": True}

STYLES: dict[str, dict[str, Any]] = {
    "text": {},
    "soft": {"font_color": SOFT},
    "hidden": HIDDEN,
    **{f"hidden {depth}": {**HIDDEN, "indent": depth, "align": "left"} for depth in range(9)},
    **{f"level {depth}": {"indent": depth, "align": "left", "bold": depth == 0} for depth in range(9)},
    "strong": {"bold": True},
    "title": {"bold": True, "font_size": 16, "font_color": "#14566b"},
    "question": {"bold": True, "font_size": 12, "bottom": 1, "bottom_color": "#14566b"},
    "head": {"bold": True, "bg_color": "#e6f0f2"},
    "number": {"num_format": "0"},
    "decimal": {"num_format": "0.00"},
    "percent": {"num_format": "0%"},
    "soft number": {"num_format": "0", "font_color": SOFT},
}


PLAIN = {"text", "soft"}
"""Styles that can't be seen where nothing is written."""


class Book:
    """Builds a workbook in memory: what people wrote must not lie in a temporary file."""

    def __init__(self, title: str, created: datetime) -> None:
        # It takes longer to load than a page takes to make, and most pages of the desk write no workbook.
        import xlsxwriter  # noqa: PLC0415

        self._content = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._content, {"in_memory": True})
        self._book.set_properties({"title": writable(title)[:255], "created": created})
        self._styles = {name: self._book.add_format({"valign": "top", "text_wrap": True, **style}) for name, style in STYLES.items()}
        self._names: set[str] = set()
        self._title = title

    def sheet(self, name: str, widths: Sequence[float], heading: Sequence[Cell] = ()) -> "Sheet":
        """Add a sheet with columns as wide as told; every printed page repeats its first row."""
        sheet: Worksheet = self._book.add_worksheet(self._free(name))
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        sheet.set_footer("&L" + writable(self._title).replace("&", "&&")[:200] + "&R&P / &N")
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        made = Sheet(self._book, sheet, self._styles, widths)
        if heading:
            made.row(heading, "head")
        return made

    def _free(self, name: str) -> str:
        """Find a name for a sheet that Excel takes and that no other sheet bears."""
        cleaned = " ".join(FORBIDDEN.sub(" ", writable(name)).split()).strip("'") or "–"
        candidates = (f"{cleaned[: LONGEST_NAME - len(end)]}{end}".strip(" '") for end in ("", *(f" {at}" for at in range(2, 1000))))
        found = next(found for found in candidates if found.lower() not in self._names | {RESERVED})
        self._names.add(found.lower())
        return found

    def close(self) -> bytes:
        """Finish the workbook."""
        self._book.close()
        return self._content.getvalue()


class Sheet:
    """Writes one sheet from its top to its end."""

    def __init__(self, book: Any, sheet: "Worksheet", styles: "dict[str, Format]", widths: Sequence[float]) -> None:
        self._book, self._sheet, self._styles, self._widths = book, sheet, styles, widths
        self._heights: dict[int, float] = {}
        self.at = 0
        """The row that is written next."""

    def row(self, cells: Sequence[Cell], style: str = "text", joined: int | None = None) -> None:
        """Write a row of cells, as high as its longest text needs; the last one may be joined with all cells after it."""
        widths = list(self._widths)
        if joined is not None and joined < len(widths) - 1:
            self._sheet.merge_range(self.at, joined, self.at, len(widths) - 1, "", self._styles[style])
            widths[joined:] = [sum(widths[joined:])]
        for column, cell in enumerate(cells):
            self._put(column, cell, style)
        self._height(max((_lines(cell, width) for cell, width in zip(cells, widths, strict=False)), default=1))
        self.at += 1

    def line(self, text: str, style: str = "text") -> None:
        """Write a text across all columns."""
        text = writable(text)[:LONGEST_TEXT]
        if len(self._widths) > 1:
            self._sheet.merge_range(self.at, 0, self.at, len(self._widths) - 1, "", self._styles[style])
        self._sheet.write_string(self.at, 0, text, self._styles[style])
        size = STYLES[style].get("font_size", SIZE)
        self._height(_lines(text, WIDER * sum(self._widths) * SIZE / size), size)
        self.at += 1

    def _put(self, column: int, cell: Cell, style: str) -> None:
        """Write one cell; what begins like a formula stays a text."""
        if isinstance(cell, str):
            self._sheet.write_string(self.at, column, writable(cell)[:LONGEST_TEXT], self._styles[style if column == 0 else _flat(style)])
        elif cell is not None:
            self._sheet.write_number(self.at, column, cell, self._styles["decimal" if isinstance(cell, float) else _flat(style)])
        elif style not in PLAIN:
            self._sheet.write_blank(self.at, column, None, self._styles[_flat(style)])

    def blank(self) -> None:
        """Leave a row empty."""
        self.at += 1

    def chart(self, first: int, column: int, found: Sequence[Row], *, stacked: bool, label: str) -> None:
        """Draw the options that stand from a row on in the first two columns, beside them and as high as what is written there."""
        chart = self._book.add_chart({"type": "bar", "subtype": "percent_stacked"} if stacked else {"type": "bar"})
        for series in _stacked(self._sheet.name, first, found) if stacked else _separate(self._sheet.name, first, found):
            chart.add_series(series)
        chart.set_legend({"position": "bottom", "font": {"size": 10}} if stacked else {"none": True})
        chart.set_y_axis({"visible": not stacked, "reverse": not stacked, "line": {"none": True}, "major_gridlines": {"visible": False}})
        chart.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
        chart.set_chartarea({"border": {"none": True}})
        chart.set_size({"width": CHART_WIDTH, "height": PIXELS * sum(self._heights.get(row, LINE) for row in range(first, self.at)) - 8})
        self._sheet.insert_chart(first, column, chart, {"description": writable(label), "object_position": 1, "x_offset": 8, "y_offset": 4})

    def dumbbells(self, rows: tuple[int, int], *, names: int, values: tuple[int, int], points: int, label: str) -> None:
        """Draw two columns' figures of some rows as pairs of marks with a line between them, under all that is written."""
        chart = self._book.add_chart({"type": "line"})
        first, last = rows
        for column, shape, fill in zip(values, ("circle", "diamond"), ("#9cc9d3", ACCENT), strict=True):
            edge = {"color": ACCENT, "width": 2}
            marker = {"type": shape, "size": 10, "fill": {"color": fill}, "border": edge}
            font = {"size": 10, "bold": column == values[1]}
            series = {"name": [self._sheet.name, 0, column], "categories": [self._sheet.name, first, names, last, names]}
            where = {"values": [self._sheet.name, first, column, last, column], "line": {"none": True}, "marker": marker}
            labels = {"value": True, "num_format": "0.0", "position": "right", "font": font}
            chart.add_series({**series, **where, "data_labels": labels})
        chart.set_high_low_lines({"line": {"color": ACCENT, "width": 3}})
        chart.set_y_axis({"min": 1, "max": points, "major_unit": 1, "major_gridlines": {"visible": True, "line": {"color": "#d5dcdf"}}})
        chart.set_title({"name": label, "name_font": {"size": 12, "color": ACCENT}, "overlay": False})
        chart.set_legend({"position": "bottom", "font": {"size": 10}})
        chart.set_chartarea({"border": {"none": True}})
        chart.set_size({"width": max(CHART_WIDTH, 90 * (last - first + 2)), "height": 360})
        self._sheet.insert_chart(self.at, 1, chart, {"description": writable(label), "object_position": 1})

    def _height(self, lines: int, size: float = SIZE) -> None:
        self._heights[self.at] = min(TALLEST, lines * LINE * size / SIZE + 1)
        self._sheet.set_row(self.at, self._heights[self.at])

    def break_above(self, rows: Sequence[int]) -> None:
        """Begin new printed pages with these rows."""
        self._sheet.set_h_pagebreaks(rows)

    def keep_together(self, first: Sequence[int]) -> None:
        """Print what begins with each of these rows on one page, where it is no longer than that."""
        breaks, page = [], 0
        for row, end in zip(first, [*first, self.at][1:], strict=True):
            if sum(self._heights.get(at, LINE) for at in range(page, end)) > PAGE and row > page:
                breaks.append(row)
                page = row
        self.break_above(breaks)

    def filter_by(self, columns: int) -> None:
        """Let readers filter the rows under the heading."""
        self._sheet.autofilter(0, 0, max(self.at - 1, 1), columns - 1)


def _stacked(sheet: str, first: int, found: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Make each option a part of one bar, the positive end to the right."""
    parts = list(enumerate(found, first))
    for at, row in reversed(parts) if found[0].tone.startswith("high") else parts:
        yield {"name": [sheet, at, 0], "values": [sheet, at, 1, at, 1], "gap": 40, "fill": {"color": TONES[row.tone][0]}, **_figures(row)}


def _separate(sheet: str, first: int, found: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Make each option a bar."""
    last = first + len(found) - 1
    yield {
        "categories": [sheet, first, 0, last, 0],
        "values": [sheet, first, 1, last, 1],
        "gap": 40,
        "fill": {"color": TONES[found[0].tone][0]},
        "data_labels": {"value": True},
    }


def _figures(row: Row) -> dict[str, Any]:
    """Write an option's count, or its share, on its part of the bar, unless nobody chose it."""
    font = {"color": TONES[row.tone][1], "size": 11, "bold": True}
    return {"data_labels": {"value": True, "num_format": "0%;;;" if row.count is None else "0;;;", "font": font}}


def _flat(style: str) -> str:
    """Name the style of the cells beside the first one, which alone is indented."""
    name, _, depth = style.partition(" ")
    return {"hidden": "hidden", "level": "strong" if depth == "0" else "text"}.get(name, style)


def _lines(cell: Cell, width: float) -> int:
    """Estimate how many lines a text takes in a column."""
    if not isinstance(cell, str):
        return 1
    return sum(max(1, ceil(len(part) / max(1, width - 1))) for part in cell.split("\n"))

"""Excel files as plain cells; what can't be read, or should not be, is refused in words."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from shared.excel import Unreadable, opened
from shared.phrases import N_, _

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 8 * 1024 * 1024
"""Bytes of all parts together, so that a small file can't unpack to an endless one."""
MOST_SHEETS = 50
MOST_CELLS = 400_000
LAST_ROW = 1_048_576
"""The last row that a spreadsheet has."""

MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]+[0-9]+):")


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that holds no value of its own; `why` says what to do."""

    why: str


FORMULA = Odd(N_("a formula: write the value itself (copy the cell, then paste only its value)"))
ERROR = Odd(N_("an error value: write what is meant"))

Cells = Mapping[int, Any]
"""The filled cells of a row, by column; both count from 1."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as plain values."""

    name: str
    hidden: bool
    rows: Mapping[int, Cells]
    merged: tuple[str, ...]
    """The first cell of each group of merged ones."""


def sheets(data: bytes) -> list[Sheet]:
    """Read every sheet of a workbook, or raise `Unreadable`."""
    with opened(data, MAX_BYTES, MAX_UNPACKED) as package:
        return _read(data, package)


def _read(data: bytes, package: zipfile.ZipFile) -> list[Sheet]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), read_only=True)
        if len(book.worksheets) > MOST_SHEETS:
            raise Unreadable(_("the workbook has more than {most} sheets: copy what is needed into a new one"), most=MOST_SHEETS)
        budget = iter(range(MOST_CELLS))
        return [_sheet(sheet, package, budget) for sheet in book.worksheets]


def _sheet(sheet: Any, package: zipfile.ZipFile, budget: Iterator[int]) -> Sheet:
    # What a file says about a sheet's size is often wrong.
    sheet.reset_dimensions()
    rows = {}
    for number, row in enumerate(sheet.iter_rows(), 1):
        # Cells that are passed over count too: one at the far right of each row would take for ever otherwise.
        if number > LAST_ROW or len(list(islice(budget, len(row)))) < len(row):
            raise Unreadable(
                _("the sheet `{sheet}` has far more cells than a programme needs: copy what is needed into a new one"), sheet=sheet.title
            )
        filled = {column: value for column, cell in enumerate(row, 1) if (value := _value(cell)) is not None}
        if filled:
            rows[number] = filled
    # The reader knows where a sheet lies in the package, but nothing of merged cells.
    merged = MERGED.findall(package.read(sheet._worksheet_path))  # noqa: SLF001
    return Sheet(str(sheet.title), sheet.sheet_state != "visible", rows, tuple(ref.decode() for ref in merged))


def _value(cell: Any) -> Any:
    if cell.value is None or (isinstance(cell.value, str) and not cell.value.strip()):
        return None
    return {"f": FORMULA, "e": ERROR}.get(cell.data_type, cell.value)

"""Rosters in Excel files, row by row, so that a long one takes little memory."""

import io
import warnings
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook

from shared.excel import MEGABYTE, damage_told, opened

MAX_BYTES = 10 * MEGABYTE
MAX_UNPACKED = 80 * MEGABYTE
"""What 20,000 wide rows unpack to, and some more."""
LAST_COLUMN = 100
"""Columns further to the right are not read."""

Sheet = Iterator[tuple[int, tuple[object, ...]]]


def sheets(data: bytes) -> Iterator[Sheet]:
    """Read the visible sheets one after the other; raise `Unreadable` where there is no workbook, or a damaged one."""
    with opened(data, MAX_BYTES, MAX_UNPACKED), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Formulas count for what they came to when the file was saved.
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    yield from (_rows(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible")


def _rows(sheet: Any) -> Sheet:
    # What a file says about a sheet's size is often wrong.
    sheet.reset_dimensions()
    with damage_told(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield from enumerate(sheet.iter_rows(max_col=LAST_COLUMN, values_only=True), 1)

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

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 8 * 1024 * 1024
"""Bytes of all parts together, so that a small file can't unpack to an endless one."""
MAX_PARTS = 2000
MOST_SHEETS = 50
MOST_CELLS = 400_000
LAST_ROW = 1_048_576
"""The last row that a spreadsheet has."""

COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
"""How files of the old Excel begin, and those that are protected with a password."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]+[0-9]+):")

SAVE_AGAIN = "save it in Excel or LibreOffice as “Excel workbook (.xlsx)”"


class Unreadable(Exception):
    """The file is no workbook that can be read."""


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that holds no value of its own; `why` says what to do."""

    why: str


FORMULA = Odd("a formula: write the value itself (copy the cell, then paste only its value)")
ERROR = Odd("an error value: write what is meant")

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
    _refuse(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _refuse_package(package)
            return _read(data, package)
    except Unreadable:
        raise
    except Exception as error:
        # Damaged files break the reader in more ways than can be listed, and all of them mean the same to their owner.
        raise Unreadable(f"this workbook is damaged: open it and {SAVE_AGAIN}") from error


def _refuse(data: bytes) -> None:
    if not data:
        raise Unreadable("the file is empty")
    if len(data) > MAX_BYTES:
        raise Unreadable(f"the file is larger than {MAX_BYTES // 1024**2} MB: remove pictures and what does not belong to the programme")
    if data.startswith(COMPOUND) and ENCRYPTED in data:
        raise Unreadable("the workbook is protected with a password: remove the password and save it again")
    if data.startswith(COMPOUND):
        raise Unreadable(f"this is a file of the old Excel (.xls): {SAVE_AGAIN}")
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise Unreadable(f"this is not an Excel workbook: {SAVE_AGAIN}")


def _refuse_package(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("the workbook is protected with a password: remove the password and save it again")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unreadable(f"the workbook unpacks to more than {MAX_UNPACKED // 1024**2} MB: copy what is needed into a new one")
    if "[Content_Types].xml" not in package.namelist() or "xl/workbook.bin" in package.namelist():
        raise Unreadable(f"this is not an Excel workbook (.xlsx): {SAVE_AGAIN}")


def _read(data: bytes, package: zipfile.ZipFile) -> list[Sheet]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), read_only=True)
        if len(book.worksheets) > MOST_SHEETS:
            raise Unreadable(f"the workbook has more than {MOST_SHEETS} sheets: copy what is needed into a new one")
        budget = iter(range(MOST_CELLS))
        return [_sheet(sheet, package, budget) for sheet in book.worksheets]


def _sheet(sheet: Any, package: zipfile.ZipFile, budget: Iterator[int]) -> Sheet:
    # What a file says about a sheet's size is often wrong.
    sheet.reset_dimensions()
    rows = {}
    for number, row in enumerate(sheet.iter_rows(), 1):
        # Cells that are passed over count too: one at the far right of each row would take for ever otherwise.
        if number > LAST_ROW or len(list(islice(budget, len(row)))) < len(row):
            raise Unreadable(f"the sheet `{sheet.title}` has far more cells than a programme needs: copy what is needed into a new one")
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

"""Tables as spreadsheets save them, CSV and Excel alike: numbered rows of plain texts."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime, time
from itertools import chain

from shared.phrases import Phrase, _
from shared.rosters.columns import HEADER_WITHIN, is_email
from shared.rosters.people import MAX_ROWS, RowFault

MAX_BYTES = 10_000_000

NORDIC = re.compile("[æøåÆØÅäöÄÖéÉü]")
SEPARATORS = (",", ";", "\t")
DECLARED_SEPARATOR = re.compile(r"sep=([,;\t|])(\r\n|\r|\n)", re.IGNORECASE)
"""The line that some spreadsheets put first."""
BEGINNING = 20_000
"""Characters in which the headings are looked for."""
PACKAGES = (b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"))
"""How the files of a spreadsheet program begin, of today's and of the old ones."""

Numbered = tuple[int, list[str]]
"""A row's number as a spreadsheet shows it, and its cells."""


class Refused(Exception):
    """The table can't be read at all."""

    def __init__(self, row: int, text: str, /, **values: object) -> None:
        super().__init__(text)
        self.fault = RowFault(row, "", Phrase(text, values))


def tables(data: bytes) -> Iterator[Iterator[Numbered]]:
    """Read the tables of a file one after the other: each visible sheet, or the only one."""
    if len(data) > MAX_BYTES:
        raise Refused(1, _("the file is larger than {size} MB: remove what is not needed"), size=MAX_BYTES // 1_000_000)
    if data.startswith(PACKAGES):
        # Reading Excel takes longer to load than all the rest; only those who bring such a file wait for it.
        from shared.rosters.workbooks import sheets  # noqa: PLC0415

        yield from (map(_as_texts, sheet) for sheet in sheets(data))
    else:
        yield _rows(_decoded(data))


def _as_texts(row: tuple[int, tuple[object, ...]]) -> Numbered:
    return row[0], [cell if isinstance(cell, str) else _text(cell) for cell in row[1]]


def _text(cell: object) -> str:
    """Write a cell's value as its owner sees it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _decoded(data: bytes) -> str:
    try:
        text = data.decode(_encoding(data)).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise Refused(1, _("the file's characters can't be read: save it again as CSV UTF-8")) from None
    if not text.strip():
        raise Refused(1, _("the file is empty"))
    return text


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in data[:2]:
        return "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
    try:
        data.decode()
    except UnicodeDecodeError:
        # Windows and old Macs differ in exactly the letters that Nordic names are full of.
        windows, mac = (len(NORDIC.findall(data.decode(name, "replace"))) for name in ("cp1252", "mac_roman"))
        return "mac_roman" if mac > windows else "cp1252"
    return "utf-8"


def _rows(text: str) -> Iterator[Numbered]:
    declared = DECLARED_SEPARATOR.match(text)
    body = text[declared.end() :] if declared else text
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=declared[1] if declared else _separator(body), strict=True)
    number = 1 if declared else 0
    try:
        for row in reader:
            number += 1
            yield number, row
    except csv.Error:
        raise Refused(number + 1, _("a quotation mark is not closed, or stands within a cell: double it")) from None


def _separator(text: str) -> str:
    """Find what parts the cells: what makes a heading of some line read as an address's, or else stands most often in one."""
    lines = text[:BEGINNING].splitlines()[:HEADER_WITHIN]
    telling = (separator for separator in SEPARATORS if any(map(is_email, chain(*(line.split(separator) for line in lines)))))
    return next(telling, None) or max(SEPARATORS, key=lambda separator: max((line.count(separator) for line in lines), default=0))


def is_filled(row: list[str]) -> bool:
    """Tell whether any cell of a row has a text."""
    return any(cell and not cell.isspace() for cell in row)


def limited(rows: Iterator[Numbered]) -> Iterator[Numbered]:
    """Pass filled rows on, as many as a roster may have."""
    count = 0
    for number, row in rows:
        if not is_filled(row):
            continue
        count += 1
        if count > MAX_ROWS:
            raise Refused(number, _("a roster has at most {most} rows"), most=f"{MAX_ROWS:,}")
        yield number, row

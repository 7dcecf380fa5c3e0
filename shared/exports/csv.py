"""An edition as CSV: the tidy table, fit for Excel and for statistics programs alike."""

import csv
import io
from collections.abc import Iterable, Sequence

from shared.exports.groups import groups
from shared.exports.table import Cell, table
from shared.results.editions import Document

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a text for a formula when it opens a CSV file."""


def csv_file(edition: Document) -> bytes:
    """Write an edition as CSV."""
    return written(table(groups(edition, edition["languages"][0])))


def written(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write rows as CSV, none of whose texts a spreadsheet takes for a formula; the byte order mark tells Excel that it is UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell

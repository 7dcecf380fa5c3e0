"""Exports of a comparison: its files, made of its document alone, so that none holds more than it does."""

from collections.abc import Callable, Iterator, Mapping

from shared.exports.csv import written as csv_written
from shared.exports.pairs_pptx import pptx_file
from shared.exports.pairs_table import table
from shared.exports.pairs_xlsx import xlsx_file
from shared.results.editions import Document, written


def csv_file(compared: Document) -> bytes:
    """Write a comparison as CSV."""
    return csv_written(table(compared))


MAKERS: Mapping[str, Callable[[Document], bytes]] = {"csv": csv_file, "xlsx": xlsx_file, "pptx": pptx_file, "json": written}
"""What makes a file of each ending."""


def files(compared: Document) -> Iterator[tuple[str, bytes]]:
    """Make a comparison's files one after the other, each with its ending."""
    return ((kind, make(compared)) for kind, make in MAKERS.items())

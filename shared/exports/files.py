"""Exports: all files of an edition, made of it alone, so that none holds more than it does; no comments, which an owner reads first."""

from collections.abc import Callable, Iterator, Mapping

from shared.exports.csv import csv_file
from shared.exports.pptx import pptx_file
from shared.exports.xlsx import xlsx_file
from shared.results.editions import Document, written

MAKERS: Mapping[str, Callable[[Document], bytes]] = {"csv": csv_file, "xlsx": xlsx_file, "pptx": pptx_file, "json": written}
"""What makes a file of each ending; the figures themselves come last, so that where they lie all the rest does."""


def files(edition: Document) -> Iterator[tuple[str, bytes]]:
    """Make an edition's files one after the other, each with its ending."""
    return ((kind, make(edition)) for kind, make in MAKERS.items())

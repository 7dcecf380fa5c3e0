"""A programme as an Excel workbook: either valid as a whole, or every fault with its cell."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from shared.declarations import Declared, Fault, declared_by
from shared.workbook_layout import SHEETS
from shared.workbook_rows import ROWS
from shared.workbook_sheets import Unreadable, sheets
from shared.workbook_source import sources
from shared.yaml_source import START, Path, Position, Source

ENDING = ".xlsx"

MOST_FAULTS = 500

REWORDED = (
    ("the folder's name is the programme's id, but", "the workbook's file name is the programme's id, but"),
    ("the file's name must be an id and end in .yaml, but", "a form's id must be an id, but"),
    (
        "no round uses this form: name it under `rounds`, or remove the file",
        "no round uses this form: name it in the sheet `rounds`, or remove it",
    ),
    (re.compile(r"there is no file (.*)\.yaml beside this one"), r"write it in the sheet `forms`"),
    (": write it under `scales`", ": write it in the sheet `scales`"),
    (", or remove the line", ", or remove the row"),
    (re.compile(r": put it in quotes$"), ""),
)
"""What is said of files in words of their own, and the words for workbooks."""


@dataclass(frozen=True, slots=True)
class CellFault:
    """Something wrong in a workbook; without a cell it is about the whole file."""

    sheet: str
    cell: str
    message: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}: {self.message}" if self.sheet else self.message


@dataclass(frozen=True, slots=True)
class Read:
    """What a workbook says, as the sources that a folder would give."""

    sources: Mapping[str, Source]
    faults: tuple[CellFault, ...]
    """What is wrong with the file and its sheets; what is wrong with their cells stands in the sources."""


def declared_in(programme_id: str, data: bytes) -> Declared | list[CellFault]:
    """Read a programme's workbook; its file's name is the programme's id."""
    found = read(data)
    if not found.sources:
        return list(found.faults)
    judged = declared_by(programme_id, found.sources)
    if isinstance(judged, list):
        return [*found.faults, *in_cells(judged, found.sources)][:MOST_FAULTS]
    return list(found.faults) or judged


def read(data: bytes) -> Read:
    """Read a workbook; there are no sources if it is none."""
    try:
        found, faults = sources(sheets(data))
    except Unreadable as unreadable:
        return Read({}, (CellFault("", "", str(unreadable)),))
    return Read(found, tuple(CellFault(*fault) for fault in faults))


def in_cells(faults: Iterable[Fault], found: Mapping[str, Source]) -> list[CellFault]:
    """Say of faults in which cells they are, in the order of the sheets."""
    placed = {(_position(fault, found), _reworded(fault.message)) for fault in faults}
    return [CellFault(*_cell(position), message) for position, message in sorted(placed)]


def cell_of(source: Source, path: Path) -> CellFault:
    """Name the cell in which a value stands, as a fault that says nothing yet."""
    return CellFault(*_cell(source.position(path)), "")


def _position(fault: Fault, found: Mapping[str, Source]) -> Position:
    position = Position(fault.line, fault.column)
    return found[fault.file].position(()) if position == START and fault.file in found else position


def _cell(position: Position) -> tuple[str, str]:
    number, row = divmod(position.line, ROWS)
    return SHEETS[number].name, f"{get_column_letter(position.column)}{row}"


def _reworded(message: str) -> str:
    for old, new in REWORDED:
        message = message.replace(old, new) if isinstance(old, str) else old.sub(new, message)
    return message

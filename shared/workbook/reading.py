"""A programme as an Excel workbook: either valid as a whole, or every fault with its cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

from shared.declarations.declared import NO_LIBRARY, Declared, Fault, declared_by
from shared.declarations.yaml_source import START, Position, Source
from shared.excel import Unreadable
from shared.phrases import N_, Sentence, _
from shared.workbook.layout import SHEETS
from shared.workbook.rows import ROWS
from shared.workbook.sheets import sheets
from shared.workbook.source import sources
from shared.workbook.yaml import written

MOST_FAULTS = 500

REWORDED = {
    "the folder's name is the programme's id": _("the workbook's file name is the programme's id"),
    "the file's name must be an id and end in .yaml": _("a form's id must be an id"),
    "no round uses this form: name it under `rounds`, or remove the file": _(
        "no round uses this form: name it in the sheet `rounds`, or remove it"
    ),
    ": there is no file {form}.yaml beside this one": _(": write it in the sheet `forms`"),
    ": write it under `scales`": _(": write it in the sheet `scales`"),
    "a value is missing here: fill it in, or remove the line": _("a value is missing here: fill it in, or remove the row"),
    "`{key}` has no value: fill it in, or remove the line": _("`{key}` has no value: fill it in, or remove the row"),
    "a text is expected here, not {kind}: put it in quotes": _("a text is expected here, not {kind}"),
    "an option's code is expected here: put it in quotes": _("an option's code is expected here"),
}
"""What is said of files in words of their own, and the words for workbooks."""


class CellFault(Fault):
    """Something wrong in a workbook: `file` is the sheet, or empty where it is about the whole file."""

    __slots__ = ()

    @property
    def place(self) -> str:
        """Write which cell it is."""
        return f"{self.file}!{get_column_letter(self.column)}{self.line}" if self.file else ""


@dataclass(frozen=True, slots=True)
class Read:
    """What a workbook says, as the sources that a folder would give."""

    sources: Mapping[str, Source]
    faults: tuple[CellFault, ...]
    """What is wrong with the file and its sheets; what is wrong with their cells stands in the sources."""


def declared_in(programme_id: str, data: bytes, library: Mapping[str, bytes] = NO_LIBRARY) -> Declared | list[Fault]:
    """Read a programme's workbook; its file's name is the programme's id."""
    found = read(data)
    if not found.sources:
        return list(found.faults)
    judged = declared_by(programme_id, found.sources, library)
    if isinstance(judged, list):
        return [*found.faults, *_in_cells(judged, found.sources)][:MOST_FAULTS]
    if found.faults:
        return list(found.faults)
    return replace(judged, warnings=tuple(_in_cells(judged.warnings, found.sources)))


def as_files(data: bytes) -> dict[str, bytes]:
    """Write the files that say the same as a workbook, which is without a fault."""
    return {name: written(source.value) for name, source in read(data).sources.items()}


def read(data: bytes) -> Read:
    """Read a workbook; there are no sources if it is none."""
    try:
        found, faults = sources(sheets(data))
    except Unreadable as unreadable:
        return Read({}, (CellFault("", 0, 0, N_(unreadable.phrase.text, **unreadable.phrase.values)),))
    return Read(found, tuple(CellFault(sheet, *_row_and_column(cell), message) for sheet, cell, message in faults))


def _row_and_column(cell: str) -> tuple[int, int]:
    row, column = coordinate_to_tuple(cell)
    return row, column


def _in_cells(faults: Iterable[Fault], found: Mapping[str, Source]) -> list[Fault]:
    """Say of faults in which cells they are, in the order of the sheets."""
    placed = {(_position(fault, found), _reworded(fault.message)) for fault in faults}
    return [CellFault(*_cell(position), message) for position, message in sorted(placed)]


def _position(fault: Fault, found: Mapping[str, Source]) -> Position:
    position = Position(fault.line, fault.column)
    return found[fault.file].position(()) if position == START and fault.file in found else position


def _cell(position: Position) -> tuple[str, int, int]:
    number, row = divmod(position.line, ROWS)
    return SHEETS[number].name, row, position.column


def _reworded(message: str) -> str:
    """Say of a workbook what is said of files, also where it stands within another sentence."""
    if not isinstance(message, Sentence):
        return message
    text, values = message.phrase.text, message.phrase.values
    return N_(REWORDED.get(text, text), **{name: _reworded(value) if isinstance(value, str) else value for name, value in values.items()})

"""The rows of a workbook's sheets as entries, with the cell of every value."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.declarations.yaml_source import Path, Position
from shared.hints import listed, suggestion
from shared.languages import NAMES
from shared.phrases import N_
from shared.workbook.cells import Refused, meaning, zipped
from shared.workbook.layout import NUMBER, PROGRAMME, TRANSLATED, Column, Layout
from shared.workbook.sheets import Cells, Sheet

ROWS = 2**21
"""More rows than a sheet can have: a position's line is the sheet's number times this, plus the row."""

Tell = Callable[[Position, str], None]
"""Takes a fault with its place."""

CellsByLanguage = Mapping[str, tuple[Position, Any]]
"""The cells of one column, with their places; under "" where there is one for all languages."""

Columns = Mapping[str, tuple[Column, str]]
"""What a heading stands for: a column, and the language or none."""

VALUE, KEY = "value", "key"


@dataclass(slots=True)
class Entry:
    """What one row says; paths begin at the row."""

    place: Position
    value: Any = field(default_factory=dict)
    at: dict[Path, Position] = field(default_factory=dict)

    def put(self, path: tuple[str, ...], value: Any, place: Position) -> None:
        """Put a value at its place, in mappings that are made as needed."""
        inner = self.value
        for key in path[:-1]:
            inner = inner.setdefault(key, {})
        inner[path[-1]] = value
        self.mark(path, place)

    def mark(self, path: Path, place: Position) -> None:
        """Say where a value stands, or would stand."""
        for length in range(1, len(path)):
            self.at.setdefault(path[:length], place)
        self.at[path] = place

    def taken(self, key: str) -> Any:
        """Take a value out, where another is made of it."""
        return self.value.pop(key, None)


def place(sheet: str, row: int, column: int) -> Position:
    """Make a position of a cell of a sheet that is known."""
    return Position(NUMBER[sheet] * ROWS + row, column)


def entries(sheet: Sheet, layout: Layout, tell: Tell) -> Iterator[Entry]:
    """Read the rows below the headings; the sheet `programme` is read by `programme_entry`."""
    headings = _headings(sheet, layout, tell)
    for number in sorted(sheet.rows):
        if number > 1 and headings.keys() & sheet.rows[number].keys():
            first = min(headings, default=1)
            yield _entry(sheet.rows[number], Entry(place(layout.name, number, first)), headings, tell)


def _headings(sheet: Sheet, layout: Layout, tell: Tell) -> Mapping[int, tuple[Column, str]]:
    known = _known(layout)
    found: dict[int, tuple[Column, str]] = {}
    for column, cell in sheet.rows.get(1, {}).items():
        at = place(layout.name, 1, column)
        name = _name(cell)
        if name not in known:
            hint = suggestion(name, known) or N_(" is not known here: use {known}", known=listed(_short(layout)))
            tell(at, N_("the heading `{name}`{hint}", name=name[:50], hint=hint))
        elif known[name] in found.values():
            tell(at, N_("the heading `{name}` stands twice: remove one of the two columns", name=name))
        else:
            found[column] = known[name]
    _refuse_nameless(sheet, layout, tell)
    # In the usual order, so that columns that were moved say the very same.
    return dict(sorted(found.items(), key=lambda item: layout.columns.index(item[1][0])))


def _refuse_nameless(sheet: Sheet, layout: Layout, tell: Tell) -> None:
    named = sheet.rows.get(1, {})
    nameless: dict[int, int] = {}
    for number in sorted(sheet.rows):
        for column in sheet.rows[number]:
            if column not in named:
                nameless.setdefault(column, number)
    for column, number in nameless.items():
        tell(place(layout.name, number, column), N_("this column has no heading in row 1: write one, or remove what stands here"))


def _name(cell: object) -> str:
    return " ".join(str(cell).casefold().replace("_", " ").split())


def _known(layout: Layout) -> Columns:
    known = {column.heading: (column, "") for column in layout.columns}
    for column in layout.columns:
        if column.kind in TRANSLATED:
            known |= {f"{column.heading} {language}": (column, language) for language in NAMES}
    return known


def _short(layout: Layout) -> list[str]:
    return [f"{column.heading} nb" if column.kind in TRANSLATED else column.heading for column in layout.columns]


def _entry(cells: Cells, entry: Entry, headings: Mapping[int, tuple[Column, str]], tell: Tell) -> Entry:
    for column in dict.fromkeys(column for column, _ in headings.values()):
        places = {language: number for number, (other, language) in headings.items() if other is column}
        _put(
            entry, column, {language: (Position(entry.place.line, number), cells.get(number)) for language, number in places.items()}, tell
        )
    return entry


def _put(entry: Entry, column: Column, cells: CellsByLanguage, tell: Tell) -> None:
    """Put what one column says into the entry."""
    first = next(iter(cells.values()))[0]
    entry.mark(column.keys, first)
    read = {}
    for language, (at, cell) in cells.items():
        if language:
            entry.at[(*column.keys, language)] = at
        if cell is not None:
            try:
                read[language] = meaning(column.kind, cell)
            except Refused as refused:
                tell(at, refused.message)
                read[language] = None
    if "" in read and len(read) > 1:
        tell(cells[""][0], N_("this text stands in the columns of the languages too: keep one of the two"))
    elif read:
        entry.put(column.keys, _joined(read), first)
        _mark_lines(entry, column, cells)


def _joined(read: Mapping[str, Any]) -> Any:
    """Join a column's languages into one value; a cell that was refused is None, and told already."""
    if "" in read:
        return read[""]
    if any(isinstance(value, list) for value in read.values()):
        return zipped({language: value or [] for language, value in read.items()})
    return read


def _mark_lines(entry: Entry, column: Column, cells: CellsByLanguage) -> None:
    if column.kind == "lines":
        lines = entry.value
        for key in column.keys:
            lines = lines[key]
        for index, language in ((index, language) for index in range(len(lines or [])) for language in cells):
            entry.at[(*column.keys, index, language) if language else (*column.keys, index)] = cells[language][0]


def programme_entry(sheet: Sheet, tell: Tell) -> Entry:
    """Read the sheet `programme`: a key in each row, with one value or a text in each language."""
    entry = Entry(place(PROGRAMME.name, 1, 1))
    headings = _programme_headings(sheet, tell)
    known = {column.heading: column for column in PROGRAMME.columns}
    seen: dict[str, int] = {}
    keyed = next((number for number, name in headings.items() if name == KEY), 1)
    for number in sorted(set(sheet.rows) - {1}):
        at = place(PROGRAMME.name, number, keyed)
        name = _name(sheet.rows[number].get(keyed, ""))
        if name not in known:
            tell(at, _unknown_key(name, known))
        elif name in seen:
            tell(at, N_("`{name}` stands twice, first in row {row}: remove one of the two", name=name, row=seen[name]))
        else:
            seen[name] = number
            if cells := _row_cells(known[name], number, sheet.rows[number], headings, tell):
                _put(entry, known[name], cells, tell)
    return entry


def _unknown_key(name: str, known: Mapping[str, Column]) -> str:
    if not name:
        return N_("this row has no key in its first column: write one, or remove the row")
    return N_("`{name}`{hint}", name=name[:50], hint=suggestion(name, known) or N_(" is not known here: use {known}", known=listed(known)))


def _programme_headings(sheet: Sheet, tell: Tell) -> Mapping[int, str]:
    """Tell what each column is: the key, the value, or a language."""
    known = {KEY: KEY, VALUE: VALUE, **{f"text {language}": language for language in NAMES}}
    found: dict[int, str] = {}
    for column, cell in sheet.rows.get(1, {}).items():
        name = _name(cell)
        if name not in known:
            hint = suggestion(name, known) or N_(" is not known here: use `key`, `value`, and `text nb` or another language")
            tell(place(PROGRAMME.name, 1, column), N_("the heading `{name}`{hint}", name=name[:50], hint=hint))
        elif known[name] in found.values():
            tell(place(PROGRAMME.name, 1, column), N_("the heading `{name}` stands twice: remove one of the two columns", name=name))
        else:
            found[column] = known[name]
    _refuse_nameless(sheet, PROGRAMME, tell)
    return found


def _row_cells(column: Column, row: int, filled: Cells, headings: Mapping[int, str], tell: Tell) -> CellsByLanguage:
    cells: dict[str, tuple[Position, Any]] = {}
    for number, name in headings.items():
        at = place(PROGRAMME.name, row, number)
        if name == VALUE and (column.kind not in TRANSLATED or number in filled):
            cells[""] = at, filled.get(number)
        elif name in NAMES and column.kind in TRANSLATED:
            cells[name] = at, filled.get(number)
        elif name in NAMES and number in filled:
            tell(at, N_("`{heading}` is the same in every language: write it in the column `value`", heading=column.heading))
    return cells

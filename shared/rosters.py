"""Rosters: who takes part, read from a table as spreadsheets save it; all faults at once, or all participants."""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, pairwise

from shared.addresses import normalised
from shared.hints import listed, suggestion
from shared.programmes import Programme, gathering_of

COLUMNS = ("email", "name", "language", "role")
"""What every roster has; the programme's unit columns come on top."""

MAX_ROWS = 20_000
MAX_BYTES = 10_000_000
LONGEST = 200

NORDIC = re.compile("[æøåÆØÅäöÄÖéÉü]")
SEPARATORS = (",", ";", "\t")
DECLARED_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""The line that some spreadsheets put first."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody belongs, and as what, from a date on."""

    since: str
    """A date, "2027-08-01"; empty for from the start."""
    role: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody on the roster."""

    email: str
    name: str
    language: str
    role: str
    units: tuple[str, ...]
    """From top to bottom, as the programme names its unit columns."""
    since: str = ""
    """The date from which she takes part with this role in these units; empty for from the start."""
    later: tuple[Place, ...] = ()
    """Where she belongs afterwards, by date."""
    gatherings: tuple[str, ...] = ()
    """The ids of gatherings that she attends instead of her unit's."""
    buddy: str = ""
    """The address of her buddy."""
    team: str = ""
    left: str = ""
    """The date from which she no longer takes part; empty while she does."""


def places(person: Participant) -> tuple[Place, ...]:
    """List where somebody belongs, from the first place to the last."""
    return (Place(person.since, person.role, person.units), *person.later)


def placed(person: Participant, found: Iterable[Place]) -> Participant:
    """Give somebody these places, by date; one that only repeats the place before it is left out."""
    first, *others = sorted(found, key=lambda place: place.since)
    kept = [first]
    kept += [new for old, new in pairwise([first, *others]) if (new.role, new.units) != (old.role, old.units)]
    return replace(person, since=first.since, role=first.role, units=first.units, later=tuple(kept[1:]))


def as_of(person: Participant, day: str) -> Participant | None:
    """Return somebody with the role and units that she has on a date; None if she does not take part then."""
    past = [place for place in places(person) if place.since <= day]
    if not past or (person.left and person.left <= day):
        return None
    return replace(person, role=past[-1].role, units=past[-1].units)


@dataclass(frozen=True, slots=True)
class RowFault:
    """Something wrong in a roster; rows count from 1 and the header is row 1, as a spreadsheet shows them."""

    row: int
    column: str
    """Empty where the fault is in no one column."""
    message: str

    def __str__(self) -> str:
        place = f"row {self.row}, {self.column}" if self.column else f"row {self.row}"
        return f"{place}: {self.message}"


class _Refused(Exception):
    """The table can't be read at all."""

    def __init__(self, row: int, message: str) -> None:
        super().__init__(message)
        self.fault = RowFault(row, "", message)


def participants(data: bytes, programme: Programme) -> list[Participant] | list[RowFault]:
    """Read a roster; a file without participants is a fault, so an empty list is never returned."""
    try:
        rows = _table(_decoded(data))
        header = _header(rows[0] if rows else [])
        return _header_faults(header, programme) or _Roster(programme, header).read(rows)
    except _Refused as refused:
        return [refused.fault]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Top-level units that no gathering of a day names; nobody there is invited to that day."""

    day: str
    units: tuple[str, ...]
    people: int

    def __str__(self) -> str:
        return f"{self.day}: no gathering names {listed(self.units)}, so {self.people} in this file will not be invited"


def left_out(found: Iterable[Participant], programme: Programme) -> list[LeftOut]:
    """Find those whom some day has no place for: often meant, sometimes a unit's name that was misspelt."""
    people = Counter(person.units[0] for person in found if person.units)
    missing = ((day.id, [unit for unit in people if gathering_of(day, unit) is None]) for day in programme.days)
    return [LeftOut(day, tuple(sorted(units)), sum(people[unit] for unit in units)) for day, units in missing if units]


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise _Refused(1, f"the file is larger than {MAX_BYTES // 1_000_000} MB: remove what does not belong to the roster")
    try:
        text = data.decode(_encoding(data)).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise _Refused(1, "the file's characters can't be read: save it again as CSV UTF-8") from None
    if not text.strip():
        raise _Refused(1, "the file is empty")
    return text


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode()
    except UnicodeDecodeError:
        # Windows and old Macs differ in exactly the letters that Nordic names are full of.
        windows, mac = (len(NORDIC.findall(data.decode(name, "replace"))) for name in ("cp1252", "mac_roman"))
        return "mac_roman" if mac > windows else "cp1252"
    return "utf-8"


def _table(text: str) -> list[list[str]]:
    declared = DECLARED_SEPARATOR.match(text)
    rows: list[list[str]] = [] if declared is None else [[]]
    body = text[declared.end() :] if declared else text
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=_separator(body), strict=True)
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > MAX_ROWS + 1:
                raise _Refused(len(rows), f"a roster has at most {MAX_ROWS:,} rows")
    except csv.Error:
        raise _Refused(len(rows) + 1, "a quotation mark is not closed, or stands within a cell: double it") from None
    return rows[1:] if declared else rows


def _separator(text: str) -> str:
    header = text.lstrip("\r\n").splitlines()[0] if text.strip() else ""
    return max(SEPARATORS, key=header.count)


def _header(row: list[str]) -> list[str]:
    return [_spaced(cell).casefold() for cell in row]


def _spaced(cell: str) -> str:
    """Write a cell's text in one way: composed letters, single spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", cell).split())


def _header_faults(header: list[str], programme: Programme) -> list[RowFault]:
    wanted = [*COLUMNS, *programme.units]
    faults = [RowFault(1, "", f"the column `{column}` is missing") for column in wanted if column not in header]
    for index, column in enumerate(header):
        if column and column not in wanted:
            hint = suggestion(column, wanted) or f": a roster has the columns {listed(wanted)}"
            faults.append(RowFault(1, column[:LONGEST], f"this column is not known{hint}"))
        elif column and column in header[:index]:
            faults.append(RowFault(1, column, "this column stands twice: remove one of the two"))
    return faults


@dataclass
class _Roster:
    """Reads rows one after the other, and remembers which addresses and units it has met."""

    programme: Programme
    header: list[str]
    faults: list[RowFault] = field(default_factory=list)
    rows_by_email: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # One unit written in two ways would become two groups, each too small to show.
        gatherings = [gathering.units for day in self.programme.days for gathering in day.gatherings]
        declared = chain(*gatherings, *(member.units for member in self.programme.staff))
        top = self.programme.units[:1]
        self.spellings = {(column, _spaced(unit).casefold()): unit for unit in declared for column in top}

    def read(self, rows: list[list[str]]) -> list[Participant] | list[RowFault]:
        """Read all rows below the header."""
        found = [self._participant(number, row) for number, row in enumerate(rows[1:], 2) if any(map(str.strip, row))]
        if not found:
            raise _Refused(1, "there are no participants below the header")
        return self.faults or found

    def _participant(self, number: int, row: list[str]) -> Participant:
        cells = dict(self._cells(number, row))
        return Participant(
            email=self._email(number, cells),
            name=self._required(number, cells, "name"),
            language=self._language(number, cells),
            role=self._role(number, cells),
            units=tuple(self._unit(number, cells, column) for column in self.programme.units),
        )

    def _fault(self, row: int, column: str, message: str) -> str:
        self.faults.append(RowFault(row, column, message))
        return ""

    def _cells(self, number: int, row: list[str]) -> Iterator[tuple[str, str]]:
        if any(map(str.strip, row[len(self.header) :])):
            self._fault(number, "", "this row has more cells than the header: check the separators and quotation marks")
        for column, cell in zip(self.header, [*row, *[""] * len(self.header)], strict=False):
            self._refuse_controls(number, column, cell.strip(" \t\u00a0"))
            yield column, _spaced(cell)

    def _refuse_controls(self, number: int, column: str, cell: str) -> None:
        if len(cell.splitlines()) > 1:
            self._fault(number, column, "line breaks are not allowed in a cell")
        elif control := next((c for c in cell if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")), None):
            self._fault(number, column, f"the character U+{ord(control):04X} can't be shown: remove it")

    def _required(self, number: int, cells: Mapping[str, str], column: str) -> str:
        cell = cells[column]
        if not cell:
            return self._fault(number, column, "this cell is empty: fill it in")
        if len(cell) > LONGEST:
            return self._fault(number, column, f"at most {LONGEST} characters are allowed")
        return cell

    def _email(self, number: int, cells: Mapping[str, str]) -> str:
        cell = cells["email"]
        if not cell:
            return self._fault(number, "email", "this cell is empty: fill it in")
        if cell.count("@") > 1:
            return self._fault(number, "email", "there is more than one address here: write one for each participant")
        address = normalised(cell)
        if address is None:
            return self._fault(number, "email", "this is not a plain e-mail address, like `name@example.org`")
        first = self.rows_by_email.setdefault(address.casefold(), number)
        return address if first == number else self._fault(number, "email", f"row {first} has the same address")

    def _language(self, number: int, cells: Mapping[str, str]) -> str:
        language = cells["language"].casefold() or self.programme.languages[0]
        if language not in self.programme.languages:
            self._fault(number, "language", f"the programme does not offer this language: it has {listed(self.programme.languages)}")
        return language

    def _role(self, number: int, cells: Mapping[str, str]) -> str:
        role = self._required(number, cells, "role").casefold()
        if role and role not in self.programme.roles:
            hint = suggestion(role, self.programme.roles) or f": the programme has {listed(self.programme.roles)}"
            self._fault(number, "role", f"the programme does not have this role{hint}")
        return role

    def _unit(self, number: int, cells: Mapping[str, str], column: str) -> str:
        unit = self._required(number, cells, column)
        return self.spellings.setdefault((column, unit.casefold()), unit)

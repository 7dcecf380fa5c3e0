"""Turns a roster's rows into participants, and tells what is wrong with each row that is none."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from shared.addresses import normalised
from shared.hints import listed, nearest
from shared.languages import NAMES
from shared.phrases import Phrase, _
from shared.programmes import Programme
from shared.rosters.columns import LONGEST, Columns
from shared.rosters.dates import read_date
from shared.rosters.people import Participant, Row, RowFault
from shared.rosters.tables import Numbered
from shared.rosters.units import Spellings

LANGUAGES = {
    "da": "da dansk danish danska",
    "nb": "nb no norsk bokmål norsk-bokmål norwegian norska",
    "nn": "nn nynorsk norsk-nynorsk",
    "sv": "sv svensk svenska swedish",
    "en": "en engelsk engelska english",
}
"""How languages are written in tables."""

ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#I/T", "#VERDI!", "#NAVN?", "#REFERENCE!"})
"""What spreadsheets show where a formula failed."""


def spaced(cell: str) -> str:
    """Write a cell's text in one way: composed letters, single spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", cell).split())


def languages() -> dict[str, str]:
    """Map every way to write a language to its code."""
    told = {word.replace("-", " "): code for code, words in LANGUAGES.items() for word in words.split()}
    return told | {name.casefold(): code for code, name in NAMES.items()}


@dataclass
class Rows:
    """Reads rows one after the other, and remembers which addresses and units it has met."""

    programme: Programme
    columns: Columns
    on_file: Iterable[tuple[str, ...]] = ()
    faults: list[RowFault] = field(default_factory=list)
    rows_by_email: dict[str, int] = field(default_factory=dict)
    emails_by_name: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.spellings = Spellings(self.programme, self.on_file)
        self.languages = languages()
        self.roles = {role: role for role in self.programme.roles}
        self.roles |= {title.casefold(): role for role, titles in self.programme.roles.items() for title in titles.values()}
        self.gatherings = _gatherings(self.programme)
        self.positions = [(name, at) for name, at in self.columns.at.items()]

    def read(self, rows: Iterator[Numbered]) -> list[Row]:
        """Read all rows below the header; those with faults are left out."""
        found = [self._row(number, cells) for number, cells in rows]
        # A buddy may be named in any row, so buddies come last.
        buddied = [self._with_buddy(row) for row in found]
        self.faults.sort(key=lambda fault: fault.row)
        faulty = {fault.row for fault in self.faults}
        return [row for row in buddied if row.number not in faulty]

    def _row(self, number: int, row: list[str]) -> Row:
        cells = self._cells(number, row)
        person = Participant(
            email=self._email(number, cells),
            name=self._name(number, cells),
            language=self._language(number, cells),
            role=self._role(number, cells),
            units=tuple(self._units(number, cells)),
            since=self._date(number, cells),
            gatherings=tuple(self._own_gatherings(number, cells)),
            buddy=cells.get("buddy", ""),
            team=cells.get("team", ""),
        )
        self.emails_by_name[person.name.casefold()].append(person.email)
        return Row(number, person)

    def _fault(self, row: int, column: str, text: str, /, **values: object) -> str:
        self.faults.append(RowFault(row, column, Phrase(text, values)))
        return ""

    def _cells(self, number: int, row: list[str]) -> dict[str, str]:
        width = len(self.columns.header)
        if len(row) > width and any(map(str.strip, row[width:])):
            self._fault(number, "", _("this row has more cells than the header: check the separators and quotation marks"))
        return {name: self._cell(number, name, row[at]) if at < len(row) else "" for name, at in self.positions}

    def _cell(self, number: int, column: str, cell: str) -> str:
        if not (cell.isprintable() and cell.isascii()):
            self._refuse_controls(number, column, cell.strip(" \t\u00a0"))
            cell = unicodedata.normalize("NFC", cell)
        text = " ".join(cell.split())
        if len(text) > LONGEST:
            return self._fault(number, column, _("at most {most} characters are allowed"), most=LONGEST)
        if text in ERRORS:
            return self._fault(number, column, _("an error value: write what is meant"))
        return text

    def _refuse_controls(self, number: int, column: str, cell: str) -> None:
        if len(cell.splitlines()) > 1:
            self._fault(number, column, _("line breaks are not allowed in a cell"))
        elif control := next((c for c in cell if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")), None):
            self._fault(number, column, _("the character {character} can't be shown: remove it"), character=f"U+{ord(control):04X}")

    def _required(self, number: int, cells: Mapping[str, str], column: str) -> str:
        return cells[column] or self._empty(number, column)

    def _empty(self, number: int, column: str) -> str:
        told = any(fault.row == number and fault.column == column for fault in self.faults[-1:])
        return "" if told else self._fault(number, column, _("this is empty: fill it in"))

    def _name(self, number: int, cells: Mapping[str, str]) -> str:
        parts = [cells.get(part, "") for part in ("first-name", "last-name")]
        return cells.get("name") or " ".join(filter(None, parts)) or self._empty(number, "name")

    def _email(self, number: int, cells: Mapping[str, str]) -> str:
        cell = cells["email"]
        if not cell:
            return self._empty(number, "email")
        address = self._address(number, "email", cell)
        first = self.rows_by_email.setdefault(address.casefold(), number) if address else number
        return address if first == number else self._fault(number, "email", _("row {row} has the same address"), row=first)

    def _address(self, number: int, column: str, cell: str) -> str:
        if cell.count("@") > 1:
            return self._fault(number, column, _("there is more than one address here: write one for each participant"))
        return normalised(cell) or self._fault(number, column, _("this is not a plain e-mail address, like `name@example.org`"))

    def _language(self, number: int, cells: Mapping[str, str]) -> str:
        written = cells.get("language", "").casefold()
        language = self.languages.get(written, written) or self.programme.languages[0]
        if language not in self.programme.languages:
            text = _("the programme does not offer this language: it has {known}")
            self._fault(number, "language", text, known=listed(self.programme.languages))
        return language

    def _role(self, number: int, cells: Mapping[str, str]) -> str:
        if "role" not in cells:
            return next(iter(self.programme.roles), "")
        written = self._required(number, cells, "role").casefold()
        role = self.roles.get(written)
        if role is None and written:
            near = nearest(written, self.roles)
            if near:
                return self._fault(
                    number, "role", _("the programme does not have this role: did you mean `{near}`?"), near=self.roles[near]
                )
            return self._fault(
                number, "role", _("the programme does not have this role: it has {known}"), known=listed(self.programme.roles)
            )
        return role or ""

    def _units(self, number: int, cells: Mapping[str, str]) -> Iterator[str]:
        above: tuple[str, ...] = ()
        for column in self.programme.units:
            above = (*above, self.spellings.one(column, self._required(number, cells, column)))
            yield above[-1]

    def _date(self, number: int, cells: Mapping[str, str]) -> str:
        written = cells.get("from", "")
        found = read_date(written) if written else ""
        return self._fault(number, "from", _("this is not a date, like 2027-08-01")) if found is None else found

    def _own_gatherings(self, number: int, cells: Mapping[str, str]) -> Iterator[str]:
        for written in filter(None, map(str.strip, cells.get("gathering", "").replace(";", ",").split(","))):
            found = self.gatherings.get(written.casefold())
            yield found or self._fault(number, "gathering", _("no gathering is called `{name}`: there is {known}"), **self._known(written))

    def _known(self, written: str) -> dict[str, object]:
        return {"name": written, "known": listed(dict.fromkeys(self.gatherings.values()))}

    def _with_buddy(self, row: Row) -> Row:
        written = row.participant.buddy
        return replace(row, participant=replace(row.participant, buddy=self._buddy(row.number, written))) if written else row

    def _buddy(self, number: int, written: str) -> str:
        if "@" in written:
            return self._address(number, "buddy", written)
        named = self.emails_by_name.get(written.casefold(), [])
        if len(named) != 1:
            return self._fault(number, "buddy", _("no one row has the name `{name}`: write the buddy's address"), name=written)
        return named[0]


def _gatherings(programme: Programme) -> dict[str, str]:
    """Map what gatherings are called to their ids: the id, and title or place where no other gathering has it."""
    every = [gathering for day in programme.days for gathering in day.gatherings]
    called: dict[str, set[str]] = defaultdict(set)
    for gathering in every:
        for name in (gathering.place, *(gathering.title or {}).values()):
            called[name.casefold()].add(gathering.id)
    return {name: min(ids) for name, ids in called.items() if len(ids) == 1} | {item.id: item.id for item in every}

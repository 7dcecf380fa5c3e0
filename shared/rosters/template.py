"""A roster's table to fill in, with headings in a language and lists to choose from."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from shared.languages import NAMES, catalogue
from shared.phrases import _
from shared.programmes import Programme
from shared.rosters.headings import heading
from shared.rosters.people import MAX_ROWS
from shared.rosters.units import declared_units

WIDTH = 24
LISTS = "lists"
"""The hidden sheet that holds what can be chosen."""

HINTS = {
    "buddy": _("The buddy's address. May be empty."),
    "team": _("The name of her team. May be empty."),
    "from": _("A date like 2027-08-01, from which role and units count. Empty for from the start."),
    "gathering": _("Only for somebody who attends another gathering than her unit does."),
}


@dataclass(frozen=True, slots=True)
class _Column:
    heading: str
    choices: tuple[str, ...] = ()
    closed: bool = False
    """Nothing else than the choices can be written."""
    hint: str = ""


def template(programme: Programme, language: str, on_file: Iterable[tuple[str, ...]] = ()) -> bytes:
    """Write the file; ``on_file`` are the units that people have already, to choose from."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet, lists = book.add_worksheet(), book.add_worksheet(LISTS)
        lists.hide()
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        bold = book.add_format({"bold": True, "bottom": 1})
        text = book.add_format({"num_format": "@"})
        for at, column in enumerate(_columns(programme, language, {*on_file, *declared_units(programme)})):
            sheet.set_column(at, at, WIDTH, text)
            sheet.write_string(0, at, column.heading, bold)
            _offer(sheet, lists, at, column)
    return content.getvalue()


def _columns(programme: Programme, language: str, units: set[tuple[str, ...]]) -> Iterator[_Column]:
    words = catalogue(language).gettext

    def column(field: str, choices: Iterable[str] = (), *, closed: bool = False) -> _Column:
        return _Column(heading(field, language), tuple(choices), closed, words(HINTS[field]) if field in HINTS else "")

    yield column("email")
    yield column("name")
    yield column("language", (NAMES[code] for code in programme.languages), closed=True)
    yield column("role", (titles[language] for titles in programme.roles.values()), closed=True)
    for at, unit in enumerate(programme.units):
        yield _Column(heading(unit, language), tuple(sorted({path[at] for path in units if len(path) > at})))
    if any(len(day.gatherings) > 1 for day in programme.days):
        yield column("gathering", (gathering.id for day in programme.days for gathering in day.gatherings if len(day.gatherings) > 1))
    yield from map(column, ("buddy", "team", "from"))


def _offer(sheet: Worksheet, lists: Worksheet, at: int, column: _Column) -> None:
    for row, choice in enumerate(column.choices):
        lists.write_string(row, at, choice)
    rule: dict[str, object] = {"validate": "any"}
    if column.choices:
        letter = xlsxwriter.utility.xl_col_to_name(at)
        source = f"={LISTS}!${letter}$1:${letter}${len(column.choices)}"
        rule = {"validate": "list", "source": source, "error_type": "stop" if column.closed else "information", "show_error": column.closed}
    if column.hint:
        rule["input_message"] = column.hint
    sheet.data_validation(1, at, MAX_ROWS, at, rule)

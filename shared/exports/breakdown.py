"""A workbook's sheets of groups: for each section a sheet, for each question a table of all gatherings, units and roles."""

from collections.abc import Iterator, Sequence

from shared.exports.book import LONGEST_NAME, Book, Sheet
from shared.exports.groups import Groups, Line
from shared.exports.sections import Section
from shared.exports.table import FIGURES, Cell, figures
from shared.languages import catalogue
from shared.presentation.sentences import Words, heading
from shared.results.editions import Document

NAME, FIGURE = 44, 9
"""The widths of the columns."""

PAGE, HEAD = 42, 4
"""Rows that a printed page takes, and that stand above a table."""

TOLD = (2, 4, 5, 6, 7, 13, 14, 15)
"""Which figures a table has, by their places among all; a column that is empty is left out."""


def _name(title: str, section: str) -> str:
    """Shorten a section within its sheet's title, so that the name's end tells it from the section's own sheet."""
    return title.replace(section, section[: LONGEST_NAME - len(title)].rstrip(" ,.?:") if len(title) > LONGEST_NAME else section)


def add_breakdown(book: Book, section: Section, groups: Groups) -> None:
    """Add a section's sheet, if any of its questions is broken down."""
    tables = [(question, lines) for question in section.questions if (lines := list(groups.parts(question)))]
    if not tables:
        return
    _ = catalogue(groups.language).gettext
    widest = max(len(_columns(question, lines, groups.language, _)[0]) for question, lines in tables)
    title = _("{section}, by group").format(section=section.title)
    sheet = book.sheet(_name(title, section.title), [NAME, *[FIGURE] * (widest - 1)])
    sheet.line(title, "title")
    breaks, page = [], 0
    for question, lines in tables:
        if sheet.at > 1 and sheet.at + len(lines) + HEAD > page + PAGE:
            breaks.append(page := sheet.at)
        _add_table(sheet, question, [groups.whole(question), *lines], groups, _)
    sheet.break_above(breaks)


def _add_table(sheet: Sheet, question: Document, lines: Sequence[Line], groups: Groups, words: Words) -> None:
    sheet.blank()
    sheet.line(heading(question, groups.edition, groups.language, words), "question")
    head, rows = _columns(question, lines, groups.language, words)
    sheet.row(head, "head")
    for line, row in zip(lines, rows, strict=True):
        if line.found is None:
            sheet.row([line.name, line.everyone, None, line.why], f"hidden {line.depth}", joined=3)
        else:
            sheet.row([line.name, *row], f"level {line.depth}")


def _columns(question: Document, lines: Sequence[Line], language: str, words: Words) -> tuple[list[str], list[list[Cell]]]:
    """Lay out a question's columns: those only that hold anything."""
    names = [*_named(question, language), *(words(FIGURES[place][0]) for place in TOLD)]
    rows = [list(_cells(question, line.found)) for line in lines]
    kept = [column for column in range(len(names)) if any(row[column] is not None for row in rows)]
    fixed = [words("Group"), words("Invited (N)"), words("Answers (n)")]
    head = [*fixed, *(names[column] for column in kept)]
    return head, [[*_size(line.found), *(row[column] for column in kept)] for line, row in zip(lines, rows, strict=True)]


def _named(question: Document, language: str) -> Iterator[str]:
    yield from (option["label"][language] for option in question["options"])
    if question["not_relevant"]:
        yield question["not_relevant"][language]


def _cells(question: Document, found: Document | None) -> Iterator[Cell]:
    found = found or {}
    counts = found.get("counts") or {}
    yield from (counts.get(option["code"]) for option in question["options"])
    if question["not_relevant"]:
        yield found.get("na")
    own = figures(found)
    yield from (own[place] for place in TOLD)


def _size(found: Document | None) -> list[Cell]:
    return [found["N"], found["n"]] if found else [None, None]

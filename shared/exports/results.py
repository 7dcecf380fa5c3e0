"""A workbook's sheets of results: for each section a sheet, for each question its figures and a chart of them."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from shared.exports.book import Book, Sheet
from shared.exports.sections import Section
from shared.exports.table import FIGURES, Cell, figures
from shared.languages import catalogue
from shared.presentation.readings import Row, is_scale, rows
from shared.presentation.sentences import Words, heading, note
from shared.results.editions import Document

WIDTHS = (40, 9, 2, 36, 9, 2, 14, 14, 14, 14)
CHART_AT = 6
"""The column at which charts begin."""

SHORTEST = 9
"""Rows that a chart takes at least."""

PAGE = 44
"""Rows that a printed page takes."""


def add_results(book: Book, section: Section, edition: Document, language: str) -> None:
    """Add a section's sheet."""
    words = catalogue(language).gettext
    sheet = book.sheet(section.title, WIDTHS)
    sheet.line(f"{section.title} – {edition['title'][language]}", "title")
    breaks, page = [], 0
    for question in section.questions:
        before = sheet.at
        _add_question(sheet, question, edition, language, words)
        if sheet.at - page > PAGE and before > page + 1:
            breaks.append(before)
            page = before
    sheet.break_above(breaks)


def _add_question(sheet: Sheet, question: Document, edition: Document, language: str, _: Words) -> None:
    sheet.blank()
    sheet.line(heading(question, edition, language, _), "question")
    if question["hidden"]:
        sheet.line(note(question, _), "hidden")
    elif not question["n"]:
        sheet.line(_("Nobody has answered this."), "soft")
    else:
        _add_figures(sheet, question, language, _)
        if said := note(question, _):
            sheet.line(said, "soft")


def _add_figures(sheet: Sheet, question: Document, language: str, _: Words) -> None:
    first, found = sheet.at, rows(question, lambda text: text[language], _)
    for left, right in zip_longest(_options(found, question, language), _known(question, _), fillvalue=(None, None)):
        sheet.row([*left, None, *right])
    while sheet.at < first + SHORTEST and found:
        sheet.blank()
    if found:
        sheet.chart(first, CHART_AT, found, stacked=is_scale(question), label=heading(question, {}, language, _))


def _options(found: Sequence[Row], question: Document, language: str) -> Iterator[tuple[Cell, Cell]]:
    """List the options as a chart draws them, and under them the one that is no part of n."""
    yield from ((row.label, row.share if row.count is None else row.count) for row in found)
    if question.get("not_relevant"):
        yield question["not_relevant"][language], question["na"]


def _known(question: Document, _: Words) -> Iterator[tuple[Cell, Cell]]:
    """List the figures that there are."""
    named = zip(FIGURES, figures(question), strict=True)
    return ((_(name), figure) for (name, _meaning), figure in named if figure is not None)

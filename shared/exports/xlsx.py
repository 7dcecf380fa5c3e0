"""An edition as a workbook: a cover, the results by section and by group, the method, all figures, a codebook; no comments."""

from collections.abc import Sequence

from shared.exports.book import Book
from shared.exports.breakdown import add_breakdown
from shared.exports.codebook import questions
from shared.exports.groups import Groups, groups
from shared.exports.results import add_results
from shared.exports.sections import sections
from shared.exports.table import FIGURES, columns, table
from shared.languages import catalogue
from shared.presentation.methods import closing, closing_text, cover, method
from shared.presentation.scales import reliability
from shared.presentation.sentences import Words, heading, mode, note
from shared.results.editions import Document

COVER = 110
"""Characters across a page of text."""

FIGURE = 10
"""The width of a figure."""


def xlsx_file(edition: Document) -> bytes:
    """Write an edition as XLSX, in the programme's first language."""
    language = edition["languages"][0]
    words, found = catalogue(language).gettext, groups(edition, language)
    book = Book(edition["title"][language], closing(edition))
    _add_cover(book, edition, language, words)
    parts = sections(edition, language, words)
    for section in parts:
        add_results(book, section, edition, language)
    for section in parts:
        add_breakdown(book, section, found)
    _add_written(book, edition, language, words)
    _add_method(book, edition, language, words)
    _add_table(book, found, words)
    _add_codebook(book, found, words)
    return book.close()


def _add_cover(book: Book, edition: Document, language: str, _: Words) -> None:
    sheet = book.sheet(_("About"), (COVER,))
    sheet.line(edition["title"][language], "title")
    sheet.line(edition["programme_title"][language], "strong")
    sheet.line(f"{closing_text(edition, language)} {mode(edition, _)}", "soft")
    for sentence in cover(edition, _):
        sheet.blank()
        sheet.line(sentence)


def _add_written(book: Book, edition: Document, language: str, _: Words) -> None:
    """Add a sheet of what was asked for in people's own words, but not of what they wrote."""
    asked = [question for question in edition["questions"] if question["kind"] == "text"]
    if not asked:
        return
    sheet = book.sheet(_("Comments"), (70, 12, 60), [_("Question"), _("Comments"), _("Note")])
    for question in asked:
        sheet.row([heading(question, edition, language, _), question["n"], note(question, _)])
    sheet.blank()
    sheet.line(_("An owner of the programme reads the comments first. Those that she releases stand on the result's page."), "soft")


def _add_method(book: Book, edition: Document, language: str, _: Words) -> None:
    sheet = book.sheet(_("Method"), (COVER,))
    sheet.line(_("How the figures are made"), "title")
    for sentence in (*method(edition, _), *reliability(edition, language)):
        sheet.blank()
        sheet.line(sentence)


def _add_table(book: Book, found: Groups, _: Words) -> None:
    heading, *rows = table(found, whole=True)
    sheet = book.sheet(_("All figures"), _widths(heading), heading)
    for row in rows:
        sheet.row(row)
    sheet.filter_by(len(heading))


def _widths(heading: Sequence[object]) -> list[int]:
    """Give the table's columns room: questions, options and notes more than figures."""
    figures = [FIGURE] * (len(heading) - 3 - len(FIGURES) - 1 - 3)
    return [18, 44, 14, *[14] * len(figures), 7, 28, FIGURE, *[FIGURE] * len(FIGURES), 60]


def _add_codebook(book: Book, found: Groups, _: Words) -> None:
    languages = found.edition["languages"]
    first, *rows = questions(found.edition, _)
    sheet = book.sheet(_("Codebook"), (30, 30, 10, *[50] * len(languages)), first)
    for row in rows:
        sheet.row(row)
    sheet.blank()
    sheet.row([_("Column"), "", "", _("What it holds")], "head")
    for name, meaning in columns(found, _):
        sheet.row([name, "", "", meaning])

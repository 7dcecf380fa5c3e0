"""A follow-up beside the day that it follows, as files made of that document alone."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from shared.exports.book import Book
from shared.exports.csv import written as csv_written
from shared.exports.groups import groups
from shared.exports.results import add_results
from shared.exports.sections import Section
from shared.exports.table import FIGURES, Cell, table
from shared.languages import catalogue
from shared.phrases import _
from shared.presentation.methods import closing, closing_text, cover
from shared.presentation.sentences import BESIDE
from shared.results.editions import Document, written

PARTS = (("day", _("On the day")), ("later", _("Weeks later")))

COVER = 110
"""Characters across a page of text."""


def csv_file(found: Document) -> bytes:
    """Write the two results as CSV."""
    return csv_written(_table(found))


def xlsx_file(found: Document) -> bytes:
    """Write the two results as XLSX, in the programme's first language."""
    later = found["later"]
    language = later["languages"][0]
    words = catalogue(language).gettext
    book = Book(later["title"][language], closing(later))
    _add_cover(book, found, language)
    for part, name in PARTS:
        add_results(book, Section(words(name), found[part]["questions"]), found[part], language)
    heading, *rows = _table(found)
    sheet = book.sheet(words(_("All figures")), (30, 18, 44, 14, 7, 28, 10, *[10] * len(FIGURES), 60), heading)
    for row in rows:
        sheet.row(row)
    sheet.filter_by(len(heading))
    return book.close()


def _add_cover(book: Book, found: Document, language: str) -> None:
    words = catalogue(language).gettext
    sheet = book.sheet(words(_("About")), (COVER,))
    sheet.line(f"{words(_('Beside the day'))}: {found['later']['title'][language]}", "title")
    sheet.line(found["later"]["programme_title"][language], "strong")
    sheet.line(words(BESIDE))
    for part, name in PARTS:
        sheet.blank()
        sheet.line(f"{words(name)} – {found[part]['title'][language]}", "question")
        sheet.line(closing_text(found[part], language), "soft")
        for sentence in cover(found[part], words):
            sheet.line(sentence)


def _table(found: Document) -> Iterator[Sequence[Cell]]:
    """List both results' figures of everyone under one heading, each row with the round that it is about."""
    language = found["later"]["languages"][0]
    for number, (part, _name) in enumerate(PARTS):
        heading, *rows = table(groups(found[part], language))
        if not number:
            yield [catalogue(language).gettext(_("Round")), *heading]
        yield from ([found[part]["title"][language], *row] for row in rows)


MAKERS: Mapping[str, Callable[[Document], bytes]] = {"csv": csv_file, "xlsx": xlsx_file, "json": written}
"""What makes a file of each ending."""

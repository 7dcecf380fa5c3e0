"""The comments that an owner has released, as a workbook of their own: they lie in no other file."""

from collections.abc import Iterator, Mapping, Sequence

from shared.exports.book import LONGEST_TEXT, Book
from shared.languages import catalogue
from shared.presentation.methods import closing, closing_text
from shared.presentation.sentences import Document, heading


def comments_file(edition: Document, released: Mapping[str, Sequence[str]], language: str) -> bytes:
    """Write released comments as XLSX, under the questions that they answer."""
    _ = catalogue(language).gettext
    title = edition["title"].get(language) or edition["title"][edition["languages"][0]]
    book = Book(title, closing(edition))
    sheet = book.sheet(_("Comments"), (44, 96), [_("Question"), _("Comment")])
    for question in edition["questions"]:
        asked = heading(question, edition, language, _)
        for text in released.get(question["id"], ()):
            for part in _parts(text):
                sheet.row([asked, part])
    sheet.blank()
    sheet.line(f"{title}. {closing_text(edition, language)}", "soft")
    return book.close()


def _parts(text: str) -> Iterator[str]:
    """Divide a text that is longer than a cell may be, as Excel counts: what lies outside the first plane counts twice."""
    most = LONGEST_TEXT // 2
    yield from (text[start : start + most] for start in range(0, len(text) if len(text) > most else 1, most))

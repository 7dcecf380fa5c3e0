"""A comparison as a workbook: a cover, the means with their chart, what is said of each question, and all figures."""

from shared.exports.book import Book
from shared.exports.pairs_table import FIGURES, table
from shared.languages import catalogue
from shared.presentation.methods import closing
from shared.presentation.pair_sentences import Speech, advanced, cover, directions, further, looking_back, positive, unpaired, when
from shared.results.editions import Document

COVER = 110
"""Characters across a page of text."""


def xlsx_file(compared: Document) -> bytes:
    """Write a comparison as XLSX, in the programme's first language."""
    language = compared["languages"][0]
    speech = Speech(catalogue(language).gettext, language)
    book = Book(compared["title"][language], closing(compared["after"]))
    _add_cover(book, compared, speech)
    if any(question["figures"] for question in compared["questions"]):
        _add_means(book, compared, speech)
    _add_said(book, compared, speech)
    heading, *rows = table(compared)
    sheet = book.sheet(speech.words("All figures"), (18, 44, 28, *[11] * len(FIGURES), 60), heading)
    for row in rows:
        sheet.row(row)
    sheet.filter_by(len(heading))
    return book.close()


def _add_cover(book: Book, compared: Document, speech: Speech) -> None:
    _ = speech.words
    sheet = book.sheet(_("About"), (COVER,))
    sheet.line(f"{_('Before and after')}: {compared['title'][speech.language]}", "title")
    sheet.line(compared["programme_title"][speech.language], "strong")
    sheet.line(when(compared, speech), "soft")
    for sentence in cover(compared, speech):
        sheet.blank()
        sheet.line(sentence)


def _add_means(book: Book, compared: Document, speech: Speech) -> None:
    """Add a sheet of the means before and after, numbered as in the chart beneath them."""
    _ = speech.words
    named = [_("Pairs"), _("Mean before"), _("Mean after"), _("Change"), _("Change, at least"), _("Change, at most")]
    sheet = book.sheet(_("Before and after"), (9, 70, 10, *[12] * 5), [_("No."), _("Question"), *named])
    shown = [question for question in compared["questions"] if question["figures"]]
    first = sheet.at
    for number, question in enumerate(shown, 1):
        found = question["figures"]
        means = [float(found[mean]) for mean in ("mean_before", "mean_after", "mean_change")]
        sheet.row([str(number), question["text"][speech.language], found["n"], *means, *(found["interval"] or (None, None))])
    rows, points = (first, sheet.at - 1), max(len(question["options"]) for question in shown)
    sheet.blank()
    for ends in dict.fromkeys(_ends(question, speech.language) for question in shown):
        sheet.line(ends, "soft")
    sheet.blank()
    sheet.dumbbells(rows, names=0, values=(3, 4), points=points, label=_("Mean before and after"))


def _ends(question: Document, language: str) -> str:
    low, high = (question["options"][at]["label"][language] for at in (0, -1))
    return f"1 = {low} · {len(question['options'])} = {high}"


def _add_said(book: Book, compared: Document, speech: Speech) -> None:
    """Add a sheet of what the pages say of each question."""
    _ = speech.words
    sheet = book.sheet(_("In words"), (COVER,))
    sheet.line(f"{compared['title'][speech.language]}: {_('Before and after')}", "title")
    sheet.blank()
    begin = []
    for question in compared["questions"]:
        begin.append(sheet.at)
        sheet.line(question["text"][speech.language], "question")
        if question["hidden"]:
            said, asked_for = list(unpaired(question, speech)), []
        else:
            found = question["figures"]
            said = [directions(found, _), positive(question, _), *further(question, speech)]
            said += looking_back(question, speech)
            asked_for = list(advanced(found, speech))
        for sentence in filter(None, said):
            sheet.line(sentence)
        for sentence in asked_for:
            sheet.line(sentence, "soft")
        sheet.blank()
    sheet.keep_together(begin)

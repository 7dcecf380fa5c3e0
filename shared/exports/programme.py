"""A programme's result as CSV: a row for each question, round and option, and for all rounds together."""

from collections.abc import Iterator, Sequence
from typing import Any

from shared.exports.csv import written
from shared.exports.table import Cell
from shared.forms import NOT_RELEVANT
from shared.languages import Text, catalogue
from shared.phrases import _
from shared.presentation.sentences import Words

Document = dict[str, Any]

HEADINGS = (
    _("Id"),
    _("Question"),
    _("Round"),
    _("Code"),
    _("Option"),
    _("Number"),
    _("Answers (n)"),
    _("Invited (N)"),
    _("Positive"),
    _("Positive, share"),
    _("Positive among all, at least"),
    _("Positive among all, at most"),
    _("Mean"),
)


def csv_file(edition: Document) -> bytes:
    """Write a programme's edition as CSV."""
    return written(_rows(edition, catalogue(edition["languages"][0]).gettext))


def _rows(edition: Document, words: Words) -> Iterator[Sequence[Cell]]:
    yield [words(heading) for heading in HEADINGS]
    language = edition["languages"][0]
    titles = {held["round"]: f"{_said(held['title'], language)} ({held['round']})" for held in edition["rounds"]}
    for question in edition["questions"]:
        about = [question["id"], _said(question["text"], language)]
        for point in question["series"]:
            yield from _options([*about, titles[point["round"]]], question, point, language)
        if question["together"]:
            yield from _options([*about, words(_("All rounds together"))], question, question["together"], language)


def _options(about: Sequence[Cell], question: Document, found: Document, language: str) -> Iterator[Sequence[Cell]]:
    """Write a row for each option, with the figures of all of them beside it; one without an option where there are no counts."""
    low, high = found.get("interval") or (None, None)
    figures = [found["n"], found.get("N"), found.get("x"), found.get("share"), low, high, found.get("mean")]
    if not found.get("counts"):
        yield [*about, None, None, None, *figures]
        return
    for option in question["options"]:
        yield [*about, option["code"], _said(option["label"], language), found["counts"][option["code"]], *figures]
    if question["not_relevant"]:
        yield [*about, NOT_RELEVANT, _said(question["not_relevant"], language), found["na"], *figures]


def _said(text: Text, language: str) -> str:
    return text.get(language) or next(iter(text.values()))

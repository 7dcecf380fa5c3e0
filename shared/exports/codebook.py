"""The codebook of an edition: every question with its options, in every language."""

from collections.abc import Iterator, Sequence

from shared.exports.table import Cell
from shared.forms import NOT_RELEVANT
from shared.languages import NAMES
from shared.phrases import _
from shared.presentation.sentences import Words
from shared.results.editions import Document

KINDS = {
    "scale": _("a point on a scale"),
    "choice": _("one of several"),
    "choices": _("any of several"),
    "number": _("a whole number"),
    "text": _("free text"),
}


def questions(edition: Document, words: Words) -> Iterator[Sequence[Cell]]:
    """List every question, and under it every option with its code; a heading first."""
    languages = [NAMES.get(language, language) for language in edition["languages"]]
    yield [words(_("Id")), words(_("Kind of answer")), words(_("Code")), *languages]
    for question in edition["questions"]:
        yield [question["id"], words(KINDS[question["kind"]]), "", *_spoken(question["text"], edition)]
        yield from (["", "", code, *_spoken(label, edition)] for code, label in _labels(question))


def _labels(question: Document) -> Iterator[tuple[str, Document]]:
    yield from ((option["code"], option["label"]) for option in question.get("options", ()))
    if question.get("not_relevant"):
        yield NOT_RELEVANT, question["not_relevant"]


def _spoken(text: Document, edition: Document) -> list[str]:
    return [text.get(language, "") for language in edition["languages"]]

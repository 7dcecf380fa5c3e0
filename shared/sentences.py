"""The sentences that stand beside figures: how sure they are, and why some are not shown."""

from collections.abc import Callable, Iterator
from typing import Any

from shared.disclosure import COMMENTS_LEAST
from shared.statistics import Interval, says_little

Document = dict[str, Any]
Words = Callable[[str], str]
"""Looks a sentence up in a language's catalogue."""


def note(question: Document, _: Words) -> str:
    """Say what a reader should know of a question's figures."""
    if question["hidden"]:
        return hidden_because(question["hidden"], _)
    if question["kind"] == "text" or not question["n"]:
        return ""
    if question["n"] == question["N"]:
        return _everyone(question["N"], _)
    return _interval(question, _)


def _interval(question: Document, _: Words) -> str:
    if not (question["positive"] and question["positive"]["interval"]):
        return ""
    found = Interval(*question["positive"]["interval"])
    sentence = _(
        "If those who did not answer are like those who did, this holds "
        "at 95 per cent confidence for between {low} and {high} of all {everyone}.",
    ).format(low=found.low, high=found.high, everyone=question["N"])
    few = _("Few answers: take it as a mood, not as a conclusion.")
    return f"{sentence} {few}" if says_little(found, question["N"]) else sentence


def _everyone(everyone: int, _: Words) -> str:
    return _("All {everyone} have answered: the figures are not an estimate.").format(everyone=everyone)


def hidden_because(hidden: Document, _: Words) -> str:
    """Say why figures are not shown."""
    if hidden["reason"] == "comments":
        sentence = _("Not shown: comments are shown from {k} answers, and from {least} comments on a question.")
        return sentence.format(k=hidden["k"], least=COMMENTS_LEAST)
    return _("Not shown: fewer than {k} answers.").format(k=hidden["k"])


def heading(question: Document, edition: Document, language: str, _: Words) -> str:
    """Write a question's text, and the versions of the form that asked it where that is not all of them."""
    text: str = question["text"].get(language) or next(iter(question["text"].values()))
    if len(question.get("versions", ())) == len(edition.get("versions", ())):
        return text
    return _("{question} (version {numbers})").format(question=text, numbers=", ".join(map(str, question["versions"])))


def _versions(edition: Document, _: Words) -> Iterator[str]:
    """Say how many answered which version, where the form was changed while the round was open."""
    if len(versions := edition.get("versions", ())) < 2:  # noqa: PLR2004 – a single version is no news
        return
    yield _("The form was changed while it could be answered. Questions that stayed the same are counted together, the others by version.")
    for version in versions:
        yield _("Version {number} of the form: {n} have answered.").format(number=version["number"], n=version["n"])


def caveats(edition: Document, _: Words) -> Iterator[str]:
    """Say what a reader should know of a whole edition."""
    n, everyone = edition["n"], edition["N"]
    yield _("{n} of {everyone} have answered.").format(n=n, everyone=everyone)
    yield from _versions(edition, _)
    if edition["unopened"]:
        yield _("Answers that could not be opened, and are not counted: {number}.").format(number=edition["unopened"])
    if edition["hidden"]:
        yield hidden_because(edition["hidden"], _)
    elif n == everyone:
        yield _everyone(everyone, _)
    sentence = _("Figures are shown from {k} answers, comments from {comments}.")
    yield sentence.format(k=edition["k"], comments=edition["comments_from"])

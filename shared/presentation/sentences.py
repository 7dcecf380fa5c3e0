"""The sentences that stand beside figures: how sure they are, and why some are not shown."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from shared.dates import day_text, time_text
from shared.languages import catalogue
from shared.measures.statistics import Interval, says_little
from shared.phrases import _
from shared.protection.disclosure import COMMENTS_LEAST
from shared.schedule import wall_clock

RECALLED = re.compile(r"\{answer:[^{}]*\}")

Document = dict[str, Any]
Words = Callable[[str], str]
"""Looks a sentence up in a language's catalogue."""


def last_minute(edition: Document) -> datetime:
    """Tell the last minute in which a round could be answered, in the programme's zone."""
    return wall_clock(int(datetime.fromisoformat(edition["closed"]).timestamp()) - 60, edition["timezone"])


def last_minute_text(edition: Document, language: str) -> str:
    """Write the last minute in which a round could be answered: "26 August 2025 at 23:59"."""
    local = last_minute(edition)
    pattern = catalogue(language).gettext("{date} at {time}")
    return pattern.format(date=day_text(local, language), time=time_text(local, language))


def percent(share: float) -> str:
    """Write a share in whole per cent; the sign never stands alone on a line."""
    return f"{round(100 * share)}\u00a0%"


def note(question: Document, _: Words) -> str:
    """Say what a reader should know of a question's figures."""
    if question["hidden"]:
        return hidden_because(question["hidden"], _)
    if question["kind"] == "text" or not question["n"]:
        return ""
    if question["n"] == question["N"]:
        return _everyone(question["N"], _)
    return _interval(question, _)


def figure(question: Document, _: Words) -> str:
    """Say a question's main figure: how many are positive, and how many that may be among all; or three shares."""
    if found := question.get("positive"):
        sentence = _("{x} of {n} positive").format(x=found["x"], n=question["n"])
        return f"{sentence} · {among(found['interval'], question['N'], _)}" if found["interval"] else sentence
    if not (shares := question.get("shares")):
        return ""
    percents = {part: percent(share) for part, share in shares.items()}
    return _("{below} below, {middle} in the middle, {above} above").format(**percents)


def among(interval: Sequence[int], everyone: int, _: Words) -> str:
    """Say what an interval is, in persons."""
    low, high = interval
    return _("among all {everyone}: {persons}").format(everyone=everyone, persons=f"{low}–{high}" if low < high else low)


PRECISION = {
    "reliable": _("A reliable picture."),
    "guide": _("A guide: it may well be somewhat more or less."),
    "mood": _("Few answers: take it as a mood, not as a conclusion."),
}
"""How sure a figure is, by its label in the edition."""


def precision(document: Document, words: Words) -> str:
    """Say how sure a figure is, or a whole edition; nothing where all have answered, since it is no estimate."""
    return words(PRECISION[label]) if (label := document.get("precision")) in PRECISION else ""


def assumption(edition: Document, _: Words) -> str:
    """Say once for a whole page what stands behind its intervals."""
    if edition["hidden"] or edition["n"] >= edition["N"]:
        return ""
    return _("What is said of “all” holds at 95 per cent confidence, if those who did not answer are like those who did.")


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
    if hidden["reason"] == "protect":
        return _("Not shown, to protect the answers of a smaller group.")
    if hidden["reason"] == "outside":
        return _("Not shown here: fewer than {k}, or fewer than half of those invited, have answered.").format(k=hidden["k"])
    return _("Not shown: fewer than {k} answers.").format(k=hidden["k"])


def question_text(question: Document, language: str) -> str:
    """Write a question's text; in place of what each had answered before stand dots."""
    return RECALLED.sub("…", question["text"].get(language) or next(iter(question["text"].values())))


def heading(question: Document, edition: Document, language: str, _: Words) -> str:
    """Write a question's text, and the versions of the form that asked it where that is not all of them."""
    text = question_text(question, language)
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


def answered(question: Document, _: Words) -> str:
    """Say how many of those invited have answered a question."""
    return _("{n} of {everyone} invited have answered this.").format(n=question["n"], everyone=question["N"])


def mode(edition: Document, _: Words) -> str:
    """Say in which way was answered."""
    told = {"anonymous": _("Answered anonymously."), "confidential": _("Answered confidentially, under a pseudonym.")}
    return told.get(edition["mode"], "")


def method(edition: Document, _: Words) -> Iterator[str]:
    """Say how a page's figures and charts are made, in plain words."""
    yield _(
        "In the charts the middle of the scale stands still: the better answers lie to its right, the poorer ones, hatched, to its left."
    )
    yield _("All charts of the page have the same measure.")
    yield _("“Positive” are the answers set in bold.")
    yield _("Shares are rounded to whole per cent, so they may add up to 99 or 101.")
    yield from made(edition, _)


def made(edition: Document, _: Words) -> Iterator[str]:
    """Say how figures are made, wherever they stand."""
    yield _("N is everybody who was invited, also those whom no mail reached, but not those who were absent. n is those who have answered.")
    yield _("“Not relevant” and “did not attend” are counted by themselves and are not part of n.")
    yield _(
        "“Among all” tells how many there may be when those who did not answer are counted in: the exact hypergeometric interval "
        "at 95 per cent confidence. It holds if those who did not answer are like those who did, and tells nothing of anybody else."
    )
    yield _(
        "The interpolated median moves the median towards the side where more have answered. "
        "Dispersion is 0 where all agree, and 1 where half of them stand at either end."
    )
    if edition["breakdown"]:
        yield _(
            "By group, no two figures that are shown can be subtracted so that fewer than {k} people are left. "
            "What would make that possible is not shown; which groups that are was chosen once, by their numbers alone."
        ).format(k=edition["k"])
    yield _("Method {version}.").format(version=edition["method"])


BESIDE = _(
    "What people said on the day, and what they say weeks later: two results side by side. Nobody’s answers are joined, and these need not "
    "be the same people."
)
"""What is said of a follow-up beside the day that it follows."""


def response(edition: Document, _: Words) -> str:
    """Say how many have answered."""
    return _("{n} of {everyone} have answered.").format(n=edition["n"], everyone=edition["N"])


def cautions(edition: Document, _: Words) -> Iterator[str]:
    """Say what a reader should know of a whole edition."""
    n, everyone = edition["n"], edition["N"]
    yield from _versions(edition, _)
    if edition["unopened"]:
        yield _("Answers that could not be opened, and are not counted: {number}.").format(number=edition["unopened"])
    if edition["hidden"]:
        yield hidden_because(edition["hidden"], _)
    elif n == everyone:
        yield _everyone(everyone, _)
    sentence = _("Figures are shown from {k} answers, comments from {comments}.")
    yield sentence.format(k=edition["k"], comments=edition["comments_from"])


def comparison_cautions(compared: Document, _: Words) -> Iterator[str]:
    """Say what a reader should know of a series' comparison."""
    if compared["left_out"]:
        sentence = _("{number} pairs of answers are left out to protect those who have answered.")
        yield sentence.format(number=compared["left_out"])
    yield _("This is the participants' own assessment, not a test of what they can do.")
    yield _("A change can have other reasons than the programme. Nobody who did not take part is compared with.")


def comparison_hidden(hidden: Document, _: Words) -> str:
    """Say why a question's pairs are not shown."""
    if hidden["reason"] == "protect":
        return _("Person by person this is not shown, to protect the answers in a smaller group.")
    return _("Person by person this is not shown: fewer than {k} people have answered it both times.").format(k=hidden["k"])

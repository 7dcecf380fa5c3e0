"""An edition as one tidy table: a row for each question, group and option, the group's own figures on each of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from shared.exports.groups import Groups, Line
from shared.forms import NOT_RELEVANT
from shared.languages import catalogue
from shared.phrases import _
from shared.presentation.sentences import Words, heading, note, precision
from shared.results.editions import Document

Cell = str | int | float | None

QUESTION = (
    (_("Id"), _("The question's short name; the same in every file.")),
    (_("Question"), _("What was asked.")),
    (_("Group"), _("Whom the figures are about: everyone, or a group of this level.")),
)
LEVEL = _("The group's name, level by level; empty where it is no part of this level.")
OPTION = (
    (_("Code"), _("What the option is called in the data; “na” is “not relevant” and the like, which is counted but is no part of n.")),
    (_("Option"), _("What could be chosen.")),
    (_("Number"), _("How many chose this option.")),
)
FIGURES = (
    (_("Answers (n)"), _("How many of the group answered this question, without those for whom it was not relevant.")),
    (_("Invited (N)"), _("How many of the group were invited and not marked absent, whether they answered or not.")),
    (_("Positive"), _("How many chose an option that the scale names as positive.")),
    (_("Positive, share"), _("The same as a share of n.")),
    (_("Positive among all, at least"), _("The fewest of all N for whom it holds, at 95 per cent confidence.")),
    (_("Positive among all, at most"), _("The most of all N for whom it holds, at 95 per cent confidence.")),
    (_("Median"), _("The middle answer, when answers are put in order; a scale's first point counts 1.")),
    (_("Mean"), _("The mean of the answers, a scale's first point counting 1.")),
    (_("Standard deviation"), _("How far answers lie from their mean (with n − 1).")),
    (_("Mean among all, at least"), _("The lowest mean of all N at 95 per cent confidence.")),
    (_("Mean among all, at most"), _("The highest mean of all N at 95 per cent confidence.")),
    (_("Interpolated median"), _("The median, moved towards the side where more answers lie.")),
    (_("Dispersion, 0 to 1"), _("0 where all answer alike, 1 where half of them choose either end.")),
    (_("Below the middle, share"), _("Of n, the share below the scale's middle.")),
    (_("In the middle, share"), _("Of n, the share in the scale's middle.")),
    (_("Above the middle, share"), _("Of n, the share above the scale's middle.")),
    (_("Positive, at least in any case"), _("The fewest of all N, if nobody who did not answer would choose a positive option.")),
    (_("Positive, at most in any case"), _("The most of all N, if everybody who did not answer would choose a positive option.")),
)
NOTE = ((_("Note"), _("How sure the figures are, or why they are not shown.")),)


def columns(groups: Groups, words: Words) -> list[tuple[str, str]]:
    """List the table's columns, each with what it holds."""
    fixed = [[(words(name), words(meaning)) for name, meaning in part] for part in (QUESTION, (*OPTION, *FIGURES, *NOTE))]
    return [*fixed[0], *((level, words(LEVEL)) for level in groups.levels), *fixed[1]]


def table(groups: Groups, *, whole: bool = False) -> Iterator[Sequence[Cell]]:
    """Lay out an edition's figures under a heading, everyone's before those of groups, or those of the whole alone."""
    words = catalogue(groups.language).gettext
    yield [name for name, _meaning in columns(groups, words)]
    for question in groups.edition["questions"]:
        about = [question["id"], heading(question, groups.edition, groups.language, words)]
        for line in _lines(groups, question, whole=whole):
            said = _note(line, words)
            yield from ([*about, line.level, *line.path, *row, said] for row in _rows(question, line, groups.language))


def _lines(groups: Groups, question: Document, *, whole: bool) -> Iterator[Line]:
    yield groups.whole(question)
    if not whole:
        yield from groups.parts(question)


def _note(line: Line, words: Words) -> str:
    """Say how sure a line is; in a sentence of everyone, more briefly of groups."""
    if line.found is None:
        return line.why
    if line.depth:
        return precision(line.found, words)
    apart = line.found.get("blocks_hidden") or line.found.get("roles_hidden")
    hidden = words(_("Not broken down any further, to protect the answers of a smaller group.")) if apart else ""
    return f"{note(line.found, words)} {hidden}".strip()


def _rows(question: Document, line: Line, language: str) -> Iterator[list[Cell]]:
    """Lay out what a group answered: a row for each option, or a single one where their counts are not shown."""
    if line.found is None:
        yield ["", "", None, None, line.everyone, *[None] * (len(FIGURES) - 2)]
        return
    own = figures(line.found)
    yield from ([*option, *own] for option in _counted(question, line.found, language))


def _counted(question: Document, found: Document, language: str) -> Iterator[tuple[str, str, int | None]]:
    counts = found.get("counts")
    if counts is None:
        yield "", "", None
    else:
        yield from ((option["code"], option["label"][language], counts[option["code"]]) for option in question["options"])
    if question.get("not_relevant") and found["na"] is not None:
        yield NOT_RELEVANT, question["not_relevant"][language], found["na"]


def figures(found: Document) -> list[Cell]:
    """List what is known of a group's answers to a question, in the order of FIGURES."""
    positive: Mapping[str, Any] = found.get("positive") or {}
    shares: Mapping[str, Any] = found.get("shares") or {}
    return [
        *(found.get(name) for name in ("n", "N")),
        *(positive.get(name) for name in ("x", "share")),
        *_pair(positive.get("interval")),
        *(found.get(name) for name in ("median", "mean", "sd")),
        *_pair(found.get("mean_interval")),
        *(found.get(name) for name in ("IM", "DI")),
        *(shares.get(name) for name in ("below", "middle", "above")),
        *_pair(positive.get("bounds")),
    ]


def _pair(found: Sequence[float] | None) -> Sequence[float | None]:
    return found or (None, None)

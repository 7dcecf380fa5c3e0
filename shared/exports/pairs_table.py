"""A comparison as one tidy table: a row for each question and group of pairs, or for two groups who need not be the same people."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from shared.exports.table import Cell
from shared.languages import catalogue
from shared.phrases import _
from shared.presentation.pair_sentences import Speech, unpaired
from shared.presentation.sentences import Words

Document = dict[str, Any]


def _at(*path: str | int) -> Callable[[Document], Cell]:
    """Make what reads a figure of a document; None where there is none."""

    def read(found: Any) -> Cell:
        for step in path:
            if found is None or (isinstance(step, str) and step not in found):
                return None
            found = found[step]
        return str(found).lower() if isinstance(found, bool) else found

    return read


class Figure(NamedTuple):
    """A column of figures."""

    heading: str
    read: Callable[[Document], Cell]


FIGURES = (
    Figure(_("Pairs"), _at("n")),
    Figure(_("Asked both times (N)"), _at("N")),
    Figure(_("Mean before"), _at("mean_before")),
    Figure(_("Mean after"), _at("mean_after")),
    Figure(_("Change"), _at("mean_change")),
    Figure(_("Standard deviation of the change"), _at("sd_change")),
    Figure(_("Change, at least"), _at("interval", 0)),
    Figure(_("Change, at most"), _at("interval", 1)),
    Figure(_("Change among all, at least"), _at("among_everyone", 0)),
    Figure(_("Change among all, at most"), _at("among_everyone", 1)),
    Figure(_("Higher"), _at("directions", "improved")),
    Figure(_("The same"), _at("directions", "unchanged")),
    Figure(_("Lower"), _at("directions", "worsened")),
    Figure(_("Positive before"), _at("positive_before")),
    Figure(_("Positive after"), _at("positive_after")),
    Figure(_("At the top before"), _at("ceiling", "at_top")),
    Figure(_("With room"), _at("ceiling", "room")),
    Figure(_("Higher of those with room"), _at("ceiling", "improved")),
    Figure(_("Change of those with room"), _at("ceiling", "mean_change")),
    Figure(_("Mean before of those compared"), _at("attrition", "stayed")),
    Figure(_("Mean before of the others"), _at("attrition", "left")),
    Figure(_("Looking back: answers"), _at("looking_back", "n")),
    Figure(_("Looking back: mean"), _at("looking_back", "then")),
    Figure(_("Change from looking back"), _at("looking_back", "retrospective", "mean")),
    Figure(_("Change from looking back, at least"), _at("looking_back", "retrospective", "interval", 0)),
    Figure(_("Change from looking back, at most"), _at("looking_back", "retrospective", "interval", 1)),
    Figure(_("Response shift"), _at("looking_back", "shift", "mean")),
    Figure(_("Response shift, at least"), _at("looking_back", "shift", "interval", 0)),
    Figure(_("Response shift, at most"), _at("looking_back", "shift", "interval", 1)),
    Figure("d_z", _at("effect", "d_z")),
    Figure(_("d_z, at least"), _at("effect", "interval", 0)),
    Figure(_("d_z, at most"), _at("effect", "interval", 1)),
    Figure(_("Hedges’ g"), _at("effect", "g")),
    Figure("d_av", _at("effect", "d_av")),
    Figure(_("Wilcoxon, p"), _at("wilcoxon", "p")),
    Figure(_("Wilcoxon, exact"), _at("wilcoxon", "exact")),
    Figure(_("Pratt, p"), _at("pratt", "p")),
    Figure(_("Pratt, exact"), _at("pratt", "exact")),
    Figure(_("Answers before"), _at("n_before")),
    Figure(_("Answers after"), _at("n_after")),
    Figure(_("Difference of the means, at least"), _at("difference", 0)),
    Figure(_("Difference of the means, at most"), _at("difference", 1)),
    Figure(_("Difference of the shares, at least"), _at("share_difference", 0)),
    Figure(_("Difference of the shares, at most"), _at("share_difference", 1)),
)
"""Each with what it is read from; a figure that may not be said is an empty cell."""


def table(compared: Document) -> Iterator[Sequence[Cell]]:
    """List a comparison's figures, a heading first."""
    language = compared["languages"][0]
    words = catalogue(language).gettext
    yield [words(heading) for heading in (_("Id"), _("Question"), _("Group"), *(figure.heading for figure in FIGURES), _("Note"))]
    for question in compared["questions"]:
        yield from _rows(question, Speech(words, language))


def _rows(question: Document, speech: Speech) -> Iterator[Sequence[Cell]]:
    about = [question["id"], question["text"][speech.language]]
    if question["hidden"]:
        note = " ".join(unpaired(question, speech))
        yield [*about, speech.words(_("Everyone")), *_figures(question["unpaired"] or {}), note]
        return
    yield [
        *about,
        all_pairs(speech.words),
        *_figures({**question["figures"], **{key: question[key] for key in ("attrition", "looking_back")}}),
        None,
    ]
    for block in question["blocks"] or ():
        yield [*about, " › ".join(block["path"]), *_figures(block), None]


def all_pairs(words: Words) -> str:
    """Name the group of all pairs."""
    return words(_("All pairs"))


def _figures(found: Document) -> list[Cell]:
    return [figure.read(found) for figure in FIGURES]

"""What came of questions, for readers who have no seat at the desk: a bar, its options with their counts, a sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from shared.languages import Text, catalogue
from shared.presentation import charts, readings, sentences
from shared.presentation.charts import HATCH, TONES, WHOLE
from shared.presentation.readings import Row

Document = dict[str, Any]

PATTERN = Markup(HATCH)  # noqa: S704 – ours
"""What the bars of a page refer to; it stands in a page once."""


@dataclass(frozen=True, slots=True)
class Line:
    """One option: how it is drawn, and how many chose it."""

    label: str
    count: int | None
    percent: int
    key: str
    """The tone's class, and its fill on a light ground."""
    fill: str
    alone: Markup
    """Its own bar, where the options don't lie on a scale."""
    is_positive: bool
    """It is among the options that a figure counts as positive."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question."""

    heading: str
    lines: list[Line]
    bar: Markup
    """The bar of a scale; empty for another kind."""
    beside: str
    """What is counted beside the scale, such as "did not attend: 3"."""
    figure: str
    said: list[str]


def outcomes(questions: Iterable[Document], edition: Document, language: str) -> list[Outcome]:
    """Say what came of questions, in a language of theirs; all bars have the same measure."""
    told = list(questions)
    rows = [_rows(question, language) for question in told]
    scales = [found for question, found in zip(told, rows, strict=True) if readings.is_scale(question)]
    far = charts.reach(map(readings.segments, scales))
    return [_outcome(question, found, edition, language, far) for question, found in zip(told, rows, strict=True)]


def say(text: Text, language: str) -> str:
    """Return a text in a language, or in its first where it has not that one."""
    return text.get(language) or next(iter(text.values()))


def _rows(question: Document, language: str) -> list[Row]:
    return readings.rows(question, lambda text: say(text, language), catalogue(language).gettext)


def _outcome(question: Document, rows: Sequence[Row], edition: Document, language: str, far: charts.Reach) -> Outcome:
    words = catalogue(language).gettext
    drawn = charts.bar(readings.segments(rows), far) if rows and readings.is_scale(question) else ""
    apart = f"{say(question['not_relevant'], language)}: {question['na']}" if question.get("not_relevant") and question["na"] else ""
    return Outcome(
        heading=sentences.heading(question, edition, language, words),
        lines=list(map(_line, rows)),
        bar=Markup(drawn),  # noqa: S704 – drawn by us, texts escaped
        beside=apart,
        figure=sentences.figure(question, words) if question["n"] else "",
        said=_said(question, language),
    )


def _said(question: Document, language: str) -> list[str]:
    """Say what else belongs to a question's figures, or why there are none."""
    words = catalogue(language).gettext
    if question["hidden"]:
        return [sentences.hidden_because(question["hidden"], words)]
    if not question["n"]:
        return [words("Nobody has answered this.")]
    return [sentences.answered(question, words), *_median(question, language), sentences.precision(question, words)]


def _median(question: Document, language: str) -> list[str]:
    if question["kind"] != "number":
        return []
    mark = "." if language == "en" else ","
    pattern = catalogue(language).gettext("Median %(median)s, mean %(mean)s.")
    return [pattern % {"median": f"{question['median']:g}".replace(".", mark), "mean": f"{question['mean']:.1f}".replace(".", mark)}]


def _line(row: Row) -> Line:
    alone = charts.bar([row.segment._replace(text="")], WHOLE)
    return Line(row.label, row.count, row.percent, row.tone, TONES[row.tone][0], Markup(alone), row.positive)  # noqa: S704 – drawn by us

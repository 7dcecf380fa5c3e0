"""The figures of a published result as the page's language writes them: bars, headings, names of groups, days."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask import request
from markupsafe import Markup

from functions.desk.pages import in_language
from shared import languages
from shared.dates import day_text
from shared.languages import catalogue
from shared.phrases import _
from shared.presentation import charts, readings, sentences
from shared.presentation.charts import HATCH, TONES, WHOLE, Reach
from shared.presentation.readings import Row
from shared.presentation.sentences import last_minute, last_minute_text
from shared.results.groups import Group, every_group, quieter, unit_level
from shared.web.pages import language

Document = dict[str, Any]


def tools(edition: Document) -> dict[str, object]:
    """Return what the pages of a result write figures with."""
    return {
        "edition": edition,
        "rows": rows,
        "heading": lambda question: heading(question, edition),
        "figure": lambda question: sentences.figure(question, words),
        "answered": lambda question: sentences.answered(question, words),
        "precision": lambda found: sentences.precision(found, words),
        "note": lambda question: sentences.note(question, words),
        "plain": lambda row: Markup(charts.bar([row.segment._replace(text="")], WHOLE)),  # noqa: S704 – drawn by us, without texts
        "fill": lambda row: TONES[row.tone][0],
        "hatch": Markup(HATCH),  # noqa: S704
        "decimal": decimal,
    }


MOST = 400
"""Bars on one page: where there would be more, it shows one question at a time."""


def chosen(questions: Sequence[Document], bars: int) -> list[Document]:
    """Choose the questions that a page shows: all, or the one that is asked for where that would be too much."""
    asked = request.args.get("question", "")
    if questions and (asked or bars > MOST):
        return [next((question for question in questions if question["id"] == asked), questions[0])]
    return list(questions)


def bars_within(far: Reach) -> Callable[[Document], Markup]:
    """Return what draws a question's bar beside others of the same measure."""
    return lambda found: Markup(charts.bar(readings.segments(rows(found)), far))  # noqa: S704 – drawn by us, texts escaped


def minute_text(closed: str, timezone: str) -> str:
    """Write the last minute before something closed, in a programme's zone."""
    return last_minute_text({"closed": closed, "timezone": timezone}, language())


def closing_day(closed: str, timezone: str) -> str:
    """Write the day on which something closed, in a programme's zone."""
    return day_text(last_minute({"closed": closed, "timezone": timezone}), language())


def gathering_text(held: Document) -> str:
    """Name a gathering by its place and date."""
    date = day_text(datetime.fromisoformat(held["date"]), language()) if held["date"] else ""
    return ", ".join(part for part in (held["place"] or held["id"], date) if part)


def words(message: str) -> str:
    """Look a message up in the page's language."""
    return catalogue(language()).gettext(message)


def rows(question: Document) -> list[Row]:
    """List a question's options in the page's language."""
    return readings.rows(question, in_language, words)


def heading(question: Document, edition: Document) -> str:
    """Write a question's text in the page's language."""
    return sentences.heading(question, edition, language(), words)


def reach(questions: Sequence[Document]) -> Reach:
    """Find how far the bars of questions go, so that all of them can be compared."""
    return charts.reach(readings.segments(rows(question)) for question in questions if readings.is_scale(question))


def decimal(written: str) -> str:
    """Write a number's decimals after the mark that the page's language has for it."""
    return languages.decimal(written, language())


def group_name(group: Group, edition: Document) -> str:
    """Name a group with all that it is a part of."""
    return " · ".join(group_step(step, edition) for step in group.path) or words(_("All"))


def group_step(step: str | None, edition: Document) -> str:
    """Name a gathering or a unit, or what is left of one beside the groups that are shown."""
    if step is None:
        return words(_("The others, together"))
    held = next((item for item in edition["gatherings"] if item["id"] == step), None)
    return gathering_text(held) if held and unit_level(edition) else step


def quieter_told(edition: Document) -> list[str]:
    """Say which groups have answered much less often than all."""
    sentence = words(_("In {group} far fewer have answered ({n} of {everyone}): what is said of all may be less sure than it looks."))
    found = quieter(every_group(edition))
    return [sentence.format(group=group_name(group, edition), n=group.n, everyone=group.everyone) for group in found]

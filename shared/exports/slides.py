"""The slides of a section: questions to the left, their bars beside them, and to the right what it comes to in words."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import ceil
from typing import NamedTuple

from shared.exports.deck import EDGE, INK, SOFT, WIDTH, Deck, Place, Said, Slide
from shared.exports.sections import Section
from shared.languages import catalogue
from shared.presentation.readings import Row, is_scale, rows
from shared.presentation.sentences import Words, answered, assumption, figure, heading, note, precision
from shared.results.editions import Document

TOP, BOTTOM = 1.35, 6.7
"""Inches between which a slide's content stands."""

ASKED, BARS, TOLD = 3.6, 5.3, 3.0
"""The widths of the three columns."""

BETWEEN = (WIDTH - 2 * EDGE - ASKED - BARS - TOLD) / 2
GAP, LEGEND = 0.2, 0.5
LEAST, LINE, OPTION = 1.02, 0.24, 0.36
"""The heights of the smallest row, of a line of a question's text, and of an option of a choice."""

LOOSEST = 1.5
"""How much higher rows may be than they need."""

ON_A_LINE = 36
"""Characters of a question's text on a line."""


class Strip(NamedTuple):
    """Questions that share a chart, each as high as the others."""

    questions: Sequence[Document]
    row: float
    legend: float

    @property
    def height(self) -> float:
        """Tell how much of a slide it takes."""
        return self.row * len(self.questions) + self.legend


class SectionSlides:
    """Writes a section's slides: one, or more where one has no room for it."""

    def __init__(self, deck: Deck, edition: Document, language: str) -> None:
        self._deck, self._edition, self._language = deck, edition, language
        self._words = catalogue(language).gettext

    def add(self, section: Section) -> None:
        """Add the slides of a section."""
        for number, page in enumerate(map(_stretched, _pages(self._strips(section))), 1):
            slide = self._deck.slide(section.title if number == 1 else f"{section.title} ({number})")
            at = TOP
            for strip in page:
                self._draw(slide, strip, at)
                at += strip.height + GAP
            slide.text(Place(EDGE, 6.8, WIDTH - 2 * EDGE, 0.5), [Said(self._foot(page), 11, SOFT)])

    def _strips(self, section: Section) -> Iterator[Strip]:
        """Put questions that follow one another and share a scale into one chart, if a slide has room for it."""
        for _key, group in groupby(section.questions, self._chart):
            alike = list(group)
            row, legend = max(map(self._height, alike)), LEGEND if self._stacked(alike[0]) else 0
            most = max(1, int((BOTTOM - TOP - legend) / row))
            yield from (Strip(alike[start : start + most], row, legend) for start in range(0, len(alike), most))

    def _rows(self, question: Document) -> list[Row]:
        shown = question["n"] and not question["hidden"]
        return rows(question, lambda text: text[self._language], self._words) if shown else []

    def _stacked(self, question: Document) -> bool:
        return is_scale(question) and bool(self._rows(question))

    def _chart(self, question: Document) -> tuple[str, ...]:
        """Name the chart that a question belongs into."""
        if not self._stacked(question):
            return (question["id"],)
        return tuple(f"{row.tone} {row.label} {row.count is None}" for row in self._rows(question))

    def _heading(self, question: Document) -> str:
        return heading(question, self._edition, self._language, self._words)

    def _height(self, question: Document) -> float:
        text = ceil(len(self._heading(question)) / ON_A_LINE) * LINE + 0.1
        options = 0 if is_scale(question) else len(self._rows(question)) * OPTION
        return min(max(LEAST, text, options), BOTTOM - TOP - LEGEND)

    def _draw(self, slide: Slide, strip: Strip, top: float) -> None:
        bars = EDGE + ASKED + BETWEEN
        for number, question in enumerate(strip.questions):
            y = top + number * strip.row
            slide.text(Place(EDGE, y, ASKED, strip.row), [Said(self._heading(question), 13, INK, bold=True)], middle=True)
            slide.text(Place(bars + BARS + BETWEEN, y, TOLD, strip.row), list(self._told(question)), middle=True)
        drawn, names = [self._rows(question) for question in strip.questions], list(map(self._heading, strip.questions))
        if strip.legend:
            slide.stack(Place(bars, top, BARS, strip.height), drawn, names, strip.legend)
        elif drawn[0]:
            slide.options(Place(bars, top, BARS, strip.height), drawn[0], names[0])

    def _told(self, question: Document) -> Iterator[Said]:
        """Say in words what a question's bars come to."""
        _ = self._words
        if question["hidden"]:
            yield Said(note(question, _), 12, SOFT)
        elif not question["n"]:
            yield Said(_("Nobody has answered this."), 12, SOFT)
        else:
            yield from (Said(told, 12, INK, bold=True) for told in _main(question, self._language, _) if told)
            yield from (Said(told, 10, SOFT) for told in (answered(question, _), precision(question, _)) if told)

    def _foot(self, page: Sequence[Strip]) -> str:
        """Say how sure the figures of a page are."""
        _, shown = self._words, [question for strip in page for question in strip.questions if question["n"]]
        if shown and all(question["n"] == question["N"] for question in shown):
            return note(shown[0], _)
        return assumption(self._edition, _) if any(question.get("positive") for question in shown) else ""


def _main(question: Document, language: str, _: Words) -> Iterator[str]:
    """Say a question's main figure; of numbers their median and mean."""
    if question["kind"] != "number":
        yield figure(question, _)
        return
    for name, value in ((_("Median"), f"{question['median']:g}"), (_("Mean"), f"{question['mean']:.1f}")):
        yield f"{name}: {value if language == 'en' else value.replace('.', ',')}"


def _stretched(page: Sequence[Strip]) -> list[Strip]:
    """Let the rows of a slide use the room that is left, as far as it looks well."""
    rows = sum(strip.row * len(strip.questions) for strip in page)
    left = BOTTOM - TOP - sum(strip.height for strip in page) - GAP * (len(page) - 1)
    return [strip._replace(row=strip.row * min(LOOSEST, 1 + max(0, left) / rows)) for strip in page]


def _pages(strips: Iterator[Strip]) -> Iterator[list[Strip]]:
    """Divide strips among slides in order."""
    page: list[Strip] = []
    for strip in strips:
        if page and TOP + sum(item.height + GAP for item in page) + strip.height > BOTTOM:
            yield page
            page = []
        page.append(strip)
    if page:
        yield page

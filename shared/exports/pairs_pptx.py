"""A comparison as slides: a title, then up to three questions a slide as dumbbells on their scale, with what they come to in words."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import ceil

from shared.exports.deck import ACCENT, EDGE, INK, PAPER, SOFT, WIDTH, Deck, Place, Said, Slide
from shared.languages import catalogue, decimal
from shared.phrases import _
from shared.presentation.methods import closing
from shared.presentation.pair_sentences import Speech, cover, directions, further, looking_back, positive, unpaired, when
from shared.results.editions import Document

WHOLE = Place(EDGE, 1.4, WIDTH - 2 * EDGE, 5.2)
"""Where a slide's text stands."""

PER_SLIDE = 3

TOP, STEP = 1.3, 1.65
"""Where the first question of a slide begins, and how high each is, in inches like all places here."""

LEFT, RIGHT = 7.6, WIDTH - EDGE - 0.4
"""Where the first and the last point of a scale lie."""

GRID = "#d5dcdf"

MARK, TEXT = 0.2, 0.6
"""How wide a mark is, and the text at it."""


def pptx_file(compared: Document) -> bytes:
    """Write a comparison as PPTX, in the programme's first language."""
    language = compared["languages"][0]
    speech = Speech(catalogue(language).gettext, language)
    deck = Deck(compared["title"][language], closing(compared["after"]), language)
    _add_title(deck, compared, speech)
    for page in _pages(compared["questions"], language):
        _add_dumbbells(deck, page, speech)
    _add_looking_back(deck, compared["questions"], speech)
    return deck.close()


def _add_title(deck: Deck, compared: Document, speech: Speech) -> None:
    _, language = speech.words, speech.language
    slide = deck.slide(f"{_('Before and after')}: {compared['title'][language]}", 32)
    first, *others = cover(compared, speech)
    about = [
        Said(compared["programme_title"][language], 22),
        Said(when(compared, speech), 14, SOFT),
        Said("", 10),
        Said(first, 22, bold=True),
    ]
    slide.text(WHOLE, [*about, *(Said(sentence, 14) for sentence in others)])


def _pages(questions: Sequence[Document], language: str) -> Iterator[list[Document]]:
    """Divide the questions among slides: those that follow one another on the same scale."""
    for _options, group in groupby(questions, lambda question: [option["label"][language] for option in question["options"]]):
        alike = list(group)
        each = ceil(len(alike) / ceil(len(alike) / PER_SLIDE))
        yield from (alike[at : at + each] for at in range(0, len(alike), each))


def _add_dumbbells(deck: Deck, page: Sequence[Document], speech: Speech) -> None:
    _ = speech.words
    slide = deck.slide(_("Before and after"))
    _axis(slide, len(page[0]["options"]), TOP + len(page) * STEP)
    for number, question in enumerate(page):
        top = TOP + number * STEP
        said = [Said(question["text"][speech.language], 16, INK, bold=True), *_told(question, speech)]
        slide.text(Place(EDGE, top, LEFT - EDGE - 0.6, STEP), said, middle=True)
        if found := question["figures"] or question["unpaired"]:
            _dumbbell(slide, (found["mean_before"], found["mean_after"]), len(question["options"]), top + STEP / 2, speech)
    points = page[0]["options"]
    low, high = (f"{number} = {points[at]['label'][speech.language]}" for number, at in ((1, 0), (len(points), -1)))
    slide.text(Place(EDGE, 6.65, WIDTH - 2 * EDGE, 0.5), [Said(f"○ {_('Before')}   ● {_('After')}   ·   {low}   ·   {high}", 11, SOFT)])


def _add_looking_back(deck: Deck, questions: Sequence[Document], speech: Speech) -> None:
    """Add a slide of what people say looking back, apart from what they said before."""
    shown = [question for question in questions if question["looking_back"]]
    if not shown:
        return
    slide = deck.slide(speech.words(_("Looking back")))
    said = [Said(sentence, 13) for question in shown for sentence in (question["text"][speech.language], *looking_back(question, speech))]
    titles = {question["text"][speech.language] for question in shown}
    slide.text(WHOLE, [item._replace(bold=True, size=15) if item.text in titles else item for item in said])


def _told(question: Document, speech: Speech) -> Iterator[Said]:
    """Say in words what a question's pairs come to."""
    if question["hidden"]:
        yield from (Said(sentence, 12, SOFT) for sentence in unpaired(question, speech))
        return
    found = question["figures"]
    if ways := directions(found, speech.words):
        yield Said(ways, 14, ACCENT, bold=True)
    said = (positive(question, speech.words), *list(further(question, speech))[:1])
    yield from (Said(sentence, 12, SOFT) for sentence in said if sentence)


def _axis(slide: Slide, points: int, bottom: float) -> None:
    """Number a scale's points under the questions, each at a line through all of them."""
    for point in range(points):
        x = LEFT + (RIGHT - LEFT) * point / (points - 1)
        slide.line((x, TOP + 0.25), (x, bottom), GRID, 0.75)
        slide.text(Place(x - TEXT / 2, bottom, TEXT, 0.3), [Said(str(point + 1), 12, SOFT)], centred=True)


def _dumbbell(slide: Slide, means: tuple[float, float], points: int, y: float, speech: Speech) -> None:
    """Draw a mean before and a mean after on a scale: an open mark and a filled one, the first one's figure above, the other's below."""
    before, after = (LEFT + (RIGHT - LEFT) * (mean - 1) / (points - 1) for mean in means)
    slide.line((LEFT, y), (RIGHT, y), SOFT, 0.5)
    slide.line((before, y), (after, y), ACCENT, 3)
    slide.mark(before, y, MARK, PAPER, ACCENT)
    slide.mark(after, y, MARK, ACCENT, ACCENT)
    for mean, x, top in ((means[0], before, y - 0.42), (means[1], after, y + 0.13)):
        slide.text(Place(x - TEXT / 2, top, TEXT, 0.3), [Said(decimal(f"{mean:.1f}", speech.language), 12, INK, bold=True)], centred=True)

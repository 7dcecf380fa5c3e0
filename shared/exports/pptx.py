"""An edition as slides for a board: a title, slides for each section, how much people wrote, the method."""

from shared.exports.deck import EDGE, SOFT, WIDTH, Deck, Place, Said
from shared.exports.sections import sections
from shared.exports.slides import SectionSlides
from shared.languages import catalogue
from shared.presentation.methods import closing, closing_text, cover, method
from shared.presentation.scales import reliability
from shared.presentation.sentences import Words, heading, hidden_because, mode
from shared.results.editions import Document

WHOLE = Place(EDGE, 1.4, WIDTH - 2 * EDGE, 5.2)
"""Where a slide's text stands."""


def pptx_file(edition: Document) -> bytes:
    """Write an edition as PPTX, in the programme's first language."""
    language = edition["languages"][0]
    words = catalogue(language).gettext
    deck = Deck(edition["title"][language], closing(edition), language)
    _add_title(deck, edition, language, words)
    slides = SectionSlides(deck, edition, language)
    for section in sections(edition, language, words):
        slides.add(section)
    _add_written(deck, edition, language, words)
    _add_method(deck, edition, language, words)
    return deck.close()


def _add_title(deck: Deck, edition: Document, language: str, _: Words) -> None:
    slide = deck.slide(edition["title"][language], 36)
    closed = f"{closing_text(edition, language)} {mode(edition, _)}"
    about = [Said(edition["programme_title"][language], 22), Said(closed, 14, SOFT), Said("", 10)]
    first, *others = cover(edition, _)
    slide.text(WHOLE, [*about, Said(first, 26, bold=True), *(Said(sentence, 16) for sentence in others)])


def _add_written(deck: Deck, edition: Document, language: str, _: Words) -> None:
    """Add a slide of how much people wrote in their own words: what they wrote is read by an owner before anybody else."""
    asked = [question for question in edition["questions"] if question["kind"] == "text"]
    if not asked:
        return
    slide = deck.slide(_("Comments"))
    told = [(heading(question, edition, language, _), _written(question, _)) for question in asked]
    lines = [said for text, count in told for said in (Said(text, 16, bold=True), Said(count, 14, SOFT))]
    slide.text(WHOLE, lines)
    first = _("An owner of the programme reads the comments first. Those that she releases stand on the result's page.")
    slide.text(Place(EDGE, 6.8, WIDTH - 2 * EDGE, 0.5), [Said(first, 11, SOFT)])


def _written(question: Document, _: Words) -> str:
    if question["hidden"]:
        return hidden_because(question["hidden"], _)
    return _("Comments: {number}").format(number=question["n"])


def _add_method(deck: Deck, edition: Document, language: str, _: Words) -> None:
    slide = deck.slide(_("How the figures are made"))
    slide.text(WHOLE, [Said(sentence, 14) for sentence in (*method(edition, _), *reliability(edition, language))])

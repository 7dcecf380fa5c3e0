"""What a comparison before and after takes, of ten thousand pairs of answers to eight goals, beside opening and parsing them."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from infra.bench import sealing
from infra.bench.figures import Figure, Section
from infra.bench.ground import DAY
from infra.bench.measuring import Work, in_turns
from infra.bench.sealing import FORM, PRIVATE, PUBLIC, ROUND, UNITS
from shared.envelopes import Answer, Opener, sealed
from shared.exports import pairs as exports_pairs
from shared.forms import Form, form_id
from shared.response import Totals
from shared.results import breakdowns, counting, editions, series, series_documents
from shared.results.counting import Invited, Place
from shared.results.editions import Document
from shared.results.series import Part

PAIRS, GOALS = 10_000, 8

GOALS_FORM: Form = replace(FORM, mode="confidential", questions=FORM.questions[:GOALS])

Box = Sequence[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Sides:
    """Both rounds' boxes, and what has been published of each."""

    boxes: tuple[Box, Box]
    editions: tuple[Document, Document]
    levels: breakdowns.Levels


def sides(pairs: int = PAIRS) -> Sides:
    """Make up both rounds: everyone rates every goal, most of them higher the second time."""
    chance = random.Random(7)  # noqa: S311 – made-up answers, no secret
    cells = [("County", f"Town {number % 50}", f"School {number}") for number in range(300)]
    people = [(f"{number:032x}", chance.choice(cells)) for number in range(pairs)]
    first, second = (list(_answers(people, chance, up)) for up in (0, 1))
    levels = breakdowns.levels(replace(ROUND, mode="confidential"), UNITS)
    found = tuple(_edition(answers) for answers in (first, second))
    return Sides((_box(first), _box(second)), (found[0], found[1]), levels)


def _answers(people: Sequence[tuple[str, tuple[str, ...]]], chance: random.Random, up: int) -> Iterator[Answer]:
    for name, cell in people:
        rated = {question.id: str(min(5, chance.randint(1, 5) + up)) for question in GOALS_FORM.questions}
        yield Answer(form_id(GOALS_FORM), rated, cell, DAY, name)


def _box(answers: Sequence[Answer]) -> Box:
    return [(f"{number:032x}", sealed(PUBLIC, answer, sealing.OVERHEAD)) for number, answer in enumerate(answers)]


def _edition(answers: Sequence[Answer]) -> Document:
    tally = counting.tallied([GOALS_FORM], ((str(at), answer) for at, answer in enumerate(answers)), PRIVATE)
    places = {place: counts.respondents for place, counts in tally.places.items()}
    return editions.edition(ROUND, UNITS, [GOALS_FORM], tally, Invited(Totals(sum(places.values()), 0), places, places))


def compared(given: Sides) -> Document:
    """Open both boxes, choose the pairs, make the comparison and all its files."""
    before, after = (_part(box, edition, given.levels) for box, edition in zip(given.boxes, given.editions, strict=True))
    both = series.chosen(before, after, random.Random(7))  # noqa: S311 – always the same pairs
    document = series_documents.document(both, "bench", "goals")
    assert dict(exports_pairs.files(document))  # noqa: S101 – a generator that nobody asks makes nothing
    return document


def _part(box: Box, edition: Document, levels: breakdowns.Levels) -> Part:
    opener = Opener(PRIVATE)
    people = series.respondents([GOALS_FORM], ((name, opener.opened(envelope)) for name, envelope in box))
    places = {name: Place(person.place.gathering, person.place.cell) for name, person in people.items()}
    return Part([GOALS_FORM], edition, levels, people, places)


def opened(given: Sides) -> None:
    """Open and parse both boxes, and no more."""
    for box in given.boxes:
        sealing.read(iter(box))


def pairing(repetitions: int, pairs: int = PAIRS) -> Section:
    """Measure a comparison with its files."""
    given = sides(pairs)
    works: list[tuple[str, Work]] = [
        (f"{pairs:,} pairs on {GOALS} goals", lambda: compared(given)),
        ("opening and parsing alone", lambda: opened(given)),
    ]
    ours, floor = in_turns(works, repetitions, 1)
    return Section("A comparison before and after", [Figure("ms CPU", ours, floor, most_ratio=10)])

import json
import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from shared.envelopes import Opener, sealed
from shared.response import Totals
from shared.results import counting, editions, programme_editions
from shared.results.counting import Invited, Tally
from shared.results.editions import Document
from tests.shared.examples import ROUND
from tests.shared.places import programme
from tests.shared.results.test_aggregation_speed import FORM, PRIVATE, PUBLIC, open_and_parse, seconds, some_answer

pytestmark = pytest.mark.slow

UNITS = programme(units=("county", "town", "school"))
SCHOOLS = [
    (f"County {county}", f"Town {county}-{town}", f"School {county}-{town}-{school}")
    for county in range(5)
    for town in range(10)
    for school in range(6)
]


@pytest.fixture(scope="module")
def box() -> list[tuple[str, bytes]]:
    """Seal some answers from each school; ten thousand envelopes hold them."""
    chance = random.Random(7)
    different = [sealed(PUBLIC, replace(some_answer(chance), cell=school), 60) for school in SCHOOLS * 2]
    return [(f"{number:032x}", different[number % len(different)]) for number in range(10_000)]


def tally(box: list[tuple[str, bytes]]) -> Tally:
    opener = Opener(PRIVATE)
    return counting.tallied([FORM], ((name, opener.opened(envelope)) for name, envelope in box), PRIVATE)


def edition(counted: Tally) -> Document:
    places = {place: 2 * counts.respondents for place, counts in counted.places.items()}
    return editions.edition(ROUND, UNITS, [FORM], counted, Invited(Totals(sum(places.values()), 0), places, places))


def test_counting_by_three_levels_of_units_takes_little_beside_opening(box: list[tuple[str, bytes]]) -> None:
    opening = min(seconds(lambda: open_and_parse(box)) for _ in range(2))
    counting_too = min(seconds(lambda: tally(box)) for _ in range(2))

    assert counting_too <= 3 * opening


def test_an_edition_with_all_units_takes_little_more(box: list[tuple[str, bytes]]) -> None:
    opening = min(seconds(lambda: open_and_parse(box)) for _ in range(2))
    making = min(seconds(lambda: editions.written(edition(tally(box)))) for _ in range(2))

    assert making <= 5 * opening


def test_a_programme_of_four_hundred_thousand_answers_is_merged_in_no_more_than_thrice_what_parsing_its_files_takes(
    box: list[tuple[str, bytes]],
) -> None:
    content = editions.written(edition(tally(box)))
    merged: list[Document] = []

    def rounds() -> Iterator[Document]:
        return (json.loads(content) | {"round": f"day-{day}"} for day in range(40))

    parsing = min(seconds(lambda: list(rounds())) for _ in range(2))
    merging = min(seconds(lambda: merged.append(programme_editions.edition(UNITS, rounds()))) for _ in range(2))

    assert merged[0]["answers"] == 400_000
    assert len(merged[0]["breakdown"]["nodes"]) == 355
    assert merging <= 3 * parsing

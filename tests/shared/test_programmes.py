import json
from dataclasses import replace

import pytest

from shared.programmes import Day, Gathering, RoundPlan, Session, canonical, day_of, from_document, shifted
from tests.shared.examples import programme

DAY = Day(
    "day-1",
    {"en": "Day 1", "nb": "Dag 1"},
    ({"en": "Walk", "nb": "Gå"},),
    (Session("maps", {"en": "Maps", "nb": "Kart"}, "09:00", "10:00", {"en": "A cartographer", "nb": "En kartograf"}, rated=False),),
    (
        Gathering("north", None, "2026-12-31", "Ås", ("North",)),
        Gathering("south", {"en": "In the south", "nb": "I sør"}, "2027-01-02", "Bø"),
    ),
)
PROGRAMME = replace(programme("nb", "en"), days=(DAY,), rounds=(RoundPlan("day-1", "day", "day-1", "10:00", "23:59"),))


def test_a_stored_programme_reads_back_as_it_was() -> None:
    assert from_document(json.loads(canonical(PROGRAMME))) == PROGRAMME


def test_equal_programmes_are_equal_texts() -> None:
    turned = replace(PROGRAMME, title=dict(reversed(list(PROGRAMME.title.items()))))

    assert canonical(turned) == canonical(PROGRAMME)


@pytest.mark.parametrize(
    ("days", "dates"),
    [
        (0, ["2026-12-31", "2027-01-02"]),
        (1, ["2027-01-01", "2027-01-03"]),
        (-366, ["2025-12-30", "2026-01-01"]),
        (425, ["2028-02-29", "2028-03-02"]),
    ],
)
def test_every_date_is_moved_by_the_same_number_of_days(days: int, dates: list[str]) -> None:
    moved = shifted(PROGRAMME, days)

    assert [gathering.date for day in moved.days for gathering in day.gatherings] == dates
    assert shifted(moved, -days) == PROGRAMME


def test_a_day_is_found_by_its_id() -> None:
    assert day_of(PROGRAMME, "day-1") is DAY

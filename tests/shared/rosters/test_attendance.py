from dataclasses import replace

import pytest

from shared.programmes import Day, Gathering
from shared.rosters.attendance import as_attending, attended
from shared.rosters.people import Participant, Place, as_of, placed, places

KIM = Participant("kim@example.org", "Kim", "nb", "leader", ("North", "A"))
NORTH = Gathering("north", None, "2025-10-07", "Ås", ("North",))
SOUTH = Gathering("south", None, "2025-10-08", "Bø", ("South",))
DAY = Day("day-2", {"en": "Day 2"}, (), (), (NORTH, SOUTH))
MOVED = replace(KIM, later=(Place("2025-10-08", "teacher", ("South", "B")),))


@pytest.mark.parametrize(
    ("person", "gathering"),
    [
        (KIM, "north"),
        (replace(KIM, units=("South", "B")), "south"),
        (replace(KIM, units=("West", "C")), None),
        (replace(KIM, units=()), None),
        (replace(KIM, gatherings=("south",)), "south"),
        (replace(KIM, gatherings=("another-day",)), "north"),
        (replace(KIM, units=("West", "C"), gatherings=("south",)), "south"),
        (replace(KIM, left="2025-10-08"), "north"),
        (replace(KIM, left="2025-10-07"), None),
        (replace(KIM, left="2025-10-08", gatherings=("south",)), None),
        (replace(KIM, since="2025-10-07"), "north"),
        (replace(KIM, since="2025-10-08"), None),
        (replace(KIM, later=(Place("2025-10-07", "leader", ("South", "B")),)), "south"),
    ],
)
def test_somebody_attends_where_her_units_or_she_herself_belong_on_that_date(person: Participant, gathering: str | None) -> None:
    assert attended(person, DAY) == gathering


def test_whoever_takes_part_attends_a_gathering_for_all() -> None:
    day = replace(DAY, gatherings=(replace(NORTH, units=()),))

    assert attended(replace(KIM, units=()), day) == "north"
    assert attended(replace(KIM, left="2025-01-01"), day) is None


def test_somebody_attends_with_the_role_and_units_of_that_date() -> None:
    chosen = as_attending(replace(MOVED, gatherings=("south",)), DAY)

    assert chosen is not None
    assert (chosen.role, chosen.units) == ("teacher", ("South", "B"))
    assert as_attending(replace(KIM, units=("West", "C")), DAY) is None


@pytest.mark.parametrize(("day", "role"), [("2025-10-07", "leader"), ("2025-10-08", "teacher"), ("2030-01-01", "teacher")])
def test_a_place_holds_until_the_next_one_begins(day: str, role: str) -> None:
    found = as_of(MOVED, day)

    assert found is not None
    assert found.role == role


def test_places_stand_by_date_and_none_repeats_the_one_before() -> None:
    found = placed(MOVED, [*places(MOVED), Place("2025-12-01", "teacher", ("South", "B")), Place("2025-09-01", "leader", ("West", "C"))])

    assert [place.since for place in places(found)] == ["", "2025-09-01", "2025-10-08"]

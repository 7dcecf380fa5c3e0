from dataclasses import replace

from shared.programmes import Day, Gathering
from shared.rosters.attendance import as_attending, attended
from shared.rosters.people import Participant, Place
from shared.rosters.substitutes import in_place_of
from tests.functions.examples import participant

DAY = Day(
    "day-2",
    {},
    (),
    (),
    (Gathering("north", None, "2025-10-07", "Ås", ("North",)), Gathering("south", None, "2025-10-08", "Bø", ("South",))),
)
NORTH, SOUTH = DAY.gatherings
NEXT = Day("day-3", {}, (), (), (Gathering("day-3", None, "2025-11-04", "Oslo"),))
NEWCOMER = Participant("dag@example.org", "Dag", "nb", "", ())


def stands_in(absent: Participant, at: Gathering = NORTH, *, for_good: bool = False) -> Participant:
    return in_place_of(absent, NEWCOMER, DAY, at, for_good=for_good)


def test_a_substitute_has_the_unit_role_and_gathering_of_whom_she_replaces_on_that_day_alone() -> None:
    made = stands_in(participant("anna"))

    assert as_attending(made, DAY) == replace(made, role="leader", units=("North", "A"))
    assert attended(made, DAY) == "north"
    assert as_attending(made, NEXT) is None
    assert (made.email, made.name, made.language) == (NEWCOMER.email, NEWCOMER.name, NEWCOMER.language)


def test_who_takes_over_takes_part_from_that_day_on() -> None:
    made = stands_in(participant("anna"), for_good=True)

    assert attended(made, NEXT) == "day-3"
    assert as_attending(made, Day("day-1", {}, (), (), (Gathering("day-1", None, "2025-08-26", "Oslo"),))) is None


def test_a_gathering_that_the_other_had_chosen_is_the_substitute_s_too_and_so_is_a_place_that_comes_later() -> None:
    moves = Place("2025-11-01", "leader", ("West", "C"))
    anna = replace(participant("anna"), gatherings=("south", "elsewhere"), later=(moves,))

    one_day, for_good = (stands_in(anna, SOUTH, for_good=forever) for forever in (False, True))

    assert (attended(one_day, DAY), one_day.gatherings, one_day.later) == ("south", ("south",), ())
    assert (attended(for_good, DAY), for_good.gatherings, for_good.later) == ("south", ("south", "elsewhere"), (moves,))


def test_the_units_are_those_that_the_other_has_on_the_day() -> None:
    anna = replace(participant("anna"), later=(Place("2025-10-01", "leader", ("North", "B")),))

    assert stands_in(anna).units == ("North", "B")

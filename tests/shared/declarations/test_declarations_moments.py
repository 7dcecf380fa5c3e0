"""When rounds open and close that count from a session's end or from another round."""

import time

import pytest

from shared import schedule
from shared.programmes import RoundPlan, day_of
from tests.shared.declaring import DAY, LAST, PROGRAMME, built, faults, found

HOUR = 3600
TWO_PLACES = PROGRAMME.replace(
    "    track: guides\n    date: 2026-09-26\n    place: Oslo\n",
    "    gatherings:\n      - {id: north, date: 2026-10-07, place: Oslo, units: [North]}\n"
    "      - {id: south, date: 2026-10-09, place: Bergen, units: [South]}\n",
).replace("complaints:", "units: [region]\ncomplaints:")


def plans(*rounds: str, programme: str = PROGRAMME) -> dict[str, RoundPlan]:
    declared = built("rounds:\n" + "".join(f"  - {{form: day, {entry}}}\n" for entry in rounds), programme=programme)
    return {plan.id: plan for plan in declared.programme.rounds}


def times(plan: RoundPlan) -> tuple[str, int, str, int, str]:
    return plan.day, plan.opens_after, plan.opens, plan.closes_after, plan.closes


def told(*rounds: str, programme: str = PROGRAMME) -> list[str]:
    return faults("rounds:\n" + "".join(f"  - {{form: day, {entry}}}\n" for entry in rounds), programme=programme, day=DAY + LAST)


def test_a_round_opens_and_closes_when_a_session_of_its_day_ends() -> None:
    found = plans("for: day-1, opens: when session maps ends, closes: when session boots ends")

    assert times(found["day-1"]) == ("day-1", 0, "10:00", 0, "11:00")


def test_a_round_asked_once_takes_the_only_day_that_has_the_session() -> None:
    found = plans("for: once, id: later, opens: when session tents ends, closes: 2 days later at 20:00")

    assert times(found["later"]) == ("day-2", 0, "12:00", 2, "20:00")


@pytest.mark.parametrize(
    ("opens", "expected"),
    [
        ("when day-1 opens", ("day-1", 0, "12:00", 0, "23:59")),
        ("when day-1 closes", ("day-1", 1, "00:00", 1, "23:59")),
        ("1 week after day-1 closes", ("day-1", 8, "00:00", 8, "23:59")),
        ("1 week after day-1 closes at 08:00", ("day-1", 7, "08:00", 7, "23:59")),
        ("2 days before day-1 opens", ("day-1", -2, "12:00", -2, "23:59")),
    ],
)
def test_a_round_opens_some_time_from_another(opens: str, expected: tuple[str, int, str, int, str]) -> None:
    found = plans("for: day-1", f"for: once, id: later, opens: {opens}")

    assert times(found["later"]) == expected


def test_a_round_closes_in_the_minute_before_another_opens() -> None:
    found = plans(
        "for: day-1, closes: when later opens",
        "for: once, id: later, opens: 1 day after day-1 at 00:00, closes: when last closes",
        "for: once, id: last, opens: 3 days after later opens at 09:00, closes: 1 week after day-1 opens",
    )

    assert times(found["day-1"]) == ("day-1", 0, "12:00", 0, "23:59")
    assert times(found["later"]) == ("day-1", 1, "00:00", 7, "11:59")
    assert times(found["last"]) == ("day-1", 4, "09:00", 7, "11:59")


def test_no_minute_lies_between_a_closing_and_the_opening_that_counts_from_it() -> None:
    declared = built("rounds:\n  - {form: day, for: day-1}\n  - {form: day, for: once, id: later, opens: when day-1 closes}\n").programme

    first, second = (schedule.windows(plan, day_of(declared, plan.day), declared.timezone)["day-1"] for plan in declared.rounds)
    assert second.opens == first.closes


def test_a_round_of_another_day_is_counted_in_days_between_the_two() -> None:
    found = plans("for: day-1", "for: day-2, opens: 2 days after day-1 closes at 08:00, closes: when the-end opens", THE_END)

    assert times(found["day-2"]) == ("day-2", -29, "08:00", -1, "08:59")


THE_END = "for: once, id: the-end, opens: 1 day before day-2 at 09:00"


def test_a_round_that_counts_from_one_in_two_places_follows_it_to_both() -> None:
    declared = built(
        "rounds:\n  - {form: day, for: day-2}\n  - {form: day, for: once, id: later, opens: 1 week after day-2 closes at 08:00}\n",
        programme=TWO_PLACES,
        day=DAY + LAST,
    ).programme
    later = declared.rounds[1]

    windows = schedule.windows(later, day_of(declared, "day-2"), declared.timezone)

    assert windows["south"].opens - windows["north"].opens == 48 * HOUR


@pytest.mark.parametrize(
    ("rounds", "expected"),
    [
        (["for: day-1, opens: when session map ends"], ["programme.yaml:32:36: `day-1` has no session `map`: did you mean `maps`?"]),
        (["for: day-2, closes: when session dinner ends"], ["programme.yaml:32:37: `day-2` has no session `dinner`: it has `tents`"]),
        (["for: once, id: a, opens: when session dinner ends"], ["programme.yaml:32:42: no day has a session `dinner`"]),
        (
            ["for: day-1", "for: once, id: a, opens: when day-3 closes"],
            ["programme.yaml:33:42: there is no round `day-3`: did you mean `day-1`?"],
        ),
        (["for: day-1, closes: when x opens"], ["programme.yaml:32:37: there is no round `x`: use `day-1`"]),
        (["for: day-1, opens: when day-1 closes"], ["programme.yaml:32:36: `day-1` counts from itself: name a day or a date"]),
        (
            ["for: once, id: a, opens: 1 day after b opens", "for: once, id: b, opens: when a closes"],
            [
                "programme.yaml:32:42: `a` counts from itself by way of `b`: name a day or a date in one of them",
                "programme.yaml:33:42: `b` counts from itself by way of `a`: name a day or a date in one of them",
            ],
        ),
        (
            [
                "for: day-1",
                "for: once, id: a, opens: when b opens, closes: when day-1 opens",
                "for: once, id: b, opens: when a closes",
            ],
            [
                "programme.yaml:33:42: `a` counts from itself by way of `b`: name a day or a date in one of them",
                "programme.yaml:34:42: `b` counts from itself by way of `a`: name a day or a date in one of them",
            ],
        ),
        (
            ["for: day-1, opens: 13:00, closes: when a opens", "for: once, id: a, opens: on day-1 at 08:00"],
            ["programme.yaml:32:51: the round closes at 07:59, but opens at 13:00 on `day-1`"],
        ),
        (
            ["for: day-1", "for: once, id: a, opens: 1 week after day-1 closes, closes: when day-1 closes"],
            ["programme.yaml:33:77: the round closes 8 days before it opens"],
        ),
        (
            ["for: day-1, closes: when session maps ends"],
            ["programme.yaml:32:37: the round closes at 10:00, but opens at 12:00 on `day-1`"],
        ),
    ],
)
def test_what_can_not_be_is_told_with_its_place(rounds: list[str], expected: list[str]) -> None:
    assert told(*rounds) == expected


def test_a_session_that_two_days_have_is_no_moment_for_a_round_asked_once() -> None:
    twice = PROGRAMME.replace("{id: tents,", "{id: maps,")

    assert told("for: once, id: a, opens: when session maps ends", programme=twice) == [
        "programme.yaml:32:42: `day-1`, `day-2` have a session `maps`: name the day and a time, like `day-1 at 15:30`"
    ]


def test_a_round_in_two_places_can_not_count_from_one_of_another_day() -> None:
    assert told("for: day-1", "for: day-2, opens: when day-1 closes", programme=TWO_PLACES)[0].endswith(
        ": count from `day-2` here: it or `day-1` is held on several dates"
    )


def test_a_chain_of_rounds_as_long_as_a_list_may_be_is_read_soon() -> None:
    chain = [f"for: once, id: r-{number}, opens: 1 day after r-{number + 1} opens" for number in range(398)]
    rounds = "rounds:\n" + "".join(f"  - {{form: day, {entry}}}\n" for entry in [*chain, "for: once, id: r-398, opens: on day-1 at 08:00"])
    began = time.perf_counter()

    declared = found(rounds)

    assert not isinstance(declared, list)
    assert declared.programme.rounds[0].opens_after == 398
    assert time.perf_counter() - began < 5

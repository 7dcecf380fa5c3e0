"""Sammen om inkluderende læringsfællesskaber: counsellors over more than a school year, in a programme without an end."""

import pytest

from tests.e2e.lives import (
    OWNER,
    Ground,
    Lived,
    everybody,
    expect_beside_the_day,
    expect_mails,
    expect_nothing_small,
    expect_pairs,
    expect_results,
)

FOLDER = "inkluderende"

TIMETABLE = [
    ("16.08. 08:00", "opens role-before", 22),
    ("23.08. 15:00", "opens year-1-day-1", 26),
    ("25.08. 08:00", "message first-colleague", 22),
    ("25.08. 08:00", "message leaders-make-time", 4),
    ("01.11. 08:00", "opens since-year-1-day-1", 22),
    ("08.11. 15:00", "opens year-1-day-2", 26),
    ("15.11. 08:00", "opens role-midway", 22),
    ("04.03. 08:00", "message bring-a-tool", 26),
    ("07.03. 08:00", "opens since-year-1-day-2", 22),
    ("14.03. 15:00", "opens year-1-day-3", 26),
    ("15.03. 08:00", "opens role-after", 22),
    ("11.04. 08:00", "opens tools-year-1", 26),
    ("22.08. 08:00", "opens since-year-1-day-3", 22),
    ("29.08. 13:00", "opens plan-year-2", 26),
    ("29.08. 15:00", "opens year-2-day-1", 26),
    ("10.10. 08:00", "opens role-months-later", 22),
]
"""Counted by hand from the files and the example's participants: local time, what is due, and for how many."""


@pytest.fixture(scope="module")
def seen(ground: Ground) -> Lived:
    counsellors_and_a_few = [person for number, person in enumerate(everybody(FOLDER)) if person.role == "counsellor" or not number % 9]
    return ground.lived(FOLDER, counsellors_and_a_few, {OWNER: "rounds/since-year-1-day-1/beside-the-day"})


def test_the_mails_follow_the_timetable(seen: Lived) -> None:
    assert seen.timetable() == TIMETABLE
    expect_mails(seen)


def test_every_round_has_its_result_in_which_nothing_small_shows(seen: Lived) -> None:
    expect_results(seen)
    expect_nothing_small(seen)


def test_the_counsellors_role_is_compared_at_every_stage(seen: Lived) -> None:
    for later in ("role-midway", "role-after", "role-months-later"):
        expect_pairs(seen, "role-before", later)


def test_counsellors_alone_are_asked_about_their_role(seen: Lived) -> None:
    counsellors = {person.email for person in seen.life.people if person.role == "counsellor"}

    assert seen.asked("role-before") == seen.asked("since-year-1-day-1") == counsellors


def test_what_counsellors_have_used_stands_beside_what_was_meant_on_the_day(seen: Lived) -> None:
    expect_beside_the_day(seen, "year-1-day-1", "since-year-1-day-1")


def test_the_shared_tools_are_rated_by_everybody(seen: Lived) -> None:
    rated = [question for question in seen.results["tools-year-1"]["questions"] if question["kind"] == "scale"]

    assert [question["id"] for question in rated] == ["communities", "reflection", "counsellors-role"]
    assert all(question["n"] >= 10 for question in rated)

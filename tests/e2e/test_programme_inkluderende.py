"""Sammen om inkluderende læringsfællesskaber: counsellors over more than a school year, in a programme without an end."""

import pytest

from tests.e2e.lives import Ground, Lived, everybody, expect_mails, expect_nothing_small, expect_pairs, expect_results

FOLDER = "inkluderende"

TIMETABLE = []
"""Counted by hand from the files and the example's participants: local time, what is due, and for how many."""


@pytest.fixture(scope="module")
def seen(ground: Ground) -> Lived:
    counsellors_and_a_few = [person for number, person in enumerate(everybody(FOLDER)) if person.role == "counsellor" or not number % 6]
    return ground.lived(FOLDER, counsellors_and_a_few)


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


def test_the_shared_tools_are_rated_by_everybody(seen: Lived) -> None:
    rated = [question for question in seen.results["tools-year-1"]["questions"] if question["kind"] == "scale"]

    assert [question["id"] for question in rated] == ["communities", "reflection", "counsellors-role"]
    assert all(question["n"] >= 10 for question in rated)

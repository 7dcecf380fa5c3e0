"""Læringsmakkerforløb 2.0: two tracks with days of their own, visits between buddies, and what a first run has taught."""

import pytest

from infra.example_roster import with_buddies
from infra.gallery.walking import WRITTEN
from tests.e2e.lives import SMALLEST, Ground, Lived, everybody, expect_mails, expect_nothing_small, expect_pairs, expect_results

FOLDER = "laeringsmakker"

TIMETABLE = [
    ("20.10. 08:00", "opens goals-before", 36),
    ("27.10. 15:15", "opens start", 36),
    ("05.11. 12:00", "opens leaders-1", 14),
    ("12.11. 14:30", "opens buddies-1", 22),
    ("13.11. 07:00", "message first-visit", 22),
    ("13.11. 07:00", "message make-room", 7),
    ("13.11. 07:00", "opens visit-1", 22),
    ("02.12. 12:00", "message notes-back", 22),
    ("03.12. 14:30", "opens buddies-2", 22),
    ("04.12. 07:00", "opens visit-2", 22),
    ("14.01. 12:00", "opens leaders-2", 14),
    ("28.01. 12:00", "message bring-experience", 22),
    ("04.02. 14:30", "opens close", 36),
    ("05.02. 08:00", "opens goals-after", 36),
    ("15.04. 08:00", "opens transfer", 36),
]
"""Counted by hand from the files and the example's participants: local time, what is due, and for how many."""


@pytest.fixture(scope="module")
def seen(ground: Ground) -> Lived:
    """Live through it with so many that no pair of answers is left out, by lot, of the comparison."""
    return ground.lived(FOLDER, with_buddies(everybody(FOLDER)[:36], ("teacher", "pedagogue")))


def test_the_mails_follow_the_timetable(seen: Lived) -> None:
    assert seen.timetable() == TIMETABLE
    expect_mails(seen)


def test_every_round_has_its_result_in_which_nothing_small_shows(seen: Lived) -> None:
    expect_results(seen)
    expect_nothing_small(seen)


def test_each_track_is_asked_about_its_own_days(seen: Lived) -> None:
    roles = {person.email: person.role for person in seen.life.people}

    assert {roles[email] for email in seen.asked("leaders-1")} == {"leader", "consultant"}
    assert {roles[email] for email in seen.asked("buddies-1")} == {"teacher", "pedagogue"}
    assert seen.asked("start") == roles.keys()


def test_notes_from_a_visit_reach_the_buddy_with_whom_they_are_shared(seen: Lived) -> None:
    assert "Gemt." in seen.walked.receipts["visit-1"]
    assert WRITTEN["da"] in seen.walked.shared["visit-1"]
    assert "visit-1" not in seen.results


def test_those_who_answered_before_and_after_are_compared(seen: Lived) -> None:
    expect_pairs(seen, "goals-before", "goals-after")


def test_what_people_say_looking_back_stands_beside_what_they_said_before(seen: Lived) -> None:
    assert seen.comparisons["goals-after"]["left_out"] == 0
    questions = {question["id"]: question for question in seen.comparisons["goals-after"]["questions"]}

    for goal in ("clear-goals", "observing"):
        found = questions[f"goal.{goal}"]["looking_back"]
        assert found["n"] >= SMALLEST
        assert found["shift"]["mean"] == pytest.approx(found["then"] - found["before"])
        assert found["change"]["mean"] == pytest.approx(found["after"] - found["before"])
    assert questions["goal.capacity"]["looking_back"] is None


def test_the_points_of_the_first_run_stand_in_the_programme_s_result(seen: Lived) -> None:
    assert seen.together["continues"]["programme"] == "laeringsmakker-2013"
    assert len(seen.together["continues"]["attention"]) == 3

"""Ledelse af professionelle læringsfællesskaber: one seminar in many municipalities, with an action plan and what became of it."""

import pytest

from infra.gallery.walking import WRITTEN
from tests.e2e.lives import Ground, Lived, everybody, expect_mails, expect_nothing_small, expect_pairs, expect_results

FOLDER = "lederseminar"
HELD = ("Bjerglund", "Nordfyn", "Havnsø")
"""Three of the thirteen municipalities have participants here."""

TIMETABLE = [
    ("30.08. 08:00", "message come-as-a-team", 14),
    ("30.08. 08:00", "opens goals-before", 14),
    ("06.09. 13:00", "opens action-plan", 14),
    ("06.09. 16:00", "opens seminar", 14),
    ("20.09. 08:00", "message come-as-a-team", 9),
    ("20.09. 08:00", "message share-the-plan", 14),
    ("20.09. 08:00", "opens goals-before", 9),
    ("27.09. 13:00", "opens action-plan", 9),
    ("27.09. 16:00", "opens seminar", 9),
    ("11.10. 08:00", "message share-the-plan", 9),
    ("18.10. 08:00", "message come-as-a-team", 12),
    ("18.10. 08:00", "opens goals-before", 12),
    ("25.10. 13:00", "opens action-plan", 12),
    ("25.10. 16:00", "opens seminar", 12),
    ("01.11. 08:00", "opens plan-follow-up", 14),
    ("08.11. 08:00", "message share-the-plan", 12),
    ("15.11. 08:00", "opens goals-after", 14),
    ("22.11. 08:00", "opens plan-follow-up", 9),
    ("06.12. 08:00", "opens goals-after", 9),
    ("20.12. 08:00", "opens plan-follow-up", 12),
    ("03.01. 08:00", "opens goals-after", 12),
]
"""Counted by hand from the files and the example's participants: local time, what is due, and for how many."""


@pytest.fixture(scope="module")
def seen(ground: Ground) -> Lived:
    people = [person for person in everybody(FOLDER) if person.units[0] in HELD]
    return ground.lived(FOLDER, people, {"bjerglund@example.org": "rounds/seminar/result/groups/0"})


def test_the_mails_follow_the_timetable(seen: Lived) -> None:
    assert seen.timetable() == TIMETABLE
    expect_mails(seen)


def test_every_round_has_its_result_in_which_nothing_small_shows(seen: Lived) -> None:
    expect_results(seen)
    expect_nothing_small(seen)


def test_the_seminar_is_reported_by_municipality_and_across(seen: Lived) -> None:
    nodes = seen.results["seminar"]["breakdown"]["nodes"]

    assert {node["path"][0] for node in nodes if len(node["path"]) == 1} >= {"bjerglund", "nordfyn"}


def test_a_municipality_sees_its_own_part_alone(seen: Lived) -> None:
    told = seen.opened["bjerglund@example.org"]

    assert HELD[0] in told
    assert not [name for name in HELD[1:] if name in told]


def test_the_plan_is_kept_and_asked_about_weeks_later(seen: Lived) -> None:
    assert "Gemt." in seen.walked.receipts["action-plan"]
    assert "action-plan" not in seen.results
    assert WRITTEN["da"] in seen.walked.recalled["plan-follow-up"]
    assert seen.results["plan-follow-up"]["n"] == len(seen.answered("plan-follow-up"))


def test_those_who_answered_before_and_after_are_compared(seen: Lived) -> None:
    expect_pairs(seen, "goals-before", "goals-after")

"""Produktive mønstre i kollegasamarbeid: two days for all, one in three regions, and letters to oneself."""

import pytest

from tests.e2e.lives import (
    OWNER,
    Ground,
    Lived,
    expect_beside_the_day,
    expect_letters_back,
    expect_mails,
    expect_nothing_small,
    expect_pairs,
    expect_results,
    few,
)

FOLDER = "kollegasamarbeid"

TIMETABLE = [
    ("29.07. 08:00", "message leaders-date", 12),
    ("05.08. 08:00", "opens situation", 27),
    ("19.08. 08:00", "opens goals-before", 27),
    ("26.08. 15:30", "opens day-1", 27),
    ("26.08. 15:30", "opens letter-1", 27),
    ("08.09. 08:00", "message reading", 27),
    ("15.09. 07:30", "message letter-1-back", 27),
    ("15.09. 15:30", "opens day-2", 27),
    ("15.09. 15:30", "opens letter-2", 27),
    ("30.09. 08:00", "message own-figures", 11),
    ("02.10. 08:00", "message own-figures", 8),
    ("03.10. 08:00", "message own-figures", 8),
    ("07.10. 07:30", "message letter-2-back", 11),
    ("07.10. 15:30", "opens day-3", 11),
    ("08.10. 08:00", "opens goals-after", 11),
    ("09.10. 07:30", "message letter-2-back", 8),
    ("09.10. 15:30", "opens day-3", 8),
    ("10.10. 07:30", "message letter-2-back", 8),
    ("10.10. 08:00", "opens goals-after", 8),
    ("10.10. 15:30", "opens day-3", 8),
    ("11.10. 08:00", "opens goals-after", 8),
    ("02.12. 08:00", "opens transfer", 11),
    ("04.12. 08:00", "opens transfer", 8),
    ("05.12. 08:00", "opens transfer", 8),
]
"""Counted by hand from the files and the example's participants: local time, what is due, and for how many."""


@pytest.fixture(scope="module")
def seen(ground: Ground) -> Lived:
    return ground.lived(FOLDER, few(FOLDER), {OWNER: "rounds/transfer/beside-the-day"})


def test_the_mails_follow_the_timetable(seen: Lived) -> None:
    assert seen.timetable() == TIMETABLE
    expect_mails(seen)


def test_every_round_has_its_result_in_which_nothing_small_shows(seen: Lived) -> None:
    expect_results(seen)
    expect_nothing_small(seen)


def test_a_day_that_is_held_in_three_regions_is_reported_together_and_apart(seen: Lived) -> None:
    regions = {node["path"][0]: node["n"] for node in seen.results["day-3"]["breakdown"]["nodes"] if len(node["path"]) == 1}

    assert sorted(regions) == ["aas", "mailand", "sandvika"]
    assert sum(filter(None, regions.values())) <= seen.results["day-3"]["n"]


def test_whoever_wrote_a_letter_reads_it_at_the_next_gathering(seen: Lived) -> None:
    expect_letters_back(seen, "letter-1-back")


def test_those_who_answered_before_and_after_are_compared(seen: Lived) -> None:
    expect_pairs(seen, "goals-before", "goals-after")


def test_each_session_of_a_day_is_rated_and_what_leaders_write_of_a_situation_is_counted_nowhere(seen: Lived) -> None:
    rated = [question["session"] for question in seen.results["day-1"]["questions"] if question["session"]]

    assert rated == ["patterns-1", "patterns-2", "culture-1", "culture-2"]
    assert "Lagret." in seen.walked.receipts["situation"]
    assert "situation" not in seen.results


def test_what_has_been_used_stands_beside_what_was_meant_on_the_last_day(seen: Lived) -> None:
    expect_beside_the_day(seen, "day-3", "transfer")


def test_the_programme_s_result_follows_its_days(seen: Lived) -> None:
    assert [item["round"] for item in seen.together["rounds"]] == ["goals-before", "day-1", "day-2", "day-3", "goals-after", "transfer"]

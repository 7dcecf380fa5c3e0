"""Læringsledelse: a school year of seminars for every school of a municipality, with aims before, midway and after."""

import re

import pytest

from tests.e2e.lives import Ground, Lived, expect_letters_back, expect_mails, expect_nothing_small, expect_pairs, expect_results, few

FOLDER = "laeringsledelse"

TIMETABLE = [
    ("23.08. 08:00", "opens goals-before", 27),
    ("02.09. 15:30", "opens letter", 27),
    ("02.09. 15:30", "opens seminar-1", 27),
    ("23.09. 08:00", "message try-something", 27),
    ("28.10. 07:30", "message letter-back", 27),
    ("28.10. 15:30", "opens seminar-2", 27),
    ("18.11. 08:00", "message pupil-conversation", 15),
    ("15.01. 08:00", "opens goals-midway", 27),
    ("20.01. 15:30", "opens seminar-3", 27),
    ("28.02. 08:00", "message own-data", 12),
    ("09.03. 15:30", "opens seminar-4", 27),
    ("25.05. 15:30", "opens seminar-5", 27),
    ("26.05. 08:00", "opens goals-after", 27),
    ("14.09. 08:00", "opens transfer", 27),
]
"""Counted by hand from the files and the example's participants: local time, what is due, and for how many."""


@pytest.fixture(scope="module")
def seen(ground: Ground) -> Lived:
    pages = {"head-of-schools@example.org": "rounds/goals-after/before-and-after"}
    return ground.lived(FOLDER, few(FOLDER), pages, told="goals-before")


def test_the_mails_follow_the_timetable(seen: Lived) -> None:
    assert seen.timetable() == TIMETABLE
    expect_mails(seen)


def test_every_round_has_its_result_in_which_nothing_small_shows(seen: Lived) -> None:
    expect_results(seen)
    expect_nothing_small(seen)


def test_whoever_wrote_a_letter_reads_it_at_the_second_seminar(seen: Lived) -> None:
    expect_letters_back(seen, "letter-back")


def test_the_aims_are_compared_midway_and_after(seen: Lived) -> None:
    expect_pairs(seen, "goals-before", "goals-midway")
    expect_pairs(seen, "goals-before", "goals-after")


def test_somebody_who_kept_a_copy_sees_her_own_before_and_after_beside_what_is_published_and_nobody_else_does(seen: Lived) -> None:
    hers, another = seen.copies

    assert hers.count("Før\tJeg kender til det\t") == hers.count("Efter\tJeg kan gøre det selvstændigt\t") == 8
    assert re.search(r"Før\tJeg kender til det\t\d+ af \d+ ", hers)
    assert "Der er ikke gemt nogen kopi, som dette link åbner." in another
    assert "Jeg kan gøre det selvstændigt" not in another


def test_the_owner_closes_with_a_report_of_all_seminars_for_readers_outside(seen: Lived) -> None:
    titles = [day.title["da"] for day in seen.life.programme.days]

    assert [title for title in titles if title not in seen.report] == []


def test_the_head_of_schools_reads_along(seen: Lived) -> None:
    assert "Før og efter" in seen.opened["head-of-schools@example.org"]
    assert seen.life.programme.goals[0].title["da"] in seen.opened["head-of-schools@example.org"]


def test_results_are_by_school_with_those_too_small_hidden(seen: Lived) -> None:
    nodes = seen.results["seminar-1"]["breakdown"]["nodes"]

    assert seen.results["seminar-1"]["breakdown"]["levels"] == ["school"]
    assert {node["shown"] for node in nodes} == {True, False}
    assert all(node["reason"] in {"small", "protect"} for node in nodes if not node["shown"])


def test_each_role_gets_the_tasks_that_are_for_it(seen: Lived) -> None:
    asked = {what: count for _, what, count in seen.timetable()}
    roles = [person.role for person in seen.life.people]

    assert asked["message pupil-conversation"] == roles.count("resource-person")
    assert asked["message own-data"] == roles.count("leader")


def test_the_programme_s_result_follows_the_year(seen: Lived) -> None:
    days = [item["round"] for item in seen.together["rounds"] if item["round"].startswith("seminar")]

    assert days == [f"seminar-{number}" for number in range(1, 6)]

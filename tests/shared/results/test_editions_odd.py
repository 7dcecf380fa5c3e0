"""Rounds that went otherwise than they should: each has an edition that says so."""

import random
from dataclasses import replace

import pytest

from shared.envelopes import Answer
from shared.results import programme_editions
from shared.results.counting import tallied
from shared.results.editions import comments, edition, written
from tests.shared.examples import FORM, ORDER_KEY, ROUND, answers, documents, invited, programme, question
from tests.shared.places import given, made, nodes
from tests.shared.places import programme as with_units

HILL, SHORE = ("East", "Hill"), ("East", "Shore")


def test_where_all_agree_the_figures_are_shown_as_ever() -> None:
    found = question(documents(answers("5" * 20), 30)[0], "benefit")

    assert (found["mean"], found["sd"], found["DI"], found["positive"]["share"]) == (5, 0, 0, 1)
    assert found["mean_interval"] == [5, 5]


def test_unanimous_units_are_not_hidden_since_that_would_tell() -> None:
    found = made(given(HILL, "5" * 6) + given(SHORE, "1" * 6))

    assert all(node["shown"] for node in found["breakdown"]["nodes"])


def test_what_was_relevant_to_nobody_has_no_figures_but_how_many_said_so() -> None:
    found = question(documents(answers("4" * 8, session="na"), 8)[0], "session")

    assert (found["n"], found["na"], found["mean"], found["hidden"], found["precision"]) == (0, 8, None, None, None)


def test_a_question_that_nobody_saw_is_shown_as_empty() -> None:
    found = question(documents(answers("4" * 8), 8)[0], "expected")

    assert (found["n"], found["na"], found["shares"]) == (0, 0, None)


def test_where_all_have_answered_the_figures_are_no_estimate() -> None:
    found, _ = documents(answers("44455"), 5)

    assert (found["precision"], question(found, "benefit")["precision"]) == ("all", "all")
    assert question(found, "benefit")["positive"]["interval"] == [5, 5]


def test_envelopes_that_all_do_not_open_leave_an_empty_round() -> None:
    found, _ = documents([None] * 7, 8)

    assert (found["n"], found["unopened"], found["hidden"]["reason"]) == (0, 7, "small")


BROKEN = [
    {"benefit": "9"},
    {"benefit": "٣"},
    {"benefit": ["4", "5"]},
    {"session": "", "benefit": "na"},
    {"lunch": "4"},
    {"takeaway": ["a", "list"]},
]


@pytest.mark.parametrize("given_answers", BROKEN)
def test_what_no_form_of_ours_can_have_sent_is_not_counted_and_never_fatal(given_answers: dict[str, str | list[str]]) -> None:
    odd = Answer(ROUND.form, given_answers, (), "day-1")

    found, _ = documents([*answers("44455"), odd], 8)

    assert (found["n"], question(found, "benefit")["n"], question(found, "session")["n"]) == (6, 5, 0)


def test_units_that_were_renamed_in_mid_programme_are_two_with_gaps() -> None:
    first = made(given(HILL, "44455") + given(SHORE, "44455")) | {"round": "day-1"}
    second = made(given(("East", "Hilltop"), "44455") + given(SHORE, "44455")) | {"round": "day-2"}

    found = programme_editions.edition(with_units(), [first, second])

    told = {tuple(node["path"]): [item["round"] for item in node["rounds"]] for node in found["breakdown"]["nodes"]}
    assert told["East", "Hill"] == ["day-1"]
    assert told["East", "Hilltop"] == ["day-2"]
    assert told["East", "Shore"] == ["day-1", "day-2"]


def test_somebody_who_moved_is_counted_where_her_answer_says() -> None:
    found = made(given(HILL, "444555") + given(("West", "Field"), "44455"))

    assert [row[2] for row in nodes(found)] == [6, 6, 5, 5]


def test_units_of_a_depth_that_the_programme_does_not_have_are_cut_there() -> None:
    found = made(given(("East", "Hill", "leader", "more"), "44455"))

    assert [node["path"] for node in found["breakdown"]["nodes"]] == [["East"], ["East", "Hill"]]


SCRIPTS = ["שלום עולם", "مرحبا", "日本語", "😀👩‍👩‍👧", "a\u202eb", "\x07bell", "é", "<b>&", "=1+1"]


def test_four_hundred_kilobytes_of_comments_in_every_script_are_comments() -> None:
    chance = random.Random(1)
    texts = ["".join(chance.choices(SCRIPTS, k=60)) for _ in range(1200)]
    given_texts = [Answer(ROUND.form, {"takeaway": text}, (), "day-1") for text in texts]
    assert sum(map(len, "".join(texts).encode().split())) > 400_000
    tally = tallied([FORM], ((f"{number:032x}", found) for number, found in enumerate(given_texts)), ORDER_KEY)

    beside = comments([FORM], tally)

    assert sorted(beside["questions"]["takeaway"]) == sorted(texts)
    assert written(beside)
    assert edition(ROUND, programme(), [FORM], tally, invited(2000))["n"] == 1200


def test_a_day_that_the_programme_no_longer_has_costs_its_texts_alone() -> None:
    found = made(given(HILL, "44455"), held_in=replace(with_units(), days=(replace(with_units().days[0], id="day-9"),)))

    assert (found["sessions"], found["gatherings"]) == ([], [{"id": "day-1", "title": None, "place": "", "date": ""}])

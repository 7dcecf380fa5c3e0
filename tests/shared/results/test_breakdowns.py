from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from shared.forms import Form, Option, Question
from shared.results.counting import Place
from shared.results.editions import Document
from tests.shared.examples import BENEFIT, FORM, SESSION, question
from tests.shared.places import GATHERINGS, given, invited, made, nodes, programme, twice

HILL, SHORE, LAKE, FIELD = ("East", "Hill"), ("East", "Shore"), ("East", "Lake"), ("West", "Field")
TWO_REGIONS = given(HILL, "44455") + given(SHORE, "111222") + given(LAKE, "33") + given(FIELD, "5555544")


def block(document: Document, name: str, *path: str | None) -> dict[str, Any]:
    """Find a question's figures for one node."""
    found: dict[str, Any] = next(item for item in question(document, name)["blocks"] if item["path"] == list(path))
    return found


def test_units_are_listed_by_name_each_before_its_parts_with_a_reason_where_they_are_hidden() -> None:
    found = made(TWO_REGIONS)

    assert found["breakdown"]["levels"] == ["region", "school"]
    assert nodes(found) == [
        (("East",), 26, 13, None),
        (("East", "Hill"), 10, None, "protect"),
        (("East", "Lake"), 4, None, "small"),
        (("East", "Shore"), 12, 6, None),
        (("East", None), 14, 7, None),
        (("West",), 14, 7, None),
        (("West", "Field"), 14, 7, None),
    ]
    assert found["hidden_rows"] == {"small": 1, "protect": 1}
    assert [node["rest"] for node in found["breakdown"]["nodes"]] == [False, False, False, False, True, False, False]


def test_each_block_has_the_figures_of_its_own_answers_among_its_own_invited() -> None:
    found = made(TWO_REGIONS)

    shore = block(found, "benefit", "East", "Shore")
    assert (shore["N"], shore["n"], shore["counts"]) == (12, 6, {"1": 3, "2": 3, "3": 0, "4": 0, "5": 0})
    assert (shore["mean"], shore["positive"]["interval"], shore["positive"]["bounds"]) == (1.5, [0, 4], [0, 6])
    assert block(found, "benefit", "East")["counts"] == {"1": 3, "2": 3, "3": 2, "4": 3, "5": 2}


def test_a_rest_is_what_is_left_of_a_shown_node() -> None:
    found = made(TWO_REGIONS)

    assert block(found, "benefit", "East", None)["counts"] == {"1": 0, "2": 0, "3": 2, "4": 3, "5": 2}


def test_only_shown_nodes_have_figures() -> None:
    found = made(TWO_REGIONS)

    shown = [node["path"] for node in found["breakdown"]["nodes"] if node["shown"]]
    assert [item["path"] for item in question(found, "benefit")["blocks"]] == shown


def test_a_question_that_few_of_a_block_answered_is_shown_for_all_together_alone() -> None:
    answers = given(HILL, "4" * 8, session="4") + given(SHORE, "4" * 5) + given(SHORE, "444", session="2")

    found = made(answers)

    assert question(found, "benefit")["blocks"]
    assert (question(found, "session")["blocks"], question(found, "session")["blocks_hidden"]) == (None, "protect")
    assert question(found, "session")["n"] == 11


def test_those_to_whom_a_question_is_not_relevant_are_no_group_that_could_be_subtracted() -> None:
    answers = given(HILL, "4" * 8, session="4") + given(SHORE, "4" * 6, session="na") + given(SHORE, "44", session="2")

    assert question(made(answers), "session")["blocks_hidden"] == "protect"


def test_shortened_cells_belong_to_the_inner_node_and_to_no_part_of_it() -> None:
    answers = given(HILL, "4" * 6) + given(("East",), "1" * 5) + given((), "2" * 5)

    found = made(answers)

    assert nodes(found) == [
        (("East",), 22, 11, None),
        (("East", "Hill"), 12, 6, None),
        (("East", None), 10, 5, None),
        ((None,), 10, 5, None),
    ]


def test_a_role_in_a_cell_is_no_unit() -> None:
    answers = given((*HILL, "teacher"), "4" * 6) + given(HILL, "1" * 5)

    assert nodes(made(answers)) == [(("East",), 22, 11, None), (("East", "Hill"), 22, 11, None)]


def test_a_unit_where_nobody_answered_is_shown_as_empty() -> None:
    asked = invited({Place("day-1", HILL): 9, Place("day-1", SHORE): 7})

    found = made(given(HILL, "44455"), asked)

    assert (("East", "Shore"), 7, 0, None) in nodes(found)
    assert block(found, "benefit", "East", "Shore")["counts"] == dict.fromkeys("12345", 0)


def test_where_a_day_is_held_at_several_gatherings_they_are_the_top_level_by_date() -> None:
    answers = given(HILL, "4" * 6, "north") + given(HILL, "1" * 7, "south")

    found = made(answers, held_in=programme(gatherings=GATHERINGS))

    assert found["breakdown"]["levels"] == ["gathering", "region", "school"]
    assert [row[:3] for row in nodes(found)][::3] == [(("south",), 14, 7), (("north",), 12, 6)]
    assert [(item["id"], item["title"]) for item in found["gatherings"]] == [("south", None), ("north", {"en": "North"})]


def test_a_round_of_which_nothing_may_be_shown_has_no_breakdown() -> None:
    found = made(given(HILL, "44") + given(SHORE, "55"))

    assert (found["hidden"]["reason"], found["breakdown"], found["representativeness"]) == ("small", None, None)
    assert question(found, "benefit")["blocks"] is None


def test_without_units_there_is_nothing_to_break_down_by() -> None:
    found = made(given((), "44455"), held_in=programme(units=()))

    assert (found["breakdown"], question(found, "benefit")["blocks"], question(found, "benefit")["blocks_hidden"]) == (None, None, None)


def test_scandinavian_letters_come_last_as_the_programme_s_language_has_them() -> None:
    answers = [item for school in ("Å", "Ø", "Æ", "Zoo", "a", "Ö") for item in given(("East", school), "44455")]

    danish = [path[-1] for path, *_ in nodes(made(answers, held_in=replace(programme(), languages=("da",))))]
    swedish = [path[-1] for path, *_ in nodes(made(answers, held_in=replace(programme(), languages=("sv",))))]

    assert danish == ["East", "a", "Zoo", "Æ", "Ö", "Ø", "Å"]
    assert swedish == ["East", "a", "Zoo", "Å", "Æ", "Ö", "Ø"]


def sensitive(kind: Any = "scale") -> Form:
    asked = replace(BENEFIT, kind=kind, sensitive=True, positive=() if kind == "choice" else BENEFIT.positive)
    return replace(FORM, questions=(asked,))


def test_a_sensitive_question_is_shown_in_three_groups_down_to_where_twenty_answered() -> None:
    form = sensitive()
    answers = given(HILL, "12345" * 4, form=form) + given(SHORE, "12345" * 2, form=form) + given(FIELD, "12345" * 5, form=form)

    found = made(answers, versions=[form])

    assert question(found, "benefit")["counts"] is not None
    assert block(found, "benefit", "East")["counts"] is not None
    hill = block(found, "benefit", "East", "Hill")
    assert (hill["n"], hill["counts"], hill["mean"]) == (20, None, None)
    assert hill["shares"] == {"below": 0.4, "middle": 0.2, "above": 0.4}


def test_a_sensitive_choice_is_broken_down_only_where_every_group_has_twenty() -> None:
    form = sensitive("choice")
    enough = given(HILL, "1" * 20, form=form) + given(SHORE, "2" * 20, form=form)

    assert question(made(enough, versions=[form]), "benefit")["blocks"]
    assert question(made(enough + given(FIELD, "1" * 19, form=form), versions=[form]), "benefit")["blocks_hidden"] == "protect"


def test_representativeness_compares_the_groups_that_may_be_shown() -> None:
    even = made(TWO_REGIONS)
    uneven = made(TWO_REGIONS, invited(dict(twice(TWO_REGIONS).places) | {Place("day-1", FIELD): 100}))

    assert even["representativeness"] == 1
    assert uneven["representativeness"] < 0.8


def test_hidden_nodes_tell_how_many_were_invited_whether_absent_or_not() -> None:
    asked = twice(TWO_REGIONS)
    marked = replace(asked, places={place: number - (place.cell == LAKE) for place, number in asked.places.items()})

    found = made(TWO_REGIONS, marked)

    assert (("East", "Lake"), 4, None, "small") in nodes(found)
    assert (("East", None), 13, 7, None) in nodes(found)


def test_whoever_was_at_an_unknown_gathering_belongs_to_the_whole_alone() -> None:
    answers = given(HILL, "4" * 6, "north") + given(HILL, "1" * 7, "south") + given(HILL, "2" * 5, "elsewhere")

    found = made(answers, held_in=programme(gatherings=GATHERINGS))

    assert ((None,), 10, 5, None) in nodes(found)


def test_all_kinds_of_questions_are_broken_down() -> None:
    options = tuple(Option(code, {"en": code}) for code in "ab")
    choice = Question("best", "choices", {"en": "Best?"}, options=options, other={"en": "Other"})
    number = Question("times", "number", {"en": "Times?"})
    form = Form({"en": "Kinds"}, "anonymous", (BENEFIT, choice, number))
    answers = given(HILL, "44455", form=form, best=["a", "b"], times="3") + given(SHORE, "44455", form=form, best=["other"], times="-1")

    found = made(answers, versions=[form])

    assert block(found, "best", "East", "Hill")["counts"] == {"a": 5, "b": 5, "other": 0}
    assert block(found, "best", "East", "Hill")["n"] == 5
    assert (block(found, "times", "East", "Shore")["mean"], block(found, "times", "East")["n"]) == (-1, 10)


def test_a_question_that_repeats_a_session_says_which_and_under_which_heading_it_stands() -> None:
    repeated = replace(SESSION, id="useful.walk", section={"en": "Sessions"})
    form = replace(FORM, questions=(BENEFIT, repeated, replace(SESSION, id="useful.unknown")))

    found = made(given(HILL, "44455", form=form), versions=[form])

    told = [(item["id"], item["base"], item["session"], item["section"]) for item in found["questions"]]
    assert told == [
        ("benefit", "benefit", None, None),
        ("useful.walk", "useful", "walk", {"en": "Sessions"}),
        ("useful.unknown", "useful.unknown", None, {"en": "Sessions"}),
    ]
    assert [item["id"] for item in found["sessions"]] == ["walk"]


@pytest.mark.parametrize("ratings", ["4" * 12, "1" * 12, "123451234512"])
def test_the_pattern_depends_on_counts_alone(ratings: str) -> None:
    answers = given(HILL, ratings[:6]) + given(SHORE, ratings[6:9]) + given(LAKE, ratings[9:])

    assert Counter(node["reason"] for node in made(answers)["breakdown"]["nodes"]) == {None: 3, "small": 2}

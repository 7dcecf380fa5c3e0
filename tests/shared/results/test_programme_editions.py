from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from shared.envelopes import Answer
from shared.forms import Form, Option, Question
from shared.programmes import EarlierRun, Programme
from shared.results import merging, programme_editions
from shared.results.editions import Document
from shared.results.runs import compared
from tests.shared.examples import BENEFIT, EXPECTED, FORM, SESSION, question
from tests.shared.places import GATHERINGS, given, made, programme

HILL, SHORE, LAKE = ("East", "Hill"), ("East", "Shore"), ("East", "Lake")


def a_round(name: str, answers: Sequence[Answer], **others: Any) -> Document:
    return made(answers, **others) | {"round": name}


def merged(*rounds: Document, of: Programme | None = None) -> Document:
    return programme_editions.edition(of or programme(), rounds)


def series(document: Document, name: str, *what: str) -> list[tuple[Any, ...]]:
    return [tuple(point[key] for key in what) for point in question(document, name)["series"]]


def test_a_programme_s_edition_lists_its_rounds_and_counts_answers_not_people() -> None:
    found = merged(a_round("day-1", given(HILL, "44455")), a_round("day-2", given(HILL, "4445533")))

    assert (found["kind"], found["counted"], found["answers"], found["invitations"]) == ("programme", "answers", 12, 24)
    assert [(told["round"], told["N"], told["n"]) for told in found["rounds"]] == [("day-1", 10, 5), ("day-2", 14, 7)]


def test_without_a_round_there_is_an_edition_that_says_so() -> None:
    found = merged()

    assert (found["rounds"], found["questions"], found["answers"], found["rr2"], found["closed"]) == ([], [], 0, None, None)


def test_a_question_has_a_point_for_each_round_and_its_answers_together() -> None:
    found = merged(a_round("day-1", given(HILL, "44455")), a_round("day-2", given(HILL, "1112345")))

    assert series(found, "benefit", "round", "n", "N", "x") == [("day-1", 5, 10, 5), ("day-2", 7, 14, 2)]
    together = question(found, "benefit")["together"]
    assert together["counts"] == {"1": 3, "2": 1, "3": 1, "4": 4, "5": 3}
    assert (together["n"], together["x"], together["rounds"]) == (12, 7, ["day-1", "day-2"])
    assert (together["mean"], together["median"]) == (pytest.approx(39 / 12), 4)


def test_a_change_is_told_only_where_the_intervals_have_nothing_in_common() -> None:
    days = ["4" * 20, "4" * 16 + "1" * 4, "1" * 20, "4" * 20]
    rounds = [a_round(f"day-{at}", given(HILL, ratings)) for at, ratings in enumerate(days, 1)]

    assert series(merged(*rounds), "benefit", "change") == [(None,), (None,), ("down",), ("up",)]


def test_a_bipolar_question_changes_by_who_is_above_the_middle() -> None:
    low, high = (a_round(name, given(HILL, "4" * 20, expected=code)) for name, code in (("day-1", "3"), ("day-2", "5")))

    assert series(merged(low, high), "expected", "x", "change") == [(0, None), (20, "up")]
    assert question(merged(low, high), "expected")["together"]["shares"] == {"below": 0, "middle": 0.5, "above": 0.5}


def test_a_round_that_is_not_shown_is_a_gap() -> None:
    found = merged(a_round("day-1", given(HILL, "4" * 20)), a_round("day-2", given(HILL, "11")), a_round("day-3", given(HILL, "1" * 20)))

    assert [point["hidden"] and point["hidden"]["reason"] for point in question(found, "benefit")["series"]] == [None, "small", None]
    assert question(found, "benefit")["together"]["rounds"] == ["day-1", "day-3"]
    assert series(found, "benefit", "change")[2] == ("down",)


def changed(**changes: Any) -> Form:
    return replace(FORM, questions=(replace(BENEFIT, **changes),))


@pytest.mark.parametrize(
    "form",
    [
        changed(options=BENEFIT.options[:4], positive=("4",)),
        changed(positive=("5",)),
        changed(kind="choice", positive=()),
        changed(bipolar=True, positive=()),
    ],
)
def test_what_only_bears_the_same_id_is_another_question(form: Form) -> None:
    found = merged(a_round("day-1", given(HILL, "44433")), a_round("day-2", given(HILL, "11122", form=form), versions=[form]))

    names = [item["id"] for item in found["questions"] if item["id"].startswith("benefit")]
    assert names == ["benefit", "benefit@2"]
    assert [len(question(found, name)["series"]) for name in names] == [1, 1]


def test_a_question_whose_words_were_mended_stays_the_same() -> None:
    form = changed(text={"en": "How useful was it?"})

    found = merged(a_round("day-1", given(HILL, "44433")), a_round("day-2", given(HILL, "11122", form=form), versions=[form]))

    assert len(question(found, "benefit")["series"]) == 2
    assert question(found, "benefit")["text"] == {"en": "How useful was it?"}


def test_sessions_are_points_of_one_question_and_are_not_compared() -> None:
    form = replace(FORM, questions=(replace(SESSION, id="useful.walk"),))
    rounds = [
        a_round(f"day-{day}", given(HILL, "4" * 20, form=form, **{"useful.walk": code}), versions=[form])
        for day, code in ((1, "1"), (2, "5"))
    ]

    found = question(merged(*rounds), "useful")

    assert [(point["round"], point["session"], point["change"]) for point in found["series"]] == [
        ("day-1", "walk", None),
        ("day-2", "walk", None),
    ]
    assert found["together"]["n"] == 40


def test_units_are_added_up_from_published_blocks_alone() -> None:
    first = a_round("day-1", given(HILL, "44455") + given(SHORE, "11111"))
    second = a_round("day-2", given(HILL, "44455") + given(SHORE, "11"))
    third = a_round("day-3", given(HILL, "44455") + given(SHORE, "11111") + given(LAKE, "22222"))

    found = merged(first, second, third)

    units = {tuple(item["path"]): (item["n"], item["rounds"]) for item in question(found, "benefit")["units"]}
    assert units == {
        ("East",): (32, ["day-1", "day-2", "day-3"]),
        ("East", "Hill"): (10, ["day-1", "day-3"]),
        ("East", "Lake"): (5, ["day-3"]),
        ("East", "Shore"): (10, ["day-1", "day-3"]),
    }
    nodes = {
        tuple(node["path"]): [(told["round"], told["n"], told["reason"]) for told in node["rounds"]] for node in found["breakdown"]["nodes"]
    }
    assert nodes["East", "Shore"] == [("day-1", 5, None), ("day-2", None, "small"), ("day-3", 5, None)]


def test_a_question_that_may_not_be_broken_down_in_one_round_leaves_that_round_out() -> None:
    first = a_round("day-1", given(HILL, "4" * 8, session="4") + given(SHORE, "4" * 8, session="5"))
    second = a_round("day-2", given(HILL, "4" * 8, session="4") + given(SHORE, "4" * 6) + given(SHORE, "444", session="2"))

    found = merged(first, second)

    assert {tuple(item["rounds"]) for item in question(found, "session")["units"]} == {("day-1",)}
    assert question(found, "session")["together"]["n"] == 27


def test_units_are_not_added_up_across_gatherings() -> None:
    held = programme(gatherings=GATHERINGS)
    answers = given(HILL, "4" * 6, "north") + given(HILL, "1" * 7, "south") + given(SHORE, "5" * 5, "south")

    found = merged(a_round("day-1", answers, held_in=held), of=held)

    assert [item["path"] for item in question(found, "benefit")["units"]] == [["East", "Shore"]]


def test_numbers_are_merged_by_their_mean_alone() -> None:
    form = Form({"en": "Times"}, "anonymous", (Question("times", "number", {"en": "Times?"}),))
    rounds = [a_round(f"day-{day}", given(HILL, "11111", form=form, times=times), versions=[form]) for day, times in ((1, "2"), (2, "6"))]

    together = question(merged(*rounds), "times")["together"]

    assert (together["n"], together["mean"], together["median"]) == (10, 4, None)


def test_a_sensitive_question_in_three_groups_is_a_gap_in_what_is_added_up() -> None:
    form = changed(sensitive=True)
    rounds = [a_round(f"day-{day}", given(HILL, "4" * n, form=form), versions=[form]) for day, n in ((1, 10), (2, 20))]

    found = question(merged(*rounds), "benefit")

    assert found["together"]["rounds"] == ["day-2"]
    assert found["series"][0]["shares"] == {"below": 0, "middle": 0, "above": 1}


def test_texts_are_no_part_of_it() -> None:
    found = merged(a_round("day-1", given(HILL, "4" * 12, takeaway="A walk")))

    assert "takeaway" not in [item["id"] for item in found["questions"]]
    assert "A walk" not in str(found)


def before_schema_2(document: Document) -> Document:
    new = ("base", "session", "section", "sensitive", "positive_codes", "blocks", "blocks_hidden", "roles", "roles_hidden", "precision")
    questions = [{key: value for key, value in item.items() if key not in new} for item in document["questions"]]
    kept = {key: value for key, value in document.items() if key not in ("breakdown", "roles", "gatherings", "sessions", "rr1", "rr2")}
    return kept | {"schema": 1, "questions": questions}


def test_editions_from_before_breakdowns_are_merged_too() -> None:
    found = merged(before_schema_2(a_round("day-1", given(HILL, "44455"))), a_round("day-2", given(HILL, "44455")))

    assert [len(question(found, name)["series"]) for name in ("benefit", "expected")] == [2, 2]
    assert question(found, "benefit")["together"]["x"] == 10


def runs(now: Iterable[Document], before: Iterable[Document]) -> Document:
    continued = replace(programme(), id="walks-2", continues=EarlierRun("walks", ({"en": "More breaks"},)))
    return compared(merged(*now, of=continued), merged(*before))


def test_two_runs_are_compared_by_question_and_round_with_the_points_of_attention() -> None:
    found = runs(
        [a_round("day-1", given(HILL, "5" * 20))], [a_round("day-1", given(HILL, "1" * 20)), a_round("day-2", given(HILL, "11111"))]
    )

    assert (found["programme"], found["attention"]) == ("walks", [{"en": "More breaks"}])
    benefit = found["questions"][0]
    assert (benefit["id"], benefit["before"]["n"], benefit["now"]["n"]) == ("benefit", 25, 20)
    assert [(item["round"], item["before"]["x"], item["now"]["x"], item["change"]) for item in benefit["rounds"]] == [
        ("day-1", 0, 20, "up")
    ]


def test_runs_that_asked_nothing_alike_have_nothing_to_compare() -> None:
    other = replace(FORM, questions=(replace(EXPECTED, options=(*EXPECTED.options, Option("6", {"en": "More"}))),))

    found = runs([a_round("day-1", given(HILL, "44444", form=other), versions=[other])], [a_round("day-1", given(HILL, "44444"))])

    assert found["questions"] == []


def test_a_change_needs_two_intervals() -> None:
    assert merging.change(None, {"interval": [1, 2], "N": 5}) is None
    assert merging.change({"interval": None, "N": 5}, {"interval": [1, 2], "N": 5}) is None

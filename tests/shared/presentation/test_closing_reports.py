import json
from typing import Any

import pytest

from shared.languages import catalogue
from shared.presentation.closing_reports import Part, document
from shared.presentation.sentences import hidden_because
from shared.protection.disclosure import hidden_outside
from tests.shared.examples import answer, answers, documents, programme

TITLE = {"en": "Day 1"}
FIGURES = {"n": 20, "N": 30, "mean_before": 2.0, "mean_after": 3.0, "mean_change": 1.0, "interval": [0.5, 1.5], "directions": None}


def report(given: str, everyone: int, **more: Any) -> dict[str, Any]:
    edition, _ = documents(answers(given, takeaway="A walk"), everyone)
    return document(programme(), [Part(TITLE, edition, **more)], "2025-09-01T10:00:00Z")


@pytest.mark.parametrize(
    ("n", "everyone", "shown"), [(9, 9, False), (10, 10, True), (10, 20, True), (10, 21, False), (500, 1000, True), (499, 1000, False)]
)
def test_figures_leave_the_programme_from_ten_and_half_of_those_invited(n: int, everyone: int, shown: bool) -> None:
    assert (hidden_outside(n, everyone) is None) == shown


def test_a_round_that_enough_have_answered_is_shown_and_one_that_few_have_is_not() -> None:
    (shown,) = report("4445544455", 20)["rounds"]
    (hidden,) = report("444554445", 20)["rounds"]

    assert shown["hidden"] is None
    assert shown["edition"]["questions"][0]["counts"]["4"] == 6
    assert hidden["hidden"] == {"reason": "outside", "k": 10}
    assert (hidden["edition"]["n"], hidden["edition"]["N"], hidden["edition"]["questions"]) == (9, 20, [])


def test_a_question_that_few_have_answered_keeps_none_of_its_figures() -> None:
    given = [*answers("44455"), *(answer(session="3") for _ in range(10))]
    edition, _ = documents(given, 20)

    (told,) = document(programme(), [Part(TITLE, edition)], "")["rounds"]
    benefit = told["edition"]["questions"][0]

    assert benefit["hidden"] == {"reason": "outside", "k": 10}
    assert not [name for name in ("n", "na", "counts", "mean", "positive", "shares") if benefit[name] is not None]


def test_comments_stand_there_only_if_they_are_chosen_and_enough_have_answered() -> None:
    chosen = {"comments": {"takeaway": ["A walk"]}}

    assert "A walk" not in json.dumps(report("4445544455", 20))
    assert report("4445544455", 20, **chosen)["rounds"][0]["comments"][0]["comments"] == ["A walk"]
    assert report("444554445", 20, **chosen)["rounds"][0]["comments"] == []


@pytest.mark.parametrize(("n", "hidden", "shown"), [(20, None, 1), (9, None, 0), (14, None, 0), (20, {"reason": "small", "k": 5}, 0)])
def test_changes_stand_there_where_enough_pairs_stand_behind_them(n: int, hidden: object, shown: int) -> None:
    question = {"text": {"en": "Maps?"}, "options": [{}] * 5, "hidden": hidden, "figures": FIGURES | {"n": n}}

    assert len(report("4445544455", 20, pairs={"questions": [question]})["changes"]) == shown


def test_why_something_is_not_shown_is_said() -> None:
    told = hidden_because({"reason": "outside", "k": 10}, catalogue("en").gettext)

    assert told == "Not shown here: fewer than 10, or fewer than half of those invited, have answered."

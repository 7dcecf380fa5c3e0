from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from shared.envelopes import Answer
from shared.exports.csv import csv_file
from shared.exports.pptx import pptx_file
from shared.exports.xlsx import xlsx_file
from shared.forms import Form, Option, Question
from shared.results.counting import tallied
from shared.results.editions import edition
from tests.shared.examples import ROUND, invited, programme

OPTIONS = tuple(Option(code, {"en": code, "nb": code}) for code in ("a", "b"))
POINTS = tuple(Option(str(code), {"en": str(code), "nb": str(code)}) for code in range(1, 6))


def both(text: str) -> dict[str, str]:
    return {"en": text, "nb": text}


CHOICE = Question("best", "choice", both("Best?"), options=OPTIONS, not_relevant=both("None"))
CHOICES = Question("tools", "choices", both("Tools?"), options=OPTIONS, other=both("Other, namely"))
NUMBER = Question("times", "number", both("Times?"))
SENSITIVE = Question("trust", "scale", both("Trust?"), options=POINTS, positive=("4", "5"), sensitive=True)
SAID = Question("said", "statement", both("Read this."))
FORM = Form(both("Kinds"), "anonymous", (CHOICE, CHOICES, NUMBER, SENSITIVE, SAID))


def made(*given: dict[str, Any], form: Form = FORM) -> dict[str, dict[str, Any]]:
    """Make an edition of these answers; return its questions by id."""

    def envelopes() -> Iterator[tuple[str, Answer]]:
        for number, answers in enumerate(given):
            yield f"{number:032x}", Answer(ROUND.form, answers, (), "day-1")

    tally = tallied([form], envelopes(), b"k" * 32)
    document = edition(ROUND, programme(), [form], tally, invited(40))
    assert csv_file(document)
    assert xlsx_file(document)
    assert pptx_file(document)
    return {question["id"]: question for question in document["questions"]}


def test_a_choice_is_counted_by_option_and_none_of_them_apart() -> None:
    found = made(*[{"best": "a"}] * 6, *[{"best": "na"}] * 2)["best"]

    assert (found["n"], found["na"], found["counts"]) == (6, 2, {"a": 6, "b": 0})
    assert found["mean"] is None


def test_choices_of_several_count_people_once_and_each_choice() -> None:
    found = made(*[{"tools": ["a", "b"]}] * 4, *[{"tools": ["other"], "tools.other": "mine"}] * 2)["tools"]

    assert (found["n"], found["counts"]) == (6, {"a": 4, "b": 4, "other": 2})


def test_what_stands_beside_other_is_a_comment_under_the_same_threshold() -> None:
    few = made(*[{"tools": ["other"], "tools.other": "mine"}] * 5)["tools.other"]
    many = made(*[{"tools": ["other"], "tools.other": "mine"}] * 10)["tools.other"]

    assert few["hidden"] == {"reason": "comments", "k": 10}
    assert (many["n"], many["hidden"]) == (10, None)


def test_numbers_have_a_median_and_a_mean_and_no_single_value() -> None:
    found = made(*[{"times": str(number)} for number in (1, 2, 2, 3, 12)])["times"]

    assert (found["n"], found["median"], found["mean"]) == (5, 2, 4)
    assert found["counts"] is None


@pytest.mark.parametrize("answer", [{"best": "a"}, {"tools": ["a"]}, {"times": "1"}])
def test_fewer_than_five_are_not_shown_whatever_the_kind(answer: dict[str, Any]) -> None:
    found = made(*[answer] * 4, *[{"trust": "1"}] * 16)[next(iter(answer))]

    assert found["hidden"] == {"reason": "small", "k": 5}
    assert (found["n"], found["counts"], found["median"]) == (None, None, None)


def test_a_sensitive_scale_with_few_answers_is_shown_in_three_groups() -> None:
    few = made(*[{"trust": code} for code in "1122334455"])["trust"]
    many = made(*[{"trust": code} for code in "11223344551122334455"])["trust"]

    assert (few["n"], few["counts"], few["mean"]) == (10, None, None)
    assert few["shares"] == {"below": 0.4, "middle": 0.2, "above": 0.4}
    assert many["counts"] == {"1": 4, "2": 4, "3": 4, "4": 4, "5": 4}


def test_a_sensitive_choice_is_not_shown_below_twenty() -> None:
    form = replace(FORM, questions=(replace(CHOICE, sensitive=True),))

    assert made(*[{"best": "a"}] * 19, form=form)["best"]["hidden"] == {"reason": "small", "k": 20}
    assert made(*[{"best": "a"}] * 20, form=form)["best"]["counts"] == {"a": 20, "b": 0}


def test_a_statement_is_not_in_the_result() -> None:
    assert "said" not in made(*[{"best": "a"}] * 5)

from dataclasses import replace

import pytest

from shared.forms import Form, Option, Question
from shared.results.versions import asked
from tests.shared.examples import BENEFIT, EXPECTED, FORM, POINTS, SESSION, TAKEAWAY

SEATS = Question("seats", "number", {"en": "How many?"}, low=0, high=9)


def form(*questions: Question) -> Form:
    return replace(FORM, questions=questions)


def names(*versions: Form) -> list[tuple[str, tuple[int, ...]]]:
    return [(found.name, found.versions) for found in asked(versions)]


def test_of_one_version_everything_is_asked_by_it_in_its_order() -> None:
    assert names(FORM) == [("benefit", (1,)), ("session", (1,)), ("expected", (1,)), ("takeaway", (1,))]


def test_what_is_the_same_is_counted_together_and_the_rest_apart_after_it() -> None:
    assert names(form(BENEFIT, SESSION, TAKEAWAY), form(EXPECTED, TAKEAWAY, BENEFIT)) == [
        ("expected", (2,)),
        ("takeaway", (1, 2)),
        ("benefit", (1, 2)),
        ("session", (1,)),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "choice"},
        {"options": POINTS[:4]},
        {"options": (*POINTS[:4], Option("5", {"en": "Much", "nb": "Mye"}))},
        {"options": POINTS[::-1]},
        {"other": {"en": "Other", "nb": "Annet"}},
        {"not_relevant": {"en": "Not relevant", "nb": "Ikke relevant"}},
        {"bipolar": True},
    ],
    ids=["kind", "fewer", "label", "order", "other", "not relevant", "bipolar"],
)
def test_what_could_be_chosen_decides_what_is_the_same(changes: dict[str, object]) -> None:
    changed = replace(BENEFIT, **changes)  # type: ignore[arg-type]

    assert names(form(BENEFIT), form(changed)) == [("benefit", (2,)), ("benefit@1", (1,))]


@pytest.mark.parametrize("changes", [{"low": 1}, {"high": 10}])
def test_so_do_a_number_s_bounds(changes: dict[str, int]) -> None:
    changed = replace(SEATS, **changes)  # type: ignore[arg-type]

    assert names(form(SEATS), form(changed)) == [("seats", (2,)), ("seats@1", (1,))]


def test_other_words_for_the_same_question_are_the_newest_s() -> None:
    changed = replace(BENEFIT, text={"en": "How very useful?", "nb": "Hvor nyttig?"}, required=True)

    (found,) = asked([form(BENEFIT), form(changed)])

    assert (found.versions, found.question) == ((1, 2), changed)


def test_a_question_that_comes_back_is_counted_with_its_first_self() -> None:
    assert names(form(BENEFIT), form(replace(BENEFIT, options=POINTS[:3])), form(BENEFIT)) == [("benefit", (1, 3)), ("benefit@2", (2,))]


def test_three_different_questions_of_one_id_have_three_names() -> None:
    versions = [form(replace(BENEFIT, options=POINTS[:points])) for points in (3, 4, 5)]

    assert [name for name, _ in names(*versions)] == ["benefit", "benefit@2", "benefit@1"]


def test_a_question_is_never_called_as_what_stands_beside_another_s_other() -> None:
    beside = replace(TAKEAWAY, id="benefit.other")
    chosen = replace(BENEFIT, kind="choice", other={"en": "Other", "nb": "Annet"})

    assert names(form(beside), form(chosen)) == [("benefit", (2,)), ("benefit.other@1", (1,))]


def test_what_was_sensitive_once_stays_so() -> None:
    (found,) = asked([form(replace(BENEFIT, sensitive=True)), form(BENEFIT)])

    assert found.question.sensitive


def test_statements_are_not_asked() -> None:
    assert names(form(Question("hello", "statement", {"en": "Hello"}))) == []

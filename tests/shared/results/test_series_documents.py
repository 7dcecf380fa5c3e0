"""What is said of the same people's answers in two rounds, and of which it is not."""

from dataclasses import replace
from random import Random

import pytest

from shared.envelopes import Answer
from shared.forms import Form, form_id
from shared.presentation.pair_sentences import response
from shared.results.breakdowns import Levels
from shared.results.editions import Document
from shared.results.series import Part, chosen, respondents
from shared.results.series_documents import document
from tests.shared.examples import BENEFIT, EXPECTED, FORM
from tests.shared.places import made

SENSITIVE = replace(FORM, questions=(replace(BENEFIT, sensitive=True), EXPECTED))


def compared(people: int, before: Form = FORM, after: Form = FORM, skipped: int = 0) -> Document:
    """Compare the answers of so many people, of whom some skip one question the second time; return what is said of that one."""
    questions = comparison(people, people, before, after, skipped)["questions"]
    return next(question for question in questions if question["id"] == "benefit")


def comparison(people: int, again: int, before: Form = FORM, after: Form = FORM, skipped: int = 0) -> Document:
    """Compare the answers of so many people, of whom so many answer again."""
    parts = []
    for form, number, silent in ((before, people, 0), (after, again, skipped)):
        given = [{} if at < silent else {"benefit": str(1 + at % 5)} for at in range(number)]
        answers = [Answer(form_id(form), {"expected": "3", **own}, (), "day-1", f"person {at}") for at, own in enumerate(given)]
        named = {answer.pair: answer for answer in answers}
        levels = Levels((), (), "en")
        parts.append(Part([form], made(answers, versions=[form]), levels, respondents([form], named.items()), {}))
    return document(chosen(parts[0], parts[1], Random(1)), "walks", "goals")


@pytest.mark.parametrize(("before", "after"), [(SENSITIVE, FORM), (FORM, SENSITIVE), (SENSITIVE, SENSITIVE)])
def test_a_sensitive_question_is_compared_from_twenty_pairs(before: Form, after: Form) -> None:
    few, enough = compared(19, before, after), compared(20, before, after)

    assert (few["hidden"], few["figures"], few["attrition"], few["blocks"]) == ({"reason": "small", "k": 20}, None, None, None)
    assert (enough["hidden"], enough["figures"]["n"]) == (None, 20)


def test_another_question_is_compared_from_five_pairs() -> None:
    assert compared(4)["hidden"] == {"reason": "small", "k": 5}
    assert compared(5)["figures"]["n"] == 5


def test_why_nobody_is_compared_is_told_of_the_whole_as_of_each_question() -> None:
    few, protected = comparison(9, 4), comparison(6, 5)

    assert [few["hidden"], few["questions"][0]["hidden"]] == [{"reason": "small", "k": 5}] * 2
    assert [protected["hidden"], protected["questions"][0]["hidden"]] == [{"reason": "protect", "k": 5}] * 2
    assert response(few, str) == "Too few have answered both times to compare people with themselves"
    assert response(protected, str) == "People are not compared with themselves here, to protect the answers in a smaller group"


def test_where_few_skipped_a_question_it_is_not_compared_so_that_they_are_not_told() -> None:
    found = compared(12, skipped=3)

    assert (found["hidden"], found["figures"]) == ({"reason": "protect", "k": 5}, None)


def test_those_who_skipped_a_sensitive_question_are_twenty_or_none() -> None:
    assert compared(60, SENSITIVE, SENSITIVE, skipped=10)["hidden"] == {"reason": "protect", "k": 20}
    assert compared(60, SENSITIVE, SENSITIVE, skipped=20)["figures"]["n"] == 40


def test_a_question_whose_middle_is_best_is_not_compared() -> None:
    form = replace(FORM, questions=(replace(BENEFIT, bipolar=True), EXPECTED))

    with pytest.raises(StopIteration):
        compared(12, form, form)


def by_group() -> Document:
    """Compare two regions, in one of which many were at the top before."""
    cells = [("North", "Hill")] * 15 + [("South", "Shore")] * 7
    ratings = [("3", "4")] * 10 + [("5", "5")] * 5 + [("2", "5")] * 2 + [("5", "5")] * 5
    parts = []
    for at in (0, 1):
        given = zip(cells, ratings, strict=True)
        answers = [
            Answer(form_id(FORM), {"benefit": rating[at]}, cell, "day-1", f"person {number}") for number, (cell, rating) in enumerate(given)
        ]
        named = {answer.pair: answer for answer in answers}
        parts.append(Part([FORM], made(answers), Levels((), ("region", "school"), "en"), respondents([FORM], named.items()), {}))

    return document(chosen(parts[0], parts[1], Random(1)), "walks", "goals")


def test_how_those_with_room_changed_is_told_of_all_together_and_not_by_group() -> None:
    found = by_group()["questions"][0]

    assert found["figures"]["ceiling"] == {"at_top": 10, "room": 12, "improved": 12, "mean_change": pytest.approx(16 / 12)}
    assert next(block["path"] for block in found["blocks"]) == ["North"]
    assert {block["ceiling"]["mean_change"] for block in found["blocks"]} == {None}


THEN = replace(BENEFIT, id="benefit.then", looks_back="benefit")
LOOKING = replace(FORM, mode="confidential", questions=(BENEFIT, EXPECTED, THEN))


def looked_back(people: int, silent: int = 0) -> Document:
    """Let so many people answer twice, of whom some don't look back the second time; return what is said of the others."""
    questions = {question["id"]: question for question in looking_back(people, silent)["questions"]}
    assert "benefit.then" not in questions
    assert questions["benefit"]["figures"]["mean_change"] == 1
    return dict(questions["benefit"]["looking_back"])


def looking_back(people: int, silent: int = 0) -> Document:
    """Compare the answers of so many people, of whom some don't look back the second time."""
    answers: list[list[Answer]] = [[], []]
    for at in range(people):
        told = {} if at < silent else {"benefit.then": "1"}
        answers[0].append(Answer(form_id(FORM), {"benefit": str(1 + at % 4)}, (), "day-1", f"person {at}"))
        answers[1].append(Answer(form_id(LOOKING), {"benefit": str(2 + at % 4), **told}, (), "day-1", f"person {at}"))
    sides = [
        Part([form], made(given, versions=[form]), Levels((), (), "en"), respondents([form], ((item.pair, item) for item in given)), {})
        for form, given in zip((FORM, LOOKING), answers, strict=True)
    ]
    return document(chosen(sides[0], sides[1], Random(1)), "walks", "goals")


def test_what_is_said_looking_back_stands_beside_what_was_said_before_and_is_never_averaged_with_it() -> None:
    found = looked_back(12)

    assert (found["n"], found["before"], found["then"], found["after"]) == (12, 2.5, 1, 3.5)
    assert [found[change]["mean"] for change in ("change", "retrospective", "shift")] == [1, 2.5, -1.5]


def test_who_alone_does_not_look_back_is_not_told_by_subtraction() -> None:
    assert looked_back(12, silent=1) == {"hidden": {"reason": "protect", "k": 5}}
    assert looked_back(12, silent=8) == {"hidden": {"reason": "small", "k": 5}}
    assert looked_back(12, silent=6)["n"] == 6


def test_a_question_without_one_that_looks_back_says_nothing_of_it() -> None:
    assert compared(12)["looking_back"] is None

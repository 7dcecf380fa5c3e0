"""Results of rounds whose form was changed while they were open."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from shared.envelopes import Answer
from shared.exports.csv import csv_file
from shared.exports.xlsx import xlsx_file
from shared.forms import Form, form_id
from shared.presentation.sentences import cautions
from shared.results.counting import tallied
from shared.results.editions import Document, comments, edition
from tests.shared.examples import BENEFIT, EXPECTED, FORM, ORDER_KEY, POINTS, ROUND, TAKEAWAY, invited, programme, question

REASON = replace(TAKEAWAY, id="reason")
OTHER_POINTS = replace(EXPECTED, options=POINTS[:4])
FIRST = replace(FORM, questions=(BENEFIT, EXPECTED, TAKEAWAY))
SECOND = replace(FORM, questions=(BENEFIT, OTHER_POINTS, TAKEAWAY, REASON))
VERSIONS = (FIRST, SECOND)
NUMBERS = ("n", "na", "counts", "median", "mean", "sd", "IM", "DI", "positive", "shares")


def given(form: Form, number: int, **answers: str) -> list[Answer]:
    return [Answer(form_id(form), answers, (), "day-1")] * number


def documents(found: Iterable[Answer], versions: Sequence[Form] = VERSIONS) -> tuple[Document, Document]:
    tally = tallied(versions, ((f"{number:032x}", answer) for number, answer in enumerate(found)), ORDER_KEY)
    return edition(ROUND, programme(), versions, tally, invited(60)), comments(versions, tally)


def both(first: int, second: int) -> tuple[Document, Document]:
    early = given(FIRST, first, benefit="4", expected="2", takeaway="Early")
    return documents(early + given(SECOND, second, benefit="5", expected="3", takeaway="Late", reason="Because"))


def test_an_edition_tells_its_versions_and_how_many_answered_each() -> None:
    found, _ = both(6, 9)

    assert found["versions"] == [
        {"number": 1, "form": form_id(FIRST), "n": 6},
        {"number": 2, "form": form_id(SECOND), "n": 9},
    ]
    assert (found["n"], found["complete"]) == (15, 15)


def test_a_question_that_stayed_the_same_is_counted_over_both_and_nowhere_else() -> None:
    found, _ = both(6, 9)

    assert [(item["id"], item["versions"]) for item in found["questions"]] == [
        ("benefit", [1, 2]),
        ("expected", [2]),
        ("takeaway", [1, 2]),
        ("reason", [2]),
        ("expected@1", [1]),
    ]
    assert question(found, "benefit")["counts"] == {"1": 0, "2": 0, "3": 0, "4": 6, "5": 9}


def test_a_changed_question_is_told_by_version() -> None:
    found, _ = both(6, 9)

    assert question(found, "expected")["counts"] == {"1": 0, "2": 0, "3": 9, "4": 0}
    assert question(found, "expected@1")["counts"] == {"1": 0, "2": 6, "3": 0, "4": 0, "5": 0}


@pytest.mark.parametrize(("first", "second"), list(product((0, 1, 4, 5, 20), repeat=2)))
def test_whatever_belongs_to_a_version_that_few_answered_is_not_shown(first: int, second: int) -> None:
    found, beside = both(first, second)

    size = {1: first, 2: second}
    for item in found["questions"]:
        respondents = sum(size[number] for number in item["versions"])
        if respondents < (10 if item["kind"] == "text" else 5):
            assert item["hidden"]
            assert [item.get(name) for name in NUMBERS] == [None] * len(NUMBERS)
            assert item["id"] not in beside["questions"]
        else:
            assert not item["hidden"]


def test_every_question_of_a_version_is_counted_in_one_place_so_that_nothing_can_be_subtracted() -> None:
    third = replace(FORM, questions=(EXPECTED, TAKEAWAY))
    found, _ = documents(given(FIRST, 7, expected="1") + given(SECOND, 7, expected="2") + given(third, 3, expected="5"), (*VERSIONS, third))

    told = [(item["id"].partition("@")[0], number) for item in found["questions"] for number in item["versions"]]
    assert len(told) == len(set(told))
    assert question(found, "expected")["versions"] == [1, 3]
    assert question(found, "expected")["n"] == 10


def test_comments_of_a_version_have_its_own_threshold() -> None:
    _, few = both(20, 9)
    _, enough = both(0, 10)

    assert few["questions"].keys() == {"takeaway"}
    assert enough["questions"].keys() == {"takeaway", "reason"}


def test_what_stands_beside_other_belongs_to_its_version() -> None:
    chosen = replace(BENEFIT, kind="choice", positive=(), other={"en": "Other", "nb": "Annet"})
    versions = replace(FORM, questions=(chosen,)), replace(FORM, questions=(replace(chosen, options=POINTS[:2]),))
    answers = [*given(versions[0], 12, **{"benefit": "other", "benefit.other": "Old"}), *given(versions[1], 6, benefit="1")]

    found, beside = documents(answers, versions)

    assert beside["questions"] == {"benefit@1.other": ["Old"] * 12}
    assert question(found, "benefit@1.other")["versions"] == [1]
    assert question(found, "benefit.other")["hidden"]


def test_only_what_an_answer_s_own_version_asks_is_counted() -> None:
    found, beside = documents(given(FIRST, 12, reason="Never asked", benefit="3"))

    assert question(found, "benefit")["n"] == 12
    assert "Never asked" not in json.dumps([found, beside])


def test_an_answer_is_complete_by_its_own_version() -> None:
    shorter = replace(FORM, questions=(BENEFIT,))

    found, _ = documents(given(FIRST, 3, benefit="1") + given(shorter, 4, benefit="2"), (FIRST, shorter))

    assert (found["complete"], found["partial"]) == (4, 3)


def test_the_files_tell_versions_beside_the_questions_and_on_the_cover() -> None:
    found, _beside = both(6, 12)

    rows = list(csv.reader(io.StringIO(csv_file(found).decode("utf-8-sig"))))

    asked = {row[0]: row[1] for row in rows[1:]}
    assert asked["benefit"] == "How useful?"
    assert asked["expected"] == "As expected? (version 2)"
    assert asked["expected@1"] == "As expected? (version 1)"
    assert "Version 1 of the form: 6 have answered." in list(cautions(found, str))
    assert xlsx_file(found)


def test_of_a_form_that_was_never_changed_no_version_is_told() -> None:
    found, _ = documents(given(FIRST, 6, benefit="4"), [FIRST])

    assert not [sentence for sentence in cautions(found, str) if "ersion" in sentence]
    assert b"version" not in csv_file(found)


def old(document: Document) -> dict[str, Any]:
    """Make an edition as it was before versions were told."""
    questions = [{name: value for name, value in item.items() if name != "versions"} for item in document["questions"]]
    return {name: value for name, value in document.items() if name != "versions"} | {"questions": questions}


def test_an_edition_from_before_versions_were_told_is_shown_as_ever() -> None:
    found, _ = documents(given(FIRST, 6, benefit="4"), [FIRST])

    assert csv_file(old(found)) == csv_file(found)
    assert list(cautions(old(found), str)) == list(cautions(found, str))

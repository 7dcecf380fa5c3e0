from dataclasses import replace
from typing import Any

from shared.envelopes import Answer
from shared.results.editions import Document
from tests.shared.examples import BENEFIT, FORM, question
from tests.shared.places import given, made

HILL, SHORE, FIELD = ("East", "Hill"), ("East", "Shore"), ("West", "Field")


def by_role(place: tuple[str, str], leaders: str, teachers: str, **others: Any) -> list[Answer]:
    return given((*place, "leader"), leaders, **others) + given((*place, "teacher"), teachers, **others)


ENOUGH = by_role(HILL, "44444", "555555") + by_role(SHORE, "11111", "2222222")


def told(document: Document) -> list[tuple[Any, ...]]:
    return [(column["role"], column["N"], column["n"]) for column in document["roles"]["columns"]]


def test_roles_are_told_apart_where_every_crossing_is_large_enough() -> None:
    found = made(ENOUGH)

    assert told(found) == [("leader", 20, 10), ("teacher", 26, 13)]
    assert found["roles"]["columns"][0]["titles"] == [{"en": "Leader"}]
    assert [(item["role"], item["n"], item["mean"]) for item in question(found, "benefit")["roles"]] == [
        ("leader", 10, 2.5),
        ("teacher", 13, 44 / 13),
    ]


def test_whose_role_is_not_known_is_a_column_of_her_own_at_the_end() -> None:
    assert told(made(ENOUGH + given(HILL, "33333"))) == [("leader", 20, 10), ("teacher", 26, 13), ("", 10, 5)]


def test_one_role_alone_is_no_breakdown() -> None:
    found = made(given((*HILL, "leader"), "4445556"))

    assert found["roles"] is None
    assert (question(found, "benefit")["roles"], question(found, "benefit")["roles_hidden"]) == (None, None)


def test_roles_that_would_single_somebody_out_are_not_told_apart() -> None:
    found = made(by_role(HILL, "444444", "") + by_role(SHORE, "1", "2222222"))

    assert found["roles"] == {"columns": [], "reason": "protect"}
    assert question(found, "benefit")["roles_hidden"] == "protect"


def test_roles_that_do_not_fit_alone_are_taken_together() -> None:
    found = made(by_role(HILL, "44444", "555555") + given((*HILL, "guest"), "11"))

    assert [column["roles"] for column in found["roles"]["columns"]] == [["teacher"], ["guest", "leader"]]
    assert question(found, "benefit")["roles"][1]["n"] == 7


def test_a_question_that_few_in_a_role_answered_is_not_shown_by_role() -> None:
    only = by_role(HILL, "44444", "", session="4") + by_role(SHORE, "1", "2222222", session="2")

    found = made([*only, *by_role(HILL, "", "555555"), *by_role(SHORE, "11111", "")])

    assert question(found, "benefit")["roles"]
    assert (question(found, "session")["roles"], question(found, "session")["roles_hidden"]) == (None, "protect")


def test_a_sensitive_question_is_shown_by_role_in_three_groups_unless_all_have_twenty() -> None:
    form = replace(FORM, questions=(replace(BENEFIT, sensitive=True),))

    few = question(made(by_role(HILL, "1" * 20, "2" * 19, form=form), versions=[form]), "benefit")
    many = question(made(by_role(HILL, "1" * 20, "2" * 20, form=form), versions=[form]), "benefit")

    assert [item["counts"] for item in few["roles"]] == [None, None]
    assert [item["shares"]["below"] for item in few["roles"]] == [1, 1]
    assert [item["counts"]["1"] for item in many["roles"]] == [20, 0]

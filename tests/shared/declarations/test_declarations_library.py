"""Forms of the library, as they are and adapted."""

import pytest

from shared.library import library
from tests.shared.declaring import ROUNDS, built, faults, found

DAY = """\
title: {en: The day, nb: Dagen}
mode: anonymous
scales:
  degree: {points: [{en: No, nb: Nei}, {en: Some, nb: Noe}, {en: Yes, nb: Ja}]}
questions:
  - {id: use, kind: scale, scale: degree, text: {en: Useful?, nb: Nyttig?}}
  - section: {en: In words, nb: Med ord}
    questions:
      - {id: takeaway, kind: text, text: {en: What?, nb: Hva?}}
      - {id: better, kind: text, text: {en: Better?, nb: Bedre?}}
"""
SHELF = {"course-day": DAY}
USES = "uses: course-day\n"


def asked(day: str) -> list[tuple[str, str]]:
    return [(question.id, question.text["en"]) for question in built(library=SHELF, day=day).forms["day-1"].questions]


def test_a_round_may_name_a_form_of_the_library() -> None:
    declared = built("rounds:\n  - {form: course-day, for: day-1}\n", SHELF)

    assert declared.forms["day-1"].title == {"en": "The day"}


def test_a_form_may_be_the_librarys_with_another_title() -> None:
    declared = built(library=SHELF, day=USES + "title: Our day\n")

    assert declared.forms["day-1"].title == {"en": "Our day"}
    assert len(declared.forms["day-1"].questions) == 3


def test_questions_may_be_left_out_replaced_and_added() -> None:
    changed = (
        USES + "without: [better]\nquestions:\n"
        "  - {id: takeaway, kind: text, text: What then?}\n  - {id: fun, kind: scale, scale: degree, text: Fun?}\n"
    )

    assert asked(changed) == [("use", "Useful?"), ("takeaway", "What then?"), ("fun", "Fun?")]


def test_a_question_of_ones_own_may_stand_before_one_of_the_librarys() -> None:
    changed = (
        USES + "questions:\n"
        "  - {id: first, kind: text, text: First?, before: use}\n"
        "  - {id: last, kind: text, text: Last?}\n"
        "  - {id: second, kind: text, text: Second?, before: use}\n"
        "  - {id: inside, kind: text, text: Inside?, before: better}\n"
    )

    form = built(library=SHELF, day=changed).forms["day-1"]

    assert [question.id for question in form.questions] == ["first", "second", "use", "takeaway", "inside", "better", "last"]
    assert {question.section["en"] for question in form.questions[3:6] if question.section} == {"In words"}


def test_a_replaced_question_may_move() -> None:
    assert asked(USES + "questions:\n  - {id: better, kind: text, text: Better still?, before: use}\n") == [
        ("better", "Better still?"),
        ("use", "Useful?"),
        ("takeaway", "What?"),
    ]


@pytest.mark.parametrize(
    ("without", "before", "expected"),
    [
        ("", "usse", "3:47: the library's form has no question `usse`: did you mean `use`?"),
        ("without: [use]\n", "use", "4:47: `use` is left out: name a question that stays"),
        ("", "fun", "3:47: the library's form has no question `fun`"),
        ("", "[use]", "3:47: a text is expected here, not a list"),
    ],
)
def test_a_place_that_is_not_there_is_told(without: str, before: str, expected: str) -> None:
    changed = USES + without + f"questions:\n  - {{id: fun, kind: text, text: Fun?, before: {before}}}\n"

    assert faults(library=SHELF, day=changed) == [f"day.yaml:{expected}"]


def test_two_questions_that_move_before_one_another_and_one_in_a_section_are_told() -> None:
    changed = (
        USES + "questions:\n  - {id: use, kind: text, text: A?, before: better}\n  - {id: better, kind: text, text: B?, before: use}\n"
        "  - section: More\n    questions: [{id: more, kind: text, text: C?, before: takeaway}]\n"
    )

    assert faults(library=SHELF, day=changed) == [
        "day.yaml:3:45: `better` has a `before` of its own: name a question that keeps its place",
        "day.yaml:4:48: `use` has a `before` of its own: name a question that keeps its place",
        "day.yaml:6:50: a question in a section of this file stands there: remove `before`, or take it out of the section",
    ]


def test_what_is_wrong_in_a_question_that_is_placed_is_told_in_its_own_file() -> None:
    changed = USES + "questions:\n  - {id: fun, kind: text, text: Fun?, before: use, if: {question: use, is: 1}}\n"

    assert faults(library=SHELF, day=changed) == [
        "day.yaml:3:67: `use` is not asked before this question: only earlier answers are known here"
    ]


def test_a_section_of_which_nothing_is_left_goes_too() -> None:
    assert asked(USES + "without: [takeaway, better]\n") == [("use", "Useful?")]


def test_a_scale_may_be_replaced() -> None:
    question = built(library=SHELF, day=USES + "scales: {degree: {points: [A, B, C, D]}}\n").forms["day-1"].questions[0]

    assert len(question.options) == 4


def test_a_file_of_ones_own_goes_before_the_librarys_of_that_name() -> None:
    own = "title: Mine\nmode: anonymous\nquestions:\n  - {id: a, kind: text, text: What?}\n"

    declared = built("rounds:\n  - {form: course-day, for: day-1}\n", SHELF, course_day=own)

    assert declared.forms["day-1"].title == {"en": "Mine"}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("uses: course-dya\n", ["day.yaml:1:7: the library has no form `course-dya`: did you mean `course-day`?"]),
        (
            USES + "without: [takeaways]\n",
            ["day.yaml:2:11: the library's form has no question `takeaways`: did you mean `takeaway`?"],
        ),
        (USES + "mode: open\n", ["day.yaml:2:7: `open` is not known here: use `anonymous`, `confidential`, `personal`"]),
        (
            USES + "questions:\n  - {id: why, kind: text, text: Why?, if: {question: takeaway, is: 1}}\n",
            ["day.yaml:3:54: `takeaway` is answered in words: conditions look at scales, choices and numbers"],
        ),
        (
            USES + "questions:\n  - {id: why, kind: text, text: Why?, if: {question: use, is: 4}}\n",
            ["day.yaml:3:63: `use` has no option `4`: it has `1`, `2`, `3`"],
        ),
    ],
)
def test_what_is_wrong_in_how_it_is_used_is_told_in_ones_own_file(day: str, expected: list[str]) -> None:
    assert faults(library=SHELF, day=day) == expected


def test_what_is_left_of_the_librarys_form_must_fit_together() -> None:
    shelf = {"course-day": DAY + "  - {id: why, kind: text, text: {en: Why?, nb: Hvorfor?}, if: {question: use, is: 1}}\n"}

    assert faults(library=shelf, day=USES + "without: [use]\n") == [
        "day.yaml:2:10: there is no question `use` before this one (library/course-day.yaml, line 11)"
    ]


def test_what_is_wrong_in_the_library_itself_is_told_there() -> None:
    shelf = {"course-day": DAY.replace("kind: scale", "kind: scle")}

    assert faults(library=shelf, day=USES) == ["library/course-day.yaml:6:21: `scle` is not known here: did you mean `scale`?"]


def test_what_does_not_fit_the_programme_is_told_where_it_is_taken() -> None:
    shelf = {"useful": "title: A\nmode: anonymous\nquestions:\n  - {id: a, kind: text, repeat: session, text: 'By {speaker}?'}\n"}

    assert faults("rounds:\n  - {form: useful, for: day-2}\n", shelf) == [
        "programme.yaml:32:12: `{speaker}` can't be filled in: `tents` of `day-2` has no speaker (library/useful.yaml, line 4)"
    ]


@pytest.mark.parametrize("bytes_of", [b"", b"\xff", b"[", b"a: *b", b"title: {en: A}", b"questions: {}", b"- 1"])
def test_whatever_lies_in_the_library_gives_faults(bytes_of: bytes) -> None:
    text = bytes_of.decode("latin-1")

    for uses in ("", "without: [a]\n", "questions: []\n"):
        assert isinstance(found(ROUNDS, {"course-day": text}, day=USES + uses), list)


def test_the_library_that_is_shipped_has_the_forms_of_the_page() -> None:
    assert {name.removesuffix(".yaml") for name in library()} >= {
        "course-day",
        "goals",
        "transfer",
        "letter",
        "situation",
        "observation",
        "action-plan",
    }

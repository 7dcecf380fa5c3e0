"""What each kind of question in a file becomes."""

import pytest

from shared.conditions import Condition
from shared.forms import Option, Question
from tests.shared.declaring import DAY, LAST, built, faults


def questions(entries: str) -> list[Question]:
    return list(built(day=DAY + entries).forms["day-1"].questions)


def one(entry: str) -> Question:
    (question,) = questions(f"  - {entry}\n")
    return question


def test_a_choice_has_options_by_code_in_their_order() -> None:
    question = one("{id: way, kind: choice, text: Which?, options: {up: Up, down: Down}, other: Elsewhere, not_relevant: Stayed}")

    assert question.options == (Option("up", {"en": "Up"}), Option("down", {"en": "Down"}))
    assert (question.kind, question.other, question.not_relevant) == ("choice", {"en": "Elsewhere"}, {"en": "Stayed"})


def test_options_may_be_a_list_too() -> None:
    listed = one("{id: way, kind: choices, text: Which?, options: [{id: up, text: Up}, {id: down, text: Down}]}")

    assert listed == one("{id: way, kind: choices, text: Which?, options: {up: Up, down: Down}}")


def test_yes_and_no_are_a_choice_in_the_words_of_the_language() -> None:
    again = one("{id: again, kind: yes-no, text: Again?}")

    assert again.kind == "choice"
    assert again.options == (Option("yes", {"en": "Yes"}), Option("no", {"en": "No"}))


def test_a_number_may_have_bounds() -> None:
    bounded, free = questions("  - {id: a, kind: number, text: How many?, min: 0, max: 9}\n  - {id: b, kind: number, text: How many?}\n")

    assert (bounded.low, bounded.high) == (0, 9)
    assert (free.low, free.high) == (None, None)


def test_words_take_one_line_or_several() -> None:
    several, line = questions("  - {id: a, kind: text, text: What?}\n  - {id: b, kind: text, text: What?, lines: one}\n")

    assert (several.long, several.max_length) == (True, 1000)
    assert (line.long, line.max_length) == (False, 200)


def test_a_statement_is_only_a_text() -> None:
    statement = questions('  - {id: note, kind: statement, text: "Now about {day}."}\n' + LAST)[0]

    assert (statement.kind, statement.text) == ("statement", {"en": "Now about Finding the way."})


def test_a_form_of_nothing_but_statements_asks_nothing() -> None:
    assert faults(day=DAY + "  - {id: note, kind: statement, text: Thank you.}\n") == [
        "day.yaml:4:3: nothing is asked here: a form needs a question that is answered"
    ]


def test_help_and_sensitivity_and_duty_are_kept() -> None:
    question = one("{id: a, kind: text, text: What?, help: Be brief., required: true, sensitive: true}")

    assert (question.help, question.required, question.sensitive) == ({"en": "Be brief."}, True, True)


def test_each_goal_is_rated_on_the_scale_anchored_in_behaviour() -> None:
    maps, knots = questions("  - {id: goal, kind: goals}\n")

    assert [(item.id, item.text["en"]) for item in (maps, knots)] == [("goal.maps", "Read a map"), ("goal.knots", "Tie knots")]
    assert [option.label["en"] for option in maps.options][::4] == ["It is new to me", "I can guide colleagues in it"]
    assert maps.positive == ("4", "5")


def test_goals_may_be_asked_about_in_other_words() -> None:
    assert questions('  - {id: goal, kind: goals, text: "Can you {goal}?"}\n')[0].text == {"en": "Can you Read a map?"}


def test_a_question_may_be_repeated_for_each_speaker_once() -> None:
    asked = questions('  - {id: clear, kind: text, repeat: speaker, text: "How clear was {speaker}?"}\n')

    assert [(item.id, item.text["en"]) for item in asked] == [
        ("clear.maps", "How clear was A cartographer?"),
        ("clear.boots", "How clear was A cobbler?"),
    ]


def test_a_question_may_be_repeated_for_each_goal() -> None:
    asked = questions('  - {id: plan, kind: text, repeat: goal, text: "What next for “{goal}”?"}\n')

    assert [item.id for item in asked] == ["plan.maps", "plan.knots"]


def test_a_sections_heading_stands_at_its_first_question() -> None:
    entries = "  - section: The way in {programme}\n    questions:\n" + "".join(
        f"      - {{id: {name}, kind: text, text: What?}}\n" for name in "ab"
    )

    first, second, outside = questions(entries + LAST)

    assert (first.section, second.section, outside.section) == ({"en": "The way in Walks"}, None, None)


USED = "  - {id: used, kind: yes-no, text: Used?}\n  - {id: often, kind: scale, text: Often?, scale: {points: [No, Some, Yes]}}\n"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{question: used, is: yes}", Condition("is", "used", ("yes",))),
        ("{question: often, is: 3}", Condition("is", "often", ("3",))),
        ("{question: often, any of: [1, 2]}", Condition("any_of", "often", ("1", "2"))),
        ("{question: often, at least: 2}", Condition("at_least", "often", ("2",))),
        ("{not: {question: used, is: no}}", Condition("not", parts=(Condition("is", "used", ("no",)),))),
        (
            "{any: [{question: used, is: yes}, {question: often, at least: 3}]}",
            Condition("any", parts=(Condition("is", "used", ("yes",)), Condition("at_least", "often", ("3",)))),
        ),
    ],
)
def test_a_condition_is_kept_as_it_is_meant(written: str, meant: Condition) -> None:
    assert questions(USED + f"  - {{id: how, kind: text, text: How?, if: {written}}}\n")[-1].shown_if == meant


def test_a_repeated_question_looks_at_the_answer_about_the_same_session() -> None:
    asked = questions(
        '  - {id: there, kind: yes-no, repeat: session, text: "At {session}?"}\n'
        '  - {id: why, kind: text, repeat: session, text: "{answer:there} to {session}: why?", if: {question: there, is: no}}\n'
    )

    assert asked[-1].id == "why.more-maps"
    assert asked[-1].shown_if == Condition("is", "there.more-maps", ("no",))
    assert asked[-1].text == {"en": "{answer:there.more-maps} to More maps: why?"}


@pytest.mark.parametrize(
    "never",
    [
        "{all: [{question: often, is: 1}, {question: often, is: 2}]}",
        "{all: [{question: often, at least: 2}, {not: {question: often, any of: [2, 3]}}]}",
        "{all: [{question: hours, at least: 3}, {question: hours, is: 2}]}",
        "{all: [{question: how, is: a}, {question: used, is: no}]}",
    ],
)
def test_a_condition_that_can_never_hold_is_a_fault(never: str) -> None:
    how = "  - {id: how, kind: choice, text: How?, options: {a: A, b: B}, if: {question: used, is: yes}}\n"
    hours = "  - {id: hours, kind: number, text: Hours?}\n"

    told = faults(day=DAY + USED + hours + how + f"  - {{id: why, kind: text, text: Why?, if: {never}}}\n")

    assert [fault.split(": ")[1] for fault in told] == ["this condition can never hold, so the question is never shown"]


@pytest.mark.parametrize(
    "possible",
    [
        "{all: [{question: ways, is: a}, {question: ways, is: b}]}",
        "{all: [{question: ways, is: a}, {not: {question: ways, is: b}}]}",
        "{not: {question: ways, any of: [a, b]}}",
        "{all: [{question: hours, at least: 3}, {not: {question: hours, at least: 4}}]}",
    ],
)
def test_several_choices_and_numbers_can_fulfil_more(possible: str) -> None:
    before = "  - {id: ways, kind: choices, text: Which?, options: {a: A, b: B}}\n  - {id: hours, kind: number, text: Hours?}\n"

    assert questions(before + f"  - {{id: why, kind: text, text: Why?, if: {possible}}}\n")

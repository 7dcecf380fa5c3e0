"""Goals that are asked about once more, looking back: where they stand in the form, and when they can be asked."""

import json

import pytest

from shared import forms
from shared.forms import from_document
from tests.shared.declaring import built, faults

ROUNDS = """rounds:
  - {form: goals, for: once, id: before, opens: 7 days before day-1 at 08:00, series: goals, stage: before}
  - {form: then, for: once, id: after, opens: 1 day after day-1 at 08:00, series: goals, stage: after}
"""
GOALS = "title: Goals\nmode: confidential\nquestions:\n  - {id: goal, kind: goals}\n"
THEN = GOALS.replace("kind: goals", "kind: goals, looking_back: [knots]")


def test_a_goal_is_asked_about_as_it_is_now_and_then_looking_back_on_the_same_scale() -> None:
    form = built(ROUNDS, goals=GOALS, then=THEN).forms["after"]
    *now, then = form.questions

    assert [question.id for question in form.questions] == ["goal.maps", "goal.knots", "goal.knots.then"]
    assert (then.looks_back, then.options, then.required) == ("goal.knots", now[1].options, False)
    assert then.text["en"] == "Looking back, where would you say you were before the programme began? Tie knots"
    assert then.section == {"en": "Looking back"}
    assert from_document(json.loads(forms.canonical(form))) == form


def test_a_form_that_does_not_look_back_keeps_its_name() -> None:
    form = built(ROUNDS, goals=GOALS, then=THEN).forms["before"]

    assert "looks_back" not in forms.canonical(form)


@pytest.mark.parametrize(
    ("rounds", "then", "said"),
    [
        (ROUNDS, THEN.replace("[knots]", "[knot]"), "there is no goal `knot`"),
        (ROUNDS, THEN.replace("[knots]", "[knots, knots]"), "`knots` stands twice"),
        (ROUNDS, THEN.replace("[knots]", "[a, b, c, d]"), "looking back is asked about 3 goals at most"),
        (ROUNDS, THEN.replace("confidential", "anonymous"), "looking back is compared with what was answered before"),
        (ROUNDS.replace("form: goals", "form: then"), THEN, "this form looks back: ask it in a series, after its round `before`"),
        (ROUNDS.replace(", series: goals, stage: after", ""), THEN, "this form looks back: ask it in a series"),
    ],
)
def test_what_can_t_be_asked_looking_back_is_a_fault(rounds: str, then: str, said: str) -> None:
    assert any(said in fault for fault in faults(rounds, goals=GOALS, then=then))

"""Conditions: the page's script and the server follow the same rule."""

import random

import pytest
from playwright.sync_api import Browser

from shared.answers import read
from shared.conditions import Condition
from shared.forms import Form, Option, Question
from tests.e2e.form_page import opened, shown
from tests.functions.branching import both

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("tables")]

CODES = ("a", "b", "c")
CHANCE = random.Random(5)


def drawn(question: str) -> Condition:
    if question == "count":
        return Condition("at_least", "count", (str(CHANCE.randint(-1, 4)),))
    codes = CHANCE.sample(CODES, CHANCE.randint(1, 2))
    return Condition("is" if len(codes) == 1 else "any_of", question, tuple(codes))


def condition(depth: int) -> Condition:
    """Draw a condition on what is asked first."""
    kind = CHANCE.choice(("test", "all", "any", "not")) if depth else "test"
    if kind == "test":
        return drawn(CHANCE.choice(("one", "many", "count", "late")))
    parts = tuple(condition(depth - 1) for _ in range(CHANCE.randint(1, 3)))
    return Condition(kind, parts=parts)  # type: ignore[arg-type]


def ruled() -> Form:
    options = tuple(Option(code, both(code)) for code in CODES)
    asked = (
        Question("one", "choice", both("One?"), options=options),
        Question("many", "choices", both("Many?"), options=options),
        Question("count", "number", both("Count?")),
        Question("late", "choice", both("Late?"), options=options, shown_if=Condition("is", "one", ("a",))),
    )
    under = (Question(f"q{number}", "text", both("Why?"), max_length=100, shown_if=condition(3)) for number in range(50))
    return Form(both("Rules"), "anonymous", (*asked, *under))


GIVEN: list[dict[str, list[str]]] = [
    {},
    {"one": ["a"], "late": ["b"]},
    {"one": ["b"], "late": ["b"], "many": ["a", "c"]},
    {"one": ["a"], "late": ["c"], "many": ["b"], "count": ["2"]},
    {"count": ["-0"]},
    {"count": ["--3"]},
    {"count": ["9999999999"]},
    {"count": ["three"], "many": ["a", "b", "c"]},
]


def test_the_page_and_the_server_follow_the_same_rule(chromium: Browser) -> None:
    form = ruled()
    with shown(form) as address, opened(chromium, address) as page:
        for given in GIVEN:
            page.evaluate(FILL, given)
            asked = page.evaluate(
                "() => [...document.querySelectorAll('[data-asked]')].filter(box => !box.hidden).map(box => box.dataset.asked)"
            )
            stored = read(form, given | {f"q{number}": ["x"] for number in range(50)})
            assert set(stored.answers) == {name for name in asked if name in given or name.startswith("q")}, given


SHOWN = "() => [...document.querySelectorAll('[data-asked]:not([hidden])')].map(box => box.dataset.asked)"

FILL = """given => {
  const form = document.getElementById("answer");
  for (const field of form.querySelectorAll("[data-asked] :is(input, textarea)")) {
    const values = given[field.name] || [];
    if (field.type === "text") field.value = values[0] || "";
    else if (field.tagName === "INPUT") field.checked = values.includes(field.value);
  }
  form.dispatchEvent(new Event("input"));
}"""
"""Fill in the questions that rules look at."""

import pytest

from shared.store import published
from tests.functions.examples import FILES, OPEN, publish
from tests.functions.open_round import FORM, answers, forget, form_of, open_round, path, post

CHANGED = FILES | {"day.yaml": FORM.replace("Benefit?", "How much benefit?")}


@pytest.fixture(autouse=True)
def opened(tables: object) -> None:  # noqa: ARG001
    open_round()


def test_a_form_that_is_changed_while_somebody_fills_it_in_is_taken_as_she_was_shown_it() -> None:
    shown = form_of()
    said = publish(CHANGED, at=OPEN)
    forget()

    page = post(path(), shown | {"benefit": "4"})

    assert {step["round"]: step["change"] for step in said["rounds"]}["day-1"] == "kept"
    assert page.status == 200
    assert [(answer.form, answer.answers) for answer in answers()] == [(shown["_form"], {"benefit": "4"})]


def test_who_comes_after_the_change_still_gets_the_form_that_the_round_opened_with() -> None:
    before = form_of()["_form"]
    publish(CHANGED, at=OPEN)
    forget()

    assert form_of(1)["_form"] == before
    assert published.rounds("walks")["day-1"].form == before

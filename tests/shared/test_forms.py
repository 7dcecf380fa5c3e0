import json
from dataclasses import replace

import pytest

from shared.forms import Form, Question, canonical, form_id, from_document, minutes
from tests.shared.examples import BENEFIT, FORM, SESSION, TAKEAWAY


def test_a_stored_form_reads_back_as_it_was() -> None:
    introduced = replace(FORM, introduction={"en": "Hello", "nb": "Hei"})

    assert from_document(json.loads(canonical(FORM))) == FORM
    assert from_document(json.loads(canonical(introduced))) == introduced


def test_a_form_is_named_by_its_content() -> None:
    again = from_document(json.loads(canonical(FORM)))

    assert form_id(again) == form_id(FORM)
    assert len(form_id(FORM)) == 32


def test_the_order_of_languages_does_not_change_the_name() -> None:
    turned = replace(FORM, title=dict(reversed(list(FORM.title.items()))))

    assert form_id(turned) == form_id(FORM)


@pytest.mark.parametrize(
    "changed",
    [
        replace(FORM, title={**FORM.title, "en": "Day 1."}),
        replace(FORM, questions=FORM.questions[::-1]),
        replace(FORM, questions=(replace(BENEFIT, required=True), *FORM.questions[1:])),
        replace(FORM, questions=(replace(BENEFIT, positive=("5",)), *FORM.questions[1:])),
        replace(FORM, questions=(replace(BENEFIT, options=BENEFIT.options[::-1]), *FORM.questions[1:])),
        replace(FORM, introduction={"en": "", "nb": ""}),
    ],
)
def test_any_change_gives_another_name(changed: Form) -> None:
    assert form_id(changed) != form_id(FORM)


@pytest.mark.parametrize(
    ("questions", "expected"),
    [((BENEFIT,), 1), ((BENEFIT,) * 10, 1), ((BENEFIT,) * 11, 2), ((SESSION,) * 10 + (TAKEAWAY,) * 3, 2), ((TAKEAWAY,) * 7, 3)],
)
def test_how_long_a_form_takes_is_told_in_minutes_begun(questions: tuple[Question, ...], expected: int) -> None:
    assert minutes(replace(FORM, questions=questions)) == expected

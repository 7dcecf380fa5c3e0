"""What the preview shows of a form that is filled in and sent."""

from pathlib import Path

import pytest

from infra.preview.shown import Line, held, left_out, stored
from shared import answers
from shared.conditions import Condition
from shared.declarations.declared import Declared, declared
from shared.forms import Form, Option, Question
from shared.web import slips
from shared.web.form_page import Sent
from tests.functions.examples import DAY, FILES
from tests.infra.previewing import FORM, Preview, opened

pytestmark = pytest.mark.slow


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    return opened(tmp_path)


def test_sending_shows_what_would_be_stored_by_code_and_in_words(preview: Preview) -> None:
    answered = preview.send(benefit="4", takeaway="A <b>map</b>\r\nand a compass ")

    assert answered.status_code == 200
    assert "<td><code>4</code></td>" in answered.text
    assert "Mye" in answered.text
    assert "A &lt;b&gt;map&lt;/b&gt;\nand a compass" in answered.text
    assert "&#34;benefit&#34;: &#34;4&#34;" in answered.text


def test_sending_nothing_shows_the_form_s_own_fault(preview: Preview) -> None:
    answered = preview.send(f"{FORM}?lang=en", takeaway=" ")

    assert answered.status_code == 422
    assert "Nothing is filled in yet" in answered.text


def test_what_must_be_mended_is_shown_with_what_was_typed(preview: Preview) -> None:
    preview.write("day.yaml", DAY.replace("kind: text", "kind: text\n    max_length: 5"))

    answered = preview.send(f"{FORM}?lang=en", takeaway="Maps and more maps")

    assert answered.status_code == 422
    assert "Write at most 5 characters." in answered.text
    assert "Maps and more maps</textarea>" in answered.text


@pytest.mark.parametrize(("wanted", "spoken"), [("en", "en"), ("nb", "nb"), ("tlh", "nb")])
def test_the_language_can_be_switched_with_what_was_typed(preview: Preview, wanted: str, spoken: str) -> None:
    answered = preview.send(takeaway="A map", _switch=wanted)

    assert answered.status_code == 200
    assert f'<html lang="{spoken}">' in answered.text
    assert "A map</textarea>" in answered.text


def test_the_receipt_is_the_product_s_own(preview: Preview) -> None:
    assert "Thank you, your answer is received" in preview.get(f"{FORM}/received?lang=en").text


def test_a_form_that_was_changed_since_it_was_opened_is_not_mixed_with_the_new_one(preview: Preview) -> None:
    fields = preview.hidden() | {"benefit": "4"}
    preview.write("day.yaml", DAY.replace("Utbytte?", "Hvor stort utbytte?"))

    answered = preview.post(FORM, fields)

    assert answered.status_code == 422
    assert "it has changed since you opened the page" in answered.text


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_from_another_site_is_refused(preview: Preview, site: str) -> None:
    assert preview.post(FORM, preview.hidden() | {"benefit": "4"}, **{"Sec-Fetch-Site": site}).status_code == 403


@pytest.mark.parametrize("fields", [{}, {"benefit": "4"}, {"benefit": "9"}, {"_nonce": "mine"}, {"_language": "sv"}, {"poem": "x"}])
def test_what_no_form_of_ours_can_have_sent_is_refused(preview: Preview, fields: dict[str, str | list[str]]) -> None:
    hidden = {} if fields in ({}, {"benefit": "4"}) else preview.hidden()

    assert preview.post(FORM, hidden | fields).status_code == 422


SIZES = (Option("small", {"en": "Small"}), Option("large", {"en": "Large"}))
BRANCHING = Form(
    {"en": "A form"},
    "anonymous",
    (
        Question("sizes", "choices", {"en": "Which?"}, options=SIZES, other={"en": "Another"}),
        Question("why", "text", {"en": "Why {answer:sizes}?"}, max_length=100, shown_if=Condition("is", "sizes", ("large",))),
    ),
)


def read(**given: list[str]) -> Sent:
    found = declared("walks", {name: text.encode() for name, text in FILES.items()})
    assert isinstance(found, Declared)
    place = next(held(Declared(found.programme, dict.fromkeys(found.forms, BRANCHING)))).place
    typed = {name.replace("__", "."): values for name, values in given.items()}
    return Sent(place, "link", slips.new_slip("form", (), "day-1", "en"), typed, answers.read(BRANCHING, typed))


def test_several_choices_are_told_by_code_and_label_and_recalled_in_words() -> None:
    sent = read(sizes=["other", "large"], sizes__other=["Huge"], why=["To see"])

    assert stored(sent) == [
        Line("Which?", "sizes", "large, other", "Large, Another"),
        Line("Which?", "sizes.other", "Huge", ""),
        Line("Why Large, Another?", "why", "To see", ""),
    ]
    assert left_out(sent) == []


def test_an_answer_whose_condition_does_not_hold_is_told_as_left_out() -> None:
    sent = read(sizes=["small"], why=["To see"])

    assert [line.id for line in stored(sent)] == ["sizes"]
    assert left_out(sent) == ["Why Small?"]
    assert left_out(read(sizes=["small"], why=[" "])) == []

"""How far the questions of a declared scale go together."""

import json
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from shared.envelopes import Answer
from shared.exports.xlsx import xlsx_file
from shared.forms import Form, canonical, form_id, from_document
from shared.presentation.scales import reliability
from shared.results.counting import tallied
from shared.results.editions import edition
from tests.goldens import GOLDENS
from tests.shared.examples import BENEFIT, FORM, ORDER_KEY, ROUND, invited, programme

GOLDEN = GOLDENS["alpha"]["likert24x5"]
NAMES = tuple(f"item-{number}" for number in range(5))
QUESTIONS = tuple(replace(BENEFIT, id=name, text={"en": f"How is {name}?"}, not_relevant={"en": "Don't know"}) for name in NAMES)
SCALED = replace(FORM, questions=QUESTIONS, scales=(NAMES,))

ROWS = [str(row) if isinstance(row, str) else "".join(map(str, row)) for row in GOLDEN["rows"]]


def made(rows: Sequence[str], *more: dict[str, Any], form: Form = SCALED) -> dict[str, Any]:
    """Make the edition of answers in rows of digits, and of other answers."""
    given = [*(dict(zip(NAMES, row, strict=True)) for row in rows), *more]
    sealed = [(f"{at:032x}", Answer(form_id(form), answers, (), "day-1")) for at, answers in enumerate(given)]
    return edition(replace(ROUND, form=form_id(form)), programme("en"), [form], tallied([form], sealed, ORDER_KEY), invited(100))


def test_a_scale_is_judged_by_those_who_answered_all_its_questions() -> None:
    some = [{"item-0": "5"}, {**dict.fromkeys(NAMES, "1"), "item-4": "na"}, {**dict.fromkeys(NAMES, "1"), "item-4": "9"}]

    (found,) = made([*ROWS, *ROWS], *some)["scales"]

    assert (found["questions"], found["n"]) == (list(NAMES), 2 * len(ROWS))
    assert found["low"] < found["alpha"] < found["high"]
    assert found["alpha"] == pytest.approx(GOLDEN["alpha"], abs=0.005)


def test_of_fewer_than_thirty_complete_answers_not_even_their_number_is_told() -> None:
    found = made(ROWS[:24] + ROWS[:5], *[{"item-0": "3"}] * 5)

    assert found["scales"] == [{"questions": list(NAMES), "n": None, "alpha": None, "low": None, "high": None}]
    assert list(reliability(found, "en"))[1].startswith("Whether they do is told from 30 people on")


def test_a_form_without_such_a_scale_keeps_its_name_and_its_edition_every_byte() -> None:
    plain = replace(SCALED, scales=())

    assert "scales" not in canonical(plain)
    assert "scales" not in made(ROWS, form=plain)


def test_a_form_with_such_a_scale_is_read_as_it_was_written() -> None:
    assert from_document(json.loads(canonical(SCALED))) == SCALED


def test_page_and_workbook_say_in_words_how_far_questions_go_together() -> None:
    found = made([*ROWS, *ROWS])
    named, judged = reliability(found, "en")

    sheets = load_workbook(BytesIO(xlsx_file(found)))

    assert named == "Meant to measure one thing: " + " · ".join(f"How is {name}?" for name in NAMES)
    assert judged.startswith("Cronbach’s alpha is 0.")
    assert {named, judged} <= {cell for (cell,) in sheets["Method"].iter_rows(max_col=1, values_only=True)}

import json

import pytest

from shared import bucket, keys
from shared.store import published, recent, secrets
from shared.web import slips
from shared.web.slips import Slip
from tests.functions.aggregating import aggregate
from tests.functions.examples import FILES, OPEN, publish
from tests.functions.open_round import FORM, PRIVATE, answers, forget, form_of, open_round, path, post, token

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


def test_a_form_that_is_replaced_while_somebody_fills_it_in_is_taken_as_she_was_shown_it() -> None:
    shown = form_of()
    publish(CHANGED, at=OPEN, replace=True)
    forget()

    page = post(path(), shown | {"benefit": "4"})

    assert page.status == 200
    assert published.rounds("walks")["day-1"].form != shown["_form"]
    assert [(answer.form, answer.answers) for answer in answers()] == [(shown["_form"], {"benefit": "4"})]


def test_who_must_mend_something_sees_the_version_that_she_began_with() -> None:
    shown = form_of()
    publish(CHANGED, at=OPEN, replace=True)
    forget()

    page = post(path(), shown)

    assert page.status == 422
    assert page.form()["_form"] == shown["_form"]
    assert "Benefit?" in page.text
    assert "How much benefit?" not in page.text


def test_who_comes_after_the_replacement_gets_the_new_form() -> None:
    publish(CHANGED, at=OPEN, replace=True)
    forget()

    shown = form_of(1)

    assert shown["_form"] == published.rounds("walks")["day-1"].form
    assert post(path(1), shown | {"benefit": "2"}).status == 200


def test_a_new_form_is_taken_by_a_process_that_has_not_heard_of_it_yet() -> None:
    form_of()
    publish(CHANGED, at=OPEN, replace=True)
    stale = recent.round_by_ref._kept.copy()
    forget()
    shown = form_of(1)
    recent.round_by_ref._kept.update(stale)

    assert post(path(1), shown | {"benefit": "2"}).status == 200


def test_both_versions_answers_are_in_the_result_each_under_its_own() -> None:
    ref = published.rounds("walks")["day-1"].ref
    secrets.put_secret(ref, "box", keys.wrapped("box", ref, PRIVATE))
    first = form_of()
    publish(CHANGED, at=OPEN, replace=True)
    forget()
    post(path(), first | {"benefit": "4"})
    post(path(1), form_of(1) | {"benefit": "5"})

    aggregate({"time": "2025-08-26T23:00:00Z"}, None)

    frozen = published.rounds("walks")["day-1"]
    edition = json.loads(bucket.get(f"{frozen.edition}/edition.json"))
    assert edition["versions"] == [
        {"number": 1, "form": frozen.earlier[0], "n": 1},
        {"number": 2, "form": frozen.form, "n": 1},
    ]
    assert {tuple(item["versions"]) for item in edition["questions"]} == {(1, 2)}


def test_a_version_that_the_round_never_had_is_refused() -> None:
    shown = form_of()
    slip = Slip("f" * 32, *(shown[name] for name in slips.FIELDS[1:]))

    page = post(path(), slips.fields(slip, token()) | {"benefit": "4"})

    assert page.status == 422
    assert answers() == []

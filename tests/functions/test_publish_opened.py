"""Published once more, after a round has opened: what stays as people were promised, and what may still change."""

import pytest

from shared.rounds import closes
from shared.store import published
from tests.functions.examples import DAY, FILES, OPEN, PROGRAMME, dump, oslo, publish
from tests.functions.test_publish import OTHER_DAY, WITHOUT_DAY_2, changes

pytestmark = pytest.mark.usefixtures("tables")

MOVED = FILES | {"programme.yaml": PROGRAMME.replace("2025-08-26", "2025-08-27")}


def test_a_round_that_has_opened_keeps_its_form_and_says_so() -> None:
    publish()
    before = published.rounds("walks")

    said = publish(OTHER_DAY, at=OPEN)

    after = published.rounds("walks")
    assert changes(said) == {"day-1": "kept", "day-2": "changed"}
    assert "keeps the form" in said["rounds"][0]["why"]
    assert after["day-1"] == before["day-1"]
    assert after["day-2"].form != before["day-2"].form


def test_an_opened_round_s_end_can_be_moved_while_its_form_stays() -> None:
    publish()

    said = publish({**OTHER_DAY, "programme.yaml": PROGRAMME.replace("23:59", "21:00")}, at=OPEN)

    found = published.rounds("walks")["day-1"]
    assert changes(said)["day-1"] == "changed"
    assert closes(found) == oslo("2025-08-26T21:01")
    stored = published.form("walks", found.form)
    assert stored is not None
    assert stored.questions[0].text["nb"] == "Utbytte?"


def test_the_day_of_a_frozen_round_can_t_be_moved() -> None:
    publish()
    published.freeze(published.rounds("walks")["day-1"], "editions/walks/day-1/x")
    before = dump()

    said = publish(MOVED, at=OPEN)

    assert said == {"faults": ["programme.yaml:1:1: day-1: its result is published, so its day can't be moved any more"]}
    assert dump() == before


def test_a_frozen_round_is_published_again_unchanged_with_its_edition() -> None:
    publish()
    published.freeze(published.rounds("walks")["day-1"], "editions/walks/day-1/x")
    before = dump()

    assert set(changes(publish(at=OPEN)).values()) == {"unchanged"}

    assert dump() == before


def test_a_round_that_has_opened_stays_although_the_files_drop_it() -> None:
    publish()

    said = publish(WITHOUT_DAY_2, at=oslo("2025-10-07T13:00"))

    assert changes(said) == {"day-1": "unchanged", "day-2": "kept"}


def test_the_day_of_a_round_that_stays_stays_too_for_the_pages_that_tell_it() -> None:
    publish()
    held = published.programme("walks")
    assert held is not None

    publish(WITHOUT_DAY_2, at=oslo("2025-10-07T13:00"))
    once = dump()
    publish(WITHOUT_DAY_2, at=oslo("2025-10-07T13:30"))

    stored = published.programme("walks")
    assert stored is not None
    assert stored.days == held.days
    assert dump() == once


@pytest.mark.parametrize("mode", ["confidential", "personal"])
def test_the_mode_that_people_were_promised_can_t_be_changed(mode: str) -> None:
    publish()
    before = dump()

    said = publish({**FILES, "day.yaml": DAY.replace("mode: anonymous", f"mode: {mode}")}, at=OPEN)

    assert "it has opened as anonymous" in said["faults"][0]
    assert dump() == before


@pytest.mark.parametrize(("seconds", "change"), [(121, "changed"), (120, "kept")])
def test_just_before_its_opening_a_round_counts_as_open(seconds: int, change: str) -> None:
    publish()

    said = publish(OTHER_DAY, at=oslo("2025-08-26T11:00") - seconds)

    assert changes(said)["day-1"] == change


def test_a_round_that_was_open_and_is_moved_keeps_its_form_its_mode_and_its_place() -> None:
    publish()
    publish(MOVED, at=OPEN)
    assert set(changes(publish(MOVED, at=OPEN)).values()) == {"unchanged"}

    renamed = publish(MOVED | {"day.yaml": OTHER_DAY["day.yaml"]}, at=OPEN)
    other_mode = publish(MOVED | {"day.yaml": DAY.replace("mode: anonymous", "mode: personal")}, at=OPEN)

    assert changes(renamed)["day-1"] == "kept"
    assert "it has opened as anonymous" in other_mode["faults"][0]


def test_an_open_round_takes_a_changed_form_where_that_is_asked_for() -> None:
    publish()
    before = published.rounds("walks")["day-1"]

    plan = publish(OTHER_DAY, at=OPEN, replace=True, plan_only=True)
    said = publish(OTHER_DAY, at=OPEN, replace=True)

    after = published.rounds("walks")["day-1"]
    assert changes(plan) == changes(said) == {"day-1": "replaced", "day-2": "changed"}
    assert (after.earlier, after.versions) == ((before.form,), (before.form, after.form))
    stored = published.form("walks", after.form)
    assert stored is not None
    assert stored.questions[0].text["nb"] == "Hvor stort utbytte?"


@pytest.mark.parametrize("asked", [True, False])
def test_a_replaced_form_published_again_changes_nothing(asked: bool) -> None:
    publish()
    publish(OTHER_DAY, at=OPEN, replace=True)
    before = dump()

    assert set(changes(publish(OTHER_DAY, at=OPEN, replace=asked)).values()) == {"unchanged"}

    assert dump() == before


def test_a_form_that_comes_back_is_the_newest_again_and_no_earlier_one() -> None:
    publish()
    publish(OTHER_DAY, at=OPEN, replace=True)
    other = published.rounds("walks")["day-1"].form

    publish(at=OPEN, replace=True)

    assert published.rounds("walks")["day-1"].earlier == (other,)


def test_a_round_that_has_closed_keeps_its_form_whatever_is_asked_for() -> None:
    publish()

    said = publish(OTHER_DAY, at=oslo("2025-08-27T00:01"), replace=True)

    assert changes(said)["day-1"] == "kept"
    assert said["rounds"][0]["why"] == "it has closed"


def test_a_round_whose_result_is_published_stays_as_it_is() -> None:
    publish()
    published.freeze(published.rounds("walks")["day-1"], "editions/walks/day-1/x")
    before = published.rounds("walks")["day-1"]

    said = publish(OTHER_DAY, at=OPEN, replace=True)

    assert changes(said)["day-1"] == "kept"
    assert published.rounds("walks")["day-1"] == before


def test_a_gathering_to_which_people_were_invited_can_t_be_dropped() -> None:
    publish()
    before = dump()
    without = PROGRAMME.replace("      - {id: north, date: 2025-10-07, place: Ås, units: [North]}\n", "")

    said = publish(FILES | {"programme.yaml": without}, at=oslo("2025-10-07T13:00"))

    assert "leave out" in said["faults"][0]
    assert dump() == before

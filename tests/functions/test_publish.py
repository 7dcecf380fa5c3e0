import json
import time
from collections.abc import Mapping

import pytest

from shared import envelopes, keys
from shared.clock import FutureTime
from shared.rounds import closes
from shared.store import published, secrets
from tests.functions.examples import DAY, FILES, LONG_BEFORE, OPEN, PROGRAMME, dump, oslo, publish, scanned, set_clock

OTHER_DAY = FILES | {"day.yaml": DAY.replace("Utbytte?", "Hvor stort utbytte?")}
MOVED = FILES | {"programme.yaml": PROGRAMME.replace("2025-08-26", "2025-08-27")}
WITHOUT_DAY_2 = FILES | {"programme.yaml": PROGRAMME.replace("for: each day", "for: day-1\n    id: day-1")}
pytestmark = pytest.mark.usefixtures("tables")


def changes(said: Mapping[str, list[Mapping[str, str]]]) -> dict[str, str]:
    return {step["round"]: step["change"] for step in said["rounds"]}


def test_the_first_publication_stores_programme_form_rounds_and_their_secrets() -> None:
    said = publish()

    assert changes(said) == {"day-1": "new", "day-2": "new"}
    found = published.rounds("walks")
    assert published.programme("walks") is not None
    assert all(published.form("walks", item.form) for item in found.values())
    assert [published.round_by_ref(item.ref) for item in found.values()] == list(found.values())
    assert sorted(item["sk"]["S"] for item in scanned("KEYS")) == ["BOX", "BOX", "LINK", "LINK"]


def test_windows_open_when_the_last_session_ends_and_include_the_last_minute() -> None:
    said = publish()

    assert said["rounds"][0] == {
        "round": "day-1",
        "change": "new",
        "opens": "2025-08-26T11:00:00+02:00",
        "closes": "2025-08-27T00:00:00+02:00",
        "reminds": "",
        "why": "",
    }


def test_a_day_in_three_places_is_one_round_with_three_windows() -> None:
    publish()

    windows = published.rounds("walks")["day-2"].windows

    assert {name: window.opens for name, window in windows.items()} == {
        "north": oslo("2025-10-07T12:00"),
        "south": oslo("2025-10-08T12:00"),
        "west": oslo("2025-10-09T12:00"),
    }


@pytest.mark.parametrize("at", [LONG_BEFORE, OPEN])
def test_the_same_files_twice_change_nothing(at: int) -> None:
    publish()
    before = dump()

    said = publish(at=at)

    assert set(changes(said).values()) == {"unchanged"}
    assert dump() == before


def test_a_plan_stores_nothing() -> None:
    before = dump()

    said = publish(plan_only=True)

    assert changes(said) == {"day-1": "new", "day-2": "new"}
    assert said["published"] is False
    assert dump() == before


def test_faults_are_told_with_their_places_all_at_once_and_nothing_is_stored() -> None:
    before = dump()

    said = publish({"programme.yaml": PROGRAMME.replace("2025-08-26", "2025-02-30"), "day.yaml": DAY.replace("kind: text", "kind: poem")})

    places = [fault.partition(": ")[0] for fault in said["faults"]]
    assert [place.split(":")[0] for place in places] == ["day.yaml", "programme.yaml"]
    assert [place.split(":")[1] for place in places] == ["15", "18"]
    assert dump() == before


def test_faulty_files_leave_the_last_good_version_live() -> None:
    publish()
    before = dump()

    assert "faults" in publish(FILES | {"day.yaml": ""})

    assert dump() == before


def test_a_question_changed_before_opening_gives_the_rounds_another_form() -> None:
    publish()
    before, secrets_before = published.rounds("walks"), dump("KEYS")

    said = publish(OTHER_DAY)

    after = published.rounds("walks")
    assert set(changes(said).values()) == {"changed"}
    assert all(after[name].form != before[name].form and after[name].ref == before[name].ref for name in after)
    assert dump("KEYS") == secrets_before


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


def test_a_round_that_the_files_drop_before_it_opens_is_removed() -> None:
    publish()
    ref = published.rounds("walks")["day-2"].ref

    said = publish(WITHOUT_DAY_2)

    assert changes(said) == {"day-1": "unchanged", "day-2": "removed"}
    assert published.rounds("walks").keys() == {"day-1"}
    assert published.round_by_ref(ref) is None
    assert published.rounds_due(oslo("2025-10-07T13:00")) == [published.rounds("walks")["day-1"]]


def test_a_removed_round_that_comes_back_is_a_new_one() -> None:
    publish()
    ref = published.rounds("walks")["day-2"].ref
    publish(WITHOUT_DAY_2)

    said = publish()

    assert changes(said) == {"day-1": "unchanged", "day-2": "new"}
    assert published.rounds("walks")["day-2"].ref != ref
    assert published.round_by_ref(ref) is None


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


def test_before_a_round_opens_its_mode_may_change_and_what_its_links_need_is_made() -> None:
    publish()

    said = publish({**FILES, "day.yaml": DAY.replace("mode: anonymous", "mode: personal")})

    assert [(step["round"], step["change"]) for step in said["rounds"]] == [("day-1", "changed"), ("day-2", "changed")]
    assert {found.mode for found in published.rounds("walks").values()} == {"personal"}
    assert secrets.secret("walks#2025/26", "letter")


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


def test_all_dates_can_be_shifted_so_that_a_day_is_today() -> None:
    said = publish(at=oslo("2026-01-10T08:00"), today="day-2")

    assert [step["opens"] for step in said["rounds"]] == ["2025-11-29T11:00:00+01:00", "2026-01-10T12:00:00+01:00"]


def test_published_again_on_the_same_day_a_shifted_programme_is_unchanged() -> None:
    publish(at=oslo("2026-01-10T08:00"), today="day-2")
    before = dump()

    said = publish(at=oslo("2026-01-10T20:00"), today="day-2")

    assert set(changes(said).values()) == {"unchanged"}
    assert dump() == before


def test_a_day_that_the_programme_does_not_have_is_told_and_nothing_stored() -> None:
    before = dump()

    said = publish(today="day-9")

    assert "day-9" in said["faults"][0]
    assert dump() == before


def test_secrets_are_stored_wrapped_and_no_private_key_lies_in_any_table() -> None:
    publish()

    plain = [keys.unwrapped("box", item.ref, secrets.secret(item.ref, "box")) for item in published.rounds("walks").values()]
    plain += [keys.unwrapped("link", item.ref, secrets.secret(item.ref, "link")) for item in published.rounds("walks").values()]

    stored = json.dumps(dump())
    assert len(set(plain)) == 4
    assert not any(secret.hex() in stored for secret in plain)


def test_a_round_s_box_opens_with_its_private_key_alone() -> None:
    publish()
    first, second = published.rounds("walks").values()
    answer = envelopes.Answer(first.form, {"benefit": "4"}, (), "day-1")
    envelope = envelopes.sealed(first.public_key, answer, 68)

    own, other = (keys.unwrapped("box", item.ref, secrets.secret(item.ref, "box")) for item in (first, second))

    assert envelopes.opened(own, envelope) == answer
    with pytest.raises(envelopes.Unopenable):
        envelopes.opened(other, envelope)


def test_a_wrapped_secret_can_t_pass_for_another_round_s() -> None:
    publish()
    first, second = published.rounds("walks").values()

    with pytest.raises(keys.client().exceptions.InvalidCiphertextException):
        keys.unwrapped("box", second.ref, secrets.secret(first.ref, "box"))


def test_a_time_in_the_future_is_refused() -> None:
    with pytest.raises(FutureTime):
        publish(at=oslo("2199-01-01T12:00"))


def test_on_the_local_stack_the_clock_decides_what_has_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGE", "local")
    publish()
    set_clock(OPEN)

    said = publish(OTHER_DAY, at=int(time.time()))

    assert changes(said)["day-1"] == "kept"


def test_a_round_is_stored_with_the_times_at_which_it_reminds_at_each_gathering() -> None:
    said = publish(FILES | {"programme.yaml": FILES["programme.yaml"].replace("closes: 23:59", "closes: 23:59\n    reminds: [19:00]")})

    found = published.rounds("walks")
    assert said["rounds"][0]["reminds"] == "2025-08-26T19:00:00+02:00"

    assert {name: due.opens for name, (due,) in found["day-2"].reminders.items()} == {
        "north": oslo("2025-10-07T19:00"),
        "south": oslo("2025-10-08T19:00"),
        "west": oslo("2025-10-09T19:00"),
    }

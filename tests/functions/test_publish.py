import time
from collections.abc import Mapping

import pytest

from shared.clock import FutureTime
from shared.store import published, secrets
from tests.functions.examples import DAY, FILES, LONG_BEFORE, OPEN, PROGRAMME, dump, oslo, publish, scanned, set_clock

OTHER_DAY = FILES | {"day.yaml": DAY.replace("Utbytte?", "Hvor stort utbytte?")}
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


def test_before_a_round_opens_its_mode_may_change_and_what_its_links_need_is_made() -> None:
    publish()

    said = publish({**FILES, "day.yaml": DAY.replace("mode: anonymous", "mode: personal")})

    assert [(step["round"], step["change"]) for step in said["rounds"]] == [("day-1", "changed"), ("day-2", "changed")]
    assert {found.mode for found in published.rounds("walks").values()} == {"personal"}
    assert secrets.secret("walks#2025/26", "letter")


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

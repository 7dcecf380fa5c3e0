from collections.abc import Mapping
from typing import Any

import pytest

from shared.overrides import Override, Unknown, laid_over, override, read, with_change, without, written

FILE: Mapping[str, Any] = {
    "title": "Walks",
    "days": [
        {
            "id": "day-1",
            "date": "2025-08-26",
            "place": "Oslo",
            "sessions": [{"id": "maps", "title": "Maps", "start": "09:00", "end": "11:00", "speaker": "Kim"}],
        },
        {"id": "day-2", "gatherings": [{"id": "north", "date": "2025-10-07", "place": "Ås"}]},
    ],
}


def made(name: str, action: str = "change", **values: Any) -> Override:
    day, what, found = name.split("/")
    return override({"day": day, "what": what, "id": found, "action": action, "values": values}, 1, "a@example.org")


def day(number: int, *overrides: Override, shift: int = 0) -> Any:
    changed, misfits = laid_over(FILE, overrides, shift)
    assert misfits == {}
    return changed["days"][number - 1]


def test_the_only_gathering_of_a_day_is_the_day_itself() -> None:
    found = day(1, made("day-1/gathering/day-1", date="2025-08-27", place="Bergen"))

    assert (found["date"], found["place"]) == ("2025-08-27", "Bergen")


def test_one_of_several_gatherings_moves() -> None:
    assert day(2, made("day-2/gathering/north", place="Bø"))["gatherings"] == [{"id": "north", "date": "2025-10-07", "place": "Bø"}]


def test_a_date_is_meant_as_it_is_shown_although_all_dates_are_moved() -> None:
    assert day(1, made("day-1/gathering/day-1", date="2025-09-05"), shift=10)["date"] == "2025-08-26"


def test_a_session_is_changed_dropped_and_added_in_the_order_of_the_day() -> None:
    later = made("day-1/session/maps", start="12:00", end="13:00", speaker=None)
    added = made("day-1/session/tents", "add", title="Tents", start="09:00", end="11:00")

    assert day(1, later, added)["sessions"] == [
        {"id": "tents", "title": "Tents", "start": "09:00", "end": "11:00"},
        {"id": "maps", "title": "Maps", "start": "12:00", "end": "13:00"},
    ]
    assert day(1, made("day-1/session/maps", "drop"))["sessions"] == []


def test_the_file_itself_stays_as_it_is() -> None:
    laid_over(FILE, [made("day-1/session/maps", "drop")])

    assert FILE["days"][0]["sessions"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (made("day-9/gathering/day-9", place="Bø"), "there is no day day-9 any more"),
        (made("day-2/gathering/south", place="Bø"), "day-2 has no gathering south any more"),
        (made("day-1/session/tents", title="Tents"), "day-1 has no session tents any more"),
        (made("day-1/session/tents", "drop"), "day-1 has no session tents any more"),
        (made("day-1/session/maps", "add", title="Maps"), "day-1 has a session maps now"),
    ],
)
def test_what_no_longer_fits_is_told_and_changes_nothing(change: Override, why: str) -> None:
    assert laid_over(FILE, [change]) == (FILE, {change.name: why})


def test_changes_of_the_same_thing_become_one() -> None:
    place, moved = made("day-1/gathering/day-1", place="Bergen"), made("day-1/gathering/day-1", date="2025-08-27")

    (found,) = with_change([place], moved)

    assert found.values == {"place": "Bergen", "date": "2025-08-27"}


def test_what_the_desk_added_and_dropped_leaves_no_trace() -> None:
    added = made("day-1/session/tents", "add", title="Tents", start="09:00", end="11:00")

    assert [item.action for item in with_change([added], made("day-1/session/tents", start="10:00"))] == ["add"]
    assert with_change([added], made("day-1/session/tents", "drop")) == ()


def test_a_changed_session_that_is_dropped_is_dropped() -> None:
    (found,) = with_change([made("day-1/session/maps", start="10:00")], made("day-1/session/maps", "drop"))

    assert (found.action, found.values) == ("drop", {})


def test_a_change_is_taken_back_by_its_name() -> None:
    place, drop = made("day-1/gathering/day-1", place="Bergen"), made("day-1/session/maps", "drop")

    assert without([place, drop], "day-1/session/maps") == (place,)


@pytest.mark.parametrize(
    "change",
    [
        {"what": "staff", "id": "a", "day": "day-1", "action": "change", "values": {}},
        {"what": "gathering", "id": "a", "day": "day-1", "action": "drop", "values": {}},
        {"what": "session", "id": "a", "day": "day-1", "action": "change", "values": {"rated": False}},
        {},
    ],
)
def test_nothing_else_can_be_changed(change: Mapping[str, Any]) -> None:
    with pytest.raises(Unknown):
        override(change, 1, "a@example.org")


def test_what_is_stored_is_read_as_it_was() -> None:
    changes = (made("day-1/gathering/day-1", place="Bø"), made("day-1/session/maps", "drop"))

    assert read(written(changes)) == changes

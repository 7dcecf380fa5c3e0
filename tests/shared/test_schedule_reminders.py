from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from shared.programmes import Reminder
from shared.rounds import Window
from shared.schedule import APART, LATE, reminders, wall_clock

OSLO = "Europe/Oslo"


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(OSLO)).timestamp())


def window(opens: str, closes: str) -> Window:
    return Window(at(opens), at(closes) + 60)


def told(window: Window, *times: str | Reminder) -> list[str]:
    return [f"{wall_clock(due.opens, OSLO):%m-%d %H:%M}" for due in reminders(window, declared(*times), OSLO)]


def ends(window: Window, *times: str) -> list[str]:
    return [f"{wall_clock(due.closes, OSLO):%m-%d %H:%M}" for due in reminders(window, declared(*times), OSLO)]


def declared(*times: str | Reminder) -> list[Reminder]:
    return [Reminder(time) if isinstance(time, str) else time for time in times]


DAY = window("2026-08-26T15:30", "2026-08-26T23:59")


def test_a_round_reminds_at_each_of_its_times_on_each_day_on_which_it_is_open() -> None:
    week = window("2026-08-26T08:00", "2026-08-28T23:59")

    assert told(week, "19:00", "08:00") == ["08-26 19:00", "08-27 08:00", "08-27 19:00", "08-28 08:00", "08-28 19:00"]


def test_a_reminder_some_days_from_the_opening_or_the_closing_comes_once() -> None:
    fortnight = window("2026-08-26T08:00", "2026-09-09T23:59")

    assert told(fortnight, Reminder("08:00", "closes", -2), Reminder("12:30", "opens", 7)) == ["09-02 12:30", "09-07 08:00"]
    assert told(fortnight, Reminder("08:00", "closes")) == ["09-09 08:00"]


def test_a_closing_at_midnight_is_of_the_day_that_it_ends() -> None:
    assert told(window("2026-08-26T08:00", "2026-08-31T23:59"), Reminder("08:00", "closes", -2)) == ["08-29 08:00"]
    assert told(window("2026-08-26T08:00", "2026-09-01T00:00"), Reminder("08:00", "closes", -2)) == ["08-30 08:00"]


@pytest.mark.parametrize(("opens", "closes"), [("2026-03-27T08:00", "2026-03-31T23:59"), ("2026-10-23T08:00", "2026-10-27T23:59")])
def test_days_are_counted_by_the_calendar_when_the_clocks_change(opens: str, closes: str) -> None:
    (switch,) = told(window(opens, closes), Reminder("08:00", "closes", -2))

    assert switch in ("03-29 08:00", "10-25 08:00")


@pytest.mark.parametrize("item", [Reminder("08:00", "closes", -9), Reminder("08:00", "closes", 1), Reminder("09:59", "opens")])
def test_a_reminder_outside_the_window_or_soon_after_its_opening_never_comes(item: Reminder) -> None:
    assert told(window("2026-08-26T08:00", "2026-08-28T23:59"), item) == []


def test_without_times_it_never_reminds() -> None:
    assert told(DAY) == []


@pytest.mark.parametrize(("time", "reminded"), [("15:30", False), ("17:29", False), ("17:30", True), ("19:00", True), ("23:59", True)])
def test_nobody_is_reminded_within_two_hours_of_the_opening(time: str, reminded: bool) -> None:
    assert told(DAY, time) == ([f"08-26 {time}"] if reminded else [])


@pytest.mark.parametrize(("closes", "reminded"), [("18:58", False), ("18:59", False), ("19:00", True)])
def test_nobody_is_reminded_when_the_form_has_closed(closes: str, reminded: bool) -> None:
    assert bool(told(window("2026-08-26T12:00", f"2026-08-26T{closes}"), "19:00")) == reminded


def test_a_reminder_is_too_late_after_ninety_minutes() -> None:
    assert ends(DAY, "19:00") == ["08-26 20:30"]


def test_a_reminder_is_too_late_when_the_next_one_is_due() -> None:
    assert ends(DAY, "18:00", "18:45") == ["08-26 18:45", "08-26 20:15"]


def test_a_reminder_is_too_late_when_the_form_closes() -> None:
    assert ends(window("2026-08-26T12:00", "2026-08-26T19:30"), "19:00") == ["08-26 19:31"]


def test_a_reminder_that_is_late_does_not_go_out_in_the_evening() -> None:
    assert ends(DAY, "20:15") == ["08-26 21:00"]


@pytest.mark.parametrize("time", ["21:00", "22:15", "06:30", "00:00"])
def test_a_time_that_the_file_says_is_kept_in_the_evening_and_early_morning_too(time: str) -> None:
    night = window("2026-08-26T08:00", "2026-08-27T08:00")

    assert [due.closes - due.opens for due in reminders(night, declared(time), OSLO)] == [LATE]


@pytest.mark.parametrize("date", ["2026-03-29", "2026-10-25"])
@pytest.mark.parametrize("hour", range(24))
def test_every_local_hour_of_both_switch_days_gives_exactly_one_reminder(date: str, hour: int) -> None:
    eve = f"{date[:8]}{int(date[8:]) - 1}"

    (found,) = reminders(Window(at(f"{eve}T12:00"), at(f"{date}T23:59") + 60), declared(f"{hour:02}:30"), OSLO)[-1:]

    gone = (date, hour) == ("2026-03-29", 2)
    assert f"{wall_clock(found.opens, OSLO):%Y-%m-%d %H:%M}" == f"{date} {3 if gone else hour:02}:30"
    assert 0 < found.closes - found.opens <= LATE


def test_two_times_that_are_one_moment_when_the_clocks_change_remind_once() -> None:
    night = window("2026-03-28T12:00", "2026-03-29T12:00")

    assert told(night, "02:30", "03:30") == ["03-29 03:30"]


def test_reminders_never_overlap_and_lie_within_the_window() -> None:
    often = declared(*(f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 40)))

    found = reminders(window("2026-10-20T09:00", "2026-10-28T12:00"), often, OSLO)

    assert all(one.closes <= two.opens for one, two in pairwise(found))
    assert found[0].opens >= at("2026-10-20T09:00") + APART
    assert found[-1].closes <= at("2026-10-28T12:00") + 60

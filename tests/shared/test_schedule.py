from datetime import UTC, datetime

import pytest

from shared.programmes import Day, Gathering, RoundPlan
from shared.rounds import Window
from shared.schedule import wall_clock, windows

OSLO = "Europe/Oslo"
PLAN = RoundPlan("day-1", "day", "day-1", "15:30", "23:59")


def day(*dates: str) -> Day:
    gatherings = tuple(Gathering(f"place-{number}", None, date, "Oslo") for number, date in enumerate(dates))
    return Day("day-1", {"en": "Day 1"}, (), (), gatherings)


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("date", "opens", "closes"),
    [
        ("2026-01-15", "2026-01-15T14:30", "2026-01-15T23:00"),
        ("2026-07-15", "2026-07-15T13:30", "2026-07-15T22:00"),
        ("2026-03-28", "2026-03-28T14:30", "2026-03-28T23:00"),
        ("2026-03-29", "2026-03-29T13:30", "2026-03-29T22:00"),
        ("2026-10-24", "2026-10-24T13:30", "2026-10-24T22:00"),
        ("2026-10-25", "2026-10-25T14:30", "2026-10-25T23:00"),
    ],
)
def test_a_window_is_local_time_on_the_day_also_where_the_clocks_change(date: str, opens: str, closes: str) -> None:
    assert windows(PLAN, day(date), OSLO) == {"place-0": Window(utc(opens), utc(closes))}


@pytest.mark.parametrize(("date", "hours"), [("2026-03-28", 24), ("2026-03-29", 23), ("2026-10-25", 25)])
def test_a_day_is_as_long_as_it_is_on_the_wall(date: str, hours: int) -> None:
    whole_day = RoundPlan("day-1", "day", "day-1", "00:00", "23:59")

    found = windows(whole_day, day(date), OSLO)["place-0"]

    assert found.closes - found.opens == hours * 3600


@pytest.mark.parametrize("date", ["2026-03-29", "2026-10-25"])
@pytest.mark.parametrize("hour", range(24))
def test_every_local_hour_of_both_switch_days_has_one_opening(date: str, hour: int) -> None:
    at_hour = RoundPlan("day-1", "day", "day-1", f"{hour:02}:00", "23:59")

    opens = windows(at_hour, day(date), OSLO)["place-0"].opens

    gone = (date, hour) == ("2026-03-29", 2)
    assert wall_clock(opens, OSLO).hour == (3 if gone else hour)
    assert f"{wall_clock(opens, OSLO):%Y-%m-%d}" == date


def test_the_last_minute_is_included() -> None:
    closes = windows(PLAN, day("2026-08-26"), OSLO)["place-0"].closes

    assert f"{wall_clock(closes - 1, OSLO):%H:%M:%S}" == "23:59:59"


def test_each_gathering_has_a_window_on_its_own_date() -> None:
    found = windows(PLAN, day("2026-10-07", "2026-10-09", "2026-10-26"), OSLO)

    assert [f"{wall_clock(window.opens, OSLO):%m-%d %H:%M}" for window in found.values()] == ["10-07 15:30", "10-09 15:30", "10-26 15:30"]


def test_the_zone_is_the_programme_s() -> None:
    oslo, helsinki = (windows(PLAN, day("2026-08-26"), zone)["place-0"].opens for zone in (OSLO, "Europe/Helsinki"))

    assert oslo - helsinki == 3600

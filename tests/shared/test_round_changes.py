from dataclasses import replace

import pytest

from shared.programmes import Reminder, RoundPlan
from shared.round_changes import FARTHEST, Change, changed, is_done, kept, refusal
from shared.rounds import Round, Window, closes
from tests.functions.examples import oslo
from tests.shared.examples import ROUND

ZONE = "Europe/Oslo"
OPENS, CLOSES = oslo("2025-08-26T11:00"), oslo("2025-08-27T00:00")
NOW = oslo("2025-08-26T16:00")
LATER = oslo("2025-08-28T12:01")

REMINDER = Window(oslo("2025-08-26T19:00"), oslo("2025-08-26T20:30"))
FOUND = replace(ROUND, windows={"north": Window(OPENS, CLOSES)}, reminders={"north": (REMINDER,)}, edition=None)
PLAN = RoundPlan("day-1", "day", "day-1", "11:00", "23:59", reminds=(Reminder("19:00"),))

EXTEND, REMIND, PAUSE, RESUME = Change("extend", LATER), Change("remind"), Change("pause"), Change("resume")


def make(found: Round, change: Change, now: int = NOW) -> Round:
    return changed(found, change, now, PLAN, ZONE)


def test_a_later_closing_brings_the_reminders_of_the_days_that_are_added() -> None:
    after = make(FOUND, EXTEND)

    assert closes(after) == LATER
    assert [time.opens for time in after.reminders["north"]] == [oslo("2025-08-26T19:00"), oslo("2025-08-27T19:00")]


def test_a_reminder_before_the_closing_moves_with_it_and_comes_once_more_where_it_had_gone_out() -> None:
    plan = replace(PLAN, closes_after=7, reminds=(Reminder("08:00", "closes", -2),))
    found = replace(FOUND, windows={"north": Window(OPENS, oslo("2025-09-03T00:00"))}, reminders={})

    after = [changed(found, Change("extend", oslo("2025-09-06T00:00")), now, plan, ZONE) for now in (NOW, oslo("2025-09-02T12:00"))]

    assert [[time.opens for time in item.reminders["north"]] for item in after] == [[oslo("2025-09-03T08:00")]] * 2
    assert [time.opens for time in kept(found, plan, ZONE).reminders["north"]] == [oslo("2025-08-31T08:00")]


def test_a_reminder_now_stands_among_the_others_and_is_late_after_a_while() -> None:
    after = make(FOUND, REMIND)

    assert after.reminders["north"] == (Window(NOW, NOW + 90 * 60), REMINDER)


@pytest.mark.parametrize("change", [EXTEND, REMIND, PAUSE])
def test_a_change_is_done_once_and_stays_through_what_files_declare_later(change: Change) -> None:
    after = make(FOUND, change)
    declared = replace(FOUND, extended=after.extended, extra=after.extra, paused=after.paused)

    assert not is_done(FOUND, change, NOW)
    assert is_done(after, change, NOW + 60)
    assert kept(declared, PLAN, ZONE) == after
    assert kept(after, PLAN, ZONE) == after


def test_files_that_close_later_than_staff_did_win() -> None:
    after = make(FOUND, EXTEND)
    declared = replace(FOUND, windows={"north": Window(OPENS, LATER + 3600)}, extended=after.extended)

    assert closes(kept(declared, PLAN, ZONE)) == LATER + 3600


def test_a_pause_is_taken_back() -> None:
    assert make(make(FOUND, PAUSE), RESUME) == FOUND


@pytest.mark.parametrize(
    ("found", "change", "now", "why"),
    [
        (FOUND, EXTEND, NOW, ""),
        (FOUND, REMIND, NOW, ""),
        (FOUND, EXTEND, CLOSES, "not open"),
        (FOUND, PAUSE, OPENS - 1, "not open"),
        (replace(FOUND, edition="made"), EXTEND, NOW, "not open"),
        (FOUND, Change("extend", CLOSES), NOW, "not later"),
        (FOUND, Change("extend", CLOSES + 1), NOW, ""),
        (FOUND, Change("extend", CLOSES + FARTHEST + 1), NOW, "too far"),
        (FOUND, REMIND, OPENS + 7199, "too soon"),
        (FOUND, REMIND, OPENS + 7200, ""),
        (FOUND, REMIND, REMINDER.opens - 7199, "too soon"),
        (FOUND, REMIND, REMINDER.opens + 60, "too soon"),
        (FOUND, REMIND, oslo("2025-08-26T21:00"), "at rest"),
        (make(FOUND, EXTEND), REMIND, oslo("2025-08-27T06:59"), "at rest"),
        (make(FOUND, EXTEND), REMIND, oslo("2025-08-27T07:00"), ""),
        (replace(FOUND, paused=True), REMIND, NOW, "paused"),
    ],
)
def test_what_can_t_be_done_is_refused_with_a_reason(found: Round, change: Change, now: int, why: str) -> None:
    assert refusal(found, change, now, ZONE) == why


def test_only_gatherings_that_are_open_are_extended() -> None:
    two = replace(FOUND, windows={"north": Window(OPENS, CLOSES), "south": Window(CLOSES + 3600, CLOSES + 7200)}, reminders={})

    after = make(two, EXTEND)

    assert after.windows == {"north": Window(OPENS, LATER), "south": two.windows["south"]}
    assert is_done(after, EXTEND, NOW)

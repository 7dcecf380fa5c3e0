"""What a programme's rounds, series and messages in plain words become."""

import json

import pytest

from shared import programmes
from shared.programmes import EarlierRun, Goal, Message, Reminder, RoundPlan
from tests.shared.declaring import built, faults


def plan(entry: str) -> RoundPlan:
    (only,) = built(f"rounds:\n  - {entry}\n").programme.rounds
    return only


def once(times: str) -> RoundPlan:
    return plan(f"{{form: day, for: once, id: later, {times}}}")


@pytest.mark.parametrize(
    ("opens", "day", "after", "time"),
    [
        ("3 days before day-1 at 08:00", "day-1", -3, "08:00"),
        ("1 day after day-1 at 08:00", "day-1", 1, "08:00"),
        ("2 weeks after day-2 at 09:30", "day-2", 14, "09:30"),
        ("on day-2 at 09:30", "day-2", 0, "09:30"),
        ("2026-09-01 at 07:00", "day-1", 6, "07:00"),
    ],
)
def test_a_round_asked_once_is_anchored_to_a_day(opens: str, day: str, after: int, time: str) -> None:
    found = once(f"opens: {opens}")

    assert (found.id, found.day, found.opens_after, found.opens, found.once) == ("later", day, after, time, True)
    assert (found.closes_after, found.closes) == (after, "23:59")


@pytest.mark.parametrize(
    ("closes", "after", "time"),
    [
        ("12:00", 3, "12:00"),
        ("10 days later at 20:00", 13, "20:00"),
        ("2 weeks later at 20:00", 17, "20:00"),
        ("6 days after day-1 at 20:00", 6, "20:00"),
        ("1 day before day-2 at 20:00", 30, "20:00"),
        ("2026-09-01 at 20:00", 6, "20:00"),
    ],
)
def test_a_round_closes_some_time_after_it_opens(closes: str, after: int, time: str) -> None:
    found = once(f"opens: 3 days after day-1 at 08:00, closes: {closes}")

    assert (found.closes_after, found.closes) == (after, time)


@pytest.mark.parametrize(
    ("said", "reminds"),
    [
        ("08:00", Reminder("08:00")),
        ("2 days before it closes at 08:00", Reminder("08:00", "closes", -2)),
        ("0 days before it closes at 08:00", Reminder("08:00", "closes", 0)),
        ("1 week after it opens at 12:30", Reminder("12:30", "opens", 7)),
    ],
)
def test_a_round_reminds_on_each_day_or_once_counted_from_its_opening_or_closing(said: str, reminds: Reminder) -> None:
    assert once(f"opens: on day-1 at 08:00, closes: 10 days later at 20:00, reminds: [{said}]").reminds == (reminds,)


@pytest.mark.parametrize(
    ("times", "reminds"),
    [
        ("closes: 2 days later at 20:00", ()),
        ("closes: 3 days later at 20:00", (Reminder("08:00", "closes", -2),)),
        ("closes: 2 weeks later at 20:00", (Reminder("08:00", "closes", -2),)),
        ("closes: 2 weeks later at 20:00, reminds: []", ()),
    ],
)
def test_a_round_that_says_nothing_reminds_once_where_it_is_open_for_several_days(times: str, reminds: tuple[Reminder, ...]) -> None:
    assert once(f"opens: on day-1 at 08:00, {times}").reminds == reminds


def test_a_programme_that_was_stored_with_times_alone_is_read() -> None:
    found = once("opens: on day-1 at 08:00, reminds: [19:00]")
    programme = built("rounds:\n  - {form: day, for: day-1, reminds: [19:00]}\n").programme
    document = json.loads(programmes.canonical(programme))

    document["rounds"][0]["reminds"] = ["19:00"]

    assert programmes.from_document(document).rounds[0].reminds == found.reminds == (Reminder("19:00"),)


def test_a_round_for_a_day_may_open_days_after_it() -> None:
    found = plan("{form: day, for: day-1, opens: 2 days after the day at 08:00, closes: 3 days later at 22:00}")

    assert (found.day, found.opens_after, found.closes_after, found.once) == ("day-1", 2, 5, False)


def test_who_is_asked_and_reminded_and_in_which_series_is_kept() -> None:
    found = once("opens: 1 week after day-1 at 08:00, who: [guide], reminds: [19:00], series: goals, stage: follow-up")

    assert (found.roles, found.reminds, found.series, found.stage) == (("guide",), (Reminder("19:00"),), "goals", "follow-up")


def test_a_date_is_anchored_to_a_day_that_everybody_asked_attends() -> None:
    assert once("opens: 2026-09-25 at 08:00").day == "day-1"
    assert once("opens: 2026-09-25 at 08:00, who: [guide]").day == "day-2"


def test_a_track_gives_its_roles_to_its_days() -> None:
    programme = built().programme

    assert [day.roles for day in programme.days] == [(), ("guide",)]
    assert programme.tracks == {"guides": {"en": "The guides"}}


def test_nobody_is_asked_who_is_not_there() -> None:
    assert faults("rounds:\n  - {form: day, for: day-2, who: [leader]}\n") == [
        "programme.yaml:32:34: nobody is asked: only `guide` attend `day-2`"
    ]


def test_goals_messages_an_earlier_run_and_retention_are_kept() -> None:
    programme = built(
        "rounds:\n  - {form: day, for: day-1}\n"
        "messages:\n  - {id: pack, title: Pack, text: Take boots., on: 2 days before day-1 at 08:00, who: [guide]}\n"
        "continues: {programme: walks-2025, attention: [Start later]}\nretention: 180\n"
    ).programme

    assert programme.goals == (Goal("maps", {"en": "Read a map"}), Goal("knots", {"en": "Tie knots"}))
    assert programme.messages == (Message("pack", {"en": "Pack"}, {"en": "Take boots."}, "day-1", "08:00", -2, ("guide",)),)
    assert programme.continues == EarlierRun("walks-2025", ({"en": "Start later"},))
    assert programme.retention == 180
    assert programmes.from_document(json.loads(programmes.canonical(programme))) == programme


def test_rounds_of_a_series_open_in_their_order_whatever_the_order_in_the_file() -> None:
    programme = built(
        "rounds:\n"
        "  - {form: day, for: once, id: two, opens: 1 day after day-2 at 08:00, series: goals, stage: after}\n"
        "  - {form: day, for: once, id: one, opens: 1 day before day-1 at 08:00, series: goals, stage: before}\n"
    ).programme

    assert [(found.id, found.stage) for found in programme.rounds] == [("two", "after"), ("one", "before")]


@pytest.mark.parametrize("mode", ["anonymous", "confidential", "personal"])
def test_a_form_has_one_of_three_modes(mode: str) -> None:
    day = f"title: The day\nmode: {mode}\nquestions:\n  - {{id: a, kind: text, text: What?}}\n"

    assert built(day=day).forms["day-1"].mode == mode


def test_a_round_can_say_how_long_what_it_leaves_is_kept() -> None:
    assert plan("{form: day, for: day-1, retention: 30}").retention == 30
    assert plan("{form: day, for: day-1}").retention == 0

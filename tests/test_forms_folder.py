"""The five programmes and the library under `forms/`: without fault or warning, and of the shape that their originals have."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from shared.declarations.declared import Declared, declared
from shared.declarations.yaml_source import read
from shared.forms import SECONDS, Form
from shared.languages import NAMES
from shared.library import library
from shared.programmes import Day, Programme, RoundPlan
from tests.template import ROOT

FORMS = ROOT / "forms"
LANGUAGES = {
    "laeringsmakker": ("da", "en"),
    "laeringsledelse": ("da", "en"),
    "kollegasamarbeid": ("nb", "en"),
    "lederseminar": ("da", "en"),
    "inkluderende": ("da", "en"),
}
LIBRARY = {"course-day", "goals", "transfer", "letter", "situation", "observation", "action-plan"}
PATIENCE = 90
"""Seconds that the evaluation of a course day may take."""

each_programme = pytest.mark.parametrize("name", LANGUAGES)


@cache
def found(name: str) -> Declared:
    judged = declared(name, {path.name: path.read_bytes() for path in FORMS.joinpath(name).glob("*.yaml")}, library())
    assert isinstance(judged, Declared), [str(fault) for fault in judged]
    return judged


def programme(name: str) -> Programme:
    return found(name).programme


def rounds(name: str, form: str) -> list[RoundPlan]:
    return [plan for plan in programme(name).rounds if plan.form == form]


def series(name: str) -> list[RoundPlan]:
    return [plan for plan in programme(name).rounds if plan.series]


def stages(name: str) -> list[str]:
    return [plan.stage for plan in series(name)]


def days(name: str) -> dict[str, Day]:
    return {day.id: day for day in programme(name).days}


def form(name: str, round_id: str) -> Form:
    return found(name).forms[round_id]


def ids(asked: Form) -> list[str]:
    return [question.id for question in asked.questions]


def test_there_are_the_five_programmes_and_the_library() -> None:
    assert {path.name for path in FORMS.iterdir()} == {*LANGUAGES, "library"}
    assert {path.stem for path in FORMS.joinpath("library").glob("*.yaml")} == LIBRARY


@each_programme
def test_judging_a_programme_changes_nothing_of_what_was_read(name: str) -> None:
    found(name)

    for content in [*(path.read_bytes() for path in FORMS.joinpath(name).glob("*.yaml")), *library().values()]:
        assert read(content) == read.__wrapped__(content)


@each_programme
def test_a_programme_has_no_fault_and_no_warning(name: str) -> None:
    assert [str(warning) for warning in found(name).warnings] == []


@each_programme
def test_a_programme_offers_its_own_language_first_and_english(name: str) -> None:
    assert programme(name).languages == LANGUAGES[name]


@each_programme
def test_each_course_day_is_evaluated_the_same_day_anonymously_and_in_ninety_seconds(name: str) -> None:
    for day in programme(name).days:
        (plan,) = (plan for plan in programme(name).rounds if plan.id == day.id)
        asked = form(name, plan.id)
        assert (asked.mode, plan.opens_after, plan.closes_after) == ("anonymous", 0, 0)
        assert plan.opens == max(session.end for session in day.sessions)
        assert sum(SECONDS[question.kind] for question in asked.questions) <= PATIENCE


@each_programme
def test_each_day_has_aims_and_rated_sessions(name: str) -> None:
    for day in programme(name).days:
        assert day.aims
        assert any(session.rated for session in day.sessions)


@each_programme
def test_what_is_used_weeks_later_stands_beside_a_day(name: str) -> None:
    weeks_later = [plan for plan in programme(name).rounds if plan.form in ("transfer", "since-last-time", "plan-follow-up")]

    assert weeks_later
    assert {plan.follows for plan in weeks_later} <= set(days(name))


@each_programme
def test_goals_are_assessed_before_and_after_in_the_same_words(name: str) -> None:
    asked = [form(name, plan.id) for plan in series(name)]

    assert {"before", "after"} <= set(stages(name))
    assert len({plan.series for plan in series(name)}) == 1
    for one in asked:
        assert [question for question in one.questions if not question.looks_back] == list(asked[0].questions)
    assert ids(asked[0]) == [f"goal.{goal.id}" for goal in programme(name).goals]
    assert asked[0].mode == "confidential"


@each_programme
def test_weeks_after_the_last_day_it_is_asked_what_is_used(name: str) -> None:
    later = [plan for plan in programme(name).rounds if plan.form in ("transfer", "plan-follow-up", "since-last-time")]

    assert later
    assert {form(name, plan.id).mode for plan in later} == {"anonymous"}
    assert max(plan.opens_after for plan in programme(name).rounds if not plan.stage) >= 28


@each_programme
def test_tasks_are_mailed_on_a_date(name: str) -> None:
    assert len(programme(name).messages) >= 2


@each_programme
def test_who_is_responsible_and_how_long_answers_are_kept_is_said(name: str) -> None:
    declared_programme = programme(name)

    assert declared_programme.complaints == "Datatilsynet"
    assert 0 < declared_programme.retention <= 366


@each_programme
def test_an_organiser_an_owner_and_observers_may_sign_in(name: str) -> None:
    assert {staff.role for staff in programme(name).staff} == {"organiser", "owner", "observer"}


@pytest.mark.parametrize("path", sorted(FORMS.glob("*/*.yaml")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_address_is_an_example(path: Path) -> None:
    addresses = re.findall(r"\S+@\S+", path.read_text())

    assert all(address.rstrip(",}").endswith("@example.org") for address in addresses)


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_every_text_of_the_library_stands_in_every_language(name: str) -> None:
    texts = list(_texts(read((FORMS / "library" / f"{name}.yaml").read_bytes()).value))

    assert texts
    assert all(set(text) == set(NAMES) and all(text.values()) for text in texts)


def _texts(value: object) -> list[Mapping[str, str]]:
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    if not isinstance(value, Mapping):
        return []
    return [value] if value.keys() & NAMES.keys() else [text for item in value.values() for text in _texts(item)]


def test_every_form_of_the_library_is_used_by_a_programme() -> None:
    used = {plan.form for name in LANGUAGES for plan in programme(name).rounds}

    assert used >= LIBRARY


def test_learning_buddies_have_two_tracks_with_days_and_forms_of_their_own() -> None:
    held = days("laeringsmakker")

    assert set(programme("laeringsmakker").tracks) == {"buddies", "leaders"}
    assert [day.id for day in held.values() if not day.roles] == ["start", "close"]
    assert [day.id for day in held.values() if day.roles == ("teacher", "pedagogue")] == ["buddies-1", "buddies-2"]
    assert [day.id for day in held.values() if day.roles == ("leader", "consultant")] == ["leaders-1", "leaders-2"]
    assert {plan.day for plan in rounds("laeringsmakker", "leader-day")} == {"leaders-1", "leaders-2"}
    assert "lead-buddies" in ids(form("laeringsmakker", "leaders-1"))
    assert "lead-buddies" not in ids(form("laeringsmakker", "buddies-1"))


def test_learning_buddies_have_four_goals_and_a_first_run() -> None:
    earlier = programme("laeringsmakker").continues

    assert len(programme("laeringsmakker").goals) == 4
    assert stages("laeringsmakker") == ["before", "after"]
    assert ids(form("laeringsmakker", "goals-after"))[4:] == ["goal.clear-goals.then", "goal.observing.then"]
    assert earlier is not None
    assert earlier.attention


def test_buddies_write_notes_of_their_visits_and_leaders_do_not() -> None:
    visits = rounds("laeringsmakker", "observation")

    assert [plan.roles for plan in visits] == [("teacher", "pedagogue")] * 2
    assert {form("laeringsmakker", plan.id).mode for plan in visits} == {"personal"}


def test_learning_buddies_meet_from_october_to_february() -> None:
    dates = [gathering.date for day in programme("laeringsmakker").days for gathering in day.gatherings]

    assert (dates[0], dates[-1]) == ("2014-10-27", "2015-02-04")
    assert dates == sorted(dates)


def test_leading_learning_assesses_three_aims_and_five_capabilities_three_times() -> None:
    goals = [goal.id for goal in programme("laeringsledelse").goals]

    assert (len([goal for goal in goals if goal.startswith("aim-")]), len(goals)) == (3, 8)
    assert stages("laeringsledelse") == ["before", "midway", "after"]


def test_leading_learning_takes_a_school_year_by_school_and_role() -> None:
    found_programme = programme("laeringsledelse")
    dates = [day.gatherings[0].date for day in found_programme.days]

    assert len(dates) == 5
    assert (dates[0] >= "2015-08", dates[-1] < "2016-07") == (True, True)
    assert found_programme.units == ("school",)
    assert set(found_programme.roles) == {"leader", "resource-person"}
    assert len([staff for staff in found_programme.staff if staff.role == "observer"]) == 3


def test_working_with_colleagues_keeps_its_days_regions_and_questions() -> None:
    held = days("kollegasamarbeid")

    assert [gathering.date for day in held.values() for gathering in day.gatherings] == [
        *("2014-08-26", "2014-09-15"),
        *("2014-10-07", "2014-10-09", "2014-10-10"),
    ]
    assert [(gathering.place, gathering.units) for gathering in held["day-3"].gatherings] == [
        ("Sandvika", ("Asker og Bærum",)),
        ("Ås", ("Follo",)),
        ("Mailand", ("Romerike",)),
    ]
    assert [plan.id for plan in rounds("kollegasamarbeid", "day")] == ["day-1", "day-2", "day-3"]


def test_working_with_colleagues_has_letters_a_situation_and_something_to_read() -> None:
    assert len(rounds("kollegasamarbeid", "letter")) == 2
    assert len(ids(form("kollegasamarbeid", "situation"))) == 4
    assert {form("kollegasamarbeid", name).mode for name in ("letter-1", "letter-2", "situation")} == {"personal"}
    assert "reading" in {message.id for message in programme("kollegasamarbeid").messages}


def test_the_leaders_seminar_is_held_in_thirteen_municipalities_in_one_autumn() -> None:
    (seminar,) = programme("lederseminar").days
    dates = [gathering.date for gathering in seminar.gatherings]

    assert len(dates) == len(set(dates)) == 13
    assert (min(dates) >= "2016-08", max(dates) < "2017") == (True, True)
    assert [len(gathering.units) for gathering in seminar.gatherings] == [1] * 13
    assert set(programme("lederseminar").roles) == {"school-leader", "day-care-leader"}


def test_each_municipality_reads_its_own_part_of_the_seminar_only() -> None:
    (seminar,) = programme("lederseminar").days
    readers = [staff.units for staff in programme("lederseminar").staff if staff.role == "observer"]

    assert sorted(readers) == sorted(gathering.units for gathering in seminar.gatherings)


def test_the_leaders_seminar_ends_in_a_plan_that_is_asked_about_weeks_later() -> None:
    (plan,), (follow_up,) = rounds("lederseminar", "action-plan"), rounds("lederseminar", "plan-follow-up")

    assert form("lederseminar", plan.id).mode == "personal"
    assert (plan.opens_after, follow_up.opens_after) == (0, 8 * 7)
    assert follow_up.recalls == plan.id
    assert form("lederseminar", plan.id).shared_with == "team"
    assert "carried-out" in ids(form("lederseminar", follow_up.id))
    assert "useful.cafe" in ids(form("lederseminar", "seminar"))


def test_counsellors_assess_their_role_four_times_the_last_months_later() -> None:
    assert stages("inkluderende") == ["before", "midway", "after", "follow-up"]
    assert {plan.roles for plan in rounds("inkluderende", "goals")} == {("counsellor",)}


def test_counsellors_tell_between_the_days_which_methods_they_have_used() -> None:
    asked = form("inkluderende", "since-year-1-day-1")
    (methods,) = (question for question in asked.questions if question.id == "methods")

    assert [option.code for option in methods.options] == ["action-learning", "co-teaching", "didactic-conversations"]
    assert len(rounds("inkluderende", "since-last-time")) == 3


def test_the_shared_tools_are_rated_for_how_much_sense_they_make() -> None:
    scales = [question for question in form("inkluderende", "tools-year-1").questions if question.kind == "scale"]

    assert len(scales) == 3
    assert all(question.not_relevant for question in scales)


def test_the_counsellors_programme_goes_on_into_another_school_year() -> None:
    dates = [day.gatherings[0].date for day in programme("inkluderende").days]

    assert "2017-08" <= dates[0] < "2017-09"
    assert dates[-1] > "2018-08"

"""The five programmes and the library under `forms/`: without fault or warning, and of the shape that their originals have."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from shared.declarations.yaml_source import read
from shared.forms import SECONDS
from shared.languages import NAMES
from shared.library import library
from tests.forms_folder import FORMS, days, form, found, ids, programme, series, stages

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

"""Each programme of forms/ is what its organisers hold: its days, roles, forms and what is asked when."""

from tests.forms_folder import days, form, ids, programme, rounds, stages


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

import json
from pathlib import Path

import pytest

from shared import forms, programmes
from shared.declarations.declared import Declared, Fault, declared
from shared.forms import Question
from shared.library import library
from shared.programmes import Gathering, Staff, staff_of

ROOT = Path(__file__).parents[3]
KOLLEGASAMARBEID = {path.name: path.read_bytes() for path in ROOT.joinpath("forms", "kollegasamarbeid").glob("*.yaml")}

PROGRAMME = """\
title: Walks
languages: [en]
timezone: Europe/Oslo
sender: Walks
contact: {name: The office, email: office@Example.org}
controller: The county
data_protection: {name: The officer, email: privacy@example.org}
legal_basis: Article 6
complaints: Datatilsynet
roles: {leader: Leader}
days:
  - id: day-1
    title: Day 1
    date: 2026-08-26
    place: Oslo
    sessions:
      - {id: maps, title: Maps, speaker: A cartographer, start: 09:00, end: 10:00}
      - {id: lunch, title: Lunch, start: 12:00, end: 13:30, rated: false}
      - {id: boots, title: "Boots {speaker}", speaker: A cobbler, start: 10:00, end: 11:00}
rounds:
  - {form: day, for: each day}
"""
DAY = """\
title: The day
mode: anonymous
questions:
  - {id: takeaway, kind: text, text: What do you take along?}
"""
SCALE = """
  - id: benefit
    kind: scale
    text: How useful?
    scale:
      points: [%s]
"""


def built(programme: str = PROGRAMME, **form_files: str) -> Declared:
    texts = {"programme": programme, **(form_files or {"day": DAY})}
    found = declared("walks", {f"{name.replace('_', '-')}.yaml": text.encode() for name, text in texts.items()})
    assert isinstance(found, Declared), [str(fault) for fault in found]
    return found


def faults(programme: str = PROGRAMME, day: str = DAY) -> list[str]:
    found = declared("walks", {"programme.yaml": programme.encode(), "day.yaml": day.encode()})
    assert isinstance(found, list)
    return [str(fault) for fault in found]


def rounds(entries: str, **form_files: str) -> list[tuple[str, str, str, str, str]]:
    second = PROGRAMME[PROGRAMME.index("  - id: day-1") : PROGRAMME.index("rounds:")].replace("day-1", "day-2")
    programme = PROGRAMME[: PROGRAMME.index("rounds:")] + second + "rounds:\n" + entries
    found = built(programme, **form_files).programme.rounds
    return [(plan.id, plan.form, plan.day, plan.opens, plan.closes) for plan in found]


def question(number: int, day: str) -> Question:
    return built(day=day).forms["day-1"].questions[number]


def test_one_text_is_enough_where_there_is_one_language() -> None:
    assert built().programme.title == {"en": "Walks"}


def test_a_day_held_once_has_one_gathering_that_bears_its_id() -> None:
    assert built().programme.days[0].gatherings == (Gathering("day-1", None, "2026-08-26", "Oslo"),)


def test_addresses_are_written_in_one_way() -> None:
    assert built().programme.contact.email == "office@example.org"


def test_staff_have_a_role_and_may_be_limited_to_units() -> None:
    staff = "staff:\n  - {email: kari@Example.org, role: owner, units: [Follo]}\n  - {email: ola@example.org, role: observer}\n"

    assert built(PROGRAMME + "units: [region]\n" + staff).programme.staff == (
        Staff("kari@example.org", "owner", ("Follo",)),
        Staff("ola@example.org", "observer"),
    )


def test_staff_are_found_by_their_address_in_capitals_or_not() -> None:
    programme = built(PROGRAMME + "staff: [{email: Kari@example.org, role: owner}]\n").programme

    assert staff_of(programme, "kari@EXAMPLE.org") == programme.staff[0]
    assert staff_of(programme, "ola@example.org") is None


def test_a_programme_stored_before_there_were_staff_has_none() -> None:
    programme = built().programme
    stored = json.loads(programmes.canonical(programme))
    del stored["staff"]

    assert programmes.from_document(stored) == programme


def test_a_round_opens_when_the_last_session_ends_and_closes_at_the_end_of_the_day() -> None:
    assert rounds("  - {form: day, for: day-1}\n") == [("day-1", "day", "day-1", "13:30", "23:59")]


def test_a_round_may_open_and_close_at_given_times() -> None:
    assert rounds("  - {form: day, for: day-1, id: morning, opens: 08:00, closes: 12:00}\n") == [
        ("morning", "day", "day-1", "08:00", "12:00")
    ]


def test_a_second_round_for_each_day_bears_the_forms_name_too() -> None:
    both = "  - {form: day, for: each day}\n  - {form: food, for: each day}\n"

    ids = [plan[0] for plan in rounds(both, day=DAY, food=DAY)]

    assert ids == ["day-1", "day-2", "day-1-food", "day-2-food"]


def test_a_round_for_one_day_leaves_the_others_alone() -> None:
    ids = [plan[:2] for plan in rounds("  - {form: food, for: day-2}\n  - {form: day, for: each day}\n", day=DAY, food=DAY)]

    assert ids == [("day-2", "food"), ("day-1", "day"), ("day-2-day", "day")]


def test_a_repeated_question_is_asked_about_each_rated_session_in_the_agendas_order() -> None:
    day = DAY + '  - {id: useful, kind: text, repeat: session, text: "{session} by {speaker}?"}\n'

    questions = built(day=day).forms["day-1"].questions

    assert [(item.id, item.text["en"]) for item in questions[1:]] == [
        ("useful.maps", "Maps by A cartographer?"),
        ("useful.boots", "Boots {speaker} by A cobbler?"),
    ]


def test_the_top_two_points_are_positive_unless_the_scale_says_otherwise() -> None:
    assert question(1, DAY + SCALE % "A, B, C, D, E").positive == ("4", "5")
    assert question(1, DAY + SCALE % "A, B, C, D").positive == ("3", "4")
    assert question(1, DAY + SCALE % "A, B, C").positive == ("3",)
    assert question(1, DAY + SCALE % "A, B, C" + "      positive: [3, 2]\n").positive == ("2", "3")


def test_a_question_may_say_otherwise_than_its_scale() -> None:
    day = DAY + SCALE % "A, B, C, D, E" + "      positive: [3, 4, 5]\n    positive: [5]\n"

    assert question(1, day).positive == ("5",)


def test_questions_that_share_a_scale_may_be_declared_to_measure_one_thing() -> None:
    asked = "".join(f"  - {{id: q-{number}, kind: scale, text: How?, scale: degree}}\n" for number in range(3))
    repeated = '  - {id: useful, kind: scale, repeat: session, text: "{session}?", scale: degree}\n'
    scale = "scales: {degree: {points: [A, B, C], reliability: true}}\n"

    assert built(day=DAY + asked + repeated + scale).forms["day-1"].scales == (("q-0", "q-1", "q-2"),)
    assert built(day=DAY + asked + scale.replace(", reliability: true", "")).forms["day-1"].scales == ()


def test_a_bipolar_scale_has_no_positive_points() -> None:
    asked = question(1, DAY + SCALE % "A, B, C, D, E" + "    bipolar: true\n")

    assert asked.bipolar
    assert asked.positive == ()


def test_no_is_a_legal_label() -> None:
    assert [option.label["en"] for option in question(1, DAY + SCALE % "no, maybe, yes").options] == ["no", "maybe", "yes"]


def test_a_text_has_a_greatest_length() -> None:
    assert question(0, DAY).max_length == 1000
    assert question(0, DAY.replace("along?}", "along?, max_length: 200}")).max_length == 200


def test_what_is_stored_is_read_back_as_it_was() -> None:
    found = declared("kollegasamarbeid", KOLLEGASAMARBEID, library())

    assert isinstance(found, Declared)
    assert programmes.from_document(_document(programmes.canonical(found.programme))) == found.programme
    for form in found.forms.values():
        assert forms.from_document(_document(forms.canonical(form))) == form


def _document(text: str) -> dict[str, object]:
    read: dict[str, object] = json.loads(text)
    return read


def test_the_same_files_make_the_same_form_whatever_their_spacing_and_comments() -> None:
    airy = "# the form\n\n" + DAY.replace(
        "{id: takeaway, kind: text, text: What do you take along?}", "id: takeaway\n    text: What do you take along?\n\n    kind: text"
    )

    assert built(day=DAY).forms == built(day=airy).forms


def test_without_a_programme_file_nothing_is_declared() -> None:
    assert declared("walks", {"day.yaml": DAY.encode()}) == [
        Fault("programme.yaml", 1, 1, "this file is missing: it declares the programme")
    ]


@pytest.mark.parametrize("name", ["Walks", "walks in autumn", "", "w" * 41, "../walks"])
def test_a_programmes_id_is_an_id(name: str) -> None:
    found = declared(name, {"programme.yaml": PROGRAMME.encode(), "day.yaml": DAY.encode()})

    assert isinstance(found, list)
    assert str(found[0]).startswith("programme.yaml:1:1: the folder's name is the programme's id, but ")


def test_a_form_files_name_is_an_id() -> None:
    found = declared("walks", {"programme.yaml": PROGRAMME.encode(), "day.yaml": DAY.encode(), "Day 2.yml": DAY.encode()})

    assert isinstance(found, list)
    assert str(found[0]).startswith("Day 2.yml:1:1: the file's name must be an id and end in .yaml, but ")


def test_a_form_too_large_to_be_stored_is_refused() -> None:
    points = ", ".join(["\U0001f97e" * 200] * 7)
    questions = "".join(f"  - {{id: q-{number}, kind: scale, text: How useful?, scale: boots}}\n" for number in range(59))
    day = f"{DAY}{questions}scales: {{boots: {{points: [{points}]}}}}\n"

    (fault,) = faults(day=day)

    assert fault.startswith("day.yaml:1:1: this makes 3")


def test_a_list_of_more_entries_than_anybody_needs_is_refused() -> None:
    sessions = "".join(f"      - {{id: s-{number}, title: S, start: 09:00, end: 10:00}}\n" for number in range(401))
    many = PROGRAMME.replace("    sessions:\n", "    sessions:\n" + sessions)

    assert faults(many) == ["programme.yaml:17:7: at most 400 entries are allowed here"]


@pytest.mark.slow
def test_a_file_of_nothing_but_faults_is_answered_within_bounds() -> None:
    assert len(faults("".join(f"key-{number}: 1\n" for number in range(10_000)))) == 500


def test_a_form_with_faults_does_not_hide_those_of_the_programme() -> None:
    found = faults(PROGRAMME.replace("Oslo\nsender", "Olso\nsender"), DAY.replace("kind: text", "kind: txt"))

    assert [fault.split(": ")[0] for fault in found] == ["day.yaml:4:26", "programme.yaml:3:11"]


def test_kollegasamarbeid_has_three_days_the_third_at_three_gatherings() -> None:
    found = declared("kollegasamarbeid", KOLLEGASAMARBEID, library())

    assert isinstance(found, Declared)
    assert [[item.date for item in day.gatherings] for day in found.programme.days] == [
        ["2014-08-26"],
        ["2014-09-15"],
        ["2014-10-07", "2014-10-09", "2014-10-10"],
    ]
    assert [plan.opens for plan in found.programme.rounds if plan.form == "day"] == ["15:30"] * 3


def test_kollegasamarbeid_rates_each_long_session_and_neither_introduction_nor_close() -> None:
    found = declared("kollegasamarbeid", KOLLEGASAMARBEID, library())

    assert isinstance(found, Declared)
    assert [item.id for item in found.forms["day-1"].questions] == [
        "benefit",
        "use",
        "next-step",
        "expectations",
        "useful.patterns-1",
        "useful.patterns-2",
        "useful.culture-1",
        "useful.culture-2",
        "takeaway",
        "improvement",
    ]

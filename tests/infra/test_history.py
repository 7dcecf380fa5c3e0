from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from infra.history import Version, differences
from infra.publishing import declared_by, files_in
from shared.conditions import Condition
from shared.declarations.declared import Declared, declared
from shared.forms import Form, Question
from shared.programmes import Goal, Programme, RoundPlan
from tests.functions.examples import DAY, PROGRAMME
from tests.template import ROOT


def version(programme: str = PROGRAMME, day: str = DAY) -> Version:
    found = declared("walks", {"programme.yaml": programme.encode(), "day.yaml": day.encode()})
    assert isinstance(found, Declared), found
    return Version(found.programme, found.forms)


BEFORE = version()


def changed(old: str, new: str) -> list[str]:
    """Tell the differences after one replacement in the files."""
    assert old in PROGRAMME + DAY
    return differences(BEFORE, version(PROGRAMME.replace(old, new), DAY.replace(old, new)))


def with_question(**parts: Any) -> list[str]:
    """Tell the differences after a change to the first question of day 1."""
    form = BEFORE.forms["day-1"]
    questions = (replace(form.questions[0], **parts), *form.questions[1:])
    return differences(BEFORE, replace(BEFORE, forms={**BEFORE.forms, "day-1": replace(form, questions=questions)}))


def with_programme(**parts: Any) -> list[str]:
    return differences(BEFORE, replace(BEFORE, programme=replace(BEFORE.programme, **parts)))


def test_equal_versions_do_not_differ() -> None:
    assert differences(BEFORE, version()) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("date: 2025-08-26", "date: 2025-08-27", "day-1 date: 2025-08-26 → 2025-08-27"),
        ("{nb: Kart, en: Maps}", "{nb: Kartet, en: Maps}", "day-1 session maps title (nb): Kart → Kartet"),
        ("{nb: Gå, en: Walk}", "{nb: Gå tur, en: Walk}", "day-1 aim 1 (nb): Gå → Gå tur"),
        ("place: Bø", "place: Bø i Telemark", "day-2 gathering south place: Bø → Bø i Telemark"),
        ("units: [North]", "units: [North, East]", "day-2 gathering north units: North → North, East"),
        ("leader: {nb: Leder", "leader: {nb: Lederen", "roles leader (nb): Leder → Lederen"),
        ("name: The office", "name: Our office", "contact name: The office → Our office"),
        ("end: 11:00}", "end: 11:00, rated: false}", "day-1 session maps rated: yes → no"),
        ("title: {nb: Turleder", "title: {nb: Turledere", "title (nb): Turleder → Turledere"),
    ],
)
def test_a_changed_fact_of_a_programme_is_one_line(old: str, new: str, line: str) -> None:
    assert line in changed(old, new)


def test_a_moved_closing_time_is_told_of_each_round() -> None:
    assert changed("closes: 23:59", "closes: 21:00") == ["round day-1 closes: 23:59 → 21:00", "round day-2 closes: 23:59 → 21:00"]


def test_a_changed_text_of_a_form_is_told_once_for_all_rounds_that_ask_it() -> None:
    assert changed("nb: Utbytte?", "nb: Hvor stort utbytte?") == ["form of day-1, day-2: benefit text (nb): Utbytte? → Hvor stort utbytte?"]


def test_a_new_question_is_one_line_and_so_is_one_that_is_gone() -> None:
    longer = version(day=DAY + "  - {id: improvement, kind: text, text: {nb: Bedre?, en: Better?}}\n")

    assert differences(BEFORE, longer) == ["form of day-1, day-2: improvement: new"]
    assert differences(longer, BEFORE) == ["form of day-1, day-2: improvement: gone"]


def test_questions_in_another_order_are_told_by_their_ids() -> None:
    form = BEFORE.forms["day-1"]
    turned = replace(form, questions=form.questions[::-1])

    assert differences(BEFORE, replace(BEFORE, forms={**BEFORE.forms, "day-1": turned})) == [
        "form of day-1: order of questions: benefit, takeaway → takeaway, benefit"
    ]


def test_a_new_day_is_one_line_and_so_is_its_round() -> None:
    day = BEFORE.programme.days[0]
    gathering = replace(day.gatherings[0], id="day-3")
    days = (*BEFORE.programme.days, replace(day, id="day-3", gatherings=(gathering,)))
    plan = RoundPlan("day-3", "day", "day-3", "11:00", "23:59")

    found = with_programme(days=days, rounds=(*BEFORE.programme.rounds, plan))

    assert found == ["day-3: new", "round day-3: new"]


def test_what_comes_and_goes_is_told_as_none() -> None:
    assert with_programme(goals=(Goal("maps", {"nb": "Kart", "en": "Maps"}),)) == ["goal maps: new"]
    assert with_programme(units=()) == ["units: region, school → none"]
    assert with_question(help={"nb": "Tenk", "en": "Think"}) == [
        "form of day-1: benefit help (nb): none → Tenk",
        "form of day-1: benefit help (en): none → Think",
    ]
    assert with_question(shown_if=Condition("is", "use", ("1", "2"))) == [
        "form of day-1: benefit shown if operator: none → is",
        "form of day-1: benefit shown if question: none → use",
        "form of day-1: benefit shown if values: none → 1, 2",
    ]


def test_a_label_is_told_by_its_code() -> None:
    assert changed("{nb: Alt, en: All}", "{nb: Alt, en: Everything}") == [
        "form of day-1, day-2: benefit option 5 label (en): All → Everything"
    ]


def test_a_text_of_several_lines_stays_on_one() -> None:
    assert with_programme(legal_basis={"nb": "Artikkel 6", "en": "Article 6\n(1)"}) == ["legal basis (en): Article 6 → Article 6 (1)"]


def test_any_version_can_be_compared_with_any_other() -> None:
    bare = Version(Programme(**{**_fields(BEFORE.programme), "days": (), "rounds": (), "units": ()}), {})
    odd = Version(BEFORE.programme, {"day-1": Form({"en": "x"}, "personal", (Question("q", "statement", {"en": "y"}),))})

    assert "day-1: new" in differences(bare, BEFORE)
    assert "day-1: gone" in differences(BEFORE, bare)
    assert "form of day-1: mode: anonymous → personal" in differences(BEFORE, odd)


def _fields(programme: Programme) -> dict[str, Any]:
    return {name: getattr(programme, name) for name in programme.__dataclass_fields__}


@pytest.mark.parametrize("folder", sorted(path.parent for path in (ROOT / "forms").glob("*/programme.yaml")), ids=lambda path: path.name)
def test_the_programmes_that_come_along_differ_from_the_example_in_lines_of_their_own(folder: Path) -> None:
    found = declared_by(folder, files_in(folder))
    assert isinstance(found, Declared)
    whole = Version(found.programme, found.forms)

    lines = differences(BEFORE, whole)

    assert differences(whole, whole) == []
    assert len(lines) == len(set(lines)) > 20
    assert not any("\n" in line for line in lines)

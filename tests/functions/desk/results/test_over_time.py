import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence

import pytest

from functions.aggregate import merging
from shared import bucket
from shared.envelopes import Answer
from shared.languages import catalogue
from shared.response import Totals
from shared.results.counting import Invited, Place
from shared.results.editions import Document
from shared.store import programme_pointers
from tests.functions.desk.results.shown_figures import CONFIDENCE, closing, figures, numbers
from tests.functions.desk.visitors import NORTH, OBSERVER, ORGANISER, OWNER, STAFF, Browser, frozen, opened, staffed

pytestmark = pytest.mark.usefixtures("tables")

RESULTS = "/desk/programmes/walks/results"
TOGETHER = f"{RESULTS}/together"

CELLS = {("North", "Dal"): 14, ("North", "Fjell"): 9, ("South", "Vik"): 17}
"""Answers, by cell; ten per cent more were invited, and one."""


def held(days: Mapping[str, Sequence[int]], name: str = "walks", staff: str = STAFF) -> Document:
    """Publish the result of some days, by what is answered in turn; return the programme's edition."""
    found = staffed(staff, name)
    for day, points in days.items():
        closed = opened(found, day)
        gathering = "day-1" if day == "day-1" else "north"
        cells = [cell for cell, number in CELLS.items() for _ in range(number)]
        answers = ({"benefit": str(points[at % len(points)]), "expected": "2", "takeaway": "Walking"} for at in range(len(cells)))
        given = [Answer("", answer, cell, gathering) for answer, cell in zip(answers, cells, strict=True)]
        places = {Place(gathering, cell): number + number // 10 + 1 for cell, number in CELLS.items()}
        frozen(found, closed, given, Invited(Totals(sum(places.values()), 0), places, places))
    merging.merge(name)
    edition: Document = json.loads(bucket.get(f"{programme_pointers.edition(name)}/edition.json"))
    return edition


def page(path: str = "", who: str = OWNER, language: str = "en") -> str:
    return Browser().sign_in(who).get(f"{TOGETHER}{path}", accept_language=language).said()


def test_the_list_of_results_leads_to_all_of_them_together() -> None:
    staffed()
    owner = Browser().sign_in(OWNER)
    before = owner.get(RESULTS).text, owner.get(TOGETHER).status

    held({"day-1": (3, 4)})

    assert TOGETHER not in before[0]
    assert before[1] == 404
    assert TOGETHER in owner.get(RESULTS).text


@pytest.mark.slow
def test_each_round_stands_with_its_interval_and_all_together() -> None:
    edition = held({"day-1": (3, 4), "day-2": (3, 4, 5)})
    said = page()

    for point in edition["questions"][0]["series"]:
        low, high = point["interval"]
        assert f"{point['x']} of {point['n']} positive · among all {point['N']}: {low}–{high}" in said
    together = edition["questions"][0]["together"]
    assert f"{together['x']} of {together['n']} answers positive" in said
    assert "Day 1 26 August 2025" in said
    assert "Walking" not in said


@pytest.mark.parametrize(
    ("later", "told"),
    [((3, 4), ""), ((4, 5), "Higher than before, by more than chance explains."), ((1, 2, 3), "Lower than before")],
)
def test_a_change_is_told_only_where_it_is_more_than_chance_explains(later: Sequence[int], told: str) -> None:
    held({"day-1": (3, 4), "day-2": later})
    said = page().partition("How the figures are made")[0]

    assert told in said
    assert ("than before" in said) == bool(told)


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_pages_of_a_programme_show_no_figure_that_its_file_has_not(language: str) -> None:
    edition = held({"day-1": (3, 4), "day-2": (3, 4, 5)})
    dates = set().union(*(closing(told) for told in edition["rounds"]))
    rules = numbers(catalogue(language).gettext("Each dot")) | CONFIDENCE

    owner = Browser().sign_in(OWNER)

    for path in ("", "/units"):
        shown = numbers(owner.get(f"{TOGETHER}{path}", accept_language=language).said(), language)
        assert shown - figures(edition) - dates <= rules | {"0", "50", "100"}, path


def test_units_are_added_up_over_what_the_rounds_show() -> None:
    edition = held({"day-1": (3, 4), "day-2": (3, 4, 5)})
    said = page("/units")

    for unit in edition["questions"][0]["units"]:
        assert f"{unit['x']} of {unit['n']} answers positive" in said
    assert "North · Dal 14 of 16 not shown" in said or "North · Dal 14 of 16" in said
    assert "of 2 rounds" in said


def test_who_is_limited_to_units_sees_hers_alone() -> None:
    held({"day-1": (3, 4), "day-2": (3, 4, 5)})
    north = Browser().sign_in(NORTH)
    seen = north.get(f"{TOGETHER}/units").said()

    assert north.get(TOGETHER).place == f"{TOGETHER}/units"
    assert "North · Dal" in seen
    assert "South" not in seen
    assert [north.get(f"{TOGETHER}{below}").status for below in (".json", "/benefit.svg", "/earlier")] == [403] * 3
    assert Browser().sign_in(ORGANISER).get(TOGETHER).status == 403
    assert Browser().sign_in(OBSERVER).get(TOGETHER).status == 200


def test_how_a_question_went_is_a_picture_too() -> None:
    edition = held({"day-1": (3, 4), "day-2": (3, 4, 5)})
    owner = Browser().sign_in(OWNER)

    drawn = ET.fromstring(owner.get(f"{TOGETHER}/benefit.svg").body)  # noqa: S314 – our own drawing

    said = " ".join(drawn.itertext())
    assert "Day 2" in said
    assert numbers(said) - figures(edition) <= {"1", "2"}
    assert len(list(drawn.iter("{http://www.w3.org/2000/svg}circle"))) == 2
    assert owner.get(f"{TOGETHER}/nothing.svg").status == 404


def test_there_is_no_picture_where_nothing_may_be_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.CELLS", {("North", "Dal"): 3})
    held({"day-1": (3, 4)})

    shown = Browser().sign_in(OWNER).get(TOGETHER)

    assert "fewer than 5 answers" in shown.said()
    assert "benefit.svg" not in shown.text


def test_a_programme_s_file_is_its_edition() -> None:
    edition = held({"day-1": (3, 4)})

    file = Browser().sign_in(OWNER).get(f"{TOGETHER}.json")

    assert json.loads(file.body) == edition
    assert file.headers["content-disposition"] == 'attachment; filename="walks.json"'


CONTINUES = "continues: {programme: swims, attention: [{nb: Mer tid, en: More time}]}\n"


def test_a_run_stands_beside_the_one_that_it_continues_for_staff_of_both() -> None:
    held({"day-1": (1, 3)}, "swims", STAFF.replace("observer@", "somebody@"))
    held({"day-1": (4, 5)}, staff=STAFF + CONTINUES)

    owner, observer = page("/earlier"), page("/earlier", OBSERVER)

    assert "More time" in owner
    assert re.search(r"0 of 40 answers positive \(0 %\) This run [ \d]*40 of 40 answers positive \(100 %\)", owner)
    assert "Higher than before" in owner
    assert "of 40 answers" not in observer
    assert "it is shown to those who belong to its own staff" in observer


def test_a_run_that_continues_none_has_no_page_for_it() -> None:
    held({"day-1": (3, 4)})
    owner = Browser().sign_in(OWNER)

    assert owner.get(f"{TOGETHER}/earlier").status == 404
    assert "Beside the earlier run" not in owner.get(TOGETHER).said()


def test_the_table_holds_each_rounds_figures_and_no_others() -> None:
    edition = held({"day-1": (3, 4), "day-2": (4, 5)})
    text = Browser().sign_in(OWNER).get(f"{TOGETHER}.csv").body.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))

    for question in edition["questions"]:
        for point in question["series"]:
            found = [row for row in rows if row["Id"] == question["id"] and row["Runde"].endswith(f"({point['round']})")]
            assert {row["Kode"]: int(row["Antall"]) for row in found if row["Kode"] not in ("", "na")} == (point["counts"] or {})

"""New programmes without files: from a few questions, and as an earlier run was."""

import io

import openpyxl
import pytest

from shared.store import published
from tests.functions.desk.programmes.test_drafts import OWN, press
from tests.functions.desk.visitors import ORGANISER, OWNER, Browser, Page, desk
from tests.functions.examples import publish

pytestmark = pytest.mark.usefixtures("tables")

ANSWERS = {
    "title": "Læring i høst: del 1",
    "main": "nb",
    "also": "en",
    "date-1": "2095-08-26",
    "place-1": "Oslo",
    "date-3": "2095-09-26",
    "place-3": "Ås",
    "day-3": "Om å lytte",
    "contact-name": "The office",
    "contact-email": "office@example.org",
}


def answer(browser: Browser, **more: str) -> Page:
    form = {"form": browser.get("/desk/new/questions").form()["form"]}
    return browser.post("/desk/new/questions", form | ANSWERS | more)


def test_a_few_questions_make_a_programme_without_a_fault_with_its_maker_as_owner() -> None:
    desk()
    organiser = Browser().sign_in(ORGANISER)

    page = answer(organiser)

    said = organiser.get(page.place).said()
    assert "Draft: laering-i-host-del-1" in said
    assert "No faults." in said
    assert press(organiser, page.place, "publish").status == 303
    found = published.programme("laering-i-host-del-1")
    assert found is not None
    assert [(item.email, item.role) for item in found.staff] == [(ORGANISER, "owner")]
    assert [day.title["nb"] for day in found.days] == ["Dag 1", "Om å lytte"]
    assert found.languages == ("nb", "en")


@pytest.mark.parametrize("lacking", [{"title": ""}, {"place-1": "", "place-3": ""}, {"contact-email": " "}])
def test_what_lacks_something_is_asked_again_with_all_that_was_typed(lacking: dict[str, str]) -> None:
    desk()
    owner = Browser().sign_in(OWNER)

    page = answer(owner, **lacking)

    assert page.status == 422
    assert "Write a title, whom participants can write to" in page.said()
    assert 'value="Om å lytte"' in page.text
    assert page.text.count("checked") == 1


def test_what_is_no_date_or_address_is_told_by_the_check_and_markup_is_only_text() -> None:
    desk()
    owner = Browser().sign_in(OWNER)

    page = answer(owner, **{"date-1": "soon", "contact-email": "nobody", "title": "<b>: {x} # y", "programme": "safe"})

    said = owner.get(page.place).said()
    assert "3 faults" in said
    assert "<b>" not in owner.get(page.place).text


def test_an_earlier_run_is_copied_with_its_dates_moved() -> None:
    publish(OWN, programme="runs")
    organiser = Browser().sign_in(ORGANISER)
    form = organiser.get("/desk/programmes/runs/copy").form()

    page = organiser.post(
        "/desk/programmes/runs/copy",
        {"form": form["form"], "programme": "runs-2", "first": "2096-08-27", "attention": "Begin earlier\r\n\r\nMore breaks"},
    )

    assert "No faults." in organiser.get(page.place).said()
    assert press(organiser, page.place, "publish").status == 303
    found = published.programme("runs-2")
    assert found is not None
    assert found.days[0].gatherings[0].date == "2096-08-27"
    assert found.days[1].gatherings[0].date == "2096-10-08"
    assert found.continues is not None
    assert (found.continues.programme, [point["en"] for point in found.continues.attention]) == ("runs", ["Begin earlier", "More breaks"])
    assert "/desk/programmes/runs/copy" in organiser.get("/desk/new").text


@pytest.mark.parametrize("typed", [{"programme": "", "first": "2096-08-27"}, {"programme": "runs-2", "first": "soon"}])
def test_a_copy_needs_an_id_and_a_date(typed: dict[str, str]) -> None:
    publish(OWN, programme="runs")
    organiser = Browser().sign_in(ORGANISER)
    form = organiser.get("/desk/programmes/runs/copy").form()

    page = organiser.post("/desk/programmes/runs/copy", {"form": form["form"], **typed})

    assert (page.status, "Write an id and the date of the first day." in page.said()) == (422, True)


def test_a_programme_is_downloaded_as_a_workbook() -> None:
    publish(OWN, programme="runs")
    organiser = Browser().sign_in(ORGANISER)

    file = organiser.get("/desk/programmes/runs/files.xlsx")

    assert file.headers["content-disposition"] == 'attachment; filename="runs.xlsx"'
    assert "sessions" in openpyxl.load_workbook(io.BytesIO(file.body)).sheetnames

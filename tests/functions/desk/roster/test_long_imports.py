"""An import that is too long for one press: it goes on by a button, and what is stored stays."""

import re

import pytest

from functions.desk.roster import files as rosters
from shared.store import desk_account, roster
from tests.functions.desk.roster.test_people import HEADER, brought, organiser
from tests.functions.desk.visitors import Browser, Page
from tests.functions.examples import enrol, participant, scanned

MANY = 120
ROWS = HEADER + "".join(f"p{number}@example.org;P{number};leader;North;A\n" for number in range(MANY))

pytestmark = pytest.mark.usefixtures("tables")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a press store one piece alone, as if DynamoDB had taken all its time for it."""
    monkeypatch.setattr(rosters, "PATIENCE", 0)


def pressed_to_the_end(browser: Browser, place: str, **fields: str) -> list[Page]:
    pages = [browser.post(place, browser.get(place).form() | fields)]
    while pages[-1].status == 200:
        pages.append(browser.post(place, pages[-1].form()))
    return pages


def test_a_long_import_goes_on_by_its_button_and_tells_how_far_it_has_come() -> None:
    browser = organiser()
    enrol([participant("p0", "South"), participant("old")])
    place = brought(browser, ROWS).place

    *under_way, done = pressed_to_the_end(browser, place, leave="yes")

    assert [re.findall(r"(\d+) of (\d+) people are stored", page.said()) for page in under_way] == [[("49", "121")], [("98", "121")]]
    assert "Imported: 119 new, 2 changed." in browser.get(*done.place.split("?")).said()
    assert sum(not person.participant.left for person in roster.people("walks")) == MANY
    assert sorted(deed.about for deed in desk_account.deeds("walks", 9)) == [("21", "2"), ("49", "0"), ("49", "0")]
    assert not [item for item in scanned("DESK") if item["pk"]["S"].startswith("UPLOAD")]


def test_the_button_presses_itself_where_scripts_run() -> None:
    browser = organiser()
    place = brought(browser, ROWS).place

    page = browser.post(place, browser.get(place).form())

    assert "go-on." in page.text
    assert "data-go-on" in page.text


def test_who_stops_and_brings_the_file_again_imports_the_rest() -> None:
    browser = organiser()
    place = brought(browser, ROWS).place
    browser.post(place, browser.get(place).form())

    again = brought(browser, ROWS).place

    assert "New 71 Changed 0 Unchanged 49" in browser.get(again).said()
    pressed_to_the_end(browser, again)
    assert len(list(roster.people("walks"))) == MANY


def test_a_change_in_between_is_shown_before_the_rest_is_stored() -> None:
    browser = organiser()
    place = brought(browser, ROWS).place
    page = browser.post(place, browser.get(place).form())
    enrol([participant("door")])

    overtaken = browser.post(place, page.form())

    assert overtaken.status == 409
    assert "Below is what is not imported yet and would change now." in overtaken.said()
    assert len(list(roster.people("walks"))) == 50

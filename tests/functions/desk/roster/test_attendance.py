import re
from urllib.parse import urlencode

import pytest

from shared.store import absences, desk_account, roster
from shared.store.roster import Person
from tests.functions.desk.visitors import NORTH, ORGANISER, Browser, opened, staffed
from tests.functions.examples import OPEN, enrol, oslo, participant

pytestmark = pytest.mark.usefixtures("tables")

DAY = "/desk/programmes/walks/attendance/day-1/day-1"
CLOSED = oslo("2025-08-27T00:00")


@pytest.fixture
def people() -> dict[str, Person]:
    """Publish the programme with its first round, and enrol some."""
    opened(staffed())
    found = enrol([participant("ann"), participant("bo", region="South"), participant("cy"), participant("di")])
    return {person.participant.name.lower(): person for person in found}


def organiser(email: str = ORGANISER, at: int = OPEN) -> Browser:
    return Browser(at).sign_in(email)


def absent() -> set[str]:
    names = {person.id: person.participant.name.lower() for person in roster.people("walks")}
    return {names[person] for person in absences.absent("walks", "day-1").get("day-1", ())}


def submit(browser: Browser, *ticked: Person, was: tuple[Person, ...] = (), **more: str) -> str:
    """Send the list in as a browser does; return what it leads to."""
    token = browser.get(DAY).form()["form"]
    fields = [("form", token), *(("was", person.id) for person in was), *(("absent", person.id) for person in ticked), *more.items()]
    page = browser.post(DAY, urlencode(fields).encode())
    path, _, query = page.place.partition("?") if page.status == 303 else ("", "", "")
    return browser.get(path, query).said() if path else page.said()


def test_ticks_mark_and_unticking_takes_back(people: dict[str, Person]) -> None:
    browser = organiser()

    assert "Saved: 2 marked absent, 0 taken back." in submit(browser, people["ann"], people["bo"])
    assert absent() == {"ann", "bo"}
    assert re.findall(r'value="(\w+)" checked', browser.get(DAY).text) == [people["ann"].id, people["bo"].id]

    assert "Saved: 0 marked absent, 1 taken back." in submit(browser, people["bo"], was=(people["ann"], people["bo"]))
    assert absent() == {"bo"}


def test_sent_twice_it_is_noted_once(people: dict[str, Person]) -> None:
    browser = organiser()
    for _ in range(3):
        submit(browser, people["ann"])

    (deed,) = desk_account.deeds("walks", 10)
    assert (deed.who, deed.what, deed.about) == (ORGANISER, "absent", ("Oslo", "2025-08-26", "1", "0"))
    assert "Attendance at Oslo on 2025-08-26: 1 marked absent" in browser.get("/desk/programmes/walks/account").said()


def test_two_at_the_door_with_the_same_list_do_not_undo_one_another(people: dict[str, Person]) -> None:
    submit(organiser(), people["ann"])
    submit(organiser(at=OPEN + 120), people["bo"])

    assert absent() == {"ann", "bo"}


def test_pasted_addresses_mark_and_unknown_ones_are_told(people: dict[str, Person]) -> None:  # noqa: ARG001
    pasted = "Ann <ANN@example.org>; bo@example.org,\n\tnobody@example.org cy@example.org."

    browser = organiser()
    said = submit(browser, addresses=pasted)

    assert absent() == {"ann", "bo", "cy"}
    assert "3 more are marked absent." in said
    assert "These addresses belong to nobody who was to attend here: nobody@example.org" in said
    assert "0 more are marked absent." in submit(browser, addresses=pasted)


def test_staff_of_some_units_see_and_mark_theirs_only(people: dict[str, Person]) -> None:
    absences.change("walks", "day-1", "day-1", mark={people["bo"].id}, unmark=set())
    north = organiser(NORTH)

    page = north.get(DAY)
    submit(north, people["ann"], was=(people["bo"],))
    said = submit(north, addresses="bo@example.org")

    assert "Ann" in page.said()
    assert "Bo" not in page.said()
    assert "3 were to attend · 0 marked absent" in page.said()
    assert "nobody who was to attend here: bo@example.org" in said
    assert absent() == {"ann", "bo"}


@pytest.mark.slow
def test_the_list_is_searched_and_read_page_by_page() -> None:
    opened(staffed())
    enrol(participant(f"p{number:03}") for number in range(150))
    browser = organiser()

    first, rest, found = browser.get(DAY), browser.get(DAY, "q=&from=100"), browser.get(DAY, "q=p14")

    assert [len(re.findall('type="checkbox"', page.text)) for page in (first, rest, found)] == [100, 50, 10]
    assert "from=100" in first.text
    assert "P000" in first.said()
    assert "P000" not in rest.said()
    assert browser.get(DAY, "from=nonsense").status == 200
    assert "Nobody is found." in browser.get(DAY, "q=nobody").said()


def test_once_the_form_has_closed_marks_are_refused(people: dict[str, Person]) -> None:
    browser = organiser(at=CLOSED)

    page = browser.post(DAY, {"form": browser.get("/desk/programmes/walks").form()["form"], "absent": people["ann"].id})

    assert page.status == 409
    assert "marks no longer change anything" in page.said()
    assert absent() == set()


def test_a_gathering_that_is_not_the_programme_s_does_not_exist(people: dict[str, Person]) -> None:  # noqa: ARG001
    browser = organiser()

    for below in ("day-1/north", "day-9/day-1", "day-1/day-1/x"):
        assert browser.get(f"/desk/programmes/walks/attendance/{below}").status == 404
    assert browser.get("/desk/programmes/walks/attendance/day-2/north").status == 200


def test_somebody_from_elsewhere_is_not_marked(people: dict[str, Person]) -> None:
    (stranger,) = enrol([participant("eve")], "swims")

    said = submit(organiser(), stranger, people["ann"])

    assert "1 marked absent" in said
    assert absences.absent("walks", "day-1") == {"day-1": {people["ann"].id}}

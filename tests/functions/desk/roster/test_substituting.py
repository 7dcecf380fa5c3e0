"""Somebody who stands at the door instead of somebody else: one form, one press."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from shared.store import absences, desk_account, invitations, published, roster
from shared.store.roster import Person
from tests.functions.desk.visitors import NORTH, ORGANISER, STAFF, Browser, Page, staffed
from tests.functions.examples import DAY, FILES, PROGRAMME, enrol, invite, oslo, participant, publish, queued

PEOPLE = "/desk/programmes/walks/people"
NEW = f"{PEOPLE}/new"
TODAY = "2025-08-26"
DAG = {"name": "Dag", "email": "dag@example.org", "language": "nb"}

pytestmark = pytest.mark.usefixtures("tables")


def organiser(email: str = ORGANISER, at: str = f"{TODAY}T08:50") -> Browser:
    staffed()
    return Browser(oslo(at)).sign_in(email)


def added(browser: Browser, query: str = "", **fields: str) -> Page:
    """Fill in the form at the door and press its button."""
    return browser.post(NEW, browser.get(NEW, query).form() | DAG | fields)


def on_file() -> dict[str, Person]:
    return {person.participant.name: person for person in roster.people("walks")}


def test_one_press_marks_the_one_absent_and_adds_the_other_for_the_day() -> None:
    browser = organiser()
    anna, _berit = enrol([participant("anna", "South", "B"), participant("berit")])

    done = added(browser, instead="Anna anna@example.org")

    assert done.status == 303
    assert absences.absent("walks", "day-1") == {"day-1": frozenset({anna.id})}
    newcomer = replace(participant("dag", "South", "B", "nb"), since=TODAY, left="2025-08-27")
    assert on_file()["Dag"].participant == newcomer
    assert on_file()["Anna"] == anna
    assert [(deed.what, deed.about) for deed in desk_account.deeds("walks", 9)] == [("substituted", ("Oslo", TODAY))]
    assert "in the place of somebody else, at Oslo on 2025-08-26" in browser.get("/desk/programmes/walks/account").said()
    assert "Takes part as a substitute, no more from 2025-08-27 on." in browser.get(f"{PEOPLE}/{on_file()['Dag'].id}").said()


def test_the_mails_go_to_the_substitute_and_not_to_the_absent() -> None:
    publish(FILES | {"programme.yaml": PROGRAMME + STAFF, "day.yaml": DAY})
    browser = Browser(oslo(f"{TODAY}T08:50")).sign_in(ORGANISER)
    anna, berit = enrol([participant("anna"), participant("berit")])
    added(browser, instead="anna")
    queued()

    invite(oslo(f"{TODAY}T11:00"))

    invited = {item.person for item in invitations.invited(published.rounds("walks")["day-1"].ref)}
    assert invited == {berit.id, on_file()["Dag"].id}
    assert anna.id not in invited


def test_who_takes_over_for_good_lets_the_other_leave() -> None:
    browser = organiser()
    enrol([participant("anna")])

    added(browser, instead="ann", until="on")

    found = on_file()
    assert found["Anna"].participant.left == TODAY
    assert found["Dag"].participant == replace(participant("dag", language="nb"), since=TODAY)


def test_pressing_twice_comes_to_the_same() -> None:
    browser = organiser()
    enrol([participant("anna")])
    form = browser.get(NEW).form() | DAG | {"instead": "anna"}

    pages = [browser.post(NEW, form) for _ in range(2)]

    assert [page.status for page in pages] == [303, 303]
    assert len(on_file()) == 2
    assert len(desk_account.deeds("walks", 9)) == 1


@pytest.mark.parametrize(
    ("instead", "said"),
    [
        ("nobody", "Nobody who was to attend is called that."),
        ("example.org", "Several are called that: write more of the name or the address."),
    ],
)
def test_who_is_not_meant_clearly_is_asked_for_again_and_nothing_is_stored(instead: str, said: str) -> None:
    browser = organiser()
    enrol([participant("anna"), participant("berit")])

    page = added(browser, instead=instead)

    assert page.status == 422
    assert said in page.said()
    assert [f'value="{value}"' in page.text for value in ("Dag", "dag@example.org", instead)] == [True] * 3
    assert (absences.absent("walks", "day-1"), len(on_file())) == ({}, 2)


def test_a_name_that_others_names_contain_is_meant_where_it_is_chosen_from_the_list() -> None:
    browser = organiser()
    anna, other = enrol([participant("anna"), replace(participant("joanna"), name="Joanna")])

    added(browser, instead="Anna anna@example.org")

    assert absences.absent("walks", "day-1")["day-1"] == {anna.id}
    assert other.id not in absences.absent("walks", "day-1")["day-1"]


def test_an_address_that_is_taken_is_said_before_anybody_is_marked() -> None:
    browser = organiser()
    enrol([participant("anna"), participant("dag")])

    page = added(browser, instead="anna")

    assert page.status == 422
    assert "Somebody with this address is on the list already." in page.said()
    assert absences.absent("walks", "day-1") == {}


def test_the_gathering_is_the_one_whose_list_led_here_else_today_s() -> None:
    browser = organiser()
    (anna,) = enrol([participant("anna", "South")])
    listed = browser.get("/desk/programmes/walks/attendance/day-2/south").text
    assert f"{NEW}?meeting=day-2/south" in listed

    added(browser, "meeting=day-2%2Fsouth", instead="anna")

    assert absences.absent("walks", "day-2") == {"south": frozenset({anna.id})}
    assert on_file()["Dag"].participant.since == "2025-10-08"


def test_on_a_day_without_a_gathering_nobody_can_be_replaced_and_units_are_asked_for() -> None:
    browser = organiser(at="2025-08-27T08:50")
    enrol([participant("anna")])

    page = browser.get(NEW)

    assert "Comes instead of" not in page.said()
    assert 'name="unit-0" type="text" value="" maxlength="254" autocomplete="off" list="known-0" required' in page.text


def test_after_the_form_has_closed_nobody_is_replaced() -> None:
    publish(FILES | {"programme.yaml": PROGRAMME + STAFF, "day.yaml": DAY})
    browser = Browser(oslo("2025-08-28T08:50")).sign_in(ORGANISER)
    enrol([participant("anna")])

    page = added(browser, "meeting=day-1%2Fday-1", instead="anna")

    assert "The form about this gathering has closed" in page.said()
    assert len(on_file()) == 1


def test_staff_of_some_units_replace_theirs_alone() -> None:
    browser = organiser(NORTH)
    enrol([participant("anna", "South"), participant("berit")])

    assert "Anna" not in browser.get(NEW).text
    assert "Nobody who was to attend is called that." in added(browser, instead="anna").said()
    assert added(browser, instead="berit").status == 303


@pytest.mark.slow
def test_at_the_door_of_300_it_takes_three_requests_and_half_of_ten_seconds_at_most(record_property: Callable[[str, float], None]) -> None:
    browser = organiser()
    enrol(participant(f"p{number}", school="ABCDEFGH"[number % 8]) for number in range(300))

    began = time.perf_counter()
    done = added(browser, instead="P123 p123@example.org")
    shown = browser.get(*done.place.split("?"))
    took = time.perf_counter() - began

    record_property("seconds", took)
    assert "Dag" in shown.said()
    assert took < 5

"""Who could not be reached: the page for organisers."""

from dataclasses import replace

import pytest

from shared.rosters import Participant
from shared.store import deliverability, roster
from shared.store.roster import Person
from tests.functions.desk.visitors import NORTH, ORGANISER, Browser, staffed
from tests.functions.examples import enrol, oslo, participant

PLACE = "/desk/programmes/walks/unreached"

pytestmark = pytest.mark.usefixtures("tables")


def page(email: str = ORGANISER) -> str:
    return Browser(oslo("2025-08-26T18:00")).sign_in(email).get(PLACE).said()


def lost(person: Person, why: str = "bounced") -> None:
    deliverability.note_unreached("walks", person.id, person.participant.email, why)


def store(person: Person, changed: Participant) -> None:
    roster.put_person("walks", Person(person.id, changed))


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("bounced", "Mails to this address come back"),
        ("complained", "marked as spam"),
        ("refused", "Look for a typing mistake"),
        ("rejected", "Tell those who run Kursdag"),
    ],
)
def test_who_is_not_reached_is_named_with_the_reason_and_what_to_do(why: str, said: str) -> None:
    staffed()
    anna, _berit = enrol([participant("anna"), participant("berit")])
    lost(anna, why)

    shown = page()

    assert "Anna anna@example.org" in shown
    assert said in shown
    assert "Berit" not in shown


def test_who_has_another_address_or_has_left_is_named_no_more() -> None:
    staffed()
    anna, berit, cecilie = enrol(map(participant, ("anna", "berit", "cecilie")))
    for person in (anna, berit, cecilie):
        lost(person)

    store(anna, replace(anna.participant, email="anna.new@example.org"))
    store(berit, replace(berit.participant, left="2025-08-01"))

    assert [person.id for person, _ in deliverability.not_reached("walks")] == [cecilie.id]
    assert "Anna" not in page()


def test_staff_of_some_units_see_theirs_alone() -> None:
    staffed()
    north, south = enrol([participant("anna", "North"), participant("berit", "South")])
    lost(north)
    lost(south)

    shown = page(NORTH)

    assert "Anna" in shown
    assert "Berit" not in shown


def test_the_page_says_when_nobody_is_missing_and_when_sending_has_stopped() -> None:
    staffed()
    browser = Browser(oslo("2025-08-26T18:00")).sign_in(ORGANISER)
    assert "No mail has come back." in browser.get(PLACE).said()

    deliverability.stop("complaints")

    assert "No mails are sent at the moment" in browser.get(PLACE).said()

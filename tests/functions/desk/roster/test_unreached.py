"""Who could not be reached: the page for organisers."""

from dataclasses import replace

import pytest

from shared.rosters.people import Participant
from shared.store import deliverability, desk_account, roster
from shared.store.roster import Person
from tests.functions.desk.visitors import NORTH, ORGANISER, Browser, Page, staffed
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

    assert [person.id for person, _ in deliverability.not_reached("walks", "2025-08-26")] == [cecilie.id]
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


def browser(email: str = ORGANISER) -> Browser:
    return Browser(oslo("2025-08-26T18:00")).sign_in(email)


def allowed(visitor: Browser, person: Person, why: str) -> Page:
    return visitor.post(PLACE, visitor.get(PLACE).form() | {"person": person.id, "why": why})


@pytest.mark.parametrize("why", ["bounced", "complained", "refused"])
def test_an_address_is_allowed_again_and_it_is_noted(why: str) -> None:
    staffed()
    (anna,) = enrol([participant("anna")])
    lost(anna, why)
    if why != "refused":
        deliverability.suppress(anna.participant.email, why)
    visitor, before = browser(), roster.version("walks")

    done = allowed(visitor, anna, why)

    shown = visitor.get(*done.place.split("?")).said()
    assert "Mails go to this address again." in shown
    assert "Anna" not in shown
    assert deliverability.suppressed(anna.participant.email) == ""
    assert roster.version("walks") == before + 1
    assert [deed.what for deed in desk_account.deeds("walks", 9)] == ["allowed"]


def test_what_comes_back_once_more_is_told_once_more() -> None:
    staffed()
    (anna,) = enrol([participant("anna")])
    lost(anna)
    deliverability.suppress(anna.participant.email, "bounced")
    allowed(browser(), anna, "bounced")

    deliverability.suppress(anna.participant.email, "bounced")

    assert deliverability.suppressed(anna.participant.email) == "bounced"
    assert [person.id for person, _ in deliverability.not_reached("walks", "2025-08-26")] == [anna.id]


def test_another_reason_than_was_shown_is_shown_first() -> None:
    staffed()
    (anna,) = enrol([participant("anna")])
    lost(anna, "complained")
    deliverability.suppress(anna.participant.email, "complained")
    visitor = browser()

    overtaken = allowed(visitor, anna, "bounced")

    assert overtaken.status == 409
    assert "Nothing was done; below is how it stands now." in overtaken.said()
    assert deliverability.suppressed(anna.participant.email) == "complained"


def test_what_the_mail_service_stopped_is_not_for_staff_to_allow() -> None:
    staffed()
    (anna,) = enrol([participant("anna")])
    lost(anna, "rejected")

    visitor = browser()

    assert "Send to this address again" not in visitor.get(PLACE).said()
    assert allowed(visitor, anna, "rejected").status == 422


def test_staff_of_some_units_allow_theirs_alone() -> None:
    staffed()
    (anna,) = enrol([participant("anna", "South")])
    lost(anna)
    deliverability.suppress(anna.participant.email, "bounced")

    assert allowed(browser(NORTH), anna, "bounced").status == 409
    assert deliverability.suppressed(anna.participant.email) == "bounced"

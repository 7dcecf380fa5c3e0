"""One person's mails, at her page in the desk."""

import json
from dataclasses import replace

import pytest

from shared.store import deliverability, roster
from shared.store.roster import Person
from tests.functions.desk.visitors import NORTH, ORGANISER, Browser, opened, staffed
from tests.functions.examples import OPEN, enrol, oslo, participant, queued

PEOPLE = "/desk/programmes/walks/people"
BUTTON = "Send the link again"

pytestmark = pytest.mark.usefixtures("tables")


def organiser(at: int = OPEN, email: str = ORGANISER) -> Browser:
    opened(staffed())
    return Browser(at).sign_in(email)


def test_the_link_is_sent_again_on_a_press_and_noted() -> None:
    browser = organiser()
    (anna,) = enrol([participant("anna")])
    place = f"{PEOPLE}/{anna.id}"

    done = browser.post(f"{place}/link", browser.get(place).form())

    assert "The mail with the link is on its way." in browser.get(*done.place.split("?")).said()
    assert [json.loads(message["body"]) for message in queued()] == [{"programme": "walks", "person": anna.id, "round": ""}]
    assert "Had somebody’s link sent again" in browser.get("/desk/programmes/walks/account").said()


def test_there_is_no_button_where_no_mail_would_come() -> None:
    browser = organiser()
    anna, berit = enrol([participant("anna"), participant("berit")])
    deliverability.note_unreached("walks", anna.id, anna.participant.email, "bounced")
    roster.put_person("walks", Person(berit.id, replace(berit.participant, left="2025-08-01")))

    suppressed, left = (browser.get(f"{PEOPLE}/{person.id}").said() for person in (anna, berit))

    assert "Nothing is sent to this address. Why, and what to do" in suppressed
    assert (BUTTON in suppressed, BUTTON in left) == (False, False)


def test_a_reminder_that_came_back_is_not_told_since_it_would_tell_that_she_had_not_answered() -> None:
    browser = organiser()
    (anna,) = enrol([participant("anna")])

    before = browser.get(f"{PEOPLE}/{anna.id}").said()
    deliverability.suppress(anna.participant.email, "bounced")

    assert browser.get(f"{PEOPLE}/{anna.id}").said() == before


def test_there_is_no_button_while_nothing_is_open_or_sent() -> None:
    browser = organiser(oslo("2025-08-28T12:00"))
    (anna,) = enrol([participant("anna")])
    assert BUTTON not in browser.get(f"{PEOPLE}/{anna.id}").said()

    deliverability.stop("bounces")

    assert "No mails are sent at the moment." in browser.get(f"{PEOPLE}/{anna.id}").said()


def test_only_who_keeps_her_on_the_list_has_a_link_sent() -> None:
    browser = organiser(email=NORTH)
    (anna,) = enrol([participant("anna", "South")])

    assert browser.post(f"{PEOPLE}/{anna.id}/link", browser.get(PEOPLE).form()).status == 404
    assert queued() == []

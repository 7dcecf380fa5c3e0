"""One person's data in the desk: what it knows is shown, what it can't know is said, and the night deletes all of it."""

import json
from dataclasses import replace

import pytest

from functions.retire.handler import handler as retire
from shared.entries import Entry
from shared.store import absences, desk_erasures, desk_requests, invitations, published, roster
from shared.store.roster import Person
from tests.functions.desk.visitors import ORGANISER, OWNER, STAFF, Browser, Page
from tests.functions.examples import FILES, OPEN, PROGRAMME, dump, enrol, event, invite, oslo, participant, publish, queued
from tests.once import once

pytestmark = pytest.mark.usefixtures("tables")

NIGHT = oslo("2025-08-27T03:20")


@once
def invited() -> Person:
    """Invite two; the first is the other's buddy, was absent elsewhere and stopped reminders."""
    publish({**FILES, "programme.yaml": PROGRAMME + STAFF})
    anna, bo = enrol([participant("anna"), participant("bo")])
    roster.put_person("walks", replace(bo, participant=replace(bo.participant, buddy="anna@example.org")))
    absences.change("walks", "day-2", "north", mark={anna.id}, unmark=set())
    invite(OPEN)
    queued()
    invitations.stop_reminders("walks", anna.id)
    return anna


@pytest.fixture
def anna() -> Person:
    return invited()


@pytest.fixture
def owner(anna: Person) -> Browser:  # noqa: ARG001
    return Browser(OPEN).sign_in(OWNER)


def place(person: Person) -> str:
    return f"/desk/programmes/walks/people/{person.id}/data"


def erased(browser: Browser, person: Person, **fields: str) -> Page:
    return browser.post(place(person), browser.get(place(person)).form() | fields)


def test_an_owner_sees_what_the_desk_knows_and_what_it_can_t_know(owner: Browser, anna: Person) -> None:
    said = owner.get(place(anna)).said()

    assert "anna@example.org" in said
    assert "Marked as absent from Day 2: Ås" in said
    assert "whether she has answered: the desk may not know that" in said
    assert "nobody can tell which are hers" in said


def test_an_address_that_she_had_before_is_told(owner: Browser, anna: Person) -> None:
    moved = anna.at("anna.lund@example.org")
    roster.put_people("walks", roster.version("walks"), [moved], {anna.id: "anna@example.org"})

    assert "Earlier mail address anna@example.org" in owner.get(place(anna)).said()
    assert json.loads(owner.get(place(anna) + ".json").text)["former_addresses"] == ["anna@example.org"]


def test_what_she_said_of_herself_to_be_let_in_is_told(owner: Browser, anna: Person) -> None:
    desk_requests.put("walks", desk_requests.request("day-2", "north", Entry("Anna Lund", "Anna@example.org", "Solvik"), "en"), OPEN)

    assert "Asked to be let in Day 2, Anna Lund, Solvik" in owner.get(place(anna)).said()
    assert json.loads(owner.get(place(anna) + ".json").text)["asked_to_be_let_in"][0]["belongs"] == "Solvik"


def test_it_can_be_downloaded_and_that_is_noted(owner: Browser, anna: Person) -> None:
    told = json.loads(owner.get(place(anna) + ".json").text)

    assert told["participant"]["name"] == "Anna"
    assert told["absent_from"] == ["day-2#north"]
    assert "answered" not in json.dumps(told["participant"])
    assert "Handed out what is stored about somebody" in owner.get("/desk/programmes/walks/account").said()


def test_nothing_is_deleted_without_the_tick(owner: Browser, anna: Person) -> None:
    assert erased(owner, anna).status == 422

    assert not desk_erasures.is_asked("walks", anna.id)
    assert roster.person("walks", anna.id) == anna


def test_who_is_deleted_leaves_at_once_and_is_gone_after_the_night(owner: Browser, anna: Person) -> None:
    page = erased(owner, anna, sure="yes")

    assert "It is deleted in the coming night." in owner.get(page.place).said()
    left = roster.person("walks", anna.id)
    assert left is not None
    assert left.participant.left
    assert absences.absent("walks", "day-2") == {"north": frozenset()}
    assert [person.participant.buddy for person in roster.people("walks")] == ["", ""]

    retire(event(NIGHT), None)

    assert owner.get(place(anna)).status == 404
    assert "anna@example.org" not in " ".join(text for name in ("ROSTER", "INVITATIONS", "DESK") for text in dump(name)[name])
    assert [person.participant.name for person in roster.people("walks")] == ["Bo"]
    assert anna.id not in invitations.stopped("walks")


def test_her_invitation_to_a_form_without_a_result_stays_without_a_name(owner: Browser, anna: Person) -> None:
    erased(owner, anna, sure="yes")
    retire(event(NIGHT), None)

    held = [item.person for item in invitations.invited(published.rounds("walks")["day-1"].ref)]
    assert anna.id in held
    assert desk_erasures.is_asked("walks", anna.id)


def test_an_organiser_sees_none_of_it(anna: Person) -> None:
    assert Browser(OPEN).sign_in(ORGANISER).get(place(anna)).status == 403

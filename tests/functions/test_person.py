"""One person's data: what is stored about her is told, and deleted at her request."""

import json
from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from functions.retire.handler import handler
from shared.addresses import pointer
from shared.entries import Entry
from shared.store import absences, deliverability, desk_reconciliation, desk_requests, erasing, invitations, published, roster
from shared.store.client import client
from shared.store.roster import Person
from tests.functions.aggregating import aggregate
from tests.functions.examples import OPEN, Refusing, dump, enrol, event, invite, oslo, participant, publish
from tests.functions.test_confidential import SERIES, answered
from tests.functions.test_letters import LETTER, Writer
from tests.once import once

NIGHT = oslo("2025-08-28T03:20")


@pytest.fixture
def people(tables: object) -> list[Person]:  # noqa: ARG001
    return day_one()


@once
def day_one() -> list[Person]:
    """Run day 1; the first of its people was absent elsewhere, is somebody's buddy, stopped reminders and asked to be let in."""
    publish(SERIES)
    found = enrol([participant(f"person{number}") for number in range(6)])
    roster.put_person("walks", replace(found[1], participant=replace(found[1].participant, buddy="person0@example.org")))
    invite(OPEN)
    for person in found:
        answered(published.rounds("walks")["day-1"], person, OPEN, "4")
    ada = found[0]
    absences.change("walks", "day-2", "north", mark={ada.id, found[2].id}, unmark=set())
    invitations.stop_reminders("walks", ada.id)
    invitations.claim_lost_link("walks", ada.id, OPEN)
    deliverability.note_unreached("walks", ada.id, ada.participant.email, "bounced")
    desk_requests.put("walks", desk_requests.request("day-2", "north", Entry("Person0", ada.participant.email, "A"), "en"), OPEN)
    return found


def asked(what: str, person: Person) -> dict[str, Any]:
    return handler({"do": what, "programme": "walks", "person": person.id}, None)


def erase(person: Person) -> dict[str, Any]:
    erasing.forget("walks", person)
    return asked("erase", person)


def traces(person: Person) -> list[str]:
    """List where somebody's id, address, its hash or name still stand, beside the account of what staff did."""
    known = (person.id, person.participant.email, pointer(person.participant.email), f'"{person.participant.name}"')
    stored = dump("PUBLISHED", "ROSTER", "INVITATIONS", "BOX", "LETTERS", "KEYS", "DESK")
    return [name for name, items in stored.items() if any(trace in item for item in items for trace in known)]


def test_an_export_tells_what_is_noted_of_her_and_no_answer(people: list[Person]) -> None:
    told = asked("export", people[0])

    (invitation,) = told["invitations"]
    assert (invitation["round"], invitation["answered"], invitation["cell"]) == ("day-1", True, ["North", "A", "leader"])
    assert told["stopped_reminders"] is True
    assert erasing.absent_from("walks", people[0].id) == ["day-2#north"]
    assert "benefit" not in json.dumps(told)


def test_erased_after_the_result_nothing_of_her_is_left(people: list[Person]) -> None:
    aggregate(event(NIGHT), None)

    said = erase(people[0])

    assert said["later"] == []
    assert traces(people[0]) == []
    assert len(list(roster.people("walks"))) == 5
    assert absences.absent("walks", "day-2") == {"north": frozenset({people[2].id})}


def test_erased_before_the_result_her_invitation_stays_until_it_is_counted(people: list[Person]) -> None:
    said = erase(people[0])

    assert said["later"] == ["day-1"]
    # Her id alone, so that the job of the night comes back to her.
    assert traces(people[0]) == ["INVITATIONS", "DESK"]
    handler(event(NIGHT), None)
    assert traces(people[0]) == ["INVITATIONS", "DESK"]

    aggregate(event(NIGHT), None)
    handler(event(NIGHT + 3600), None)

    assert traces(people[0]) == []
    assert desk_reconciliation.latest() == (2, 0)


def test_erasing_again_changes_nothing(people: list[Person]) -> None:
    aggregate(event(NIGHT), None)
    erase(people[0])
    before = dump()

    assert erase(people[0]) == {"deleted": 0, "later": []}
    assert dump() == before


def test_an_erasure_that_breaks_off_is_carried_out_in_the_coming_night(people: list[Person]) -> None:
    aggregate(event(NIGHT), None)
    erasing.forget("walks", people[0])
    Refusing("AccessDeniedException", times=1).on(client(), "TransactWriteItems")

    with pytest.raises(ClientError):
        asked("erase", people[0])
    handler(event(NIGHT + 3600), None)

    assert traces(people[0]) == []


def test_the_others_keep_what_is_theirs(people: list[Person]) -> None:
    aggregate(event(NIGHT), None)
    mine = asked("export", people[1])

    erase(people[0])

    assert asked("export", people[1]) == mine
    assert roster.person("walks", people[1].id) is not None


def test_what_somebody_wrote_to_herself_goes_in_its_time_though_everybody_who_wrote_is_erased(tables: object) -> None:  # noqa: ARG001
    publish(LETTER)
    ada, _ = enrol([participant("ada"), participant("bo")])
    invite(OPEN)
    Writer(ada, published.rounds("walks")["day-1"]).save("To myself")

    erase(ada)
    assert dump("LETTERS")["LETTERS"] != []
    handler(event(oslo("2026-08-28T03:20")), None)

    assert dump("LETTERS")["LETTERS"] == []

"""The commands about one person's data, beside an account in this process."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from click.testing import Result

from infra.publishing import Faulty
from shared.entries import Entry
from shared.store import desk_account, desk_requests, roster
from shared.store.roster import Person
from tests.functions.examples import OPEN, dump, enrol, invite, participant, publish
from tests.once import once

Command = Callable[..., Result]


@pytest.fixture
def anna(command: Command) -> Person:  # noqa: ARG001
    once(publish)()
    anna, _ = enrol([participant("anna"), participant("bo")])
    invite(OPEN)
    return anna


def deeds() -> list[str]:
    return [deed.what for deed in desk_account.deeds("walks", 10)]


def test_an_export_holds_the_entry_the_invitations_and_what_is_not_found(command: Command, anna: Person) -> None:
    desk_requests.put("walks", desk_requests.request("day-2", "north", Entry("Anna", "anna@example.org", "A"), "en"), OPEN)

    told = json.loads(command("person", "export", "Anna@Example.org").output)

    held = told["programmes"]["walks"]
    assert (held["participant"]["name"], held["participant"]["id"]) == ("Anna", anna.id)
    assert [item["round"] for item in held["invitations"]] == ["day-1"]
    assert held["asked_to_be_let_in"] == [{"round": "day-2", "gathering": "north", "name": "Anna", "belongs": "A"}]
    assert any("nobody can tell which are hers" in line for line in told["not_found"])
    assert deeds() == ["exported"]


def test_who_is_erased_is_gone_and_the_command_says_what_it_can_t_find(command: Command, anna: Person) -> None:
    said = command("person", "erase", "anna@example.org", "--yes").output

    assert "walks: 2 items deleted; after their results: her invitations to day-1" in said
    assert "only her own link opens it" in said
    assert [person.participant.name for person in roster.people("walks")] == ["Bo"]
    assert "anna" not in " ".join(text for items in dump().values() for text in items)
    assert deeds() == ["erased"]
    assert roster.person("walks", anna.id) is None


def test_nothing_is_deleted_without_a_yes(command: Command, anna: Person) -> None:
    assert command("person", "erase", "anna@example.org").exit_code == 1

    assert roster.person("walks", anna.id) == anna


@pytest.mark.usefixtures("anna")
@pytest.mark.parametrize(("typed", "why"), [("eve@example.org", "nobody with this address"), ("no address", "not one plain address")])
def test_whom_nobody_knows_can_t_be_found(command: Command, typed: str, why: str) -> None:
    for what in ("export", "erase"):
        with pytest.raises(Faulty) as refused:
            command("person", what, typed)
        assert why in refused.value.faults[0]


@pytest.fixture
def eve(anna: Person) -> str:  # noqa: ARG001
    """Let somebody ask to be let in who is on no list."""
    desk_requests.put("walks", desk_requests.request("day-2", "north", Entry("Eve", "eve@example.org", "B"), "en"), OPEN)
    return "eve@example.org"


def test_of_who_only_asked_to_be_let_in_that_is_told_and_deleted(command: Command, eve: str) -> None:
    told = json.loads(command("person", "export", "eve@Example.org").output)

    held = {"participant": None, "asked_to_be_let_in": [{"round": "day-2", "gathering": "north", "name": "Eve", "belongs": "B"}]}
    assert told["programmes"] == {"walks": held}

    assert "what she said of herself to be let in is deleted" in command("person", "erase", eve, "--yes").output
    assert eve not in str(dump())
    assert len(list(roster.people("walks"))) == 2
    assert sorted(deeds()) == ["erased", "exported"]


def test_an_address_that_somebody_had_before_finds_her(command: Command, anna: Person) -> None:
    moved = replace(anna, participant=replace(anna.participant, email="anna.lund@example.org"))
    roster.put_people("walks", roster.version("walks"), [moved], {anna.id: anna.participant.email})

    told = json.loads(command("person", "export", "anna@example.org").output)
    assert told["programmes"]["walks"]["participant"]["email"] == "anna.lund@example.org"
    assert told["programmes"]["walks"]["former_addresses"] == ["anna@example.org"]

    command("person", "erase", "anna@example.org", "--yes")
    assert "anna" not in str(dump())

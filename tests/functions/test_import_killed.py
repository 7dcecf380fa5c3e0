"""An import that is killed before any of its calls, while `invite` looks at what there is: the same file again completes it."""

from collections.abc import Iterable
from typing import Any

import pytest

from infra import roster_import
from infra.roster_import import as_table, carry_out
from shared.store import invitations, published, roster
from shared.store.client import client
from tests.functions.examples import OPEN, enrol, invite, participant, publish

pytestmark = pytest.mark.usefixtures("tables")

BEFORE, MANY = "before-call.dynamodb", [participant(f"p{number}", school="ABCDEFGH"[number % 8]) for number in range(120)]

CALLS = 6
"""Calls to DynamoDB of an import of so many: version, people, the programme's own, and three pieces."""


class Killed(BaseException):
    """The process is gone, as by a power cut."""


class Executioner:
    """Kills the process before one of its calls, by number."""

    def __init__(self, at: int) -> None:
        self.at, self.calls = at, 0

    def __call__(self, **_: Any) -> None:
        if self.calls == self.at:
            raise Killed
        self.calls += 1


def most_in_make_test(calls: Iterable[int], soon: int) -> list[Any]:
    """Leave all calls but one to `make test`."""
    return [pytest.param(at, marks=[pytest.mark.slow] if at != soon else []) for at in calls]


def imported() -> None:
    programme = published.programme("walks")
    assert programme is not None
    carry_out("walks", roster_import.planned(programme, as_table(MANY)))


def killed(at: int) -> bool:
    """Import until it is killed; tell whether it was."""
    executioner = Executioner(at)
    client().meta.events.register(BEFORE, executioner)
    try:
        imported()
    except Killed:
        return True
    finally:
        client().meta.events.unregister(BEFORE, executioner)
    return False


@pytest.mark.slow
@pytest.mark.parametrize("at", most_in_make_test(range(CALLS + 1), 4))
def test_wherever_an_import_was_killed_the_same_file_again_leaves_nobody_uninvited(at: int) -> None:
    publish()
    enrol([participant("early")])
    invite(OPEN)

    assert killed(at) == (at < CALLS)
    for minute in (5, 10):
        invite(OPEN + minute * 60)
    imported()
    invite(OPEN + 15 * 60)

    people = {person.id for person in roster.people("walks")}
    assert len(people) == len(MANY) + 1
    assert {item.person for item in invitations.invited(published.rounds("walks")["day-1"].ref)} == people


@pytest.mark.slow
@pytest.mark.parametrize("at", most_in_make_test(range(3, CALLS), 4))
def test_another_change_in_the_midst_of_an_import_leaves_nobody_uninvited(at: int) -> None:
    publish()
    killed(at)
    roster.put_people("walks", roster.version("walks"), [roster.new_person(participant("door"))])
    invite(OPEN)

    imported()
    invite(OPEN + 300)

    assert len(list(invitations.invited(published.rounds("walks")["day-1"].ref))) == len(MANY) + 1

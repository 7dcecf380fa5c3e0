from collections.abc import Iterable
from dataclasses import replace

import pytest

from infra import roster_import
from infra.roster_import import Plan, as_table, carry_out
from shared.rosters.people import Participant
from shared.store import published, roster
from shared.store.roster import ImportUnderWay
from tests.functions.examples import dump, participant, publish
from tests.once import once

PEOPLE = [participant("anna"), participant("bo"), participant("cecilie")]


@pytest.fixture(autouse=True)
def walks(tables: object) -> None:  # noqa: ARG001
    once(publish)()


def planned(people: Iterable[Participant], *, leave: bool = False) -> Plan:
    programme = published.programme("walks")
    assert programme is not None
    return roster_import.planned(programme, as_table(list(people)), leave=leave)


def counts(plan: Plan) -> tuple[int, int, int, int]:
    found = plan.changes
    return len(found.new), len(found.changed), found.unchanged, len(found.missing)


def imported() -> None:
    carry_out("walks", planned(PEOPLE))


def test_the_first_import_stores_everybody() -> None:
    plan = planned(PEOPLE)
    carry_out("walks", plan)

    assert counts(plan) == (3, 0, 0, 0)
    assert sorted(person.participant.email for person in roster.people("walks")) == [person.email for person in PEOPLE]


def test_planning_stores_nothing() -> None:
    planned(PEOPLE)

    assert dump("ROSTER") == {"ROSTER": []}


def test_the_same_file_twice_changes_nothing() -> None:
    imported()
    before = dump("ROSTER")

    imported()

    assert dump("ROSTER") == before


def test_somebody_known_keeps_her_id_when_her_school_changes() -> None:
    imported()
    ids = {person.participant.email: person.id for person in roster.people("walks")}
    moved = replace(PEOPLE[0], units=("South", "B"))

    plan = planned([moved, *PEOPLE[1:]])
    carry_out("walks", plan)

    assert counts(plan) == (0, 1, 2, 0)
    assert {person.participant.email: person.id for person in roster.people("walks")} == ids
    assert roster.person("walks", ids[moved.email]) == roster.Person(ids[moved.email], moved)


def test_whoever_is_not_in_the_file_stays() -> None:
    imported()

    plan = planned(PEOPLE[:1])
    carry_out("walks", plan)

    assert counts(plan) == (0, 0, 1, 2)
    assert len(list(roster.people("walks"))) == 3


def test_whoever_is_not_in_the_file_leaves_where_that_is_asked_for_and_is_kept_on_file() -> None:
    imported()

    carry_out("walks", planned(PEOPLE[:1], leave=True))

    assert [bool(person.participant.left) for person in sorted(roster.people("walks"), key=lambda item: item.participant.email)] == [
        False,
        True,
        True,
    ]
    assert counts(planned(PEOPLE[:1], leave=True)) == (0, 0, 1, 0)


def test_of_two_imports_at_once_the_second_is_told() -> None:
    first, second = planned(PEOPLE[:2]), planned(PEOPLE)
    carry_out("walks", first)

    with pytest.raises(ImportUnderWay):
        carry_out("walks", second)

    assert len(list(roster.people("walks"))) == 2


@pytest.mark.slow
def test_an_import_of_hundreds_stores_everybody_once() -> None:
    many = [participant(f"p{number}") for number in range(260)]

    carry_out("walks", planned(many))
    carry_out("walks", planned(many))

    assert len(list(roster.people("walks"))) == 260

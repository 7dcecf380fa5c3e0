from dataclasses import replace

import pytest

from infra.roster_import import carry_out, planned
from shared.store import roster
from shared.store.roster import ImportUnderWay
from tests.functions.examples import dump, participant

PEOPLE = [participant("anna"), participant("bo"), participant("cecilie")]

pytestmark = pytest.mark.usefixtures("tables")


def imported() -> None:
    carry_out("walks", planned("walks", PEOPLE))


def test_the_first_import_stores_everybody() -> None:
    change = planned("walks", PEOPLE)
    carry_out("walks", change)

    assert (len(change.new), len(change.changed), change.unchanged, change.absent) == (3, 0, 0, 0)
    assert sorted(person.participant.email for person in roster.people("walks")) == [person.email for person in PEOPLE]


def test_planning_stores_nothing() -> None:
    planned("walks", PEOPLE)

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

    change = planned("walks", [moved, *PEOPLE[1:]])
    carry_out("walks", change)

    assert (len(change.new), len(change.changed), change.unchanged) == (0, 1, 2)
    assert {person.participant.email: person.id for person in roster.people("walks")} == ids
    assert roster.person("walks", ids[moved.email]) == roster.Person(ids[moved.email], moved)


def test_an_address_is_the_same_whatever_its_letters_case() -> None:
    imported()

    change = planned("walks", [replace(PEOPLE[0], email="Anna@example.org")])

    assert (len(change.new), len(change.changed)) == (0, 1)


def test_whoever_is_not_in_the_file_stays() -> None:
    imported()

    change = planned("walks", PEOPLE[:1])
    carry_out("walks", change)

    assert change.absent == 2
    assert len(list(roster.people("walks"))) == 3


def test_of_two_imports_at_once_the_second_is_told() -> None:
    first, second = planned("walks", PEOPLE[:2]), planned("walks", PEOPLE)
    carry_out("walks", first)

    with pytest.raises(ImportUnderWay):
        carry_out("walks", second)

    assert len(list(roster.people("walks"))) == 2

from dataclasses import replace

import pytest

from shared.store import roster
from shared.store.roster import ImportUnderWay
from tests.functions.examples import enrol, participant

pytestmark = pytest.mark.usefixtures("tables")


def test_people_read_back_as_they_were() -> None:
    people = enrol([participant("åse"), participant("bo", "South", "B", "nb")])

    assert sorted(roster.people("walks"), key=lambda person: person.id) == sorted(people, key=lambda person: person.id)
    assert roster.person("walks", people[0].id) == people[0]


def test_whoever_is_not_there_is_none() -> None:
    assert roster.person("walks", "nobody") is None
    assert list(roster.people("other")) == []


def test_an_id_says_nothing_about_its_person() -> None:
    first, second = (roster.new_person(participant("bo")).id for _ in range(2))

    assert first != second
    assert len(first) == 32


def test_a_changed_person_keeps_her_id() -> None:
    (person,) = enrol([participant("bo")])

    roster.put_person("walks", replace(person, participant=participant("bo", "South")))

    assert [found.participant.units[0] for found in roster.people("walks")] == ["South"]


def test_a_roster_s_versions_are_counted_and_two_imports_at_once_collide() -> None:
    assert roster.version("walks") == 0
    roster.raise_version("walks", 0)
    assert roster.version("walks") == 1

    with pytest.raises(ImportUnderWay):
        roster.raise_version("walks", 0)

    roster.raise_version("walks", 1)
    assert roster.version("walks") == 2

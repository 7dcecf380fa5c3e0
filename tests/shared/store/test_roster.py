from collections.abc import Iterable
from dataclasses import replace

import pytest

from shared.rosters.people import Place
from shared.store import roster
from shared.store.roster import ImportUnderWay, Person
from tests.functions.examples import enrol, participant, scanned

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


def test_what_only_some_people_have_reads_back_and_takes_no_room_with_others() -> None:
    place = Place("2027-08-01", "leader", ("South", "B"))
    given = replace(
        participant("bo"), since="2026-08-01", later=(place,), gatherings=("south",), buddy="bi@example.org", team="Blue", left="2028-01-01"
    )
    enrol([given])

    assert [person.participant for person in roster.people("walks")] == [given]
    assert {"since", "later", "gatherings", "buddy", "team", "left"} <= scanned("ROSTER")[0].keys() | scanned("ROSTER")[1].keys()


def test_somebody_stored_before_there_were_moves_and_buddies_reads_with_none() -> None:
    enrol([participant("bo")])

    (stored,) = [item for item in scanned("ROSTER") if "email" in item]

    assert not stored.keys() & {"since", "later", "gatherings", "buddy", "team", "left"}


def test_somebody_is_found_by_her_address_whatever_its_case() -> None:
    person = roster.new_person(participant("bo"))
    roster.put_person("walks", person)

    assert roster.person_at("walks", "BO@example.org") == person
    assert roster.person_at("walks", "nobody@example.org") is None
    assert roster.person_at("swims", "bo@example.org") is None


def test_after_a_change_of_address_the_old_one_leads_to_nobody_or_to_who_has_it_now() -> None:
    person, other = roster.new_person(participant("bo")), roster.new_person(participant("aa"))
    roster.put_person("walks", person)
    roster.put_person("walks", other)

    roster.put_person("walks", replace(person, participant=participant("bodil")))
    assert roster.person_at("walks", "bo@example.org") is None
    assert roster.person_at("walks", "bodil@example.org") == replace(person, participant=participant("bodil"))

    moved = replace(other, participant=participant("bo"))
    roster.put_person("walks", moved)
    assert roster.person_at("walks", "bo@example.org") == moved


def test_people_and_the_pointers_to_them_are_stored_together_or_not_at_all() -> None:
    bo, aa = roster.new_person(participant("bo")), roster.new_person(participant("aa"))
    seen = roster.version("walks")

    roster.put_people("walks", seen, [bo])
    with pytest.raises(ImportUnderWay):
        roster.put_people("walks", seen, [aa])

    assert roster.version("walks") == seen + 1
    assert list(roster.people("walks")) == [bo]
    assert roster.person_at("walks", "bo@example.org") == bo
    assert roster.person_at("walks", "aa@example.org") is None


def pointers() -> int:
    return sum("person" in item for item in scanned("ROSTER"))


def changed(person: Person, name: str) -> Person:
    return replace(person, participant=replace(person.participant, email=participant(name).email))


def store(*people: Person, former: Iterable[Person] = ()) -> None:
    assert roster.put_people("walks", roster.version("walks"), people, {one.id: one.participant.email for one in former}) == len(people)


def test_with_a_changed_address_the_pointer_from_the_old_one_goes() -> None:
    bo, aa = roster.new_person(participant("bo")), roster.new_person(participant("aa"))
    store(bo, aa)

    store(changed(bo, "bodil"), former=[bo, aa])

    assert pointers() == 2
    assert roster.person_at("walks", "bo@example.org") is None
    assert roster.person_at("walks", "bodil@example.org") == changed(bo, "bodil")


def test_an_address_that_somebody_else_has_now_still_leads_to_her() -> None:
    bo, aa = roster.new_person(participant("bo")), roster.new_person(participant("aa"))
    store(bo, aa)

    store(changed(bo, "aa"), changed(aa, "bo"), former=[bo, aa])
    store(changed(bo, "bodil"), former=[changed(bo, "aa")])

    assert roster.person_at("walks", "aa@example.org") is None
    assert pointers() == 2
    assert roster.person_at("walks", "bo@example.org") == changed(aa, "bo")


def test_hundreds_are_stored_in_pieces_each_with_a_version_of_its_own() -> None:
    many = [roster.new_person(participant(f"p{number}")) for number in range(120)]

    store(*many)
    store(*(changed(person, f"new-{person.participant.name}") for person in many), former=many)

    assert roster.version("walks") == 3 + 5
    assert pointers() == 120


def test_without_patience_one_piece_is_stored_and_its_size_is_told() -> None:
    many = [roster.new_person(participant(f"p{number}")) for number in range(120)]

    stored = roster.put_people("walks", 0, many, patience=0)

    assert (stored, len(list(roster.people("walks"))), roster.version("walks")) == (49, 49, 1)

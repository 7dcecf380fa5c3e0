from collections import Counter
from pathlib import Path

import pytest

from infra.example_roster import participants
from infra.publishing import declared_by, files_in
from shared.declarations.declared import Declared
from shared.programmes import Programme, gathering_of

FORMS = Path(__file__).resolve().parents[2] / "forms"
PROGRAMMES = sorted(folder.parent.name for folder in FORMS.glob("*/programme.yaml"))


def programme(name: str) -> Programme:
    found = declared_by(FORMS / name, files_in(FORMS / name))
    assert isinstance(found, Declared)
    return found.programme


@pytest.mark.parametrize("name", PROGRAMMES)
def test_sixty_people_of_every_role_take_part_in_each_programme(name: str) -> None:
    found = programme(name)

    people = list(participants(found))

    assert len({person.email for person in people}) == 60
    assert {person.role for person in people} == set(found.roles)
    assert {person.language for person in people} <= set(found.languages)
    assert all(len(person.units) == len(found.units) for person in people)


@pytest.mark.parametrize("name", PROGRAMMES)
def test_everybody_has_a_gathering_to_go_to(name: str) -> None:
    found = programme(name)

    assert all(gathering_of(day, next(iter(person.units), "")) for day in found.days for person in participants(found))


def test_nine_schools_of_very_different_size_lie_in_three_regions() -> None:
    sizes = Counter(person.units for person in participants(programme("kollegasamarbeid")))

    assert sorted(sizes.values()) == [1, 2, 3, 5, 6, 8, 9, 12, 14]
    assert len({region for region, _ in sizes}) == 3

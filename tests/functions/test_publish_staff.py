import pytest

from shared.programmes import staff_of
from shared.store import published
from tests.functions.examples import FILES, PROGRAMME, dump, publish

pytestmark = pytest.mark.usefixtures("tables")

STAFF = """\
staff:
  - {email: Kari@example.org, role: organiser}
  - {email: ola@example.org, role: owner, units: [North]}
"""
STAFFED = FILES | {"programme.yaml": PROGRAMME + STAFF}


def test_staff_find_their_programmes_by_their_address_in_capitals_or_not() -> None:
    publish(STAFFED)

    assert published.programmes_of("kari@example.org") == ["walks"]
    assert published.programmes_of("OLA@example.org") == ["walks"]
    assert published.programmes_of("kim@example.org") == []


def test_staff_are_stored_with_the_programme() -> None:
    publish(STAFFED)

    programme = published.programme("walks")

    assert programme is not None
    assert [(member.email, member.role, member.units) for member in programme.staff] == [
        ("Kari@example.org", "organiser", ()),
        ("ola@example.org", "owner", ("North",)),
    ]


def test_the_same_staff_twice_change_nothing() -> None:
    publish(STAFFED)
    before = dump()

    publish(STAFFED)

    assert dump() == before


def test_a_change_of_staff_alone_is_stored() -> None:
    publish()

    said = publish(STAFFED)

    programme = published.programme("walks")
    assert {step["change"] for step in said["rounds"]} == {"unchanged"}
    assert programme is not None
    assert staff_of(programme, "ola@example.org") is not None
    assert published.programmes_of("ola@example.org") == ["walks"]


def test_who_left_the_staff_is_no_member_any_more_although_the_note_stays() -> None:
    publish(STAFFED)

    publish()

    programme = published.programme("walks")
    assert published.programmes_of("ola@example.org") == ["walks"]
    assert programme is not None
    assert staff_of(programme, "ola@example.org") is None


def test_a_plan_notes_no_staff() -> None:
    publish(STAFFED, plan_only=True)

    assert published.programmes_of("ola@example.org") == []

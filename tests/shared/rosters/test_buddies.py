"""Buddies and teams as the roster names them."""

import pytest

from shared.rosters.buddies import buddies_of, groups, mates
from shared.rosters.people import Participant


def people(**buddies: str) -> dict[str, Participant]:
    return {name: person(name, other) for name, other in buddies.items()}


def person(name: str, buddy: str = "", team: str = "", unit: str = "School") -> Participant:
    address = buddy and f"{buddy.title()}@example.org"
    return Participant(f"{name}@example.org", name.title(), "en", "teacher", (unit,), buddy=address, team=team)


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ({"a": "b", "b": "a"}, [("a", "b")]),
        ({"a": "", "b": "a"}, [("a", "b")]),
        ({"a": "b", "b": "c", "c": "a"}, [("a", "b", "c")]),
        ({"a": "b", "b": "a", "c": "b"}, [("a", "b")]),
        ({"a": "", "b": "a", "c": "a"}, [("a", "b")]),
        ({"a": "nobody", "b": "a"}, [("a", "b")]),
        ({"a": "a", "b": ""}, []),
        ({"a": "b", "b": "c", "c": "d", "d": "a"}, []),
        ({"a": "b", "b": "c", "c": ""}, [("b", "c")]),
    ],
)
def test_who_is_whose_buddy(named: dict[str, str], found: list[tuple[str, ...]]) -> None:
    assert groups(people(**named)) == found


def test_in_a_triad_everybody_has_two_buddies() -> None:
    assert buddies_of([("a", "b", "c")]) == {"a": ["b", "c"], "b": ["a", "c"], "c": ["a", "b"]}


def test_a_team_is_of_one_unit_and_its_name_is_read_whatever_its_case() -> None:
    held = {"a": person("a", team="Blue"), "b": person("b", team="blue"), "c": person("c", team="Blue", unit="Other"), "d": person("d")}

    assert mates(held) == {"a": ["b"], "b": ["a"]}

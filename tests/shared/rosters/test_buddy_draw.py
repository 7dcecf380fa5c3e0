"""Drawing buddies: everybody who can has one, of another unit where that is asked, and whoever has one keeps her."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from shared.rosters.buddies import groups
from shared.rosters.buddy_draw import changed, draw, staying
from shared.rosters.people import Participant


def person(name: str, unit: str = "a", buddy: str = "", **facts: str) -> Participant:
    facts = {"role": "teacher", **facts}
    return Participant(f"{name}@example.org", name, "en", units=("region", unit), buddy=buddy and f"{buddy}@example.org", **facts)  # type: ignore[arg-type]


def people(*units: str) -> dict[str, Participant]:
    return {f"p{number}": person(f"p{number}", unit) for number, unit in enumerate(units)}


UNITS = some.lists(some.sampled_from("abcd"), max_size=25)


@settings(deadline=None)
@given(UNITS, some.sampled_from([2, 3]), some.integers(0, 99))
def test_everybody_has_a_buddy_unless_she_is_alone(units: list[str], size: int, seed: int) -> None:
    held = people(*units)

    found = draw(held, (), size, 0, seed)

    assert sorted(name for group in found.drawn for name in group) + list(found.alone) == sorted(held) or not found.alone
    assert len(found.alone) == (len(held) == 1)
    sizes = Counter(map(len, found.drawn))
    assert sizes.keys() <= {2, 3}
    assert sizes[3] == (len(held) % 2 if size == 2 and len(held) > 1 else sizes[3])
    assert size == 2 or sizes[2] <= 2
    assert found == draw(held, (), size, 0, seed)


@settings(deadline=None)
@given(UNITS, some.sampled_from([2, 3]), some.integers(0, 99))
def test_apart_no_two_are_of_one_unit_and_as_few_as_can_be_are_alone(units: list[str], size: int, seed: int) -> None:
    held = people(*units)

    found = draw(held, (), size, 2, seed)

    drawn = [name for group in found.drawn for name in group]
    assert sorted([*drawn, *found.alone]) == sorted(held)
    assert all(len({held[name].units for name in group}) == len(group) for group in found.drawn)
    most = max(Counter(units).values(), default=0)
    if size == 2:
        assert len(found.alone) == max(0, 2 * most - len(units)) or (len(units) % 2 and len(found.alone) <= max(1, 2 * most - len(units)))


@settings(deadline=None)
@given(UNITS, UNITS, some.sampled_from([0, 2]), some.integers(0, 99))
def test_a_later_draw_keeps_what_there_is_and_reads_from_the_roster_as_it_was_drawn(
    first: list[str], later: list[str], apart: int, seed: int
) -> None:
    held = people(*first)
    held |= changed(held, draw(held, (), 2, apart, seed).drawn)
    before = groups(held)
    everybody = people(*first, *later) | held

    found = draw(everybody, (), 2, apart, seed + 1)
    after = groups(everybody | changed(everybody, found.drawn))

    assert sorted([*found.kept, *(tuple(sorted(group)) for group in found.drawn)]) == sorted(tuple(sorted(group)) for group in after)
    assert all(any(set(group) <= set(now) for now in after) for group in before)


def test_one_who_comes_later_joins_a_pair() -> None:
    held = {"a": person("a", buddy="b"), "b": person("b", buddy="a"), "c": person("c")}

    found = draw(held, (), 2, 0, 1)

    assert found.drawn == (("a", "b", "c"),)
    assert found.kept == ()


def test_one_of_the_same_school_stays_alone_where_nobody_else_is_left() -> None:
    held = {"a": person("a", buddy="b"), "b": person("b", unit="b", buddy="a"), "c": person("c")}

    found = draw(held, (), 2, 2, 1)

    assert (found.kept, found.drawn, found.alone) == ((("a", "b"),), (), ("c",))


def test_whose_buddy_has_left_is_drawn_anew() -> None:
    held = {"a": person("a", buddy="b"), "b": person("b", buddy="a", left="2026-01-01"), "c": person("c")}

    found = draw(staying(held, "2026-02-01"), (), 2, 0, 1)

    assert found.drawn == (("a", "c"),)


@pytest.mark.parametrize(("roles", "names"), [((), {"a", "b", "c"}), (("teacher",), {"a", "c"}), (("leader",), set[str]())])
def test_only_people_of_the_roles_are_drawn(roles: tuple[str, ...], names: set[str]) -> None:
    held = {"a": person("a"), "b": person("b", role="leader"), "c": person("c"), "d": person("d", left="2026-01-01")}

    found = draw(staying(held, "2026-02-01"), roles, 2, 0, 1)

    assert {name for group in found.drawn for name in group} == names


def test_a_pair_of_two_roles_is_kept_where_only_one_of_them_is_drawn() -> None:
    held = {"a": person("a", buddy="b"), "b": person("b", role="leader"), "c": person("c"), "d": person("d")}

    found = draw(held, ("teacher",), 2, 0, 1)

    assert (found.kept, found.drawn) == ((("a", "b"),), (("c", "d"),))

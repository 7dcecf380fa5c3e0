"""Which groups are named because they answered much less often than the others."""

from collections.abc import Iterable

import pytest

from shared.results.groups import Group, quieter


def groups(whole: tuple[int, int], parts: Iterable[tuple[str | None, int, int | None]]) -> list[Group]:
    """Make the groups of an edition: the whole, and those right below it by name, with how many were invited and answered."""
    below = [Group((name,), everyone, n, None if n is not None else "small", at, 0) for at, (name, everyone, n) in enumerate(parts, 1)]
    return [Group((), *whole, None, 0, len(below)), *below]


def named(whole: tuple[int, int], *parts: tuple[str | None, int, int | None]) -> list[str | None]:
    return [group.path[-1] for group in quieter(groups(whole, parts))]


def test_a_group_that_answered_much_less_often_than_the_others_is_named() -> None:
    assert named((66, 42), ("Follo", 30, 24), ("Granlia", 24, 8), ("Solvik", 12, 10)) == ["Granlia"]


def test_who_belongs_to_no_shown_group_is_among_the_others() -> None:
    assert named((60, 40), ("Granlia", 24, 8)) == ["Granlia"]
    assert named((24, 8), ("Granlia", 24, 8)) == []


def test_of_hidden_groups_and_of_a_rest_nothing_is_told() -> None:
    assert named((90, 60), ("Follo", 40, 36), ("Granlia", 24, None), (None, 26, 6)) == []


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ((60, 43), [("Follo", 30, 24), ("Granlia", 30, 19)]),
        ((40, 30), [("Follo", 30, 25), ("Granlia", 10, 6)]),
        ((54, 0), [("Follo", 30, 0), ("Granlia", 24, 0)]),
    ],
    ids=["a little less", "chance", "nobody answered"],
)
def test_nobody_is_named_without_reason(whole: tuple[int, int], parts: list[tuple[str, int, int]]) -> None:
    assert named(whole, *parts) == []

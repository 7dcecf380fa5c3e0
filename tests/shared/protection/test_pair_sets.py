from collections.abc import Collection
from itertools import combinations
from random import Random

import pytest

from shared.protection.pair_sets import Everyone, Kept, kept_pairs, pairs_fit
from shared.protection.suppression import Path
from tests.attacker import smallest_group
from tests.shared.trees import drawn_rounds

TOP = frozenset([()])


def rounds(pairs: int, before: int = 0, after: int = 0) -> tuple[Everyone, Everyone]:
    """Build two rounds without units: how many answered both, only before, only after."""
    both: dict[str, Path] = {f"pair {at}": () for at in range(pairs)}
    return (
        Everyone(both | {f"before {at}": () for at in range(before)}, TOP),
        Everyone(both | {f"after {at}": () for at in range(after)}, TOP),
    )


@pytest.mark.parametrize(
    ("pairs", "before", "after", "left_out"),
    [(10, 0, 0, 0), (10, 5, 0, 0), (10, 5, 9, 0), (10, 3, 3, 2), (10, 5, 2, 3), (10, 3, 0, 5), (8, 4, 4, 1), (5, 0, 0, 0), (5, 5, 6, 0)],
)
def test_as_few_pairs_are_left_out_as_protect_those_without_a_pair(pairs: int, before: int, after: int, left_out: int) -> None:
    kept = kept_pairs(*rounds(pairs, before, after), Random(1))

    assert (len(kept.people), kept.left_out, kept.shown) == (pairs - left_out, left_out, TOP)


@pytest.mark.parametrize(("pairs", "before", "after"), [(0, 9, 9), (4, 0, 0), (4, 9, 9), (9, 3, 0), (6, 2, 9)])
def test_nothing_is_compared_where_fewer_than_five_pairs_are_kept(pairs: int, before: int, after: int) -> None:
    assert kept_pairs(*rounds(pairs, before, after), Random(1)) == Kept()


def test_nothing_is_compared_where_a_round_is_not_shown() -> None:
    before, after = rounds(9, 9, 9)

    assert kept_pairs(Everyone(before.paths, ()), after, Random(1)) == Kept()


def test_the_same_pairs_are_left_out_whenever_they_are_drawn_by_the_same_chance() -> None:
    drawn = [kept_pairs(*rounds(40, 1, 1), Random(seed)) for seed in (1, 1, 2)]

    assert drawn[0] == drawn[1]
    assert drawn[0].people != drawn[2].people


def test_who_moved_from_one_shown_node_to_another_is_left_out() -> None:
    before, after = schools(North=(12, 8, 8), South=(9, 8, 8))
    moved = Everyone(dict(after.paths) | {"North pair 0": ("South",)}, after.shown)
    hidden = Everyone(moved.paths, TOP)

    assert kept_pairs(before, moved, Random(1)) == Kept(
        frozenset(person for person in paired(before) if person != "North pair 0"), 1, frozenset(before.shown)
    )
    assert kept_pairs(before, hidden, Random(1)) == Kept(frozenset(paired(before)), 0, TOP)
    assert not pairs_fit(paired(before), before, moved, before.shown)


def paired(everyone: Everyone) -> set[str]:
    return {person for person in everyone.paths if "pair" in person}


def schools(**counts: tuple[int, int, int]) -> tuple[Everyone, Everyone]:
    """Build two rounds with schools, each with how many answered both, only before, only after; all are shown."""
    both: dict[str, Path] = {f"{school} pair {at}": (school,) for school, (pairs, _, _) in counts.items() for at in range(pairs)}
    before: dict[str, Path] = {f"{school} before {at}": (school,) for school, (_, alone, _) in counts.items() for at in range(alone)}
    after: dict[str, Path] = {f"{school} after {at}": (school,) for school, (_, _, alone) in counts.items() for at in range(alone)}
    shown: set[Path] = {(), *((school,) for school in counts)}
    return Everyone(both | before, shown), Everyone(both | after, shown)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"A": (9, 0, 0), "B": (9, 0, 0)}, {(), ("A",), ("B",)}),
        ({"A": (9, 0, 0), "B": (9, 6, 6)}, {(), ("A",), ("B",)}),
        ({"A": (9, 3, 3), "B": (9, 2, 2)}, {()}),
        ({"A": (9, 3, 3), "B": (9, 2, 2), "C": (9, 0, 0)}, {(), ("C",)}),
        ({"A": (9, 3, 3), "B": (9, 6, 6), "C": (9, 7, 7)}, {(), ("C",)}),
        ({"A": (9, 0, 0), "B": (0, 9, 0)}, {(), ("A",)}),
    ],
    ids=[
        "everybody is a pair",
        "enough have no pair",
        "those without a pair are enough at both schools together",
        "where all are pairs nobody is protected by the others",
        "a school that fits is put together with one that does not",
        "no pairs at a school",
    ],
)
def test_schools_are_compared_where_nobody_more_must_be_left_out(counts: dict[str, tuple[int, int, int]], shown: set[Path]) -> None:
    kept = kept_pairs(*schools(**counts), Random(1))

    assert kept.shown == shown
    assert kept.left_out == 0


def test_a_school_wholly_compared_must_not_show_a_few_of_another() -> None:
    before, after = schools(A=(9, 0, 0), B=(2, 9, 9))

    kept = kept_pairs(before, after, Random(1))

    assert not pairs_fit(paired(before), before, after, TOP)
    assert kept.left_out == 1


def test_a_question_is_compared_only_where_those_who_answered_it_are_protected() -> None:
    before, after = rounds(12, 8, 8)
    kept = kept_pairs(before, after, Random(1)).people
    few = {person: path for person, path in before.paths.items() if "pair" in person or person == "before 0"}

    assert pairs_fit(kept, before, after, TOP)
    assert not pairs_fit(kept, Everyone(few, TOP), after, TOP)


def derivable(kept: Collection[str], everyone: Everyone, shown: Collection[Path], *more: Collection[str]) -> int | None:
    """Attack a round: every node that is shown, those with each mark, and those compared at every node where they are."""
    people = dict.fromkeys(everyone.paths, 1)
    under = [[person for person, path in everyone.paths.items() if path[: len(node)] == node] for node in everyone.shown]
    marked = [[person for person in people if everyone.marks.get(person) == mark] for mark in set(everyone.marks.values())]
    compared = [[person for person in kept if everyone.paths[person][: len(node)] == node] for node in shown]
    return smallest_group(people, [*under, *marked, *compared, *more])


@pytest.mark.parametrize("seed", range(100))
def test_neither_round_and_its_comparison_isolate_anybody(seed: int) -> None:
    before, after = drawn_rounds(Random(seed))

    kept = kept_pairs(before, after, Random(seed))

    for everyone in (before, after):
        smallest = derivable(kept.people, everyone, kept.shown)
        assert smallest is None or smallest >= 5


@pytest.mark.parametrize("seed", range(100))
def test_a_second_comparison_of_the_same_round_isolates_nobody(seed: int) -> None:
    chance = Random(seed)
    before, midway = drawn_rounds(chance)
    after = Everyone({person: path for person, path in before.paths.items() if chance.random() < 0.8}, {()})
    first = kept_pairs(before, midway, chance)
    known = Everyone(before.paths, before.shown, {person: (before.marks.get(person), person in first.people) for person in before.paths})

    second = kept_pairs(known, after, chance)

    compared = [[person for person in first.people if before.paths[person][: len(node)] == node] for node in first.shown]
    smallest = derivable(second.people, before, second.shown, *compared)
    assert smallest is None or smallest >= 5


@pytest.mark.parametrize("seed", range(60))
def test_no_fewer_pairs_could_have_been_left_out(seed: int) -> None:
    before, after = drawn_rounds(Random(seed), schools=2, moving=0)
    both = before.paths.keys() & after.paths.keys()

    kept = kept_pairs(before, after, Random(seed))

    fewer = range(kept.left_out) if kept.people else range(len(both) - 4)
    tried = (both.difference(some) for left_out in fewer for some in combinations(both, left_out))
    assert not any(pairs_fit(people, before, after, {()}) for people in tried)

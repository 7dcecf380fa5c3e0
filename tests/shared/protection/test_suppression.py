import json
import time
from pathlib import Path as File
from random import Random
from typing import Any

import pytest

from shared.protection.suppression import Path, fits, pattern, reason, reasons, residuals, totals
from tests.attacker import smallest_group
from tests.shared.trees import cheapest, cost, drawn_tree

GOLDENS = json.loads((File(__file__).parent.parent.parent / "goldens.json").read_text())["suppression_k5"]


def golden_tree(tree: list[Any]) -> dict[str, tuple[Path, int]]:
    """Read a tree of the goldens, its root's name left out of the paths: path and respondents by name, none for inner nodes."""
    read: dict[str, tuple[Path, int]] = {tree[0]: ((), 0)}
    rest: list[tuple[Path, Any]] = [((), child) for child in tree[1]]
    while rest:
        above, (name, below) = rest.pop()
        path = (*above, name)
        read[name] = (path, 0 if isinstance(below, list) else below)
        rest += [(path, child) for child in below] if isinstance(below, list) else []
    return read


@pytest.mark.parametrize("golden", GOLDENS.values(), ids=GOLDENS.keys())
def test_the_golden_trees_are_shown_as_expected(golden: dict[str, Any]) -> None:
    tree = golden_tree(golden["tree"])
    respondents = dict(tree.values())

    shown = pattern(respondents)

    assert {name for name, (path, _) in tree.items() if path in shown} == set(golden["shown"])
    left = residuals(respondents, shown)
    assert {name: left[path] for name, (path, _) in tree.items() if path in shown} == golden["residuals"]
    assert attacked(respondents, shown) == golden["smallest_derivable"]


def attacked(respondents: dict[Path, int], shown: frozenset[Path]) -> int | None:
    return smallest_group(respondents, [[path for path in respondents if path[: len(node)] == node] for node in shown])


@pytest.mark.parametrize(
    ("respondents", "shown"),
    [
        ({}, set()),
        ({("A",): 0}, set()),
        ({("A",): 4}, set()),
        ({(): 5}, {()}),
        ({("A",): 5}, {(), ("A",)}),
        ({("A",): 5, ("B",): 0}, {(), ("A",), ("B",)}),
        ({(): 4, ("A",): 9}, {()}),
        ({(): 5, ("A",): 9}, {(), ("A",)}),
        ({("R",): 3, ("R", "A"): 6, ("R", "B"): 2}, {(), ("R",), ("R", "A")}),
        ({("R",): 3, ("R", "A"): 6, ("S",): 8}, {(), ("R",), ("S",)}),
    ],
    ids=[
        "nobody",
        "nobody answered",
        "too few in all",
        "no units",
        "a single school",
        "no answer from a school tells nothing of anybody",
        "some whose school is not known can't be told apart by subtraction",
        "enough whose school is not known",
        "a region's unnamed answers and a small school, together",
        "a region's unnamed answers protect its only school",
    ],
)
def test_a_pattern(respondents: dict[Path, int], shown: set[Path]) -> None:
    assert pattern(respondents) == shown


def test_on_a_tie_the_node_that_comes_first_is_shown() -> None:
    tree: dict[Path, int] = {("C",): 8, ("B",): 3, ("A",): 8}

    assert pattern(tree) == pattern(dict(reversed(tree.items()))) == {(), ("A",)}


def test_more_than_five_may_be_asked_for() -> None:
    assert pattern({("A",): 9, ("B",): 12}, k=10) == {()}


def test_hidden_nodes_say_why() -> None:
    respondents: dict[Path, int] = {("A",): 12, ("B",): 3, ("C",): 8}
    shown = pattern(respondents)

    assert reasons(respondents, shown) == {("B",): "small", ("C",): "protect"}
    assert [reason(path, respondents, shown) for path in [(), ("A",), ("B",), ("C",)]] == [None, None, "small", "protect"]


def test_respondents_are_counted_with_those_below() -> None:
    assert totals({(): 1, ("R",): 3, ("R", "A"): 6, ("S", "B"): 0}) == {(): 10, ("R",): 9, ("R", "A"): 6, ("S",): 0, ("S", "B"): 0}


def test_a_question_is_broken_down_only_where_no_subtraction_isolates_who_answered_it() -> None:
    shown = pattern({("M", "A"): 9, ("M", "B"): 5})

    assert shown == {(), ("M",), ("M", "A"), ("M", "B")}
    assert fits({("M", "A"): 8, ("M", "B"): 8}, shown)
    assert fits({("M", "A"): 8}, shown)
    assert not fits({("M", "A"): 8, ("M", "B"): 3}, shown)


@pytest.mark.parametrize("seed", range(60))
def test_as_few_nodes_are_hidden_as_can_be(seed: int) -> None:
    chance = Random(seed)
    tree = drawn_tree(chance, most=3)
    k = chance.choice([3, 5, 10])

    shown = pattern(tree, k)

    assert not shown or cost(tree, shown) == cheapest(tree, k)


@pytest.mark.slow
def test_no_residual_of_ten_thousand_trees_is_small() -> None:
    chance = Random(7)
    for _ in range(10_000):
        tree = drawn_tree(chance)
        shown = pattern(tree)

        assert (() in shown) == (sum(tree.values()) >= 5)
        assert all(left == 0 or left >= 5 for left in residuals(tree, shown).values())
        assert shown == pattern(dict(reversed(tree.items())))


@pytest.mark.slow
def test_as_few_nodes_of_a_thousand_trees_are_hidden_as_can_be() -> None:
    chance = Random(11)
    for _ in range(1_000):
        tree = drawn_tree(chance, most=3)
        shown = pattern(tree)

        assert not shown or cost(tree, shown) == cheapest(tree, 5)


def test_a_tree_of_two_thousand_schools_takes_less_than_fifty_milliseconds() -> None:
    chance = Random(3)
    tree: dict[Path, int] = {(f"region {at % 5}", f"municipality {at % 98}", f"school {at}"): chance.randint(0, 12) for at in range(2_000)}

    def timed() -> float:
        started = time.process_time()
        pattern(tree)
        return time.process_time() - started

    assert min(timed() for _ in range(5)) < 0.05


def test_a_very_deep_tree_is_no_problem() -> None:
    deep = ("x",) * 300

    assert pattern({deep: 5, deep[:-1]: 5}) == {deep[:depth] for depth in range(301)}

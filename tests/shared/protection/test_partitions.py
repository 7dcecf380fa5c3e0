import json
from pathlib import Path as File
from random import Random
from typing import Any

import pytest

from shared.protection.partitions import merged, merged_roles, roles_fit
from shared.protection.suppression import Path, pattern
from tests.attacker import smallest_group
from tests.shared.trees import drawn_table

ATTACKS = {
    attack["id"]: attack for attack in json.loads((File(__file__).parent.parent.parent / "goldens.json").read_text())["attack_sets_k5"]
}

Table = dict[tuple[Path, str], int]


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_the_attacker_finds_what_others_found(attack: dict[str, Any]) -> None:
    assert smallest_group(attack["atoms"], attack["published"]) == attack["smallest"]


@pytest.mark.parametrize("name", ["X1", "X2"])
def test_the_golden_roles_fit_or_do_not(name: str) -> None:
    table: Table = {((atom[0],), atom[2:]): count for atom, count in ATTACKS[name]["atoms"].items()}

    assert roles_fit(table, {(), *(path for path, _ in table)}) == ATTACKS[name]["accept"]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({}, True),
        ({((), "teacher"): 9, ((), "leader"): 5}, True),
        ({((), "teacher"): 9, ((), "leader"): 4}, False),
        ({((), "teacher"): 9, ((), ""): 4}, False),
        ({(("A",), "teacher"): 9, (("B",), "leader"): 5}, True),
        ({(("A",), "teacher"): 9, (("B",), "leader"): 5, (("B",), "teacher"): 1}, False),
        ({(("A",), "teacher"): 9, (("B",), "leader"): 5, (("B",), "teacher"): 0}, True),
        ({((), role): 9 for role in "abcdefg"}, False),
    ],
    ids=[
        "nobody",
        "no units, enough of each role",
        "few of a role",
        "few whose role is not known",
        "a role in each unit",
        "teachers but those of A: one person",
        "nobody is no leak",
        "more than six roles",
    ],
)
def test_figures_by_role_beside_units(table: Table, expected: bool) -> None:
    assert roles_fit(table, {(), *(path for path, _ in table)}) == expected


def test_no_figures_by_role_where_nothing_is_shown() -> None:
    assert not roles_fit({((), "teacher"): 9, ((), "leader"): 5}, ())


def test_rows_are_what_the_shown_units_tell_apart() -> None:
    table: Table = {(("A",), "teacher"): 9, (("B",), "teacher"): 2, (("C",), "leader"): 6}

    assert not roles_fit(table, {(), ("A",), ("B",), ("C",)})
    assert not roles_fit(table, {(), ("A",), ("C",)})
    assert roles_fit(table, {()})


def test_small_roles_are_shown_together() -> None:
    table: Table = {((), "teacher"): 19, ((), "leader"): 3, ((), "psychologist"): 2, ((), ""): 7, ((), "observer"): 0}

    groups = merged_roles(table, {()})

    assert groups == (("",), ("teacher",), ("leader", "psychologist"))
    assert merged(table, groups) == {((), ""): 7, ((), "teacher"): 19, ((), "leader"): 5}


@pytest.mark.parametrize(
    "table",
    [{}, {((), "teacher"): 19}, {((), "teacher"): 19, ((), "leader"): 3}, {((), role): 9 for role in "abcdefg"}],
    ids=["nobody", "one role", "a small role, and none to put it with", "more than six"],
)
def test_no_roles_are_shown_where_no_two_columns_fit(table: Table) -> None:
    assert merged_roles(table, {()}) is None


def test_roles_that_fit_stay_apart() -> None:
    assert merged_roles({(("A",), "a"): 9, (("B",), "b"): 5, (("B",), "a"): 8}, {(), ("A",), ("B",)}) == (("a",), ("b",))


@pytest.mark.parametrize("seed", range(100))
def test_roles_fit_exactly_where_the_attacker_finds_no_small_group(seed: int) -> None:
    table = drawn_table(Random(seed))
    by_path: dict[Path, int] = {}
    for (path, _), count in table.items():
        by_path[path] = by_path.get(path, 0) + count
    shown = pattern(by_path)
    units = [[atom for atom in table if atom[0][: len(node)] == node] for node in shown]
    columns = [[atom for atom in table if atom[1] == role] for role in {role for _, role in table}]

    smallest = smallest_group(table, units + columns)

    assert roles_fit(table, shown) == (bool(shown) and smallest is not None and smallest >= 5)


def test_three_partitions_of_which_each_two_fit_isolate_one_person() -> None:
    people = {"100": 10, "010": 10, "001": 10, "110": 1}
    by = [[[atom for atom in people if atom[at] == side] for side in "01"] for at in range(3)]

    pairs = [smallest_group(people, by[a] + by[b]) for a, b in [(0, 1), (0, 2), (1, 2)]]

    assert all(smallest is not None and smallest >= 5 for smallest in pairs)
    assert smallest_group(people, by[0] + by[1] + by[2]) == 1

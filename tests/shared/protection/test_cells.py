from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from shared.protection.cells import LEAST, Path, cell_of_newcomer, cells

PATHS = st.tuples(st.sampled_from(["North", "South"]), st.sampled_from(["A", "B", "C"]), st.sampled_from(["leader", "teacher"]))
UNEVEN = st.lists(st.sampled_from("AB"), max_size=4).map(tuple)
ROSTERS = st.lists(PATHS | UNEVEN, max_size=60).map(lambda paths: {str(number): path for number, path in enumerate(paths)})


def roster(**numbers: int) -> dict[str, Path]:
    """Make a roster from "region_school_role" and how many people are there."""
    paths = [tuple(name.split("_")) for name, number in numbers.items() for _ in range(number)]
    return {str(number): path for number, path in enumerate(paths)}


def used(paths: dict[str, Path]) -> Counter[Path]:
    return Counter(cells(paths).values())


def test_k_is_five() -> None:
    assert LEAST == 5


@given(ROSTERS)
def test_every_cell_in_use_is_carried_by_k_invitations_unless_fewer_are_invited_in_all(paths: dict[str, Path]) -> None:
    carried = used(paths)

    assert all(number >= min(LEAST, len(paths)) for number in carried.values())
    assert len(paths) >= LEAST or set(carried) <= {()}


@given(ROSTERS)
def test_everybody_s_cell_is_the_beginning_of_her_own_path(paths: dict[str, Path]) -> None:
    found = cells(paths)

    assert found.keys() == paths.keys()
    assert all(paths[person][: len(cell)] == cell for person, cell in found.items())


@given(ROSTERS)
def test_cells_don_t_depend_on_the_order_in_which_people_stand_on_the_roster(paths: dict[str, Path]) -> None:
    turned = dict(reversed(paths.items()))

    assert Counter(cells(turned).values()) == used(paths)


@given(ROSTERS)
def test_a_group_that_is_large_enough_keeps_its_path_where_nobody_else_needs_it(paths: dict[str, Path]) -> None:
    sizes = Counter(paths.values())

    if sizes and min(sizes.values()) >= LEAST:
        assert used(paths) == sizes


def test_large_groups_keep_unit_and_role() -> None:
    assert used(roster(North_A_leader=5, North_A_teacher=6)) == {("North", "A", "leader"): 5, ("North", "A", "teacher"): 6}


def test_small_groups_of_one_school_share_the_school() -> None:
    assert used(roster(North_A_leader=2, North_A_teacher=3)) == {("North", "A"): 5}


def test_small_schools_of_one_region_share_the_region() -> None:
    assert used(roster(North_A_leader=3, North_B_leader=2, South_C_leader=5)) == {("North",): 5, ("South", "C", "leader"): 5}


def test_a_few_left_over_take_the_smallest_group_of_their_school_along() -> None:
    assert used(roster(North_A_leader=2, North_A_teacher=6, North_A_other=5)) == {("North", "A"): 7, ("North", "A", "teacher"): 6}


def test_fewer_than_k_people_in_all_carry_nothing() -> None:
    assert used(roster(North_A_leader=4)) == {(): 4}


def test_nobody_invited_means_no_cells() -> None:
    assert cells({}) == {}


@given(PATHS, st.sets(PATHS | UNEVEN, min_size=1))
def test_a_newcomer_never_gets_a_cell_of_her_own(path: Path, in_use: set[Path]) -> None:
    assert cell_of_newcomer(path, in_use) in in_use


def test_a_newcomer_joins_the_finest_cell_that_she_belongs_to() -> None:
    in_use = [(), ("North",), ("North", "A")]

    assert cell_of_newcomer(("North", "A", "leader"), in_use) == ("North", "A")
    assert cell_of_newcomer(("North", "B", "leader"), in_use) == ("North",)
    assert cell_of_newcomer(("South", "C", "leader"), in_use) == ()


def test_a_newcomer_from_nowhere_near_joins_the_coarsest_of_the_nearest() -> None:
    assert cell_of_newcomer(("North", "B", "leader"), [("North", "A", "leader"), ("North", "A"), ("South",)]) == ("North", "A")


def test_the_first_newcomer_of_an_empty_round_carries_nothing() -> None:
    assert cell_of_newcomer(("North", "A"), []) == ()

from collections import Counter
from random import Random
from statistics import stdev
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from shared.measures.pairs import Advanced, Attrition, Ceiling, Directions, Paired, advanced, attrition, paired, then_test
from shared.measures.statistics import mean, standard_deviation
from tests.goldens import GOLDENS

POINTS = st.integers(1, 5)
TABLES = st.dictionaries(st.tuples(POINTS, POINTS), st.integers(0, 60)).filter(lambda table: any(table.values()))


@pytest.mark.parametrize(("name", "top"), [("lakens2013", 10), ("likert24", 5)])
def test_pairs_agree_with_published_values(name: str, top: int) -> None:
    golden = GOLDENS["paired"][name]

    found = _paired(golden, top)

    assert (found.n, found.mean_change) == (len(golden["pre"]), golden["mean_change"])
    assert found.sd_change == pytest.approx(golden["sd_change"], rel=1e-12)
    assert found.interval == pytest.approx(golden["ci95"], rel=1e-9)
    assert found.directions == (golden["improved"], golden["unchanged"], golden["worsened"])
    effect = _advanced(golden).effect
    assert effect is not None
    assert effect.d_z == pytest.approx(golden["dz"], rel=1e-12)
    assert effect.interval == pytest.approx(golden["dz_ci95"], abs=1e-9)
    assert effect.g == pytest.approx(golden["gz"], rel=1e-12)
    assert effect.d_av == pytest.approx(golden["dav_mean_sd"], rel=1e-12)
    t = effect.d_z * found.n**0.5
    assert (t, found.n - 1) == (pytest.approx(golden["t"], rel=1e-12), golden.get("df", found.n - 1))
    assert 2 * float(stats.t.sf(t, found.n - 1)) == pytest.approx(golden["p"], rel=1e-8)


@pytest.mark.parametrize("everyone", [30, 40, 80])
def test_the_limits_among_everyone_agree_with_published_values(everyone: int) -> None:
    golden = GOLDENS["paired"]["likert24"]

    found = _paired(golden, 5, everyone)

    assert found.among_everyone == pytest.approx(golden["ci95_fpc"][str(everyone)], rel=1e-9)


def test_both_signed_rank_tests_stand_beside_the_change() -> None:
    golden = GOLDENS["paired"]["likert24"]

    found = _advanced(golden)

    assert (found.wilcoxon.rank_sum, found.wilcoxon.p) == (golden["wilcoxon_V"], golden["wilcoxon_exact_p"])
    assert found.pratt.p == golden["wilcoxon_pratt_exact_p"]


def test_when_everyone_answered_twice_the_change_is_no_estimate() -> None:
    found = paired({(1, 2): 5, (2, 4): 3}, 8, 5)

    assert found.among_everyone == (found.mean_change, found.mean_change)


def test_a_single_pair_has_no_limits() -> None:
    found = paired({(2, 4): 1}, 9, 5)

    assert (found.mean_change, found.sd_change, found.interval, found.among_everyone) == (2, 0, None, None)
    assert advanced({(2, 4): 1}).effect is None


def test_the_positive_points_are_the_last_two_or_those_named() -> None:
    table = {(1, 3): 2, (3, 4): 3, (4, 5): 4, (5, 2): 1}

    assert (paired(table, 10, 5).positive_before, paired(table, 10, 5).positive_after) == (5, 7)
    assert (paired(table, 10, 5, {3, 5}).positive_before, paired(table, 10, 5, {3, 5}).positive_after) == (4, 6)


@pytest.mark.parametrize(("n", "expected"), [(9, None), (10, Directions(6, 3, 1))])
def test_directions_are_told_from_ten_pairs_on(n: int, expected: Directions | None) -> None:
    assert paired({(2, 3): n - 4, (3, 3): 3, (3, 1): 1}, 20, 5).directions == expected


def test_a_question_with_little_room_before_is_flagged_and_those_with_room_told_apart() -> None:
    found = paired({(5, 5): 4, (5, 4): 2, (3, 4): 10, (2, 2): 4}, 30, 5)

    assert found.ceiling == Ceiling(at_top=6, room=14, improved=10, mean_change=10 / 14)


@pytest.mark.parametrize(("at_top", "flagged"), [(2, False), (3, True)])
def test_the_flag_is_raised_from_fifteen_percent_at_the_top(at_top: int, flagged: bool) -> None:
    table = {(5, 5): at_top, (2, 3): 20 - at_top}

    assert (paired(table, 20, 5).ceiling is not None) is flagged


@pytest.mark.parametrize("table", [{(5, 3): 4, (3, 4): 16}, {(5, 5): 16, (3, 4): 4}, {(5, 5): 12}], ids=str)
def test_the_change_of_those_with_room_never_gives_fewer_than_five_away(table: dict[tuple[int, int], int]) -> None:
    ceiling = paired(table, 30, 5).ceiling

    assert ceiling is not None
    assert ceiling.mean_change is None


def test_of_few_pairs_with_a_ceiling_it_is_not_told_how_many_improved() -> None:
    assert paired({(5, 5): 4, (3, 4): 5}, 30, 5).ceiling == Ceiling(4, 5, None, None)


@pytest.mark.slow
@given(TABLES, st.integers(0, 500))
def test_every_pair_is_counted_once_and_turning_time_round_turns_the_change(table: dict[tuple[int, int], int], silent: int) -> None:
    n = sum(table.values())
    found = paired(table, n + silent, 5)
    backwards = {(after, before): count for (before, after), count in table.items()}
    turned = paired(backwards, n + silent, 5)

    assert found.n == n
    assert turned.mean_change == pytest.approx(-found.mean_change, abs=1e-12)
    assert (turned.mean_before, turned.positive_before) == (found.mean_after, found.positive_after)
    assert advanced(backwards).wilcoxon.p == pytest.approx(advanced(table).wilcoxon.p)
    assert advanced(backwards).pratt.p == pytest.approx(advanced(table).pratt.p)
    assert found.mean_after - found.mean_before == pytest.approx(found.mean_change, abs=1e-12)
    if found.directions and turned.directions:
        assert sum(found.directions) == n
        assert found.directions == turned.directions[::-1]
    if found.interval and found.among_everyone:
        assert found.interval[0] <= found.among_everyone[0] <= found.mean_change <= found.among_everyone[1] <= found.interval[1]
    if found.ceiling:
        assert found.ceiling.at_top + found.ceiling.room == n


@given(TABLES)
def test_listed_pairs_give_the_same_figures(table: dict[tuple[int, int], int]) -> None:
    changes = [after - before for (before, after), count in table.items() for _ in range(count)]

    found = paired(table, len(changes) + 3, 5)

    assert found.mean_change == pytest.approx(sum(changes) / len(changes), abs=1e-12)
    assert found.sd_change == pytest.approx(stdev(changes) if len(changes) > 1 else 0, abs=1e-12)


def test_ten_thousand_pairs_on_eight_goals_take_little_time() -> None:
    random = Random(5)
    goals = [Counter(zip(random.choices(range(1, 6), k=10_000), random.choices(range(1, 6), k=10_000), strict=True)) for _ in range(8)]
    small = [Counter(zip(random.choices(range(1, 6), k=200), random.choices(range(1, 6), k=200), strict=True)) for _ in range(8)]

    begun = perf_counter()
    for table in goals + small:
        paired(table, 12_000, 5)
        advanced(table)

    assert perf_counter() - begun < 2


def test_attrition_tells_how_those_began_who_stayed_and_who_left() -> None:
    assert attrition([0, 4, 4, 0, 0], [5, 0, 0, 0, 0]) == Attrition(2.5, 1)


@pytest.mark.parametrize(("stayed", "left"), [([0, 8, 0], [4, 0, 0]), ([0, 4, 0], [9, 0, 0]), ([0, 8, 0], [0, 0, 0])])
def test_attrition_is_not_told_of_fewer_than_five(stayed: list[int], left: list[int]) -> None:
    assert attrition(stayed, left) is None


def test_a_then_test_stands_beside_the_true_answers() -> None:
    found = then_test({(3, 2, 4): 6, (4, 2, 4): 3, (2, 2, 5): 1}, 12)

    assert (found.before, found.then, found.after) == pytest.approx((3.2, 2, 4.1))
    assert (found.change.mean, found.retrospective.mean, found.shift.mean) == pytest.approx((0.9, 2.1, -1.2))
    assert {change.n for change in (found.change, found.retrospective, found.shift)} == {10}


@given(st.dictionaries(st.tuples(POINTS, POINTS, POINTS), st.integers(1, 30), min_size=1))
def test_what_is_remembered_makes_up_the_difference(answers: dict[tuple[int, int, int], int]) -> None:
    found = then_test(answers, sum(answers.values()))

    assert found.change.mean - found.retrospective.mean == pytest.approx(found.shift.mean, abs=1e-9)


def test_a_change_has_the_mean_and_the_spread_of_any_sample() -> None:
    found = paired({(1, 3): 4, (2, 2): 3, (4, 3): 2}, 20, 5)

    assert found.mean_change + 2 == pytest.approx(mean([2, 3, 0, 4]))
    assert found.sd_change == pytest.approx(standard_deviation([2, 3, 0, 4]))


def _paired(golden: dict[str, Any], top: int, everyone: int = 40) -> Paired:
    return paired(Counter(zip(golden["pre"], golden["post"], strict=True)), everyone, top)


def _advanced(golden: dict[str, Any]) -> Advanced:
    return advanced(Counter(zip(golden["pre"], golden["post"], strict=True)))

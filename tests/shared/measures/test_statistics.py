from fractions import Fraction
from math import comb, sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.measures import statistics
from shared.measures.statistics import Interval, Shares, interval
from tests.goldens import GOLDENS


@pytest.mark.parametrize("golden", GOLDENS["ordinal"], ids=str)
def test_location_and_spread_agree_with_published_values(golden: dict[str, Any]) -> None:
    counts = golden["counts"]

    assert statistics.mean(counts) == pytest.approx(golden["mean"], rel=1e-9)
    assert statistics.median(counts) == golden["median"]
    assert statistics.interpolated_median(counts) == pytest.approx(golden["IM"], rel=1e-9)
    assert statistics.dispersion(counts) == pytest.approx(golden["DI"], abs=5e-5)


def test_standard_deviation_is_the_samples() -> None:
    assert statistics.standard_deviation([1, 0, 1, 0, 1]) == 2
    assert statistics.standard_deviation([0, 2, 0, 1]) == pytest.approx(sqrt(4 / 3))


def test_standard_deviation_of_one_answer_is_nothing() -> None:
    assert statistics.standard_deviation([0, 0, 1]) == 0


def test_unanimous_answers_have_no_spread() -> None:
    counts = [0, 0, 0, 7, 0]

    assert statistics.dispersion(counts) == 0
    assert statistics.standard_deviation(counts) == 0
    assert statistics.interpolated_median(counts) == 4


def test_answers_halved_between_the_ends_have_the_greatest_dispersion() -> None:
    assert statistics.dispersion([6, 0, 0, 0, 6]) == 1


@pytest.mark.parametrize(
    ("counts", "expected"),
    [([1, 2, 3, 2, 2], Shares(0.3, 0.3, 0.4)), ([1, 1, 1, 2], Shares(0.4, 0, 0.6)), ([3, 1], Shares(0.75, 0, 0.25))],
)
def test_a_bipolar_scale_is_three_shares(counts: list[int], expected: Shares) -> None:
    assert statistics.shares(counts) == pytest.approx(expected)


@pytest.mark.parametrize("golden", GOLDENS["hyper_ci95"], ids=str)
def test_the_interval_agrees_with_published_values(golden: dict[str, int]) -> None:
    assert interval(golden["x"], golden["n"], golden["N"]) == (golden["L"], golden["U"])


@pytest.mark.parametrize("everyone", range(19))
def test_the_interval_agrees_with_exact_fractions(everyone: int) -> None:
    for n in range(everyone + 1):
        for x in range(n + 1):
            assert interval(x, n, everyone) == by_definition(x, n, everyone)


def test_a_probability_of_exactly_the_limit_is_outside_the_interval() -> None:
    tie = Fraction(comb(3, 2), comb(16, 2))

    assert tie == Fraction(1, 40)
    assert interval(2, 2, 16).low == 4


def test_the_interval_is_right_for_a_whole_country() -> None:
    assert interval(25_000, 50_000, 100_000) == (49_690, 50_310)  # by scipy.stats.hypergeom


def test_when_all_have_answered_the_interval_is_one_number() -> None:
    assert interval(17, 22, 22) == Interval(17, 17)


def test_when_nobody_has_answered_the_interval_is_everybody() -> None:
    assert interval(0, 0, 22) == Interval(0, 22)


@given(st.data())
def test_the_interval_never_leaves_what_is_possible_and_mirrors(data: st.DataObject) -> None:
    everyone = data.draw(st.integers(1, 3000))
    n = data.draw(st.integers(0, everyone))
    x = data.draw(st.integers(0, n))

    low, high = interval(x, n, everyone)

    assert x <= low <= high <= everyone - n + x
    assert interval(n - x, n, everyone) == (everyone - high, everyone - low)


@pytest.mark.parametrize(("found", "little"), [(Interval(30, 70), False), (Interval(29, 70), True), (Interval(50, 50), False)])
def test_an_interval_says_little_beyond_twenty_points_to_either_side(found: Interval, little: bool) -> None:
    assert statistics.says_little(found, 100) is little


def by_definition(x: int, n: int, everyone: int) -> tuple[int, int]:
    def probability(counts: range, marked: int) -> Fraction:
        ways = sum(comb(marked, count) * comb(everyone - marked, n - count) for count in counts)
        return Fraction(ways, comb(everyone, n))

    limit = Fraction(5, 200)
    possible = range(x, everyone - n + x + 1)
    low = min(marked for marked in possible if probability(range(x, n + 1), marked) > limit)
    high = max(marked for marked in possible if probability(range(x + 1), marked) > limit)
    return low, high

from collections.abc import Sequence
from itertools import product
from math import nextafter, sqrt
from random import Random
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from shared.measures import statistics
from shared.measures.statistics import Interval, bounds, interval, mean_interval, precision, r_indicator, response_rates, score_limits
from tests.goldens import GOLDENS

TAIL = 0.025


def wilson(x: int, n: int, everyone: int) -> tuple[float, float]:
    """Work Wilson's limits out for a finite group (O'Neill 2021), within what is possible."""
    low, high = score_limits(x / n, (everyone - n) / (everyone - 1) * statistics.Z**2 / (2 * n))
    least, most = bounds(x, n, everyone)
    return max(low, least / everyone), min(high, most / everyone)


@st.composite
def samples(draw: st.DrawFn) -> tuple[int, int, int]:
    """Draw x of n of everyone."""
    everyone = draw(st.integers(0, 3000))
    n = draw(st.integers(0, everyone))
    return draw(st.integers(0, n)), n, everyone


@pytest.mark.parametrize("golden", GOLDENS["wilson_fpc95_clamped"], ids=str)
def test_wilsons_interval_for_a_finite_group_agrees_with_published_values(golden: dict[str, Any]) -> None:
    low, high = wilson(golden["x"], golden["n"], golden["N"])

    assert (low, high) == pytest.approx((golden["lo"], golden["hi"]), rel=1e-12)


@pytest.mark.parametrize(("x", "n"), [(0, 5), (3, 5), (14, 32), (700, 1000)])
def test_among_endlessly_many_wilsons_interval_is_scipys(x: int, n: int) -> None:
    expected = stats.binomtest(x, n).proportion_ci(method="wilson")

    assert wilson(x, n, 10**13) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_the_bounds_assume_nothing_of_those_who_did_not_answer() -> None:
    assert bounds(9, 12, 20) == Interval(9, 17)
    assert bounds(0, 0, 7) == Interval(0, 7)


@given(samples())
def test_the_exact_interval_lies_within_the_bounds(sample: tuple[int, int, int]) -> None:
    x, n, everyone = sample

    low, high = interval(x, n, everyone)

    assert bounds(x, n, everyone).low <= low <= high <= bounds(x, n, everyone).high


@pytest.mark.parametrize("golden", GOLDENS["hyper_ci95"], ids=str)
def test_the_exact_interval_is_not_a_step_too_wide_as_in_the_older_samplingbook(golden: dict[str, int]) -> None:
    x, n, everyone = golden["x"], golden["n"], golden["N"]

    low, high = interval(x, n, everyone)

    assert stats.hypergeom.sf(x - 1, everyone, low, n) > TAIL
    assert stats.hypergeom.cdf(x, everyone, high, n) > TAIL
    if low > x:
        assert stats.hypergeom.sf(x - 1, everyone, low - 1, n) <= TAIL
    if high < everyone - n + x:
        assert stats.hypergeom.cdf(x, everyone, high + 1, n) <= TAIL


@pytest.mark.parametrize("everyone", [12, 25])
def test_the_exact_interval_covers_what_is_true_at_least_as_often_as_it_says(everyone: int) -> None:
    for n, truth in product(range(1, everyone + 1), range(everyone + 1)):
        drawn = stats.hypergeom(everyone, truth, n)
        missed = [x for x in range(max(0, n + truth - everyone), min(n, truth) + 1) if not _covers(interval(x, n, everyone), truth)]
        assert sum(float(drawn.pmf(x)) for x in missed) <= 0.05 + 1e-9


def test_the_intervals_of_a_large_edition_take_little_time() -> None:
    random = Random(1)
    blocks = [(random.randint(0, n), n, everyone) for _ in range(16) for everyone in range(5, 61) for n in range(5, everyone + 1)]
    wholes = [(random.randint(0, n), n, 10_000) for n in range(50, 10_050, 50)]

    begun = perf_counter()
    for sample in blocks[:24_000] + wholes:
        interval(*sample)

    assert perf_counter() - begun < 2


@pytest.mark.parametrize("counts", [[0, 1, 4, 9, 3], [1, 0, 0, 0, 1], [0, 0, 0, 5, 0], [120, 300, 411, 700, 92]])
@pytest.mark.parametrize("silent", [0, 1, 40])
def test_the_interval_of_a_mean_is_scipys_made_narrower_by_how_many_answered(counts: list[int], silent: int) -> None:
    answers, n = _listed(counts), sum(counts)
    everyone = n + silent
    error = float(stats.sem(answers)) * sqrt((everyone - n) / everyone)

    low, high = mean_interval(counts, everyone) or (0, 0)

    half = float(stats.t.ppf(0.975, n - 1)) * error
    assert (low, high) == pytest.approx((sum(answers) / n - half, sum(answers) / n + half), rel=1e-9)


def test_the_mean_of_one_answer_or_none_has_no_interval() -> None:
    assert mean_interval([0, 0, 1, 0, 0], 20) is None
    assert mean_interval([0, 0, 0, 0, 0], 20) is None


@given(st.lists(st.integers(0, 50), min_size=2, max_size=7).filter(lambda counts: sum(counts) > 1), st.integers(0, 1000))
def test_the_interval_of_a_mean_lies_around_it_and_mirrors(counts: list[int], silent: int) -> None:
    everyone = sum(counts) + silent

    low, high = mean_interval(counts, everyone) or (0, 0)

    assert low <= statistics.mean(counts) <= high
    assert mean_interval(counts[::-1], everyone) == pytest.approx((len(counts) + 1 - high, len(counts) + 1 - low))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (Interval(17, 17), "reliable"),
        (Interval(40, 60), "reliable"),
        (Interval(40, 61), "guide"),
        (Interval(30, 70), "guide"),
        (Interval(30, 71), "mood"),
        (Interval(0, 100), "mood"),
    ],
)
def test_precision_is_how_far_the_interval_reaches_to_either_side(found: Interval, expected: str) -> None:
    assert precision(found, 100) == expected


@given(samples())
def test_any_interval_has_a_precision_and_everybodys_answers_are_reliable(sample: tuple[int, int, int]) -> None:
    x, n, everyone = sample

    assert precision(interval(x, n, everyone), everyone) in {"reliable", "guide", "mood"}
    assert precision(interval(x, everyone, everyone), everyone) == "reliable"


def test_response_rates_agree_with_published_values() -> None:
    golden = GOLDENS["response_rate"]
    invited = golden["roster"] - golden["absent"]

    assert invited == golden["complete"] + golden["partial"] + golden["silent"] + golden["bounced"]
    assert response_rates(golden["complete"], golden["partial"], invited) == (golden["rr1"], golden["rr2"])


def test_of_nobody_nobody_has_answered() -> None:
    assert response_rates(0, 0, 0) == (0, 0)


def test_the_r_indicator_agrees_with_published_values() -> None:
    golden = GOLDENS["rindicator"]
    found = r_indicator(list(zip(golden["N"], golden["r"], strict=True))) or 0

    assert found == pytest.approx(golden["R"], rel=1e-12)
    assert (1 - found) / 2 == pytest.approx(golden["S"], rel=1e-12)
    assert (1 - found) / 2 / (sum(golden["r"]) / sum(golden["N"])) == pytest.approx(golden["CV"], rel=1e-12)


def test_groups_that_answered_alike_represent_everybody() -> None:
    assert r_indicator([(20, 10), (6, 3), (40, 20)]) == pytest.approx(1)
    assert r_indicator([(20, 0), (6, 0)]) == 1


@pytest.mark.parametrize("groups", [[], [(12, 7)], [(12, 7), (0, 0)]])
def test_a_single_group_represents_nobody_in_particular(groups: list[tuple[int, int]]) -> None:
    assert r_indicator(groups) is None


@given(st.lists(st.integers(1, 60).flatmap(lambda everyone: st.tuples(st.just(everyone), st.integers(0, everyone))), min_size=2))
def test_the_r_indicator_is_a_share_whatever_the_order(groups: list[tuple[int, int]]) -> None:
    found = r_indicator(groups)

    assert found is not None
    assert 0 <= found <= nextafter(1, 2)
    assert r_indicator(groups[::-1]) == pytest.approx(found, abs=1e-7)


def _covers(found: Interval, truth: int) -> bool:
    return found.low <= truth <= found.high


def _listed(counts: Sequence[int]) -> list[int]:
    return [point for point, count in enumerate(counts, 1) for _ in range(count)]

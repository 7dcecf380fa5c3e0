from collections import Counter
from collections.abc import Sequence
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from shared.measures.comparisons import far_behind, newcombe, welch
from shared.measures.distributions import t_quantile
from tests.goldens import GOLDENS

LIKERT = GOLDENS["paired"]["likert24"]

GROUPS = st.lists(st.integers(0, 30), min_size=5, max_size=5).filter(any)


def test_welchs_limits_agree_with_published_values() -> None:
    golden = LIKERT["welch"]

    found = welch(_counts(LIKERT["post"]), _counts(LIKERT["pre"]))

    assert found is not None
    assert found.df == pytest.approx(golden["df"], rel=1e-12)
    assert (found.low, found.high) == pytest.approx(golden["ci95"], rel=1e-9)
    t = found.difference * t_quantile(0.975, found.df) / (found.high - found.difference)
    assert t == pytest.approx(golden["t"], rel=1e-9)
    assert 2 * float(stats.t.sf(t, found.df)) == pytest.approx(golden["p"], rel=1e-8)


@pytest.mark.parametrize("groups", [([3, 0, 4, 1, 9], [0, 2, 2, 0, 0]), ([900, 20, 4, 1, 9], [0, 0, 0, 1, 1])], ids=str)
def test_welchs_limits_are_scipys(groups: tuple[list[int], list[int]]) -> None:
    samples = [[point for point, count in enumerate(counts, 1) for _ in range(count)] for counts in groups]
    expected = stats.ttest_ind(*samples, equal_var=False).confidence_interval()

    found = welch(*groups)

    assert found is not None
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), rel=1e-9)


@pytest.mark.parametrize("groups", [([1, 0], [3, 4]), ([3, 4], [0, 1]), ([9, 0], [0, 7])], ids=str)
def test_without_spread_means_are_not_compared(groups: tuple[list[int], list[int]]) -> None:
    assert welch(*groups) is None


@given(GROUPS, GROUPS)
def test_comparing_means_the_other_way_round_turns_the_sign(first: list[int], second: list[int]) -> None:
    found, turned = welch(first, second), welch(second, first)

    if found and turned:
        assert found.low < found.difference < found.high
        assert (turned.low, turned.high) == pytest.approx((-found.high, -found.low), rel=1e-9)
        assert min(sum(first), sum(second)) - 1 <= found.df * (1 + 1e-9)
        assert found.df <= sum(first) + sum(second) - 2 + 1e-6


def test_newcombes_limits_agree_with_published_values() -> None:
    golden = GOLDENS["newcombe"]

    assert newcombe(golden["x1"], golden["n1"], golden["x2"], golden["n2"]) == pytest.approx(golden["ci95"], rel=1e-12)


@given(st.integers(1, 200), st.integers(1, 200), st.data())
def test_newcombes_limits_are_made_of_scipys_wilson_limits(n1: int, n2: int, data: st.DataObject) -> None:
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    one, two = (stats.binomtest(x, n).proportion_ci(method="wilson") for x, n in ((x1, n1), (x2, n2)))
    difference = x1 / n1 - x2 / n2

    low, high = newcombe(x1, n1, x2, n2)

    assert -1 <= low <= difference <= high <= 1
    assert low == pytest.approx(difference - sqrt((x1 / n1 - one.low) ** 2 + (two.high - x2 / n2) ** 2), abs=1e-9)
    assert newcombe(x2, n2, x1, n1) == pytest.approx((-high, -low), abs=1e-12)


def test_a_group_that_answered_much_less_often_is_named() -> None:
    assert far_behind({"Follo": (30, 24), "Granlia": (24, 8), "Solvik": (12, 10)}) == ["Granlia"]


@pytest.mark.parametrize(
    "groups",
    [
        {},
        {"Follo": (30, 3)},
        {"Follo": (30, 24), "Granlia": (0, 0)},
        {"Follo": (30, 24), "Granlia": (30, 19)},
        {"Follo": (30, 24), "Granlia": (3, 1)},
        {"Follo": (30, 0), "Granlia": (24, 0)},
    ],
    ids=["none", "one", "nobody asked", "a little less", "chance", "nobody answered"],
)
def test_nobody_is_named_without_reason(groups: dict[str, tuple[int, int]]) -> None:
    assert far_behind(groups) == []


def _counts(answers: Sequence[int]) -> list[int]:
    found = Counter(answers)
    return [found[point] for point in range(1, 6)]

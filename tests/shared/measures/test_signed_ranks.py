from collections import Counter
from itertools import product
from math import prod
from random import Random
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from shared.measures.signed_ranks import EXACT_UP_TO, signed_rank
from tests.goldens import GOLDENS

ZeroMethod = Literal["wilcox", "pratt"]

LIKERT = GOLDENS["paired"]["likert24"]
CHANGES = [after - before for before, after in zip(LIKERT["pre"], LIKERT["post"], strict=True)]


def test_the_exact_test_with_ties_agrees_with_published_values() -> None:
    found = signed_rank(Counter(CHANGES))

    assert found.rank_sum == LIKERT["wilcoxon_V"]
    assert found.p == LIKERT["wilcoxon_exact_p"]
    assert found.exact


def test_pratts_exact_test_agrees_with_published_values() -> None:
    assert signed_rank(Counter(CHANGES), rank_zeros=True).p == LIKERT["wilcoxon_pratt_exact_p"]


@pytest.mark.parametrize(("method", "rank_zeros", "factor"), [("wilcox", False, 1.04), ("pratt", True, 3.15)])
def test_scipys_exact_test_is_wrong_with_ties_and_more_so_with_pratt(method: ZeroMethod, rank_zeros: bool, factor: float) -> None:
    scipys = stats.wilcoxon(CHANGES, zero_method=method, method="exact")

    assert scipys.pvalue / signed_rank(Counter(CHANGES), rank_zeros=rank_zeros).p == pytest.approx(factor, abs=0.01)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("rank_zeros", [False, True])
def test_the_exact_test_agrees_with_trying_every_sign(seed: int, rank_zeros: bool) -> None:
    random = Random(seed)
    changes = [random.randint(-3, 4) for _ in range(random.randint(1, 11))]

    assert signed_rank(Counter(changes), rank_zeros=rank_zeros).p == pytest.approx(_by_every_sign(changes, rank_zeros), rel=1e-12)


def test_without_ties_the_exact_test_is_scipys() -> None:
    random = Random(7)
    changes = [random.choice((-1, 1)) * size for size in range(1, 41)]

    assert signed_rank(Counter(changes)).p == pytest.approx(float(stats.wilcoxon(changes, method="exact").pvalue), rel=1e-12)


@pytest.mark.parametrize(("method", "rank_zeros"), [("wilcox", False), ("pratt", True)])
def test_beyond_200_ranked_changes_the_test_is_scipys_normal_approximation_with_ties(method: ZeroMethod, rank_zeros: bool) -> None:
    random = Random(3)
    changes = random.choices(range(-4, 5), [1, 2, 4, 9, 20, 12, 5, 3, 1], k=400)

    found = signed_rank(Counter(changes), rank_zeros=rank_zeros)

    scipys = stats.wilcoxon(changes, zero_method=method, method="approx", correction=False)
    assert not found.exact
    assert found.p == pytest.approx(float(scipys.pvalue), rel=1e-9)


def test_the_two_ways_meet_where_one_takes_over_from_the_other() -> None:
    exact = signed_rank({1: 80, -1: 60, 2: 40, -2: 20})
    approximate = signed_rank({1: 80, -1: 60, 2: 41, -2: 20})

    assert (exact.exact, approximate.exact) == (True, False)
    assert exact.p == pytest.approx(approximate.p, abs=0.005)


def test_zeros_count_towards_the_limit_only_where_they_are_ranked() -> None:
    changes = {0: EXACT_UP_TO, 1: 3, -2: 1}

    assert signed_rank(changes).exact
    assert not signed_rank(changes, rank_zeros=True).exact


@pytest.mark.parametrize("changes", [{0: 7}, {}, {0: 300}, {0: 5, 1: 0}])
@pytest.mark.parametrize("rank_zeros", [False, True])
def test_where_nobody_changed_nothing_is_surprising(changes: dict[int, int], rank_zeros: bool) -> None:
    assert signed_rank(changes, rank_zeros=rank_zeros)[:2] == (0, 1)


@pytest.mark.slow
@given(st.dictionaries(st.integers(-6, 6), st.integers(0, 40)), st.booleans())
def test_better_and_worse_are_judged_alike(changes: dict[int, int], rank_zeros: bool) -> None:
    found = signed_rank(changes, rank_zeros=rank_zeros)
    mirrored = signed_rank({-change: count for change, count in changes.items()}, rank_zeros=rank_zeros)

    assert 0 <= found.p <= 1
    assert mirrored.p == pytest.approx(found.p, rel=1e-9)
    ranked = sum(changes.values()) if rank_zeros else sum(changes.values()) - changes.get(0, 0)
    left_out = changes.get(0, 0) if rank_zeros else 0
    assert found.rank_sum + mirrored.rank_sum == (ranked * (ranked + 1) - left_out * (left_out + 1)) / 2


def _by_every_sign(changes: list[int], rank_zeros: bool) -> float:
    ranked = changes if rank_zeros else [change for change in changes if change]
    ranks = [float(rank) for rank in stats.rankdata([abs(change) for change in ranked])]
    own = [(rank, change) for rank, change in zip(ranks, ranked, strict=True) if change]
    middle = sum(rank for rank, _ in own) / 2
    far = abs(sum(rank for rank, change in own if change > 0) - middle)
    sums = [sum(map(prod, zip(signs, (rank for rank, _ in own), strict=True))) for signs in product((0, 1), repeat=len(own))]
    return sum(abs(found - middle) >= far for found in sums) / len(sums)

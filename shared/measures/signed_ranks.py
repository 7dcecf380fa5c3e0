"""Wilcoxon's signed-rank test of whether changes go one way, for scales on which many changes are equal."""

from collections.abc import Mapping
from math import erfc, sqrt
from typing import NamedTuple

EXACT_UP_TO = 200
"""So many ranked changes are judged exactly, more of them by the normal approximation."""


class SignedRank(NamedTuple):
    """The sum of the ranks of those who improved, and how probable one so far from the middle is if nothing changes."""

    rank_sum: float
    p: float
    exact: bool


class _Tie(NamedTuple):
    """Changes of one size: their rank, doubled so that it is a whole number, how many people have it, and how many of them improved."""

    rank: int
    people: int
    improved: int


def signed_rank(changes: Mapping[int, int], *, rank_zeros: bool = False) -> SignedRank:
    """Test changes, given how many there are of each size.

    Who did not change is left out before ranking (Wilcoxon 1945) or, if zeros are ranked, after it (Pratt 1959).
    """
    ties = _ties(changes, rank_zeros=rank_zeros)
    doubled = sum(tie.rank * tie.improved for tie in ties)
    exact = sum(tie.people for tie in ties) + rank_zeros * changes.get(0, 0) <= EXACT_UP_TO
    return SignedRank(doubled / 2, (_exact if exact else _approximate)(ties, doubled), exact)


def _ties(changes: Mapping[int, int], *, rank_zeros: bool) -> list[_Tie]:
    """Give changes of the same size the middle of the ranks that they would have."""
    below = changes.get(0, 0) if rank_zeros else 0
    ties = []
    for size in sorted({abs(change) for change, count in changes.items() if change and count}):
        improved = changes.get(size, 0)
        count = improved + changes.get(-size, 0)
        ties.append(_Tie(2 * below + count + 1, count, improved))
        below += count
    return ties


def _exact(ties: list[_Tie], doubled: int) -> float:
    """Count the ways to give signs to the ranks, by the sum of the positive ones (the shift algorithm, Streitberg & Röhmel 1986).

    The counts stand side by side in one long whole number, so that a rank more is a shift and an addition.
    """
    changed = sum(tie.people for tie in ties)
    width = changed + 1  # bits; no count exceeds 2 to the power of changed
    ways = 1
    for tie in ties:
        for _ in range(tie.people):
            ways += ways << tie.rank * width
    fewest = min(doubled, sum(tie.rank * tie.people for tie in ties) - doubled)
    extreme = ways & ((1 << (fewest + 1) * width) - 1)
    at_most = extreme % ((1 << width) - 1) if changed else 1  # as a number's digits add up to its remainder by nine
    return min(2 * at_most / (1 << changed), 1.0)


def _approximate(ties: list[_Tie], doubled: int) -> float:
    """Take the rank sum as normal, with the variance that ties leave; without a correction for continuity."""
    middle = sum(tie.rank * tie.people for tie in ties) / 2
    variance = sum(tie.rank**2 * tie.people for tie in ties) / 4
    return erfc(abs(doubled - middle) / sqrt(2 * variance)) if ties else 1.0

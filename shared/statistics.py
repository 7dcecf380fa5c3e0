"""What is said about one question in one group.

``counts`` are the answers per point of a scale; the first point has the value 1. Everything but the interval expects
at least one answer.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import sqrt
from typing import NamedTuple

TAIL = 0.05 / 2
"""What a 95 % interval leaves out at either end."""

ROUNDING = 1e-9
"""A probability this close to TAIL, relatively, equals it: sums of floating-point numbers are not exact, the limit is."""

NEGLIGIBLE = 1e-20
"""A weight so small beside the greatest that it and all beyond it change no sum."""

FEW = 0.20
"""An interval wider than this to either side is a mood, not a conclusion."""


class Interval(NamedTuple):
    """A range of persons, both ends included."""

    low: int
    high: int


class Shares(NamedTuple):
    """The shares of answers below, at and above the middle of a scale."""

    below: float
    middle: float
    above: float


def mean(counts: Sequence[int]) -> float:
    """Return the arithmetic mean."""
    return _sum(counts) / sum(counts)


def standard_deviation(counts: Sequence[int]) -> float:
    """Return the sample's standard deviation (n − 1); of one answer it is 0."""
    n = sum(counts)
    squares = sum(point * point * count for point, count in enumerate(counts, 1))
    return sqrt((n * squares - _sum(counts) ** 2) / (n * max(n - 1, 1)))


def median(counts: Sequence[int]) -> float:
    """Return the median: half-way between the two middle answers where they differ."""
    n = sum(counts)
    return (_ranked(counts, (n - 1) // 2) + _ranked(counts, n // 2)) / 2


def interpolated_median(counts: Sequence[int]) -> float:
    """Return the median, moved within its point by how many answered above and below it."""
    middle = median(counts)
    below = sum(count for point, count in enumerate(counts, 1) if point < middle)
    above = sum(count for point, count in enumerate(counts, 1) if point > middle)
    at = sum(counts) - below - above
    return middle + (above - below) / (2 * at) if at else middle


def dispersion(counts: Sequence[int]) -> float:
    """Return how far apart the answers lie: 0 where all agree, 1 where half are at either end."""
    n = sum(counts)
    cumulative = [running / n for running in accumulate(counts[:-1])]
    return 4 / len(cumulative) * sum(share * (1 - share) for share in cumulative)


def shares(counts: Sequence[int]) -> Shares:
    """Divide a bipolar scale's answers into three groups; a scale of even length has no middle."""
    n, half = sum(counts), len(counts) // 2
    below, above = sum(counts[:half]), sum(counts[-half:])
    return Shares(below / n, (n - below - above) / n, above / n)


def interval(x: int, n: int, everyone: int) -> Interval:
    """Say how many of ``everyone`` there may be, when ``x`` of the ``n`` who answered are.

    The exact hypergeometric interval at 95 % (Buonaccorsi 1987); where all answered, it is one number.
    """
    return Interval(_fewest(x, n, everyone), everyone - _fewest(n - x, n, everyone))


def says_little(found: Interval, everyone: int) -> bool:
    """Tell whether an interval is too wide for more than a mood."""
    return (found.high - found.low) / 2 > FEW * everyone


def _sum(counts: Sequence[int]) -> int:
    return sum(point * count for point, count in enumerate(counts, 1))


def _ranked(counts: Sequence[int], rank: int) -> int:
    return bisect_right(list(accumulate(counts)), rank) + 1


def _fewest(x: int, n: int, everyone: int) -> int:
    """Return the smallest number among everyone with which ``x`` or more of ``n`` are not too improbable."""
    candidates = range(x, everyone - n + x + 1)
    limit = TAIL * (1 + ROUNDING)
    return candidates[bisect_left(candidates, True, key=lambda marked: _at_least(x, n, marked, everyone) > limit)]


def _at_least(x: int, n: int, marked: int, everyone: int) -> float:
    """Return the probability of ``x`` or more marked persons among ``n`` drawn from everyone."""
    weights = list(_weights(n, marked, everyone))
    return sum(weight for count, weight in weights if count >= x) / sum(weight for _, weight in weights)


def _weights(n: int, marked: int, everyone: int) -> Iterator[tuple[int, float]]:
    """Walk from the most probable count to both sides, by the ratio of neighbours: no factorial, nothing to cancel out."""
    unmarked = everyone - marked
    mode = (n + 1) * (marked + 1) // (everyone + 2)
    count, weight = mode, 1.0
    while weight > NEGLIGIBLE:
        yield count, weight
        weight *= (marked - count) * (n - count) / ((count + 1) * (unmarked - n + count + 1))
        count += 1
    count, weight = mode, 1.0
    while weight > NEGLIGIBLE:
        weight *= count * (unmarked - n + count) / ((marked - count + 1) * (n - count + 1))
        count -= 1
        yield count, weight

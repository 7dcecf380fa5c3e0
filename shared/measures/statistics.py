"""What is said about one question in one group.

``counts`` are the answers per point of a scale; the first point has the value 1. What describes them expects at least one
answer. ``everyone`` is how many were asked, at least those who answered.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import sqrt
from typing import Literal, NamedTuple

from shared.measures.distributions import NORMAL, t_quantile

TAIL = 0.05 / 2
"""What a 95 % interval leaves out at either end."""

ROUNDING = 1e-9
"""A probability this close to TAIL, relatively, equals it: sums of floating-point numbers are not exact, the limit is."""

NEGLIGIBLE = 1e-20
"""A step so small beside the greatest that it and all beyond it change no sum."""

RELIABLE, GUIDE = 10, 20
"""Up to so many points to either side an interval is a reliable picture, or a guide; a wider one is a mood, not a conclusion."""

Z = NORMAL.inv_cdf(1 - TAIL)

Precision = Literal["reliable", "guide", "mood"]


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


def bounds(x: int, n: int, everyone: int) -> Interval:
    """Say how many of ``everyone`` there are at the least and at the most, whatever those think who did not answer."""
    return Interval(x, everyone - n + x)


def precision(found: Interval, everyone: int) -> Precision:
    """Judge an interval by how far it reaches to either side."""
    points = 50 * (found.high - found.low)
    if points <= RELIABLE * everyone:
        return "reliable"
    return "guide" if points <= GUIDE * everyone else "mood"


def says_little(found: Interval, everyone: int) -> bool:
    """Tell whether an interval is too wide for more than a mood."""
    return precision(found, everyone) == "mood"


def score_limits(share: float, spread: float) -> tuple[float, float]:
    """Return Wilson's limits of a share; ``spread`` is the squared normal quantile by twice the number of answers."""
    root = sqrt(2 * spread * share * (1 - share) + spread**2)
    return (share + spread - root) / (1 + 2 * spread), (share + spread + root) / (1 + 2 * spread)


def mean_interval(counts: Sequence[int], everyone: int) -> tuple[float, float] | None:
    """Return the limits of the mean among ``everyone``, by Student's t; a single answer has none."""
    n = sum(counts)
    if n < 2:  # noqa: PLR2004 – one answer has no spread
        return None
    half = half_width(standard_deviation(counts), n) * sqrt((everyone - n) / everyone)
    return mean(counts) - half, mean(counts) + half


def half_width(spread: float, n: int) -> float:
    """Return how far the mean of ``n`` numbers with a standard deviation may lie from that of all such numbers, by Student's t."""
    return t_quantile(1 - TAIL, n - 1) * spread / sqrt(n)


def response_rates(complete: int, partial: int, everyone: int) -> tuple[float, float]:
    """Return AAPOR's RR1 and RR2 of a known roster: who answered every rating, and who answered some; of nobody they are 0."""
    return complete / max(everyone, 1), (complete + partial) / max(everyone, 1)


def r_indicator(groups: Sequence[tuple[int, int]]) -> float | None:
    """Say how evenly groups answered, 1 where all did alike (Schouten, Cobben & Bethlehem 2009); nothing of a single group.

    A group is how many were asked and how many of them answered. Differences in a handful of people can exceed what the
    indicator was made for; then it is 0.
    """
    asked = [(everyone, n / everyone) for everyone, n in groups if everyone]
    if len(asked) < 2:  # noqa: PLR2004 – a single group can't be compared
        return None
    total = sum(everyone for everyone, _ in asked)
    overall = sum(everyone * rate for everyone, rate in asked) / total
    variance = sum(everyone * (rate - overall) ** 2 for everyone, rate in asked) / (total - 1)
    return max(1 - 2 * sqrt(variance), 0.0)


def _sum(counts: Sequence[int]) -> int:
    return sum(point * count for point, count in enumerate(counts, 1))


def _ranked(counts: Sequence[int], rank: int) -> int:
    return bisect_right(list(accumulate(counts)), rank) + 1


def _fewest(x: int, n: int, everyone: int) -> int:
    """Return the smallest number among everyone with which ``x`` or more of ``n`` are not too improbable."""
    if not x:
        return 0
    first, steps = _steps(x, n, everyone)
    return first + 1 + bisect_right(list(accumulate(steps)), TAIL * (1 + ROUNDING) * sum(steps))


def _steps(x: int, n: int, everyone: int) -> tuple[int, list[float]]:
    """Say how much more probable ``x`` or more of ``n`` become with each marked person more, and from how many marked ones on.

    It is the probability that this person is drawn, with just ``x`` - 1 of those marked before her; up to a common factor.
    Walks from about the greatest to both sides by the ratio of neighbours: no factorial, nothing to cancel out.
    """
    others, unmarked = everyone - 1, n - x
    middle = others * (x - 1) // max(n - 1, 1)
    marked, step, upwards = middle, 1.0, []
    while step > NEGLIGIBLE:
        upwards.append(step)
        step *= (marked + 1) * (others - marked - unmarked) / ((marked + 2 - x) * (others - marked) or 1)
        marked += 1
    marked, step, downwards = middle, 1.0, []
    while step > NEGLIGIBLE:
        downwards.append(step)
        step *= (marked + 1 - x) * (everyone - marked) / (marked * (everyone - marked - unmarked) or 1)
        marked -= 1
    return marked + 1, downwards[:0:-1] + upwards

"""What is said about two groups who need not be the same people."""

from collections.abc import Mapping, Sequence
from math import hypot, sqrt
from typing import NamedTuple

from shared.measures.distributions import t_quantile
from shared.measures.statistics import TAIL, Z, mean, score_limits, standard_deviation

FAR_BEHIND = 0.20
"""Who answered so much less often than the others together did so much less often."""


class Welch(NamedTuple):
    """The difference between two means, its limits, and the degrees of freedom they are made with."""

    difference: float
    low: float
    high: float
    df: float


def welch(first: Sequence[int], second: Sequence[int]) -> Welch | None:
    """Compare two groups' means, first less second, by Welch's t; without any spread there is nothing to judge by.

    Answers are counted per point of a scale; the first point has the value 1. Each group has at least one answer.
    """
    errors = [standard_deviation(counts) / sqrt(sum(counts)) for counts in (first, second)]
    error = hypot(*errors)
    if min(sum(first), sum(second)) < 2 or not error:  # noqa: PLR2004 – one answer has no spread
        return None
    parts = [(own / error) ** 4 / (sum(counts) - 1) for own, counts in zip(errors, (first, second), strict=True)]
    df = 1 / sum(parts)
    difference, half = mean(first) - mean(second), t_quantile(1 - TAIL, df) * error
    return Welch(difference, difference - half, difference + half, df)


def newcombe(x1: int, n1: int, x2: int, n2: int) -> tuple[float, float]:
    """Return the limits of the difference between two groups' shares, first less second (Newcombe 1998, method 10)."""
    share1, share2 = x1 / n1, x2 / n2
    low1, high1 = score_limits(share1, Z**2 / (2 * n1))
    low2, high2 = score_limits(share2, Z**2 / (2 * n2))
    difference = share1 - share2
    low, high = difference - hypot(share1 - low1, high2 - share2), difference + hypot(high1 - share1, share2 - low2)
    return max(low, -1.0), min(high, 1.0)


def far_behind(groups: Mapping[str, tuple[int, int]]) -> list[str]:
    """Name the groups that answered much less often than the others together, and not just by chance.

    A group is how many were asked and how many of them answered.
    """
    asked, answered = (sum(numbers) for numbers in zip(*groups.values(), strict=True)) if groups else (0, 0)
    return [
        name
        for name, (everyone, n) in groups.items()
        if 0 < everyone < asked and _is_far_behind(n, everyone, answered - n, asked - everyone)
    ]


def _is_far_behind(n: int, everyone: int, others_n: int, others: int) -> bool:
    return others_n / others - n / everyone >= FAR_BEHIND and newcombe(others_n, others, n, everyone)[0] > 0

"""Whether several questions measure one thing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from shared.measures.distributions import f_quantile
from shared.measures.statistics import TAIL

QUESTIONS_FROM = 3
"""Fewest questions of a scale whose reliability is shown."""

ANSWERS_FROM = 30
"""Fewest complete answers from which a scale's reliability is shown: fewer tell too little about it."""


@dataclass(slots=True)
class Sums:
    """What complete answers to a scale's questions add up to; no single answer is kept."""

    each: list[int]
    """By question."""
    squares: list[int]
    n: int = 0
    """How many answered all the questions."""
    squared_totals: int = 0

    @classmethod
    def of(cls, questions: int) -> Self:
        """Begin with no answers."""
        return cls([0] * questions, [0] * questions)

    def add(self, points: Sequence[int]) -> None:
        """Add the answers of somebody who answered all the questions."""
        self.n += 1
        self.squared_totals += sum(points) ** 2
        for at, point in enumerate(points):
            self.each[at] += point
            self.squares[at] += point**2


class Alpha(NamedTuple):
    """Cronbach's alpha, and its limits (Feldt 1965)."""

    alpha: float
    low: float
    high: float


def reliability(sums: Sums) -> Alpha | None:
    """Judge a declared scale by the answers of those who answered all its questions, where there is enough to judge by."""
    if sums.n < ANSWERS_FROM or len(sums.each) < QUESTIONS_FROM:
        return None
    return cronbach(sums)


def cronbach(sums: Sums) -> Alpha | None:
    """Return Cronbach's alpha of at least two answers to at least two questions; where all totals are alike it has none."""
    n, items = sums.n, len(sums.each)
    total = _variance(sum(sums.each), sums.squared_totals, n)
    if not total:
        return None
    own = sum(_variance(each, squares, n) for each, squares in zip(sums.each, sums.squares, strict=True))
    alpha = items / (items - 1) * (1 - own / total)
    df = n - 1, (n - 1) * (items - 1)
    low, high = (1 - (1 - alpha) * f_quantile(p, *df) for p in (1 - TAIL, TAIL))
    return Alpha(alpha, low, high)


def _variance(added: int, squares: int, n: int) -> float:
    """Return the variance (n - 1) of whole numbers by their sum and their squares' sum, without rounding before the division."""
    return (n * squares - added**2) / (n * (n - 1))

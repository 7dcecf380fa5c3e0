"""Whether several questions measure one thing."""

from collections.abc import Sequence
from statistics import variance
from typing import NamedTuple

from shared.measures.distributions import f_quantile
from shared.measures.statistics import TAIL

ITEMS_FROM = 3
"""Fewest questions of a scale whose reliability is shown."""

ANSWERS_FROM = 30
"""Fewest complete answers from which a scale's reliability is shown: fewer tell too little about it."""


class Alpha(NamedTuple):
    """Cronbach's alpha, and its limits (Feldt 1965)."""

    alpha: float
    low: float
    high: float


def reliability(rows: Sequence[Sequence[int]]) -> Alpha | None:
    """Judge a declared scale by the answers of those who answered all its questions, where there is enough to judge by."""
    if len(rows) < ANSWERS_FROM or len(rows[0]) < ITEMS_FROM:
        return None
    return cronbach(rows)


def cronbach(rows: Sequence[Sequence[int]]) -> Alpha | None:
    """Return Cronbach's alpha of at least two answers to at least two questions; where all sums are alike it has none."""
    n, items = len(rows), len(rows[0])
    total = variance([sum(row) for row in rows])
    if not total:
        return None
    own = sum(variance(column) for column in zip(*rows, strict=True))
    alpha = items / (items - 1) * (1 - own / total)
    df = n - 1, (n - 1) * (items - 1)
    low, high = (1 - (1 - alpha) * f_quantile(p, *df) for p in (1 - TAIL, TAIL))
    return Alpha(alpha, low, high)

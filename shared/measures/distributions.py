"""Distributions that intervals are made of, without numpy or scipy: functions start without them.

Good to nine digits for up to 100,000 answers, which the tests hold against scipy.
"""

from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from math import copysign, erfc, exp, lgamma, log, log1p, sqrt
from statistics import NormalDist

PRECISION = 1e-13
"""Steps this small, relatively, end a search."""

TINY = 1e-300
"""Stands in for zero where a continued fraction divides by it."""

MANY_STEPS = 10_000
"""More than any search or fraction here takes; where rounding keeps one from settling, it ends with what it has."""

NORMAL = NormalDist()

REACH = 10
"""So many standard deviations to either side hold all of a bell that changes a sum."""

STOPS = range(-8, 9, 2)
"""Where a bell is cut into panels, in its standard deviations: each panel is then smooth enough for the points below."""

LEGENDRE = tuple(
    (0.5 + side * at / 2, weight / 2)
    for at, weight in (
        (0.1834346424956498, 0.362683783378362),
        (0.525532409916329, 0.3137066458778873),
        (0.7966664774136267, 0.2223810344533745),
        (0.9602898564975363, 0.1012285362903763),
    )
    for side in (-1, 1)
)
"""Points and weights of Gauss's quadrature with eight points, on a panel from 0 to 1 (DLMF 3.5.19)."""


@lru_cache(maxsize=10_000)
def t_quantile(p: float, df: float) -> float:
    """Return Student's t below which a share ``p`` lies, more than 0 and less than 1."""
    tail = min(p, 1 - p)
    high = 1.0
    while _t_tail(high, df) > tail:
        high *= 2
    return copysign(root(lambda t: tail - _t_tail(t, df), 0, high), p - 0.5)


def f_quantile(p: float, df1: float, df2: float) -> float:
    """Return the F below which a share ``p`` lies, more than 0 and less than 1."""
    share = root(lambda x: beta_share(x, df1 / 2, df2 / 2) - p, 0, 1)
    return share * df2 / ((1 - share) * df1)


def beta_share(x: float, a: float, b: float) -> float:
    """Return the share of a beta distribution below ``x``: the regularised incomplete beta function."""
    if not 0 < x < 1:
        return float(x > 0)
    if x > (a + 1) / (a + b + 2):  # the fraction settles fast on this side only
        return 1 - beta_share(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    return front * _beta_fraction(x, a, b)


def shift_of_t(p: float, t: float, df: int) -> float:
    """Return the shift of a noncentral t below ``t`` of which a share ``p`` lies: the limit that inverting it gives."""
    step = sqrt(1 + t * t / (2 * df))
    middle = t - NORMAL.inv_cdf(p) * step
    low, high = middle - step, middle + step
    while noncentral_t_share(t, df, low) < p:
        low -= step
    while noncentral_t_share(t, df, high) > p:
        high += step
    return root(lambda shift: p - noncentral_t_share(t, df, shift), low, high)


def noncentral_t_share(t: float, df: int, shift: float) -> float:
    """Return the share of a noncentral t below a value: the normal distribution, averaged over how far the spread may be off.

    That is an integral over the ratio of the estimated spread to the true one, in panels around both bends of what is summed.
    """
    bell, bend = 1 / sqrt(2 * df), 1 / max(abs(t), 1)
    low, high = max(0.0, 1 - REACH * bell), 1 + REACH * bell
    panels = [1 + bell * at for at in STOPS] + [shift / (t or 1) + bend * at for at in STOPS]
    edges = [low, *sorted(edge for edge in panels if low < edge < high), high]
    total = below = 0.0
    for left, right in pairwise(edges):
        for node, weight in LEGENDRE:
            ratio = left + (right - left) * node
            probability = (right - left) * weight * exp((df - 1) * log(ratio) - df * (ratio * ratio - 1) / 2)
            total += probability
            below += probability * erfc((shift - t * ratio) / sqrt(2)) / 2
    return below / total


def root(function: Callable[[float], float], low: float, high: float) -> float:
    """Find where an increasing function crosses zero (Ridders 1979)."""
    at_low, at_high = function(low), function(high)
    found = low
    for _ in range(MANY_STEPS):
        last, middle = found, (low + high) / 2
        at_middle = function(middle)
        found = middle - (middle - low) * at_middle / sqrt(at_middle**2 - at_low * at_high)
        if abs(found - last) <= PRECISION * abs(found):
            break
        for point, value in ((middle, at_middle), (found, function(found))):
            if value == 0:
                return point
            if value < 0 and point > low:
                low, at_low = point, value
            elif value > 0 and point < high:
                high, at_high = point, value
    return found


def _t_tail(t: float, df: float) -> float:
    return beta_share(df / (df + t * t), df / 2, 0.5) / 2


def _beta_fraction(x: float, a: float, b: float) -> float:
    """Sum the incomplete beta function's continued fraction (Lentz's method; DLMF 8.17.22)."""
    above, below = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    total = below
    for m in range(1, MANY_STEPS):
        before = total
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            below = 1 / _not_zero(1 + term * below)
            above = _not_zero(1 + term / above)
            total *= above * below
        if abs(total - before) <= PRECISION * abs(total):
            break
    return total


def _not_zero(value: float) -> float:
    return value or TINY

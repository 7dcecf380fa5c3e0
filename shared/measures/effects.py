"""How large a change is, beside how much people differ: for readers who ask for it."""

from math import exp, lgamma, sqrt
from typing import NamedTuple

from shared.measures.distributions import shift_of_t
from shared.measures.statistics import TAIL


class Effect(NamedTuple):
    """A change in standard deviations (Lakens 2013)."""

    d_z: float
    """Of the changes."""
    interval: tuple[float, float]
    """The limits of d_z, by inverting the noncentral t."""
    g: float
    """Hedges' g: d_z without its bias in small groups."""
    d_av: float
    """Of the answers, as the mean of their standard deviations before and after."""


def effect(change: float, spread: float, n: int, spreads: tuple[float, float]) -> Effect | None:
    """Measure a mean change of ``n`` pairs, where changes differ.

    ``spread`` is the standard deviation of the changes, ``spreads`` those of the answers before and after.
    """
    if not spread:
        return None
    d_z, df, root = change / spread, n - 1, sqrt(n)
    low, high = (shift_of_t(p, d_z * root, df) / root for p in (1 - TAIL, TAIL))
    return Effect(d_z, (low, high), d_z * unbiased(df), 2 * change / sum(spreads))


def unbiased(df: int) -> float:
    """Return the factor that takes the bias from a standardised difference (Hedges 1981, exact)."""
    return exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2) if df > 1 else 0.0

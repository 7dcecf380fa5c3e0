"""What is said about the same people's answers before and after.

A table counts pairs by what was answered before and after, as points of a scale whose first has the value 1. It holds at
least one pair. ``everyone`` is how many could have answered both times, at least those who did.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from shared.measures.effects import Effect, effect
from shared.measures.signed_ranks import SignedRank, signed_rank
from shared.measures.statistics import half_width, mean, standard_deviation
from shared.protection.disclosure import RATINGS_FROM

DIRECTIONS_FROM = 10
"""Fewest pairs of which it is said how many improved, stayed and worsened."""

CEILING = 15
"""From this percentage at the top before, a question has little room for improvement (Terwee 2007)."""

Table = Mapping[tuple[int, int], int]


class Change(NamedTuple):
    """A mean change; limits are None for a single pair."""

    n: int
    mean: float
    sd: float
    interval: tuple[float, float] | None
    """Among people like these, by Student's t."""
    among_everyone: tuple[float, float] | None
    """Among everyone who could have answered both times: narrower the more of them did."""


class Directions(NamedTuple):
    """How many pairs go which way."""

    improved: int
    unchanged: int
    worsened: int


class Ceiling(NamedTuple):
    """What a change means where many were at the top before: how many, and how many of the others improved."""

    at_top: int
    room: int
    improved: int | None
    """None where too few pairs are left to say it."""
    mean_change: float | None
    """Of those with room; None where it would give away those at the top, or those with room."""


class Paired(NamedTuple):
    """A question's pairs."""

    n: int
    everyone: int
    mean_before: float
    mean_after: float
    mean_change: float
    sd_change: float
    interval: tuple[float, float] | None
    among_everyone: tuple[float, float] | None
    directions: Directions | None
    """None where too few pairs are there to say it."""
    positive_before: int
    """How many chose a positive point before, and after."""
    positive_after: int
    ceiling: Ceiling | None
    """None where few were at the top before."""


class Advanced(NamedTuple):
    """What of a question's pairs is for readers who ask for it."""

    effect: Effect | None
    """None where all changed alike."""
    wilcoxon: SignedRank
    pratt: SignedRank


class Attrition(NamedTuple):
    """How those who answered both times began, beside those who only answered before."""

    stayed: float
    left: float


class ThenTest(NamedTuple):
    """A goal before and after, beside what those who answered remember of before: never averaged with it."""

    before: float
    then: float
    after: float
    change: Change
    retrospective: Change
    """From what is remembered to after; such ratings inflate change (Taylor, Russ-Eft & Taylor 2009)."""
    shift: Change
    """From what was answered before to what is remembered: the response shift."""


def paired(table: Table, everyone: int, top: int, positive: Collection[int] = ()) -> Paired:
    """Say what there is of a question's pairs; ``top`` is the scale's last point, the last two are positive unless others are named."""
    before, after, changes = _before(table), _after(table), _changes(table)
    found = _change(changes, everyone)
    points = positive or (top - 1, top)
    return Paired(
        n=found.n,
        everyone=everyone,
        mean_before=_mean(before),
        mean_after=_mean(after),
        mean_change=found.mean,
        sd_change=found.sd,
        interval=found.interval,
        among_everyone=found.among_everyone,
        directions=_directions(changes),
        positive_before=sum(before[point] for point in points),
        positive_after=sum(after[point] for point in points),
        ceiling=_ceiling(table, top),
    )


def advanced(table: Table) -> Advanced:
    """Measure how large a question's change is and test it."""
    changes, spreads = _changes(table), (_spread(_before(table)), _spread(_after(table)))
    size = effect(_mean(changes), _spread(changes), changes.total(), spreads)
    return Advanced(size, signed_rank(changes), signed_rank(changes, rank_zeros=True))


def attrition(stayed: Sequence[int], left: Sequence[int]) -> Attrition | None:
    """Compare the answers before of those who answered after and of those who did not, where both are enough to be shown."""
    if min(sum(stayed), sum(left)) < RATINGS_FROM:
        return None
    return Attrition(mean(stayed), mean(left))


def then_test(answers: Mapping[tuple[int, int, int], int], everyone: int) -> ThenTest:
    """Compare a goal before, as remembered after (then), and after; answers are counted in that order."""
    before, then, after = (_tallied((answer[which], count) for answer, count in answers.items()) for which in range(3))
    change, retrospective, shift = (
        _change(_tallied((answer[late] - answer[early], count) for answer, count in answers.items()), everyone)
        for early, late in ((0, 2), (1, 2), (0, 1))
    )
    return ThenTest(_mean(before), _mean(then), _mean(after), change, retrospective, shift)


def _change(changes: Counter[int], everyone: int) -> Change:
    n, middle, spread = changes.total(), _mean(changes), _spread(changes)
    if n == 1:
        return Change(n, middle, spread, None, None)
    half = half_width(spread, n)
    among = half * sqrt((everyone - n) / everyone)
    return Change(n, middle, spread, (middle - half, middle + half), (middle - among, middle + among))


def _directions(changes: Counter[int]) -> Directions | None:
    n = changes.total()
    if n < DIRECTIONS_FROM:
        return None
    improved = sum(count for change, count in changes.items() if change > 0)
    return Directions(improved, changes[0], n - improved - changes[0])


def _ceiling(table: Table, top: int) -> Ceiling | None:
    """Tell those at the top before from those with room; nobody at the top can improve, so that number gives nothing away."""
    n, at_top = _changes(table).total(), _before(table)[top]
    if 100 * at_top < CEILING * n:
        return None
    room = _changes({pair: count for pair, count in table.items() if pair[0] < top})
    directions = _directions(_changes(table))
    tells_of_few = min(at_top, n - at_top) < RATINGS_FROM
    return Ceiling(at_top, n - at_top, directions and directions.improved, None if tells_of_few else _mean(room))


def _before(table: Table) -> Counter[int]:
    return _tallied((before, count) for (before, _), count in table.items())


def _after(table: Table) -> Counter[int]:
    return _tallied((after, count) for (_, after), count in table.items())


def _changes(table: Table) -> Counter[int]:
    return _tallied((after - before, count) for (before, after), count in table.items())


def _tallied(counted: Iterable[tuple[int, int]]) -> Counter[int]:
    tally: Counter[int] = Counter()
    for value, count in counted:
        tally[value] += count
    return tally


def _mean(tally: Counter[int]) -> float:
    return sum(value * count for value, count in tally.items()) / tally.total()


def _spread(tally: Counter[int]) -> float:
    least = min(tally)
    return standard_deviation([tally[value] for value in range(least, max(tally) + 1)])

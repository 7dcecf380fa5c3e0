"""Suppression: which groups of a tree (programme, region, school) may be shown, so that no subtraction isolates fewer than k people.

The residual of a shown node is what is left of its respondents when those under shown descendants are taken away. The residuals
are disjoint, and every figure that can be derived from the shown ones is about a union of them: where each is 0 or at least k,
nothing derived is about fewer than k people. Only counts decide, so the pattern tells nothing of what was answered.

Where a round is held at several gatherings, the gathering is the first step of every path.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from shared.protection.disclosure import RATINGS_FROM

Path = tuple[str, ...]
"""A node of the tree, from the top down; () is the root."""

Reason = Literal["small", "protect"]
"""Why a node is hidden: it has fewer than k respondents, or it would give a smaller group away."""


def pattern(respondents: Mapping[Path, int], k: int = RATINGS_FROM) -> frozenset[Path]:
    """Choose the nodes to show, hiding as few as can be, given how many respondents carry exactly each path.

    Whoever carries an inner node's path belongs to it and to none of its children. Among equally many hidden nodes, those with
    the fewest respondents are hidden; then those that come first in order are shown. A node without respondents tells
    nothing and is shown, like everything else only where the root is.
    """
    if sum(respondents.values()) < k:
        return frozenset()
    plan = _Plan(respondents, k)
    return frozenset(plan.shown())


def totals(respondents: Mapping[Path, int]) -> dict[Path, int]:
    """Count each node's respondents, its descendants' included."""
    counted: Counter[Path] = Counter()
    for path, count in respondents.items():
        for depth in range(len(path) + 1):
            counted[path[:depth]] += count
    return dict(counted)


def residuals(respondents: Mapping[Path, int], shown: Collection[Path]) -> dict[Path, int]:
    """Count, for each shown node, its respondents who are not under a shown descendant."""
    left = dict.fromkeys(shown, 0)
    for path, count in respondents.items():
        node = nearest(path, shown)
        if node is not None:
            left[node] += count
    return left


def nearest(path: Path, shown: Collection[Path]) -> Path | None:
    """Find the finest shown node that holds a path, if any does."""
    above = (path[:depth] for depth in range(len(path), -1, -1))
    return next((node for node in above if node in shown), None)


def fits(answered: Mapping[Path, int], shown: Collection[Path], k: int = RATINGS_FROM) -> bool:
    """Tell whether one question may be broken down over a pattern, given how many answered it by exact path.

    Where it may not, it is shown at the root alone, if at least k answered it.
    """
    return all(count == 0 or count >= k for count in residuals(answered, shown).values())


def reasons(respondents: Mapping[Path, int], shown: Collection[Path], k: int = RATINGS_FROM) -> dict[Path, Reason]:
    """Say of each hidden node why it is hidden."""
    return {path: "small" if count < k else "protect" for path, count in totals(respondents).items() if path not in shown}


def reason(path: Path, respondents: Mapping[Path, int], shown: Collection[Path], k: int = RATINGS_FROM) -> Reason | None:
    """Say why one node is hidden, if it is; for many nodes ask `reasons` once."""
    return reasons(respondents, shown, k).get(path)


Costs = dict[int, int]
"""The least cost of a part of the tree, by how many respondents it leaves open: in no shown node yet, and k for any more."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """What can be done with a node and all below it."""

    cost: int
    shown: bool
    inside: int
    """What its children leave open."""
    open: int
    """What it leaves open itself: nothing, once it is shown."""


class _Plan:
    """The best choices for every part of the tree, found from the leaves up (a knapsack over what is left open)."""

    def __init__(self, respondents: Mapping[Path, int], k: int) -> None:
        self._k = k
        self._totals = totals(respondents)
        self._in_order = sorted(self._totals)
        self._children: dict[Path, list[Path]] = defaultdict(list)
        for path in self._in_order[1:]:
            self._children[path[:-1]].append(path)
        self._choices: dict[Path, list[_Choice]] = {}
        self._rests: dict[Path, list[Costs]] = {}
        for path in reversed(self._in_order):
            self._rests[path] = self._rests_of(self._children[path], {min(respondents.get(path, 0), k): 0})
            self._choices[path] = self._choices_of(path, self._rests[path][0])

    def _rests_of(self, children: Sequence[Path], unnamed: Costs) -> list[Costs]:
        """Combine the children from the last to the first: the costs of all, of all but the first, and so on to none."""
        rests = [unnamed]
        for child in reversed(children):
            rests.append(_combined(self._choices[child], rests[-1], self._k))
        return rests[::-1]

    def _choices_of(self, path: Path, inside: Costs) -> list[_Choice]:
        """List what can be done with a node, showing it first."""
        total = self._totals[path]
        # One hidden node counts more than all respondents together: whole numbers in place of 1 + n / (N + 1).
        weight = self._totals[()] + 1 + total
        showable = [left for left in sorted(inside) if left in (0, self._k)] if total == 0 or total >= self._k else []
        shown = [_Choice(inside[left], shown=True, inside=left, open=0) for left in showable]
        hidden = [_Choice(inside[left] + weight, shown=False, inside=left, open=left) for left in sorted(inside) if total]
        return sorted(shown, key=lambda choice: choice.cost)[:1] + hidden

    def shown(self) -> Iterable[Path]:
        """Name the nodes to show, following the best choices from the root down."""
        chosen: dict[Path, _Choice] = {(): self._choices[()][0]}
        for path in self._in_order:
            if chosen[path].shown:
                yield path
            chosen |= self._chosen_below(path, chosen[path].inside)

    def _chosen_below(self, path: Path, inside: int) -> dict[Path, _Choice]:
        """Choose for each child what together leaves this much open, at the least cost; on ties the first child is shown."""
        chosen = {}
        rests = self._rests[path]
        for at, child in enumerate(self._children[path]):
            cost = rests[at][inside]
            chosen[child], inside = next(
                (choice, rest)
                for choice in self._choices[child]
                for rest in sorted(rests[at + 1])
                if min(choice.open + rest, self._k) == inside and choice.cost + rests[at + 1][rest] == cost
            )
        return chosen


def _combined(choices: Iterable[_Choice], rest: Costs, k: int) -> Costs:
    """Add a child to its later siblings: for each sum of what they leave open, the least cost."""
    least: Costs = {}
    for choice in choices:
        for left, cost in rest.items():
            total = min(choice.open + left, k)
            if total not in least or choice.cost + cost < least[total]:
                least[total] = choice.cost + cost
    return least

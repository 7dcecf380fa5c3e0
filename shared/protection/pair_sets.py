"""Sets of pairs: whose answers before and after are compared, so that what is published for everyone and for the pairs isolates nobody.

Everyone who answered before, without those who are compared, can be a single person. What is published for everyone tells
respondents apart by cells: the shown units, and roles where they are shown. A comparison cuts some cells in two, those compared and
those left out. Whoever subtracts it from the rest gets at least all those compared, or all those left out, of all the cells that it
cuts: each of the two must be none or at least k, in both rounds and at every node where the comparison is shown.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from shared.protection.disclosure import RATINGS_FROM
from shared.protection.suppression import Path, nearest

DRAWS = 200
"""How often pairs to leave out are drawn before one more is left out."""


@dataclass(frozen=True, slots=True)
class Everyone:
    """Those who answered a round, or one question of it, by pseudonym, and by what is published of them all."""

    paths: Mapping[str, Path]
    """Where each stands."""
    shown: Collection[Path]
    """The nodes that are shown for everyone."""
    marks: Mapping[str, Hashable] = field(default_factory=dict)
    """What else has been shown that tells some from others: their role, or whether they were in an earlier comparison."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The pairs of a comparison, how many had to be left out to protect somebody, and the nodes at which it is shown."""

    people: frozenset[str] = frozenset()
    left_out: int = 0
    shown: frozenset[Path] = frozenset()


def kept_pairs(before: Everyone, after: Everyone, chance: Random, k: int = RATINGS_FROM) -> Kept:
    """Choose the pairs to compare: all who answered both, but for as few as need be left out, drawn by chance.

    The comparison is shown for all of them together, and at the nodes, shown for everyone in both rounds, where nobody more would
    have to be left out. Who has moved from one such node to another is left out. Nothing is shown where fewer than k pairs are kept.
    """
    both = before.paths.keys() & after.paths.keys()
    pairs = sorted(both.difference(_moved(both, before, after, set(before.shown) & set(after.shown))))
    for left_out in _numbers(len(pairs), min(len(before.paths), len(after.paths)) - len(pairs), k):
        for _ in range(DRAWS if left_out else 1):
            people = frozenset(pairs).difference(chance.sample(pairs, left_out))
            if pairs_fit(people, before, after, {()}, k):
                return Kept(people, len(both) - len(people), _shown(people, before, after, k))
    return Kept()


def _numbers(pairs: int, out: int, k: int) -> Iterator[int]:
    """List how many pairs can be left out, the fewest first: none, or enough for k with those ``out`` anyway in either round."""
    if pairs >= k:
        yield 0
    yield from range(max(1, k - out), pairs - k + 1)


def pairs_fit(people: Collection[str], before: Everyone, after: Everyone, shown: Collection[Path], k: int = RATINGS_FROM) -> bool:
    """Tell whether a comparison of these people may be shown at these nodes; for a question, of those who answered it both times."""
    if () not in shown or not set(shown) <= set(before.shown) & set(after.shown):
        return False
    if any(_moved(people, before, after, shown)):
        return False
    blocks = _together(_nodes(people, before, after, k), shown)
    return all(block.is_safe(k) for block in blocks.values())


def _moved(people: Collection[str], before: Everyone, after: Everyone, shown: Collection[Path]) -> Iterator[str]:
    """List those who stand under other shown nodes in the two rounds."""
    return (person for person in people if nearest(before.paths[person], shown) != nearest(after.paths[person], shown))


@dataclass(slots=True)
class _Side:
    """Some cells of one round: how many in them are compared and left out, in all and in the cells that are cut."""

    kept: int = 0
    out: int = 0
    cut_kept: int = 0
    cut_out: int = 0
    among_small: bool = False
    """Whether some cell of the round has fewer than k people, because it is shown only together with others."""

    def is_safe(self, k: int) -> bool:
        """Tell whether what is compared or left out can't be told of fewer than k."""
        if self.cut_kept:
            return self.cut_kept >= k and self.cut_out >= k
        # Nothing is cut: what is compared is made of whole cells, and adds nothing new where it is all or nothing.
        return not self.kept or not self.out or not self.among_small

    def add(self, other: "_Side") -> None:
        """Take in other cells."""
        self.kept += other.kept
        self.out += other.out
        self.cut_kept += other.cut_kept
        self.cut_out += other.cut_out
        self.among_small |= other.among_small


@dataclass(slots=True)
class _Block:
    """What is shown together at a node, in both rounds."""

    before: _Side = field(default_factory=_Side)
    after: _Side = field(default_factory=_Side)

    def is_safe(self, k: int) -> bool:
        """Tell whether it may be shown."""
        return (not self.before.kept or self.before.kept >= k) and self.before.is_safe(k) and self.after.is_safe(k)

    def add(self, other: "_Block") -> None:
        """Take in what is shown together at another node."""
        self.before.add(other.before)
        self.after.add(other.after)


Blocks = dict[Path, _Block]


def _nodes(people: Collection[str], before: Everyone, after: Everyone, k: int) -> Blocks:
    """Count, at every node that is shown in one of the rounds, what the comparison cuts."""
    nodes: Blocks = defaultdict(_Block)
    for node, side in _sides(people, before, k):
        nodes[node].before.add(side)
    for node, side in _sides(people, after, k):
        nodes[node].after.add(side)
    return nodes


def _sides(people: Collection[str], everyone: Everyone, k: int) -> Iterator[tuple[Path, _Side]]:
    """Count those compared and those left out in each cell of a round."""
    cells: defaultdict[tuple[Path | None, Hashable], Counter[bool]] = defaultdict(Counter)
    for person, path in everyone.paths.items():
        cells[nearest(path, everyone.shown), everyone.marks.get(person)][person in people] += 1
    small = any(cell.total() < k for cell in cells.values())
    for (node, _), cell in cells.items():
        kept, out = cell[True], cell[False]
        yield node or (), _Side(kept, out, kept if out else 0, out if kept else 0, small)


def _together(nodes: Blocks, shown: Collection[Path]) -> Blocks:
    """Add up what is shown together when only these nodes are."""
    blocks: Blocks = defaultdict(_Block)
    for node in shown:
        blocks[node] = _Block()
    for node, block in nodes.items():
        blocks[nearest(node, shown) or ()].add(block)
    return blocks


def _shown(people: Collection[str], before: Everyone, after: Everyone, k: int) -> frozenset[Path]:
    """Choose the nodes at which a comparison is shown, among those that are shown for everyone in both rounds.

    From the leaves up: what doesn't fit takes in the smallest nodes below it, one after another, and else goes into the one above.
    """
    shown = set(before.shown) & set(after.shown)
    blocks = _together(_nodes(people, before, after, k), shown)
    for node in sorted(shown, reverse=True):
        while not blocks[node].is_safe(k) and (below := _below(node, shown)):
            smallest = min(below, key=lambda other: (blocks[other].before.kept, other))
            blocks[node].add(blocks[smallest])
            shown.remove(smallest)
        if not blocks[node].is_safe(k):
            shown.remove(node)
            blocks[nearest(node, shown) or ()].add(blocks[node])
    return frozenset(shown & _inhabited(people, before))


def _below(node: Path, shown: Collection[Path]) -> list[Path]:
    """List the shown nodes right below another, with none between."""
    return [other for other in shown if len(other) > len(node) and nearest(other[:-1], shown) == node]


def _inhabited(people: Collection[str], before: Everyone) -> set[Path]:
    """Name the nodes under which somebody is compared."""
    return {path[:depth] for path in {before.paths[person] for person in people} for depth in range(len(path) + 1)}

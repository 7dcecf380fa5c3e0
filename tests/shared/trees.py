"""Trees of schools drawn at random, for the tests of suppression."""

from collections import Counter
from itertools import chain, combinations
from random import Random

from shared.protection.pair_sets import Everyone
from shared.protection.partitions import roles_fit
from shared.protection.suppression import Path, pattern, residuals, totals

SIZES = (0, 1, 2, 3, 4, 4, 5, 6, 7, 9, 12, 20)


def drawn_tree(chance: Random, most: int = 4) -> dict[Path, int]:
    """Draw how many respondents carry each path: regions with schools, some of whose respondents are known by the region only."""
    tree: dict[Path, int] = {}
    for region in range(chance.randint(1, most)):
        for school in range(chance.randint(0, most)):
            tree[f"r{region}", f"s{school}"] = chance.choice(SIZES)
        if chance.random() < 0.3:
            tree[(f"r{region}",)] = chance.choice(SIZES)
    if chance.random() < 0.2:
        tree[()] = chance.choice(SIZES)
    return tree


def cheapest(tree: dict[Path, int], k: int) -> tuple[int, int]:
    """Try every pattern, and tell the fewest hidden nodes, and the fewest respondents in them, with which no residual is small."""
    counts = totals(tree)
    choices = [path for path, count in counts.items() if path and count >= k]
    empty = {path for path, count in counts.items() if count == 0}
    patterns = (empty | {(), *some} for some in chain.from_iterable(combinations(choices, size) for size in range(len(choices) + 1)))
    return min(cost(tree, shown) for shown in patterns if all(left == 0 or left >= k for left in residuals(tree, shown).values()))


def cost(tree: dict[Path, int], shown: set[Path] | frozenset[Path]) -> tuple[int, int]:
    """Count the hidden nodes and their respondents."""
    hidden = [count for path, count in totals(tree).items() if path not in shown]
    return len(hidden), sum(hidden)


def drawn_table(chance: Random) -> dict[tuple[Path, str], int]:
    """Draw how many respondents carry each path and role, in few enough combinations that now and then they fit."""
    table: dict[tuple[Path, str], int] = {}
    for unit in range(chance.randint(1, 4)):
        for role in chance.sample(["teacher", "leader", "assistant", ""], chance.randint(1, 2)):
            table[(f"u{unit}",), role] = chance.choice((0, 2, 5, 6, 8, 11, 12))
    return table


def drawn_rounds(chance: Random, schools: int = 4, moving: float = 0.02) -> tuple[Everyone, Everyone]:
    """Draw who answered before and after, by school and role; the first round is shown by role where that fits."""
    before: dict[str, Path] = {}
    after: dict[str, Path] = {}
    faithful = chance.choice([3, 6, 20])
    for school in range(chance.randint(1, schools)):
        path = ("r",) if chance.random() < 0.2 else ("r", f"s{school}")
        for person in range(chance.choice([0, 4, 7, 8, 9])):
            answered = chance.choice([*["both"] * faithful, "before", "after"])
            before |= {f"{school}.{person}": path} if answered != "after" else {}
            moved = ("r", "s0") if chance.random() < moving else path
            after |= {f"{school}.{person}": moved} if answered != "before" else {}
    return _everyone(before, {person: chance.choice(["teacher", "leader"]) for person in before}), _everyone(after, {})


def _everyone(paths: dict[str, Path], roles: dict[str, str]) -> Everyone:
    """Show a round as it would be: by unit, and by role where that fits."""
    shown = pattern(Counter(paths.values()))
    fit = roles and roles_fit(Counter((paths[person], role) for person, role in roles.items()), shown)
    return Everyone(paths, shown, roles if fit else {})

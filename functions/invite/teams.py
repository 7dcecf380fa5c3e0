"""Under which seed a team keeps what it writes: that stays with its members though their team, or their unit, gets another name."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from itertools import count

Seeds = Mapping[str, str]
"""By person."""


def seeds(named: Seeds, before: Seeds, made: Callable[[str, int], str]) -> dict[str, str]:
    """Choose the seed of each one's team, given the one that the team's name makes and the one that was noted of her before.

    What most of those had for whom one was noted goes on with them. No team gets the seed of another one because it has its name
    now: ``made`` makes more seeds of a person's team, by number.
    """
    kept = _kept(named, before)
    for person, name in sorted(named.items()):
        if name not in kept:
            theirs = {seed for other, seed in before.items() if named.get(other) == name}
            taken = (set(before.values()) - theirs) | set(kept.values())
            kept[name] = next(seed for number in count() if (seed := made(person, number)) not in taken)
    return {person: kept[name] for person, name in named.items()}


def _kept(named: Seeds, before: Seeds) -> dict[str, str]:
    """Find the seed that goes on with each team, by the seed that its name makes: its own, or the one that most brought along."""
    holders: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for person, seed in before.items():
        if person in named:
            holders[seed][named[person]] += 1
    brought: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for seed, teams in holders.items():
        (name, most), *others = teams.most_common(2)
        if not others or others[0][1] < most:
            brought[name][seed] = most
    return {name: name if name in found else max(found, key=lambda seed: (found[seed], seed)) for name, found in brought.items()}

"""Drawing buddies by lot, for those who have none; whoever has one keeps her."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from shared.rosters.buddies import Group, groups
from shared.rosters.people import Participant, as_of, has_left

PAIR, TRIAD = 2, 3
Unit = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draw:
    """Who are buddies after a draw."""

    kept: tuple[Group, ...]
    """Who were before."""
    drawn: tuple[Group, ...]
    """Who are new, or one more than before."""
    alone: tuple[str, ...]
    """For whom there is nobody."""


def staying(people: Mapping[str, Participant], today: str) -> dict[str, Participant]:
    """Choose who takes part now or later, each as what and where she does today."""
    return {name: as_of(person, today) or person for name, person in people.items() if not has_left(person, today)}


def draw(people: Mapping[str, Participant], roles: Collection[str], size: int, apart: int, seed: int) -> Draw:
    """Draw pairs (2) or triads (3) by lot among those of some roles (or of all) who have no buddy.

    Never are two of one unit together, ``apart`` levels from the top (0: any). Who is left over joins a pair, so that of an odd number
    three are a triad. The same seed gives the same draw.
    """
    chance = Random(seed)  # noqa: S311
    among = {name for name, person in people.items() if not roles or person.role in roles}
    kept = [group for group in groups(people) if among.intersection(group)]
    free = sorted(among.difference(*kept))
    units = {name: person.units[:apart] if apart else (name,) for name, person in people.items()}
    drawn, left = _apart(free, units, size, chance) if apart else _grouped(free, size, chance)
    joined, alone = _joined(left, kept, units, chance)
    grown = {name for group in joined for name in group}
    return Draw(tuple(group for group in kept if not grown & set(group)), tuple(sorted([*drawn, *joined])), tuple(sorted(alone)))


def _grouped(free: Sequence[str], size: int, chance: Random) -> tuple[list[Group], list[str]]:
    """Put everybody into groups; one alone is left over."""
    waiting = chance.sample(free, len(free))
    found = [tuple(sorted(waiting.pop() for _ in range(members))) for members in _sizes(len(free), size)]
    return found, waiting


def _apart(free: Sequence[str], units: Mapping[str, Unit], size: int, chance: Random) -> tuple[list[Group], list[str]]:
    """Put as many as can be into groups; those that can't are too many of one unit, or one alone."""
    among: dict[Unit, list[str]] = defaultdict(list)
    for name in free:
        among[units[name]].append(name)
    for names in among.values():
        chance.shuffle(names)
    left: list[str] = []
    while among and not _fits(among, size):
        left.append(among[_largest(among)].pop())
        among = {unit: names for unit, names in among.items() if names}
    sizes = _sizes(sum(map(len, among.values())), size)
    return [_group(among, members, len(sizes) - at, chance) for at, members in enumerate(sizes)], left


def _fits(among: Mapping[Unit, list[str]], size: int) -> bool:
    """Tell whether everybody finds a place beside others than her own unit's: one of each unit in each group."""
    sizes = _sizes(sum(map(len, among.values())), size)
    return len(among[_largest(among)]) <= len(sizes)


def _largest(among: Mapping[Unit, list[str]]) -> Unit:
    return max(among, key=lambda unit: (len(among[unit]), unit))


def _sizes(count: int, size: int) -> list[int]:
    """Divide people into groups of two and three, the larger first."""
    if count < PAIR:
        return []
    triads = count % PAIR if size == PAIR else count // TRIAD - (count % TRIAD == 1)
    return [TRIAD] * triads + [PAIR] * ((count - TRIAD * triads) // PAIR)


def _group(among: dict[Unit, list[str]], members: int, still: int, chance: Random) -> Group:
    """Draw a group: units with as many people as there are groups ``still`` to draw must be in each of them."""
    chosen = [unit for unit, names in among.items() if len(names) == still]
    while len(chosen) < members:
        others = [unit for unit, names in among.items() if names and unit not in chosen]
        chosen += chance.choices(others, [len(among[unit]) for unit in others])
    return tuple(sorted(among[unit].pop() for unit in chosen))


def _joined(left: Iterable[str], kept: Iterable[Group], units: Mapping[str, Unit], chance: Random) -> tuple[list[Group], list[str]]:
    """Let whoever is left over join a pair of before."""
    pairs, joined, alone = [group for group in kept if len(group) == PAIR], list[Group](), list[str]()
    for name in left:
        fitting = [pair for pair in pairs if units[name] not in {units[one] for one in pair}]
        if fitting:
            pair = chance.choice(fitting)
            pairs.remove(pair)
            joined.append((*pair, name))
        else:
            alone.append(name)
    return joined, alone


def changed(people: Mapping[str, Participant], drawn: Iterable[Group]) -> dict[str, Participant]:
    """Return those who are drawn with their buddies: two name one another, three each the next."""
    return {name: replace(people[name], buddy=people[other].email) for group in drawn for name, other in _ring(group) if name in people}


def _ring(group: Group) -> Iterator[tuple[str, str]]:
    return zip(group, (*group[1:], group[0]), strict=True)

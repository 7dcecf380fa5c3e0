"""Units as rosters write them: one unit is one unit however it is spelt, and near spellings are pointed out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from shared.programmes import Programme

Path = tuple[str, ...]


def _folded(unit: str) -> str:
    return " ".join(unit.split()).casefold()


class Spellings:
    """Remembers how each unit was first written: two spellings would become two groups, each too small to show."""

    def __init__(self, programme: Programme, on_file: Iterable[Path]) -> None:
        self.known: dict[tuple[str, str], str] = {}
        for column, unit in chain(_declared(programme), _of_people(programme, on_file)):
            self.one(column, unit)

    def one(self, column: str, unit: str) -> str:
        """Return a unit as it was written before, or else as it is written here."""
        return self.known.setdefault((column, _folded(unit)), unit)


def _declared(programme: Programme) -> Iterator[tuple[str, str]]:
    gatherings = [gathering.units for day in programme.days for gathering in day.gatherings]
    declared = chain(*gatherings, *(member.units for member in programme.staff))
    return ((column, unit) for column in programme.units[:1] for unit in declared)


def _of_people(programme: Programme, on_file: Iterable[Path]) -> Iterator[tuple[str, str]]:
    return (pair for path in on_file for pair in zip(programme.units, path, strict=False))


def declared_units(programme: Programme) -> set[Path]:
    """List the top-level units that a programme's files name."""
    return {(unit,) for _column, unit in _declared(programme)}


@dataclass(frozen=True, slots=True)
class Near:
    """Two units of one kind, at one place, whose names differ in a letter."""

    path: Path
    other: str
    people: int
    """How many belong to the other."""


def near_spellings(new: Iterable[Path], settled: Iterable[Path]) -> list[Near]:
    """Find new units that look like another one beside them: one that is settled, or one that more people belong to."""
    carried, settled_paths = Counter(chain(*map(_prefixes, new))), Counter(chain(*map(_prefixes, settled)))
    alike: dict[tuple[Path, str], set[Path]] = defaultdict(set)
    for path in [*carried, *settled_paths]:
        for slip in _slips(path[-1]):
            alike[path[:-1], slip].add(path)
    found = {}
    for path in carried.keys() - settled_paths.keys():
        beside = {other for slip in _slips(path[-1]) for other in alike[path[:-1], slip]} - {path}
        likely = [other for other in beside if _digits(other[-1]) == _digits(path[-1]) and _outweighs(other, path, carried, settled_paths)]
        if likely:
            best = max(likely, key=lambda other: (carried[other] + settled_paths[other], other))
            found[path] = Near(path, best[-1], carried[best] + settled_paths[best])
    return [found[path] for path in sorted(found)]


def _prefixes(path: Path) -> Iterator[Path]:
    return (path[:depth] for depth in range(1, len(path) + 1))


def _outweighs(other: Path, path: Path, carried: Counter[Path], settled: Counter[Path]) -> bool:
    return other in settled or (carried[other], other) > (carried[path], path)


def _slips(unit: str) -> set[str]:
    """Write a name's letters, and those with any one left out: two names with one of these in common are a slip apart."""
    letters = "".join(filter(str.isalnum, unit.casefold()))
    return {letters, *(letters[:at] + letters[at + 1 :] for at in range(len(letters)))}


def _digits(unit: str) -> str:
    return "".join(filter(str.isdigit, unit))

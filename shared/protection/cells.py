"""Cells: the group that an answer carries, coarse enough that at least k were invited to it.

Whoever holds a round's box key can tell which invited people share an answer's cell and nothing finer. So every cell in use
is carried by at least k invitations: it is not enough that k people belong to a school if all but two of them carry a finer cell.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

Path = tuple[str, ...]
"""A participant's place from the top down: units, then role. A cell is the beginning of one."""

LEAST = 5
"""k: the fewest invitations that may share a cell."""


def cells(paths: Mapping[str, Path]) -> dict[str, Path]:
    """Give each invited person, by id, a cell: her path, shortened only as far as needed.

    Where fewer than k are invited in all, everybody carries the empty cell.
    """
    kept: dict[Path, set[str]] = {}
    pool: dict[Path, set[str]] = defaultdict(set)
    for person, path in paths.items():
        pool[path].add(person)
    for depth in range(max(map(len, paths.values()), default=0), -1, -1):
        for path in sorted(path for path in pool if len(path) == depth):
            _settle(path, pool, kept)
    return {person: path for path, people in kept.items() for person in people}


def _settle(path: Path, pool: dict[Path, set[str]], kept: dict[Path, set[str]]) -> None:
    """Keep a group that is large enough, with the smallest cells below it if need be; else pass it upwards."""
    group = pool.pop(path)
    below = sorted((cell for cell in kept if cell[: len(path)] == path), key=lambda cell: (len(kept[cell]), cell))
    if len(group) < LEAST and below:
        group |= kept.pop(below[0])
    if len(group) >= LEAST or not path:
        kept[path] = group
    else:
        pool[path[:-1]] |= group


def cell_of_newcomer(path: Path, used: Iterable[Path]) -> Path:
    """Choose among the cells in use for somebody invited later: the finest she belongs to, else the nearest.

    A cell of her own would single her out.
    """
    return max(sorted(set(used)), key=lambda cell: (_shared(cell, path), -len(cell)), default=())


def _shared(left: Sequence[str], right: Sequence[str]) -> int:
    """Count the steps that two paths share from the top."""
    return next((at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))

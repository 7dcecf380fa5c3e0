"""Partitions: whether figures by role may stand beside those by unit, so that no combination of both isolates fewer than k people.

The rows are what the shown units tell apart (each one's residual), the columns are the roles. A group that can be derived from rows and
columns is made of whole rows and of what a set of columns holds beyond the rows that lie in it; so it is enough to look at every
set of columns once. A third partition is never published: three of which each two fit can still isolate one person.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, combinations

from shared.protection.disclosure import RATINGS_FROM
from shared.protection.suppression import Path, nearest

ROLES_MOST = 6
"""Most roles that are told apart: every set of them is looked at, and a longer list would rarely fit anyway."""

Table = Mapping[tuple[Path, str], int]
"""How many respondents carry each path and role; "" where the role is not known, which is a column like the others."""

Grouping = tuple[tuple[str, ...], ...]
"""Which roles stand in a column of their own and which in one together."""


def roles_fit(table: Table, shown_rows: Collection[Path], k: int = RATINGS_FROM) -> bool:
    """Tell whether figures by role may be published beside those of the shown units; for a question, among those who answered it."""
    if () not in shown_rows or len(roles(table)) > ROLES_MOST:
        return False
    rows = list(_rows(table, shown_rows))
    columns = sum(rows, Counter[str]())
    sizes = chain((row.total() for row in rows), columns.values(), _differences(rows))
    return all(size == 0 or size >= k for size in sizes)


def merged_roles(table: Table, shown_rows: Collection[Path], k: int = RATINGS_FROM) -> Grouping | None:
    """Choose which roles to show on their own, as many as fit, the others together as the last column; None where no two columns fit.

    Among equally many columns, those are chosen that keep the most respondents in a column of their own.
    """
    if len(roles(table)) > ROLES_MOST:
        return None
    in_order = sorted(_groupings(table), key=lambda groups: (-len(groups), -_named(table, groups), groups))
    return next((groups for groups in in_order if roles_fit(merged(table, groups), shown_rows, k)), None)


def merged(table: Table, groups: Grouping) -> dict[tuple[Path, str], int]:
    """Count a table with roles taken together: each column bears the name of its first role."""
    column = {role: group[0] for group in groups for role in group}
    counted: Counter[tuple[Path, str]] = Counter()
    for (path, role), count in table.items():
        if count:
            counted[path, column[role]] += count
    return dict(counted)


def roles(table: Table) -> list[str]:
    """Name the roles that somebody has."""
    return sorted({role for (_, role), count in table.items() if count})


def _rows(table: Table, shown: Collection[Path]) -> Iterator[Counter[str]]:
    """Count the roles in each row."""
    rows: defaultdict[Path | None, Counter[str]] = defaultdict(Counter)
    for (path, role), count in table.items():
        rows[nearest(path, shown)][role] += count
    yield from rows.values()


def _differences(rows: Iterable[Counter[str]]) -> Iterator[int]:
    """Say for every set of columns how much it lacks of the rows that it touches, and what it holds beyond the rows that lie in it."""
    alike: defaultdict[frozenset[str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        alike[frozenset(+row)].update(row)
    for some in _some(sorted(set().union(*alike))):
        held = sum(row[role] for row in alike.values() for role in some)
        yield sum(row.total() for names, row in alike.items() if names & some) - held
        yield held - sum(row.total() for names, row in alike.items() if names <= some)


def _some(names: Collection[str]) -> Iterator[frozenset[str]]:
    """List every set of names, but the empty one."""
    return (frozenset(some) for size in range(1, len(names) + 1) for some in combinations(names, size))


def _groupings(table: Table) -> Iterator[Grouping]:
    """List the ways to show some roles on their own and the others together, two columns at the least."""
    every = roles(table)
    for alone in _some(every):
        rest = tuple(role for role in every if role not in alone)
        if len(rest) != 1 and len(alone) + bool(rest) > 1:
            yield (*((role,) for role in every if role in alone), *([rest] if rest else []))


def _named(table: Table, groups: Grouping) -> int:
    """Count the respondents whose role stands in a column of its own."""
    alone = {group[0] for group in groups if len(group) == 1}
    return sum(count for (_, role), count in table.items() if role in alone)

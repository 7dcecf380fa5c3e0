"""Breakdowns by role: a second partition beside that by unit, shown only where the two together single nobody out."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from shared.languages import Text
from shared.protection import partitions, suppression
from shared.protection.disclosure import COARSE_BELOW, RATINGS_FROM
from shared.protection.partitions import Grouping, Table
from shared.protection.suppression import Path
from shared.results import breakdowns, figures
from shared.results.breakdowns import Breakdown
from shared.results.counting import Counts, Invited, together
from shared.results.versions import Asked

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """All who answered in one role, or in some that are shown together; a role is empty where cells don't tell it."""

    roles: tuple[str, ...]
    everyone: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class Roles:
    """A round's answers by role, or why they are not shown."""

    columns: Sequence[Column]
    reason: Literal["protect"] | None = None


def by_role(units: Breakdown, invited: Invited) -> Roles | None:
    """Divide a round's answers by role; None where there are no two roles to tell apart."""
    table = _table(units, units.parts, lambda counts: counts.respondents)
    if len(partitions.roles(table)) < 2 or not units.parts:  # noqa: PLR2004 – one role is no breakdown
        return None
    groups = partitions.merged_roles(table, units.parts, RATINGS_FROM)
    return Roles(list(_columns(groups, units, invited))) if groups else Roles([], "protect")


def _columns(groups: Grouping, units: Breakdown, invited: Invited) -> Iterator[Column]:
    """Count each column; roles that are shown together stand last, and whose role isn't known."""
    for group in sorted(groups, key=lambda group: ("" in group, len(group), group)):
        everyone = sum(number for place, number in invited.places.items() if units.levels.role(place) in group)
        counts = together(counts for (_, role), counts in units.roles.items() if role in group)
        yield Column(tuple(sorted(group, key=lambda role: (not role, role))), everyone, counts)


def document(found: Roles | None, titles: Mapping[str, Text]) -> Document | None:
    """Write down which roles are told apart, and how many answered in each."""
    if found is None:
        return None
    columns = [_told(item) | {"titles": [dict(titles.get(role, {})) for role in item.roles]} for item in found.columns]
    return {"columns": columns, "reason": found.reason}


def _told(column: Column) -> Document:
    return {"role": column.roles[0], "roles": list(column.roles), "N": column.everyone, "n": column.counts.respondents}


def columns(asked: Asked, found: Roles, units: Breakdown) -> list[Document] | None:
    """Make a question's figures by role; None where some of those who answered it would be singled out."""
    rows = set(units.parts) if breakdowns.fits(asked, units.parts, RATINGS_FROM) else {()}
    if not _fits(asked, found, units, rows, RATINGS_FROM):
        return None
    fine = {path for path in rows if len(path) <= breakdowns.fine_depth(asked, units)}
    coarse = asked.question.sensitive and not _fits(asked, found, units, fine, COARSE_BELOW)
    if coarse and asked.question.kind != "scale":
        return None
    return [{"role": item.roles[0], **figures.figures(asked, item.counts, item.everyone, coarse=coarse)} for item in found.columns]


def _fits(asked: Asked, found: Roles, units: Breakdown, rows: Collection[Path], k: int) -> bool:
    """Tell whether units and roles together single out none of those who answered a question, and none of whom it was about."""
    groups = tuple(item.roles for item in found.columns)
    answered = _table(units, rows, lambda counts: counts.answered[asked.name])
    about = _table(units, rows, lambda counts: figures.rated(asked, counts))
    return all(partitions.roles_fit(partitions.merged(table, groups), rows, k) for table in (answered, about))


def _table(units: Breakdown, rows: Collection[Path], count: Callable[[Counts], int]) -> Table:
    """Count by row and role."""
    table: defaultdict[tuple[Path, str], int] = defaultdict(int)
    for (path, role), counts in units.roles.items():
        table[suppression.nearest(path, rows) or (), role] += count(counts)
    return dict(table)

"""Groups: the parts of an edition's breakdown as they are read, each level together and apart."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.measures.comparisons import far_behind

Document = dict[str, Any]
Path = tuple[str | None, ...]
Key = Path | str | None
"""By what a group's figures are found: a unit's by its path, a role's by its name, those of all by None."""

GATHERING = "gathering"
"""The name of the level that is made of places and dates, not of units."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group whose answers are shown, or are not for a reason."""

    path: Path
    everyone: int
    n: int | None
    reason: str | None
    number: int
    """Its place among the edition's nodes, from 1; the whole has 0."""
    parts: int
    """How many groups there are right below it."""


def every_group(edition: Document) -> list[Group]:
    """List the groups of an edition in their order, each parent before its parts; the whole comes first."""
    nodes = (edition["breakdown"] or {"nodes": []})["nodes"]
    paths: list[Path] = [tuple(node["path"]) for node in nodes]
    parts = Counter(path[:-1] for path in paths)
    whole = Group((), edition["N"], edition["n"], (edition["hidden"] or {}).get("reason"), 0, parts[()])
    return [
        whole,
        *(
            Group(path, node["N"], node["n"], node["reason"], number, parts[path])
            for number, (node, path) in enumerate(zip(nodes, paths, strict=True), 1)
        ),
    ]


def below(groups: list[Group], parent: Group) -> list[Group]:
    """List the groups right below another."""
    return [group for group in groups if group.path and group.path[:-1] == parent.path]


def quieter(groups: list[Group]) -> list[Group]:
    """List the uppermost groups that answered much less often than the others together; of those that are hidden nothing is told."""
    whole = groups[0]
    shown = {group.path[-1]: group for group in below(groups, whole) if group.n is not None and group.path[-1]}
    sizes = {name: (group.everyone, min(group.n or 0, group.everyone)) for name, group in shown.items()}
    everyone, n = whole.everyone - sum(asked for asked, _ in sizes.values()), (whole.n or 0) - sum(n for _, n in sizes.values())
    # Those in no shown group are among the others.
    sizes[""] = (max(everyone, 0), max(min(n, everyone), 0))
    return [shown[name] for name in far_behind(sizes) if name in shown]


def unit_level(edition: Document) -> int:
    """Tell at which step of a path the uppermost unit stands: below the gathering, where a day is held at several."""
    return int(edition["breakdown"]["levels"][:1] == [GATHERING]) if edition["breakdown"] else 0


def figures(question: Document) -> Mapping[Key, Document]:
    """Give a question's figures by group, as far as they are shown; those of the whole are the question's own."""
    return {(): question} | {tuple(block["path"]): question | block for block in question.get("blocks") or ()}


def figures_by_role(question: Document) -> Mapping[Key, Document]:
    """Give a question's figures by role, as far as they are shown; those of the whole stand under None."""
    return {None: question} | {column["role"]: question | column for column in question.get("roles") or ()}

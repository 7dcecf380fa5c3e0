"""Breakdowns: a round's answers by gathering and unit, in the one pattern that disclosure control chooses for the whole edition."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shared.programmes import Day, Gathering, Programme
from shared.protection import suppression
from shared.protection.disclosure import COARSE_BELOW, RATINGS_FROM
from shared.protection.suppression import Path
from shared.results import figures
from shared.results.counting import Counts, Invited, Place, Tally, together
from shared.results.groups import GATHERING
from shared.results.versions import Asked
from shared.rounds import Round

Document = dict[str, Any]

REST = None
"""The last step of the path of what a shown node holds beside its shown parts."""


@dataclass(frozen=True, slots=True)
class Levels:
    """What a round's answers can be broken down by, from the top."""

    gatherings: tuple[str, ...]
    """By date, where the round is held at several: then they are the top level."""
    units: tuple[str, ...]
    language: str = ""
    """In whose alphabet units are listed."""

    @property
    def names(self) -> list[str]:
        """Name the levels."""
        return [*([GATHERING] if self.gatherings else []), *self.units]

    def path(self, place: Place) -> Path:
        """Tell to which node answers from a place belong."""
        units = place.cell[: len(self.units)]
        named = units[: units.index("")] if "" in units else units
        if not self.gatherings:
            return named
        return (place.gathering, *named) if place.gathering in self.gatherings else ()

    def role(self, place: Place) -> str:
        """Tell the role of answers from a place, where their cell holds it."""
        return place.cell[len(self.units)] if len(place.cell) > len(self.units) else ""


def levels(published: Round, programme: Programme) -> Levels:
    """Say by what a round is broken down."""
    held = tuple(item.id for item in gatherings(published, programme))
    return Levels(held if len(held) > 1 else (), programme.units, programme.languages[0])


def gatherings(published: Round, programme: Programme) -> list[Gathering]:
    """List the gatherings at which a round is held, by date; one that the programme no longer has keeps only its id."""
    day = next((day for day in programme.days if day.id == published.day), None)
    known = {item.id: item for item in day.gatherings} if isinstance(day, Day) else {}
    held = [known.get(name) or Gathering(name, None, "", "") for name in published.windows]
    return sorted(held, key=lambda item: (item.date, item.id))


@dataclass(frozen=True, slots=True)
class Block:
    """A group that may be shown: a node of the pattern, or what it holds beside its shown parts."""

    path: tuple[str | None, ...]
    everyone: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A round's answers in the pattern that may be shown."""

    levels: Levels
    nodes: Sequence[Document]
    """Every gathering and unit below the whole, hidden ones too, in the order in which they are listed."""
    blocks: Sequence[Block]
    """Those that are shown, in the same order."""
    parts: Mapping[Path, Counts]
    """The answers, each in the finest shown node that it belongs to. All that is shown of units is made by adding these up."""
    everyone: Mapping[Path, int]
    """How many were invited to each part."""
    roles: Mapping[tuple[Path, str], Counts] = field(default_factory=dict)
    """The parts by role."""

    @property
    def is_shown(self) -> bool:
        """Tell whether there is anything to break down by."""
        return bool(self.nodes)


def broken_down(found: Levels, tally: Tally, invited: Invited) -> Breakdown:
    """Break a round down as far as may be shown."""
    respondents = _by_path(found, {place: counts.respondents for place, counts in tally.places.items()})
    everyone = _by_path(found, invited.places)
    listed = _by_path(found, invited.listed)
    known = dict.fromkeys((*suppression.totals(listed), *suppression.totals(everyone)), 0) | respondents
    shown = suppression.pattern(known)
    parts, roles = _parts(found, tally, shown)
    if not shown:
        return Breakdown(found, [], [], {}, {})
    tree = _Tree(found, known, shown, everyone, listed)
    nodes = tree.nodes()
    return Breakdown(found, nodes, list(_blocks(nodes, parts)), parts, suppression.residuals(everyone, shown), roles)


def _by_path(found: Levels, places: Mapping[Place, int]) -> dict[Path, int]:
    counted: defaultdict[Path, int] = defaultdict(int)
    for place, number in places.items():
        counted[found.path(place)] += number
    return dict(counted)


def _parts(found: Levels, tally: Tally, shown: frozenset[Path]) -> tuple[dict[Path, Counts], dict[tuple[Path, str], Counts]]:
    """Put each place's answers into the finest shown node, and into the same by role."""
    parts: dict[Path, Counts] = {path: Counts() for path in shown}
    roles: defaultdict[tuple[Path, str], Counts] = defaultdict(Counts)
    for place in sorted(tally.places):
        node = suppression.nearest(found.path(place), shown)
        if node is not None:
            parts[node] += tally.places[place]
            roles[node, found.role(place)] += tally.places[place]
    return parts, dict(roles)


def _blocks(nodes: Sequence[Document], parts: Mapping[Path, Counts]) -> Iterator[Block]:
    """Add up what is shown of each node: all parts at or below it, and of a rest its node's own part."""
    under: defaultdict[Path, list[Counts]] = defaultdict(list)
    for path, counts in parts.items():
        for depth in range(len(path) + 1):
            under[path[:depth]].append(counts)
    for node in nodes:
        path = tuple(node["path"])
        if node["shown"]:
            yield Block(path, node["N"], parts[path[:-1]] if node["rest"] else together(under[path]))


@dataclass(frozen=True, slots=True)
class _Tree:
    """All that is needed to list the nodes."""

    levels: Levels
    respondents: Mapping[Path, int]
    shown: frozenset[Path]
    everyone: Mapping[Path, int]
    listed: Mapping[Path, int]

    def nodes(self) -> list[Document]:
        """List all nodes but the whole, each parent before its children and what is left of it behind them."""
        listed = [*self._units(), *self._rests()]
        return [] if len(listed) == sum(node["rest"] for node in listed) else sorted(listed, key=self._place)

    def _units(self) -> Iterator[Document]:
        n, everyone, listed = (suppression.totals(counted) for counted in (self.respondents, self.everyone, self.listed))
        why = suppression.reasons(self.respondents, self.shown)
        for path in n:
            if path in self.shown and path:
                yield _node(path, everyone.get(path, 0), n[path])
            elif path:
                # Who was absent is not taken out: that would tell staff who mark a single person whether she has answered.
                yield _node(path, listed.get(path, 0), None, why[path])

    def _rests(self) -> Iterator[Document]:
        left, everyone = (suppression.residuals(counted, self.shown) for counted in (self.respondents, self.everyone))
        parents = {path[:depth] for path in self.shown for depth in range(len(path))}
        for path, number in left.items():
            if number and path in parents:
                yield _node((*path, REST), everyone[path], number)

    def _place(self, node: Document) -> list[tuple[object, ...]]:
        """Sort gatherings by date, units by name, and a rest last among its siblings."""
        dates = {name: number for number, name in enumerate(self.levels.gatherings)}
        return [self._step(name, dates if depth == 0 else {}) for depth, name in enumerate(node["path"])]

    def _step(self, name: str | None, dates: Mapping[str, int]) -> tuple[object, ...]:
        return (True, 0, "", "") if name is None else (False, dates.get(name, 0), alphabetical(name, self.levels.language), name)


LAST_LETTERS = {"sv": ("å", "äæ", "öø")}
"""How a language's alphabet ends, foreign letters with its own that sound like them, where it is not as in Danish and Norwegian."""


def alphabetical(name: str, language: str) -> str:
    """Return what a name is sorted by in a language."""
    ends = LAST_LETTERS.get(language, ("æä", "øö", "å"))
    return name.casefold().translate({ord(letter): ord("z") + at for at, alike in enumerate(ends, 1) for letter in alike})


def _node(path: Sequence[str | None], everyone: int, n: int | None, reason: str | None = None) -> Document:
    return {"path": list(path), "N": everyone, "n": n, "shown": reason is None, "reason": reason, "rest": path[-1] is REST}


def blocks(asked: Asked, found: Breakdown) -> list[Document] | None:
    """Make a question's figures for each block; None where that would single out some who answered it."""
    if not fits(asked, found.parts, RATINGS_FROM):
        return None
    fine = fine_depth(asked, found)
    deepest = max(map(len, found.parts))
    if fine < deepest and asked.question.sensitive and asked.question.kind != "scale":
        return None

    def is_coarse(block: Block) -> bool:
        # What is left of a node follows from finer figures only where those of all its parts are shown.
        return fine < (deepest if block.path[-1] is REST else len(block.path))

    return [
        {"path": list(block.path), **figures.figures(asked, block.counts, block.everyone, coarse=is_coarse(block))}
        for block in found.blocks
    ]


def fine_depth(asked: Asked, found: Breakdown) -> int:
    """Tell down to which depth a question is shown as finely as it was asked: a sensitive one only where enough answered it."""
    deepest = max(map(len, found.parts))
    if not asked.question.sensitive:
        return deepest
    depths = (depth for depth in range(deepest, -1, -1) if fits(asked, _merged(found.parts, depth), COARSE_BELOW))
    return next(depths, -1)


def _merged(parts: Mapping[Path, Counts], depth: int) -> dict[Path, Counts]:
    """Put the parts below a depth into the shown nodes above it."""
    above = {path for path in parts if len(path) <= depth}
    merged: dict[Path, Counts] = {path: Counts() for path in above}
    for path, counts in parts.items():
        node = suppression.nearest(path, above)
        if node is not None:
            merged[node] += counts
    return merged


def fits(asked: Asked, parts: Mapping[Path, Counts], k: int) -> bool:
    """Tell whether in every part none or at least k answered a question, and none or at least k of those whom it was relevant to."""
    answered = {path: counts.answered[asked.name] for path, counts in parts.items()}
    about = {path: figures.rated(asked, counts) for path, counts in parts.items()}
    return suppression.fits(answered, parts.keys(), k) and suppression.fits(about, parts.keys(), k)

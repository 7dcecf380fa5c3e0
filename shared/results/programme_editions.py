"""Programme editions: made of the published editions of a programme's rounds alone, so that they hold nothing that those don't."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from shared.programmes import Programme
from shared.protection import disclosure
from shared.results import merging
from shared.results.breakdowns import alphabetical
from shared.results.editions import METHOD, SCHEMA
from shared.results.groups import unit_level
from shared.results.merging import Merged

Document = dict[str, Any]
Path = tuple[str, ...]

OF_A_ROUND = (
    "round", "title", "day", "closed", "mode", "N", "n", "absent", "unreached", "complete", "partial", "rr1", "rr2", "precision",
    "representativeness", "hidden", "hidden_rows",
)  # fmt: skip
"""What a programme's edition repeats of each round's."""


def edition(programme: Programme, rounds: Iterable[Document]) -> Document:
    """Make a programme's edition of those of its rounds, in the order in which they closed; each is looked at once and let go."""
    found = _Merging(programme.languages[0])
    for document in rounds:
        found.add(document)
    answers, invitations = (sum(told[name] for told in found.rounds) for name in ("n", "N"))
    return {
        "schema": SCHEMA,
        "kind": "programme",
        "method": METHOD,
        "programme": programme.id,
        "title": dict(programme.title),
        "languages": list(programme.languages),
        "timezone": programme.timezone,
        "closed": max((told["closed"] for told in found.rounds), default=None),
        "k": disclosure.RATINGS_FROM,
        "comments_from": disclosure.COMMENTS_FROM,
        "counted": "answers",
        "invitations": invitations,
        "answers": answers,
        "rr2": answers / invitations if invitations else None,
        "rounds": found.rounds,
        "breakdown": {"levels": list(programme.units), "nodes": list(found.nodes(programme))} if found.units else None,
        "questions": list(found.told(programme)),
        "continues": _continues(programme),
    }


def prefix(programme: Programme, content: bytes) -> str:
    """Name the place of a programme's edition in the bucket by its content; no round is called like that."""
    return f"editions/{programme.id}/_programme/{hashlib.sha256(content).hexdigest()[:32]}"


def _continues(programme: Programme) -> Document | None:
    if programme.continues is None:
        return None
    return {"programme": programme.continues.programme, "attention": [dict(point) for point in programme.continues.attention]}


@dataclass(slots=True)
class _Series:
    """One question over all rounds that asked it."""

    question: Document = field(default_factory=dict)
    """As the latest round put it."""
    points: list[Document] = field(default_factory=list)
    whole: Merged = field(default_factory=Merged)
    units: defaultdict[Path, Merged] = field(default_factory=lambda: defaultdict(Merged))


@dataclass(slots=True)
class _Merging:
    """What the rounds looked at so far add up to."""

    language: str
    rounds: list[Document] = field(default_factory=list)
    units: defaultdict[Path, list[Document]] = field(default_factory=lambda: defaultdict(list))
    series: dict[Hashable, _Series] = field(default_factory=dict)

    def add(self, document: Document) -> None:
        """Add a round."""
        name = document["round"]
        self.rounds.append({key: document.get(key) for key in OF_A_ROUND} | {"gatherings": document.get("gatherings", [])})
        places = _places(document)
        for node in (document.get("breakdown") or {}).get("nodes", ()):
            if (unit := places.get(tuple(node["path"]))) is not None:
                self.units[unit].append({"round": name, **{key: node[key] for key in ("N", "n", "shown", "reason")}})
        for question in document["questions"]:
            if question["kind"] != "text":
                self._add(question, name, places)

    def _add(self, question: Document, name: str, places: dict[Path, Path]) -> None:
        series = self.series.setdefault(merging.identity(question, self.language), _Series())
        series.question = question
        series.points.append(merging.point(question, name))
        series.whole.add(question, name)
        for block in question.get("blocks") or ():
            if (unit := places.get(tuple(block["path"]))) is not None:
                series.units[unit].add(block, name)

    def nodes(self, programme: Programme) -> Iterator[Document]:
        """List the units, and what each round tells of them."""
        for unit in sorted(self.units, key=lambda unit: _alphabetical(unit, programme)):
            yield {"path": list(unit), "rounds": self.units[unit]}

    def told(self, programme: Programme) -> Iterator[Document]:
        """List the questions with their series."""
        seen: Counter[str] = Counter()
        for series in self.series.values():
            base: str = series.question.get("base") or series.question["id"]
            seen[base] += 1
            yield _told(series, base if seen[base] == 1 else f"{base}@{seen[base]}", programme)


def _places(document: Document) -> dict[Path, Path]:
    """Give each node of a round its unit; none to one that met at several gatherings, since units are not added up across them."""
    breakdown = document.get("breakdown")
    if breakdown is None:
        return {}
    above = unit_level(document)
    found = {tuple(node["path"]): tuple(node["path"][above:]) for node in breakdown["nodes"] if not node["rest"]}
    times = Counter(found.values())
    return {path: unit for path, unit in found.items() if unit and times[unit] == 1}


def _alphabetical(unit: Path, programme: Programme) -> list[tuple[str, str]]:
    return [(alphabetical(name, programme.languages[0]), name) for name in unit]


def _told(series: _Series, name: str, programme: Programme) -> Document:
    question = series.question
    question.setdefault("positive_codes", (question["positive"] or {}).get("codes", []))
    kept = ("kind", "text", "bipolar", "options", "not_relevant", "positive_codes")
    units = sorted(series.units, key=lambda unit: _alphabetical(unit, programme))
    return {
        "id": name,
        **{key: question[key] for key in kept},
        "sensitive": question.get("sensitive", False),
        "section": question.get("section"),
        "series": list(_with_changes(series.points)),
        "together": merging.told(question, series.whole) if series.whole.rounds else None,
        "units": [{"path": list(unit), **merging.told(question, series.units[unit])} for unit in units if series.units[unit].rounds],
    }


def _with_changes(points: list[Document]) -> Iterator[Document]:
    """Say of each point how it differs from the one before; sessions of a day are different things, and are not compared."""
    before: Document | None = None
    for point in points:
        yield point | {"change": merging.change(before, point) if not point["session"] else None}
        before = point if point["interval"] else before

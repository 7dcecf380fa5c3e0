"""Merging: what the same question's published figures add up to over rounds, and whether they changed more than chance explains."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, Literal

from shared.measures import statistics
from shared.results.figures import described

Document = dict[str, Any]


def identity(question: Document, language: str) -> Hashable:
    """Write down what makes two rounds' questions the same: id, kind, and what could be chosen, in a language."""
    options = tuple((option["code"], option["label"].get(language)) for option in question["options"])
    # Before schema 2, the positive options were told with the figures alone.
    positive = question.get("positive_codes", (question.get("positive") or {}).get("codes"))
    aside = (question["not_relevant"] or {}).get(language)
    return question.get("base") or question["id"], question["kind"], question["bipolar"], options, tuple(positive or ()), aside


@dataclass(slots=True)
class Merged:
    """Answers to one question, added up over published figures. They are answers, not people: the same people answer round by round."""

    n: int = 0
    na: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    total: float = 0.0
    """The sum of all numbers that were given."""
    rounds: list[str] = field(default_factory=list)
    """Those that it holds."""

    def add(self, found: Document, round_id: str) -> None:
        """Add the figures of a round, unless they are not shown as finely as they were asked."""
        if found["counts"] is None and found["mean"] is None and found["n"] != 0:
            return
        self.n += found["n"]
        self.na += found["na"] or 0
        self.counts.update(found["counts"] or {})
        self.total += found["n"] * (found["mean"] or 0)
        if round_id not in self.rounds:
            self.rounds.append(round_id)


def told(question: Document, found: Merged) -> Document:
    """Say what a question's merged answers look like; they have no interval, since who is asked overlaps from round to round."""
    return {"n": found.n, "na": found.na, "rounds": found.rounds, **_figures(question, found)}


def _figures(question: Document, found: Merged) -> Document:
    empty = dict.fromkeys(("counts", "median", "mean", "sd", "IM", "DI", "x", "share", "shares"))
    if question["kind"] == "number":
        return empty | {"mean": found.total / found.n if found.n else None}
    codes = [option["code"] for option in question["options"]]
    counted = {code: found.counts[code] for code in codes}
    points = tuple(counted.values())
    if question["kind"] != "scale" or not found.n:
        return empty | {"counts": counted}
    if question["bipolar"]:
        return empty | {"counts": counted, "shares": statistics.shares(points)._asdict()}
    x = sum(counted[code] for code in question["positive_codes"])
    return empty | {"counts": counted, **described(points), "x": x, "share": x / found.n}


def point(question: Document, round_id: str) -> Document:
    """Say what a round's edition says of a question, as one point of its series."""
    names = ("id", "session", "N", "n", "na", "counts", "shares", "mean", "mean_interval", "precision")
    return {"round": round_id, **{name: question.get(name) for name in names}, **_standing(question), "hidden": question["hidden"]}


def _standing(question: Document) -> Document:
    """Say how many stand at the positive options, or above the middle of a scale that has none."""
    n, everyone = question["n"], question["N"]
    if found := question["positive"]:
        return {name: found[name] for name in ("x", "share", "interval")}
    if not (question["bipolar"] and question["counts"] and n):
        return {"x": None, "share": None, "interval": None}
    points = list(question["counts"].values())
    x = sum(points[-(len(points) // 2) :])
    return {"x": x, "share": x / n, "interval": list(statistics.interval(x, n, everyone)) if n <= everyone else None}


def change(before: Document | None, now: Document) -> Literal["up", "down"] | None:
    """Say which way a share moved, where the two intervals have nothing in common; a smaller change is not told."""
    if before is None or not before["interval"] or not now["interval"]:
        return None
    (old_low, old_high), (low, high) = before["interval"], now["interval"]
    if low * before["N"] > old_high * now["N"]:
        return "up"
    return "down" if high * before["N"] < old_low * now["N"] else None

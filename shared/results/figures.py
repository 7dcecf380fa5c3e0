"""Figures: what is said of one question in one group that may be shown."""

import statistics as python_statistics
from collections.abc import Mapping, Sequence
from typing import Any

from shared.forms import NOT_RELEVANT, Question
from shared.measures import statistics
from shared.measures.statistics import Interval
from shared.results.counting import Counts, options
from shared.results.versions import Asked

Document = dict[str, Any]

UNKNOWN: Mapping[str, None] = dict.fromkeys(
    ("n", "na", "counts", "median", "mean", "sd", "mean_interval", "IM", "DI", "positive", "shares", "precision"),
)
"""What stands in figures' place where a question is not shown."""


def rated(asked: Asked, counts: Counts) -> int:
    """Count those whom a question's figures are about: whom it was relevant to."""
    return counts.answered[asked.name] - not_relevant(asked, counts)


def not_relevant(asked: Asked, counts: Counts) -> int:
    """Count those who said that a question is not relevant to them."""
    return _chosen(asked, counts).get(NOT_RELEVANT, 0)


def _chosen(asked: Asked, counts: Counts) -> Mapping[str, int]:
    return counts.chosen.get(asked.name, {})


def figures(asked: Asked, counts: Counts, everyone: int, *, coarse: bool) -> Document:
    """Say what a group answered to a question; ``everyone`` was invited there, and ``coarse`` groups tell no single option."""
    return {"N": everyone, **UNKNOWN, **_KINDS[asked.question.kind](asked, counts, everyone, coarse)}


def precision(x: int, n: int, everyone: int) -> str | None:
    """Say in a word how sure a share is that ``x`` of the ``n`` who answered make up."""
    return _judged(statistics.interval(x, n, everyone), n, everyone) if 0 < n <= everyone else None


def _judged(found: Interval, n: int, everyone: int) -> str:
    return "all" if n == everyone else statistics.precision(found, everyone)


def _scale(asked: Asked, counts: Counts, everyone: int, coarse: bool) -> Document:
    question, chosen = asked.question, _chosen(asked, counts)
    points = tuple(chosen.get(option.code, 0) for option in question.options)
    n = sum(points)
    found: Document = {"n": n, "na": not_relevant(asked, counts)}
    if coarse and n:
        return found | {"shares": statistics.shares(points)._asdict(), "precision": precision(n // 2, n, everyone)}
    found["counts"] = dict(zip((option.code for option in question.options), points, strict=True))
    if not n:
        return found
    if question.bipolar:
        return found | {"shares": statistics.shares(points)._asdict(), "precision": precision(n // 2, n, everyone)}
    return found | _location(points, everyone) | _positive(question, points, everyone)


def described(points: Sequence[int]) -> Document:
    """Say where a scale's answers lie and how far apart, whoever may not have answered."""
    return {
        "median": statistics.median(points),
        "mean": statistics.mean(points),
        "sd": statistics.standard_deviation(points),
        "IM": statistics.interpolated_median(points),
        "DI": statistics.dispersion(points),
    }


def _location(points: Sequence[int], everyone: int) -> Document:
    around = statistics.mean_interval(points, everyone) if sum(points) <= everyone else None
    return described(points) | {"mean_interval": around and list(around)}


def _positive(question: Question, points: tuple[int, ...], everyone: int) -> Document:
    n = sum(points)
    if not question.positive:
        return {"precision": precision(n // 2, n, everyone)}
    x = sum(count for option, count in zip(question.options, points, strict=True) if option.code in question.positive)
    among: Interval | None = statistics.interval(x, n, everyone) if n <= everyone else None
    bounds = statistics.bounds(x, n, everyone) if n <= everyone else None
    told = {"codes": list(question.positive), "x": x, "share": x / n, "interval": among and list(among), "bounds": bounds and list(bounds)}
    return {"positive": told, "precision": among and _judged(among, n, everyone)}


def _choice(asked: Asked, counts: Counts, everyone: int, coarse: bool) -> Document:  # noqa: ARG001 – a choice has no coarser groups
    """Say what was chosen, one or several; n is people, so the counts of several may add up to more."""
    chosen, n = _chosen(asked, counts), rated(asked, counts)
    by_code = {option.code: chosen.get(option.code, 0) for option in options(asked.question)}
    return {"n": n, "na": not_relevant(asked, counts), "counts": by_code, "precision": precision(n // 2, n, everyone)}


def _number(asked: Asked, counts: Counts, everyone: int, coarse: bool) -> Document:  # noqa: ARG001 – a number has no coarser groups
    numbers = sorted(int(given) for given, times in _chosen(asked, counts).items() for _ in range(times))
    if not numbers:
        return {"n": 0}
    spread = python_statistics.stdev(numbers) if len(numbers) > 1 else None
    return {"n": len(numbers), "median": python_statistics.median(numbers), "mean": python_statistics.fmean(numbers), "sd": spread}


_KINDS = {"scale": _scale, "choice": _choice, "choices": _choice, "number": _number}

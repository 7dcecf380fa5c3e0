"""A round's response as its pages draw it: a bar in parts, and a line over time."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.phrases import _
from shared.response import State, Totals
from shared.store.desk_samples import Sample

LABELS: tuple[tuple[State, str], ...] = (
    ("answered", _("Answered")),
    ("waiting", _("Not yet")),
    ("declined", _("Don't want to answer")),
    ("unreached", _("Not reached")),
    ("absent", _("Absent")),
)
"""The parts of a bar, from left to right."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a bar: where it begins and how long it is, in per cent."""

    kind: State
    label: str
    count: int
    start: float
    length: float


def pieces(totals: Totals) -> list[Piece]:
    """Part a bar by what has become of everybody who was asked; those who were absent stand at its end."""
    whole = totals.invited + totals.absent or 1
    found, start = [], 0.0
    for kind, label in LABELS:
        count = getattr(totals, kind)
        found.append(Piece(kind, label, count, round(start, 2), round(100 * count / whole, 2)))
        start += 100 * count / whole
    return found


@dataclass(frozen=True, slots=True)
class Curve:
    """The response over time: the line's points in a field of 100 by 100, and what its top means."""

    points: str
    top: int
    samples: Sequence[Sample]


def curve(samples: Sequence[Sample]) -> Curve | None:
    """Draw the totals over time; with fewer than two samples there is no line."""
    if len(samples) < 2:  # noqa: PLR2004 – a line has two ends
        return None
    first, last = samples[0].at, samples[-1].at
    top = max(sample.totals.invited for sample in samples) or 1
    places = ((100 * (sample.at - first) / (last - first or 1), 100 - 100 * sample.totals.answered / top) for sample in samples)
    return Curve(" ".join(f"{x:.1f},{y:.1f}" for x, y in places), top, samples)

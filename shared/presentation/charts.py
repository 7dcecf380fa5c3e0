"""Charts drawn as SVG: bars around the middle of a scale, in tones that differ without colour too.

Every element carries its colour for a light ground itself, so that a drawing that is taken along needs nothing else;
a page's style sheet may lay other colours over them by the classes.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from math import ceil
from typing import NamedTuple
from xml.sax.saxutils import escape

PAPER = "#ffffff"

INK = "#10181c"

TRACK = "#d5dbdc"

TONES = {
    "low-strong": ("#8f3214", PAPER),
    "low-medium": ("#a95a33", PAPER),
    "low-weak": ("#c47a52", INK),
    "middle": ("#879195", INK),
    "high-weak": ("#4597ab", INK),
    "high-medium": ("#2f7890", PAPER),
    "high-strong": ("#14566b", PAPER),
    "plain": ("#14566b", PAPER),
}
"""How a segment is filled, and the colour of what is written in it: 3 : 1 beside the paper, 4.5 : 1 beside each other."""

STRENGTHS = {0: (), 1: ("strong",), 2: ("strong", "weak"), 3: ("strong", "medium", "weak")}
"""The tones of one half of a scale, from its end to its middle."""

HATCH = (
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<path class="hatching" d="M0 0V6" stroke="{PAPER}" stroke-width="2.5" stroke-opacity=".4"/></pattern>'
)
"""What lies over the tones below the middle: they can be told from those above it in grey as well."""

STEP = 0.1
"""Charts reach as far as a whole number of these, as shares of all answers."""


class Segment(NamedTuple):
    """A part of a bar: its tone, its share of the answers, and what is written in it if there is room."""

    tone: str
    share: float
    text: str


class Reach(NamedTuple):
    """How far bars go to the left and to the right of the middle, as shares of all answers."""

    left: float
    right: float


class Span(NamedTuple):
    """A share and the interval around it, as shares of all."""

    at: float
    low: float
    high: float


class Box(NamedTuple):
    """Where a bar is drawn, in per cent of what is around it or in the drawing's own unit."""

    x: float
    y: float
    width: float
    height: float
    unit: str = ""


WHOLE = Reach(0.0, 1.0)
"""The reach of bars that begin at the left and have no middle."""

INLINE = Box(0, 15, 100, 70, "%")
"""Where a bar lies that is as wide as the page has room for."""


def tones(points: int) -> list[str]:
    """Name the tones of a scale's points, from the lowest; a scale of odd length has a middle."""
    half = STRENGTHS[points // 2]
    middle = ["middle"] * (points % 2)
    return [*(f"low-{name}" for name in half), *middle, *(f"high-{name}" for name in reversed(half))]


def begin(segments: Sequence[Segment]) -> float:
    """Tell where a bar begins, so that half of the middle lies to either side of 0; a plain bar begins at 0."""
    low = sum(segment.share for segment in segments if segment.tone.startswith("low"))
    middle = sum(segment.share for segment in segments if segment.tone == "middle")
    return -(low + middle / 2)


def reach(bars: Iterable[Sequence[Segment]]) -> Reach:
    """Find how far bars go that are to be compared, in whole steps and at least one to either side."""
    found = [(begin(bar), begin(bar) + sum(segment.share for segment in bar)) for bar in bars if bar]
    left, right = max((-start for start, _ in found), default=0.0), max((end for _, end in found), default=1.0)
    return Reach(*(max(1, ceil(round(far / STEP, 6))) * STEP for far in (left, right)))


def bar(segments: Sequence[Segment], far: Reach, box: Box = INLINE) -> str:
    """Draw one bar: a line at the middle, and segments side by side; those of nobody are left out."""
    return "".join([*_axis(far, box), *_drawn(segments, far, box)])


def _axis(far: Reach, box: Box) -> Iterator[str]:
    if not far.left:
        return
    x = _at(box.x + box.width * far.left / sum(far), box)
    top, bottom = _at(box.y - box.height / 5, box), _at(box.y + box.height * 6 / 5, box)
    yield f'<line class="axis" x1="{x}" x2="{x}" y1="{top}" y2="{bottom}" stroke="{INK}"/>'


def _drawn(segments: Sequence[Segment], far: Reach, box: Box) -> Iterator[str]:
    scale = box.width / sum(far)
    lengths = [segment.share for segment in segments]
    for segment, start, length in zip(segments, accumulate([begin(segments), *lengths]), lengths, strict=False):
        if length:
            yield _segment(segment, Box(box.x + (start + far.left) * scale, box.y, length * scale, box.height, box.unit), box)


def interval(found: Span, box: Box = INLINE) -> str:
    """Draw a share as a dot on a line from nobody to everybody, and its interval as a band."""
    top, middle = box.y + box.height / 2, box.height
    band = Box(box.x + box.width * found.low, top - middle / 5, box.width * (found.high - found.low), middle * 2 / 5, box.unit)
    whole = Box(box.x, top - middle / 20, box.width, middle / 10, box.unit)
    half = _at(box.x + box.width / 2, box)
    dot = f'cx="{_at(box.x + box.width * found.at, box)}" cy="{_at(top, box)}"'
    return (
        f'<rect class="track" fill="{TRACK}" {_place(whole)}/>'
        f'<line class="axis" x1="{half}" x2="{half}" y1="{_at(top - middle / 5, box)}" y2="{_at(top + middle / 5, box)}" stroke="{INK}"/>'
        f'<rect class="high-weak" fill="{TONES["high-weak"][0]}" {_place(band)}/>'
        f'<circle class="high-strong" fill="{TONES["high-strong"][0]}" stroke="{PAPER}" stroke-width="1.5" r="7" {dot}/>'
    )


def _segment(segment: Segment, own: Box, whole: Box) -> str:
    fill, ink = TONES[segment.tone]
    place = _place(own)
    drawn = f'<rect class="{segment.tone}" fill="{fill}" stroke="{PAPER}" {place}/>'
    if segment.tone.startswith("low"):
        drawn += f'<rect fill="url(#hatch)" {place}/>'
    if _has_room(segment.text, own.width / whole.width):
        x, y = _at(own.x + own.width / 2, own), _at(own.y + own.height / 2, own)
        drawn += (
            f'<text class="on-{segment.tone}" x="{x}" y="{y}" dy=".35em" text-anchor="middle" font-size="14" fill="{ink}" '
            f'stroke="{fill}" stroke-width="4" paint-order="stroke">{escape(segment.text)}</text>'
        )
    return drawn


def _has_room(text: str, width: float) -> bool:
    """Tell whether a text fits into a share of a bar's width, even on a phone."""
    return width >= 0.022 * len(text) + 0.01


def _place(box: Box) -> str:
    return f'x="{_at(box.x, box)}" y="{_at(box.y, box)}" width="{_at(box.width, box)}" height="{_at(box.height, box)}"'


def _at(value: float, box: Box) -> str:
    return f"{round(value, 2):g}{box.unit}"

"""Dumbbells drawn as SVG: a mean before and a mean after on one scale, and the line between them."""

from typing import NamedTuple

from shared.presentation.charts import INK, PAPER, TONES

AFTER = TONES["high-strong"][0]
TOP, HIGH = 22, 44
"""Where the line lies, and how high the drawing is."""

FAINT = f'stroke="{INK}" stroke-opacity=".35"'
"""How the scale below the marks is drawn."""


class Dumbbell(NamedTuple):
    """Two means on a scale from 1 to ``points``, as they are written beside their marks."""

    before: float
    after: float
    points: int
    texts: tuple[str, str]


def dumbbell(drawn: Dumbbell) -> str:
    """Draw one: an open mark for before, a filled one for after, on the scale with ticks at its points."""
    before, after = (_at(value, drawn.points) for value in (drawn.before, drawn.after))
    ticks = "".join(_tick(_at(point, drawn.points)) for point in range(1, drawn.points + 1))
    scale = f'<line class="axis" x1="{_at(1, drawn.points)}%" x2="{_at(drawn.points, drawn.points)}%" y1="{TOP}" y2="{TOP}" {FAINT}/>'
    line = f'<line class="between" x1="{before}%" x2="{after}%" y1="{TOP}" y2="{TOP}" stroke="{AFTER}" stroke-width="4"/>'
    open_mark = f'<circle class="before" cx="{before}%" cy="{TOP}" r="7" fill="{PAPER}" stroke="{AFTER}" stroke-width="3"/>'
    return f"{scale}{ticks}{line}{open_mark}{_filled(after)}{_written(drawn, before, after)}"


def _at(value: float, points: int) -> float:
    """Tell how far from the left a value lies, in per cent, with room for a mark at either end."""
    return round(4 + 92 * (value - 1) / (points - 1), 2)


def _tick(x: float) -> str:
    return f'<line class="axis" x1="{x}%" x2="{x}%" y1="{TOP - 6}" y2="{TOP + 6}" {FAINT}/>'


def _filled(x: float) -> str:
    return f'<circle class="after" cx="{x}%" cy="{TOP}" r="8" fill="{AFTER}"/>'


def _written(drawn: Dumbbell, before: float, after: float) -> str:
    """Write the means: before above its mark, after below its own, so that they never lie on one another."""
    first, second = drawn.texts
    return (
        f'<text class="said" x="{before}%" y="{TOP - 11}" text-anchor="middle" font-size="13" fill="{INK}">{first}</text>'
        f'<text class="said" x="{after}%" y="{HIGH}" text-anchor="middle" font-size="13" fill="{INK}">{second}</text>'
    )

"""Pictures: a question's chart as a drawing of its own, to be put into a slide or a letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from xml.sax.saxutils import escape

from shared.presentation.charts import HATCH, INK, PAPER, TONES, Box, Reach, Segment, Span, bar, interval

FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"

WIDTH = 960
EDGE = 32

TITLE = f'font-size="22" font-weight="600" fill="{INK}"'
LABELS = f'font-size="15" fill="{INK}"'
NOTE = 'font-size="15" fill="#51616a"'

LABEL, FIGURE = 250, 190
"""Room for what stands to the left and to the right of bars that stand below one another."""

BAR, LINE, GAP = 36, 19, 14
"""The height of a bar, of a line of text beside it, and of what lies between two bars."""

Drawn = tuple[list[str], float]
"""A part of a picture, and how high it is."""


@dataclass(frozen=True, slots=True)
class Line:
    """One bar with what stands to the left and to the right of it."""

    label: str
    segments: Sequence[Segment]
    figure: str
    span: Span | None = None
    """A dot with its interval in the bar's place."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with everything that it needs to be understood by itself."""

    title: str
    lines: Sequence[Line]
    reach: Reach
    legend: Sequence[tuple[str, str]]
    """Tones and what they stand for; empty where the lines say it."""
    foot: Sequence[str]
    language: str


def svg(shown: Picture) -> str:
    """Draw a picture."""
    parts, height = _stacked(shown)
    size = f'width="{WIDTH}" height="{height:g}" viewBox="0 0 {WIDTH} {height:g}"'
    about = f'role="img" aria-labelledby="title about" lang="{shown.language}" font-family="{FONTS}"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {about}>',
        f'<title id="title">{escape(shown.title)}</title>',
        f'<desc id="about">{escape("; ".join(map(_told, shown.lines)))}</desc>',
        f"<defs>{HATCH}</defs>",
        f'<rect width="{WIDTH}" height="{height:g}" fill="{PAPER}"/>',
    )
    return "\n".join((*head, *parts, "</svg>", ""))


def _told(line: Line) -> str:
    said = (line.label, " + ".join(segment.text for segment in line.segments), line.figure)
    return ": ".join(part for part in said if part)


def _stacked(shown: Picture) -> tuple[list[str], float]:
    """Put title, bars, legend and foot below one another; return them and where the picture ends."""
    parts: list[str] = []
    y: float = EDGE
    for block in (_title, _lines, _legend, _foot):
        drawn, height = block(shown, y)
        parts += drawn
        y += height
    return parts, y + EDGE


def _title(shown: Picture, y: float) -> Drawn:
    lines = wrap(shown.title, 72)
    return [_text(EDGE, y + 28 * at + 18, text, TITLE) for at, text in enumerate(lines)], 28.0 * len(lines) + 16


def _lines(shown: Picture, y: float) -> Drawn:
    alone = len(shown.lines) == 1 and not shown.lines[0].label
    drawn, height = [], 0.0
    for line in shown.lines:
        parts, own = _line(line, shown.reach, y + height, alone=alone)
        drawn += parts
        height += own + GAP
    return drawn, height


def _legend(shown: Picture, y: float) -> Drawn:
    """Draw keys side by side, on as many lines as they need."""
    x, top, drawn = float(EDGE), y, []
    for tone, label in shown.legend:
        length = 40 + 8 * len(label)
        if x > EDGE and x + length > WIDTH - EDGE:
            x, top = float(EDGE), top + 26
        drawn.append(_key(tone, label, x, top))
        x += length
    return drawn, top - y + 30 if drawn else 0.0


def _foot(shown: Picture, y: float) -> Drawn:
    lines = [part for told in shown.foot for part in wrap(told, 118)]
    return [_text(EDGE, y + 24 * at + 20, text, NOTE) for at, text in enumerate(lines)], 24.0 * len(lines)


def _line(line: Line, reach: Reach, y: float, *, alone: bool) -> Drawn:
    """Draw one bar with what stands beside it; one that stands alone has the picture's whole width."""
    left, right = (0, 0) if alone else (LABEL, FIGURE)
    label, figure = wrap(line.label, 29), wrap(line.figure, 24)
    height = float(max(BAR, LINE * len(label), LINE * len(figure)))
    box = Box(EDGE + left, y + (height - BAR) / 2, WIDTH - 2 * EDGE - left - right, BAR)
    drawn = [bar(line.segments, reach, box)] if line.segments else [interval(line.span, box)] if line.span else []
    return [*drawn, *_beside(EDGE, y, height, label), *_beside(WIDTH - EDGE - FIGURE + 16, y, height, figure)], height


def _beside(x: float, y: float, height: float, lines: Sequence[str]) -> list[str]:
    top = y + (height - LINE * len(lines)) / 2 + 14
    return [_text(x, top + LINE * at, text, LABELS) for at, text in enumerate(lines)]


def _key(tone: str, label: str, x: float, y: float) -> str:
    square = f'x="{x:g}" y="{y:g}" width="16" height="16"'
    hatch = f'<rect fill="url(#hatch)" {square}/>' if tone.startswith("low") else ""
    return f'<rect fill="{TONES[tone][0]}" {square}/>{hatch}{_text(x + 22, y + 13, label, LABELS)}'


def _text(x: float, y: float, text: str, look: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" {look}>{escape(text)}</text>'

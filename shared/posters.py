"""Posters: a gathering's QR code on a sheet or a slide, which leads everybody to her own link."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Literal

from shared import links
from shared.dates import date_text
from shared.languages import catalogue
from shared.programmes import Gathering, Programme, day_of
from shared.rounds import Round

Shape = Literal["a4", "slide"]

FONTS = "system-ui,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif"
INK, SOFT, ACCENT = "#1d2b33", "#51616a", "#14566b"

QUIET = 4
"""Modules of white around a QR code, which readers need to find it."""

WIDE, WIDE_BOLD = 0.6, 0.68
"""The width of an average letter in its own size; text is fitted by these estimates, since no font is known."""

SMALLEST = 0.5
"""How far a text is made smaller to fit into one line before it is broken."""

LEADING = 1.25


@dataclass(frozen=True, slots=True)
class Poster:
    """What a poster says: of which gathering it is, and where it leads."""

    programme: Programme
    title: str
    held: str
    address: str

    @property
    def shown_address(self) -> str:
        """The address as people type it."""
        return self.address.removeprefix("https://").removeprefix("http://")


def poster(base: str, programme: Programme, found: Round, gathering: Gathering) -> Poster:
    """Put together what a gathering's poster says, in the programme's first language where it isn't said in all."""
    first = programme.languages[0]
    at = gathering.id if len(found.windows) > 1 else ""
    held = f"{date_text(datetime.fromisoformat(gathering.date), first)}, {gathering.place}"
    title = day_of(programme, found.day).title[first]
    return Poster(programme, title, held[:1].upper() + held[1:], links.find_address(base, found.ref, at))


def file_name(found: Round, gathering: str, shape: Shape) -> str:
    """Name a poster's file."""
    place = "" if gathering == found.day else f"-{gathering}"
    return f"{found.id}{place}-{shape}.svg"


def svg(shown: Poster, shape: Shape) -> str:
    """Draw a poster: A4 upright in millimetres, or a slide of 16:9."""
    return _sheet(shown) if shape == "a4" else _slide(shown)


def _sheet(shown: Poster) -> str:
    first, *others = shown.programme.languages
    column = _Column(105, 24, 182, "middle")
    parts = [
        *column.line(shown.programme.title[first], 6, SOFT),
        *column.line(_question(first), 22, ACCENT, bold=True),
        *column.line(_how(first), 10, INK, above=4),
        _code(shown.address, 37, column.down(4), 136),
        *column.line(shown.shown_address, 6.5, INK, above=136),
        *column.line(shown.title, 8, INK, bold=True, above=7),
        *column.line(shown.held, 6.5, INK),
        *_others(column, others, 5.5),
    ]
    return _document(210, 297, 'width="210mm" height="297mm"', parts)


def _slide(shown: Poster) -> str:
    first, *others = shown.programme.languages
    column = _Column(14, 32, 150, "start")
    below = _Column(242, 152, 140, "middle")
    parts = [
        *column.line(shown.programme.title[first], 6.5, SOFT),
        *column.line(_question(first), 20, ACCENT, bold=True),
        *column.line(_how(first), 9, INK, above=4),
        *column.line(shown.title, 8.5, INK, bold=True, above=8),
        *column.line(shown.held, 7, INK),
        *_others(column, others, 6),
        _code(shown.address, 174, 14, 136),
        *below.line(shown.shown_address, 6, INK),
    ]
    return _document(320, 180, 'width="1280" height="720"', parts)


def _others(column: "_Column", languages: Sequence[str], size: float) -> Iterator[str]:
    """Say the same in the programme's other languages."""
    for at, language in enumerate(languages):
        yield from column.line(f"{_question(language)} {_how(language)}", size, SOFT, above=0 if at else size, language=language)


def _question(language: str) -> str:
    return catalogue(language).gettext("How was the day?")


def _how(language: str) -> str:
    return catalogue(language).gettext("Scan, type your address, get your link.")


@dataclass(slots=True)
class _Column:
    """Lines of text below one another."""

    x: float
    y: float
    width: float
    anchor: str

    def down(self, by: float) -> float:
        """Move down; return where that is."""
        self.y += by
        return self.y

    def line(self, text: str, size: float, colour: str, *, bold: bool = False, above: float = 0, language: str = "") -> Iterator[str]:
        """Write a text in one line, smaller where that helps, or in as many lines as it needs."""
        self.y += above
        spoken = f' xml:lang="{language}"' if language else ""
        weight = ' font-weight="700"' if bold else ""
        wide = WIDE_BOLD if bold else WIDE
        fitting = min(size, max(size * SMALLEST, self.width / (wide * max(len(text), 1))))
        for part in _wrapped(text, int(self.width / (fitting * wide) + 0.01)):
            self.y += fitting * LEADING
            place = f'x="{self.x}" y="{self.y:.2f}" text-anchor="{self.anchor}"'
            yield f'<text {place} font-size="{fitting:.2f}" fill="{colour}"{weight}{spoken}>{escape(part)}</text>'


def _wrapped(text: str, most: int) -> Iterator[str]:
    """Break a text at spaces, and within a word where that alone is too long."""
    line = ""
    for word in text.split():
        while len(line) + len(word) + 1 > most and line:
            yield line
            line = ""
        line = f"{line} {word}".strip()
        while len(line) > most:
            yield line[:most]
            line = line[most:]
    yield line


def _code(address: str, x: float, y: float, size: float) -> str:
    """Draw a QR code of a size, its quiet zone included."""
    # Most pages of the desk draw none.
    import segno  # noqa: PLC0415

    rows = [[bool(module) for module in row] for row in segno.make_qr(address, error="m").matrix]
    scale = size / (len(rows) + 2 * QUIET)
    dark = "".join(f"M{at + QUIET} {down + QUIET}h1v1h-1z" for down, row in enumerate(rows) for at, module in enumerate(row) if module)
    place = f'transform="translate({x} {y:.2f}) scale({scale:.5f})" shape-rendering="crispEdges"'
    return f'<g {place}><path fill="#fff" d="M0 0h{len(rows) + 2 * QUIET}v{len(rows) + 2 * QUIET}H0z"/><path d="{dark}"/></g>'


def _document(width: float, height: float, size: str, parts: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {width} {height}" font-family="{FONTS}">'
    paper = f'<path fill="#fff" d="M0 0h{width}v{height}H0z"/>'
    return "\n".join(('<?xml version="1.0" encoding="UTF-8"?>', head, paper, *parts, "</svg>", ""))

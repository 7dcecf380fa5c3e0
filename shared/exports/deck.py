"""A slide deck being written: titles, texts, and native charts whose bars stand beside their questions."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import xlsxwriter
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Inches, Pt

from shared.exports.dated import dated
from shared.exports.texts import writable
from shared.presentation.charts import TONES
from shared.presentation.readings import Row

INK, SOFT, ACCENT, PAPER = "#1d2b33", "#51616a", "#14566b", "#ffffff"

WIDTH, HEIGHT = 13.333, 7.5
EDGE = 0.55
"""Inches; so are all places and sizes here."""

TITLE_ONLY = 5
"""The place of a layout with a title and nothing else among those of the library."""

LOCALES = {
    "da": MSO_LANGUAGE_ID.DANISH,
    "nb": MSO_LANGUAGE_ID.NORWEGIAN_BOKMOL,
    "nn": MSO_LANGUAGE_ID.NORWEGIAN_NYNORSK,
    "sv": MSO_LANGUAGE_ID.SWEDISH,
    "en": MSO_LANGUAGE_ID.ENGLISH_UK,
}
"""By which a slide's spelling is checked."""

LAYOUT = (
    '<c:layout xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:manualLayout><c:layoutTarget val="inner"/>'
    '<c:xMode val="edge"/><c:yMode val="edge"/><c:x val="0"/><c:y val="0"/><c:w val="1"/><c:h val="{height:.4f}"/>'
    "</c:manualLayout></c:layout>"
)


class Place(NamedTuple):
    """Where something stands on a slide."""

    x: float
    y: float
    width: float
    height: float


class Said(NamedTuple):
    """A paragraph and how it looks."""

    text: str
    size: float = 14
    colour: str = INK
    bold: bool = False


class Deck:
    """Builds a slide deck in one language."""

    def __init__(self, title: str, created: datetime, language: str) -> None:
        self._deck, self._created, self._language = Presentation(), created, language
        self._deck.slide_width, self._deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
        about = self._deck.core_properties
        about.title, about.language, about.author, about.last_modified_by = writable(title)[:255], language, "Kursdag", ""
        about.created = about.modified = created.replace(tzinfo=None)

    def slide(self, title: str, size: float = 28) -> "Slide":
        """Add a slide with a title."""
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[TITLE_ONLY])
        made = Slide(slide, LOCALES[self._language], self._created)
        made.head(title, size)
        return made

    def close(self) -> bytes:
        """Finish the deck."""
        content = io.BytesIO()
        self._deck.save(content)
        return dated(content.getvalue(), self._created)


class Slide:
    """Writes one slide."""

    def __init__(self, slide: Any, locale: Any, created: datetime) -> None:
        self._slide, self._locale, self._created = slide, locale, created

    def head(self, title: str, size: float) -> None:
        """Write the title, and a line under it."""
        shape = self._slide.shapes.title
        _put(shape, Place(EDGE, 0.35, WIDTH - 2 * EDGE, 0.75))
        self._fill(shape.text_frame, [Said(title, size, ACCENT, bold=True)], MSO_ANCHOR.BOTTOM)
        self.line((EDGE, 1.15), (WIDTH - EDGE, 1.15), ACCENT, 1.5)

    def text(self, place: Place, said: Sequence[Said], *, middle: bool = False, centred: bool = False) -> None:
        """Write paragraphs into a box."""
        box = self._slide.shapes.add_textbox(*map(Inches, place))
        self._fill(box.text_frame, said, MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP)
        for paragraph in box.text_frame.paragraphs if centred else ():
            paragraph.alignment = PP_ALIGN.CENTER

    def line(self, start: tuple[float, float], end: tuple[float, float], tone: str, width: float) -> None:
        """Draw a straight line, so many points wide."""
        drawn = self._slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *map(Inches, (*start, *end)))
        drawn.line.color.rgb, drawn.line.width = colour(tone), Pt(width)

    def mark(self, x: float, y: float, size: float, fill: str, edge: str) -> None:
        """Draw a round mark around a point."""
        drawn = self._slide.shapes.add_shape(MSO_SHAPE.OVAL, *map(Inches, (x - size / 2, y - size / 2, size, size)))
        drawn.fill.solid()
        drawn.fill.fore_color.rgb, drawn.line.color.rgb, drawn.line.width = colour(fill), colour(edge), Pt(2.5)
        drawn.shadow.inherit = False

    def _fill(self, frame: Any, said: Sequence[Said], anchor: Any) -> None:
        frame.word_wrap, frame.vertical_anchor = True, anchor
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for number, item in enumerate(said):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.space_after, paragraph.alignment = Pt(item.size * 0.3), PP_ALIGN.LEFT
            run = paragraph.add_run()
            run.text = writable(item.text)
            run.font.size, run.font.bold, run.font.color.rgb = Pt(item.size), item.bold, colour(item.colour)
            run.font.language_id = self._locale

    def stack(self, place: Place, bars: Sequence[Sequence[Row]], names: Sequence[str], legend: float) -> None:
        """Draw bars of the same options below one another, each a whole, and under them what the parts stand for."""
        parts = list(zip(*bars, strict=True))
        parts = parts[::-1] if parts[0][0].tone.startswith("high") else parts
        data = CategoryChartData()
        data.categories = list(map(writable, names))
        for part in parts:
            data.add_series(writable(part[0].label), [_value(row) for row in part])
        chart = self._chart(XL_CHART_TYPE.BAR_STACKED_100, place, data, "; ".join(names))
        chart.element.chart.plotArea.insert(0, parse_xml(LAYOUT.format(height=1 - legend / place.height)))
        chart.has_legend = True
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.legend.font.size, chart.legend.font.color.rgb = Pt(10), colour(INK)
        for series, part in zip(chart.plots[0].series, parts, strict=True):
            _paint(series, part[0])
        chart.category_axis.visible = False

    def options(self, place: Place, bars: Sequence[Row], name: str) -> None:
        """Draw a bar for each option of a choice."""
        data = CategoryChartData()
        data.categories = [writable(row.label) for row in bars]
        data.add_series(writable(name), [_value(row) for row in bars])
        chart = self._chart(XL_CHART_TYPE.BAR_CLUSTERED, place, data, name)
        chart.has_legend = False
        _paint(chart.plots[0].series[0], bars[0], outside=True)
        chart.category_axis.tick_labels.font.size = Pt(11)
        chart.category_axis.format.line.fill.background()
        chart.category_axis.has_major_gridlines = False

    def _chart(self, kind: Any, place: Place, data: Any, described: str) -> Any:
        frame = self._slide.shapes.add_chart(kind, *map(Inches, place), data)
        frame.chart.part.chart_workbook.update_from_xlsx_blob(figures_file(data, self._created))
        frame.element.nvGraphicFramePr.cNvPr.set("descr", writable(described))
        chart = frame.chart
        chart.has_title, chart.font.size = False, Pt(11)
        chart.plots[0].gap_width = 45
        chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
        chart.value_axis.minimum_scale = 0
        chart.category_axis.reverse_order = True
        return chart


def figures_file(data: Any, created: datetime) -> bytes:
    """Write the workbook behind a chart, with the cells that the chart points to; the library's own would take texts for formulas."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": created})
        sheet = book.add_worksheet("Sheet1")
        for row, category in enumerate(data.categories, 1):
            sheet.write_string(row, 0, category.label)
        for column, series in enumerate(data, 1):
            sheet.write_string(0, column, series.name)
            sheet.write_column(1, column, series.values)
    return content.getvalue()


def colour(name: str) -> Any:
    """Read a colour."""
    return RGBColor.from_string(name.removeprefix("#").upper())


def _value(row: Row) -> float:
    return row.share if row.count is None else row.count


def _paint(series: Any, row: Row, *, outside: bool = False) -> None:
    """Fill a series, and write its figures on it, unless nobody chose the option."""
    fill, ink = TONES[row.tone]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = colour(fill)
    labels = series.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, "0%;;;" if row.count is None else "0;;;", False
    labels.font.size, labels.font.bold, labels.font.color.rgb = Pt(12), True, colour(INK if outside else ink)


def _put(shape: Any, place: Place) -> None:
    shape.left, shape.top, shape.width, shape.height = map(Inches, place)

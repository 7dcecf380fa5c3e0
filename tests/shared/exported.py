"""What stands in an edition's files, read by other libraries than wrote them."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple

import openpyxl
from lxml import etree
from pptx import Presentation

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def rows_of_csv(content: bytes) -> list[list[str]]:
    """Read a CSV file."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheets(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """Read a workbook: the rows of each sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def parts(content: bytes) -> dict[str, bytes]:
    """Take an Office file apart."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class Series(NamedTuple):
    """A part of a chart: what it is called, and its figures."""

    name: str
    values: list[float]


def charts_of_workbook(content: bytes) -> list[list[Series]]:
    """Read the charts of a workbook, by the cells that they point to."""
    book = openpyxl.load_workbook(io.BytesIO(content))

    def cells(formula: str) -> list[Any]:
        sheet, place = re.fullmatch(r"(.+)!(.+)", formula).groups()  # type: ignore[union-attr]
        found = book[sheet.strip("'").replace("''", "'")][place.replace("$", "")]
        return [cell.value for row in found for cell in row] if isinstance(found, tuple) else [found.value]

    def series(drawn: Any) -> Series:
        name = drawn.findtext(f"{CHART}tx//{CHART}f")
        return Series(cells(name)[0] if name else "", cells(drawn.findtext(f"{CHART}val//{CHART}f")))

    charts = [etree.fromstring(part) for name, part in parts(content).items() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
    return [[series(drawn) for drawn in chart.iter(f"{CHART}ser")] for chart in charts]


class Slide(NamedTuple):
    """A slide: its title, all its texts, and its charts as their own workbooks hold them."""

    title: str
    texts: list[str]
    charts: list[list[Series]]


def slides(content: bytes) -> list[Slide]:
    """Read a slide deck."""
    return [Slide(slide.shapes.title.text, list(_texts(slide)), list(_charts(slide))) for slide in Presentation(io.BytesIO(content)).slides]


def _texts(slide: Any) -> Iterator[str]:
    return (paragraph.text for shape in slide.shapes if shape.has_text_frame for paragraph in shape.text_frame.paragraphs)


def _charts(slide: Any) -> Iterator[list[Series]]:
    """Read each chart's workbook, which must say the same as the chart does."""
    for chart in (shape.chart for shape in slide.shapes if shape.has_chart):
        book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        head, *rows = [list[Any](row) for row in book.worksheets[0].iter_rows(values_only=True)]
        drawn = [Series(str(name), [row[at] for row in rows]) for at, name in enumerate(head) if at]
        assert drawn == [Series(series.name, list(series.values)) for series in chart.plots[0].series]
        yield drawn

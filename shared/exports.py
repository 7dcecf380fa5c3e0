"""Exports: an edition as CSV and as XLSX, made of its documents alone, so that no file holds more than they do."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from shared.editions import Document
from shared.forms import NOT_RELEVANT
from shared.languages import catalogue
from shared.sentences import Words, caveats, heading, hidden_because, last_minute, note

Cell = str | float | None

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a text for a formula when it opens a CSV file."""


def csv_file(edition: Document) -> bytes:
    """Write an edition as CSV, a row for each question and option; the byte order mark tells Excel that it is UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerows(map(_harmless, row) for row in _table(edition))
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell


def xlsx_file(edition: Document, comments: Document) -> bytes:
    """Write an edition and its comments as XLSX: a cover, the results, the comments; texts are never formulas."""
    _, title = _language(edition), edition["title"][edition["languages"][0]]
    content = io.BytesIO()
    # In memory: what people wrote must not lie in a temporary file.
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": _closed(edition)})
        _add(book, _("About"), {0: 100}, _cover(edition))
        _add(book, _("Results"), {1: 50, 3: 24, 18: 60}, _table(edition))
        _add(book, _("Comments"), {0: 40, 1: 100}, _comments(edition, comments))
    return content.getvalue()


def _add(book: Any, name: str, widths: Mapping[int, int], rows: Iterable[Sequence[Cell]]) -> None:
    """Add a sheet; its first row is a heading, and columns not given a width are as wide as a long word."""
    sheet: Worksheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    for column in range(max(widths) + 1):
        sheet.set_column(column, column, widths.get(column, 12))
    heading = book.add_format({"bold": True, "text_wrap": True})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    decimal = book.add_format({"num_format": "0.00", "valign": "top"})
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            _put(sheet, number, column, cell, heading if number == 0 else decimal if isinstance(cell, float) else text)


def _put(sheet: Worksheet, row: int, column: int, cell: Cell, style: Format) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell, style)
    elif cell is not None:
        sheet.write_number(row, column, cell, style)


def _language(edition: Document) -> Words:
    return catalogue(edition["languages"][0]).gettext


def _closed(edition: Document) -> datetime:
    return datetime.fromisoformat(edition["closed"])


def _table(edition: Document) -> Iterator[Sequence[Cell]]:
    """Lay out an edition's figures: a row for each question and option, the question's own figures on each of them."""
    _, language = _language(edition), edition["languages"][0]
    yield _headings(_)
    for question in edition["questions"]:
        for code, label, count in _choices(question, language):
            yield [question["id"], heading(question, edition, language, _), code, label, count, *_figures(question), note(question, _)]


def _headings(_: Words) -> list[str]:
    return [
        _("Id"),
        _("Question"),
        _("Code"),
        _("Option"),
        _("Number"),
        _("Answers (n)"),
        _("Invited (N)"),
        _("Median"),
        _("Mean"),
        _("Standard deviation"),
        _("Interpolated median"),
        _("Dispersion, 0 to 1"),
        _("Positive, share"),
        _("Positive among all, at least"),
        _("Positive among all, at most"),
        _("Below the middle, share"),
        _("In the middle, share"),
        _("Above the middle, share"),
        _("Note"),
    ]


def _choices(question: Document, language: str) -> Iterator[tuple[str, str, int | None]]:
    counts = question.get("counts")
    if counts is None:
        yield "", "", None
        return
    for option in question["options"]:
        yield option["code"], option["label"][language], counts[option["code"]]
    if question["not_relevant"]:
        yield NOT_RELEVANT, question["not_relevant"][language], question["na"]


def _figures(question: Document) -> list[Cell]:
    positive, shares = question.get("positive") or {}, question.get("shares") or {}
    return [
        *(question.get(name) for name in ("n", "N", "median", "mean", "sd", "IM", "DI")),
        positive.get("share"),
        *(positive.get("interval") or (None, None)),
        *(shares.get(name) for name in ("below", "middle", "above")),
    ]


def _cover(edition: Document) -> Iterator[Sequence[Cell]]:
    _, language = _language(edition), edition["languages"][0]
    yield [edition["title"][language]]
    yield [edition["programme_title"][language]]
    yield [_("Open until {time} ({zone}).").format(time=f"{last_minute(edition):%Y-%m-%d %H:%M}", zone=edition["timezone"])]
    yield from ([sentence] for sentence in caveats(edition, _))


def _comments(edition: Document, comments: Document) -> Iterator[Sequence[Cell]]:
    _, language = _language(edition), edition["languages"][0]
    yield [_("Question"), _("Comment")]
    for question in edition["questions"]:
        if question["kind"] != "text":
            continue
        texts = [hidden_because(question["hidden"], _)] if question["hidden"] else comments["questions"][question["id"]]
        yield from ([heading(question, edition, language, _), text] for text in texts)

"""Every file of an edition holds the figures of its JSON and no others."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pytest

from shared.exports.csv import csv_file
from shared.exports.groups import groups
from shared.exports.pptx import pptx_file
from shared.exports.table import FIGURES
from shared.exports.xlsx import xlsx_file
from shared.results.editions import Document
from tests.functions.desk.results.shown_figures import CONFIDENCE, LEAST_COMMENTS, closing, figures, numbers
from tests.shared.exported import charts_of_workbook, rows_of_csv, sheets, slides
from tests.shared.exporting import rich

EDITION = rich()
FIGURE_NAMES = [name for name, _meaning in FIGURES]


def everything(edition: Document) -> dict[tuple[str, str, str], Document]:
    """List all figures of an edition: by question, and by group as files call it."""
    found: dict[tuple[str, str, str], Document] = {}
    named = groups(edition, "en")
    for question in edition["questions"]:
        found[question["id"], "Everyone", ""] = question
        shown = [*(question.get("blocks") or ()), *(question.get("roles") or ())]
        lines = [line for line in named.parts(question) if line.found is not None]
        assert len(lines) == len(shown)
        for line, own in zip(lines, shown, strict=True):
            found[question["id"], line.level, "|".join(line.path).strip("|")] = own
    return found


def expected(found: Document) -> list[str]:
    """Write a group's figures as a CSV file does, in the order of its columns."""
    positive, shares = found.get("positive") or {}, found.get("shares") or {}
    pair: list[Any] = [None, None]
    values = [found.get("n"), found.get("N"), positive.get("x"), positive.get("share"), *(positive.get("interval") or pair)]
    values += [
        *(found.get(name) for name in ("median", "mean", "sd")),
        *(found.get("mean_interval") or pair),
        found.get("IM"),
        found.get("DI"),
    ]
    values += [*(shares.get(name) for name in ("below", "middle", "above")), *(positive.get("bounds") or pair)]
    return ["" if value is None else str(value) for value in values]


def told(edition: Document) -> Iterator[tuple[tuple[str, str, str], dict[str, str], list[str], str]]:
    """Read a CSV file: for each question and group its counts by code, its figures, and the note."""
    head, *rows = rows_of_csv(csv_file(edition))
    first, last = head.index("Group") + 1, head.index("Code")
    for key, group in groupby(rows, lambda row: (row[0], row[2], "|".join(row[first:last]).strip("|"))):
        own = list(group)
        at = head.index(FIGURE_NAMES[0])
        assert len({tuple(row[at:]) for row in own}) == 1
        yield key, {row[last]: row[last + 2] for row in own if row[last]}, own[0][at : at + len(FIGURE_NAMES)], own[0][-1]


def test_the_edition_of_these_tests_has_groups_roles_and_hidden_ones() -> None:
    assert EDITION["hidden_rows"]["small"]
    assert EDITION["hidden_rows"]["protect"]
    assert EDITION["roles"]["columns"]
    assert {question["blocks_hidden"] for question in EDITION["questions"] if question["kind"] != "text"} == {None, "protect"}
    assert [node for node in EDITION["breakdown"]["nodes"] if node["rest"]]


def test_the_csv_holds_every_figure_of_every_group_and_no_others() -> None:
    known = everything(EDITION)

    shown = {key: (counts, own) for key, counts, own, _note in told(EDITION) if any(own[:1]) or key[1] == "Everyone"}

    assert shown.keys() == known.keys()
    for key, (counts, own) in shown.items():
        assert own == expected(known[key])
        with_na = dict(known[key].get("counts") or {}) | ({"na": known[key]["na"]} if "na" in counts else {})
        assert counts == {code: str(number) for code, number in with_na.items()}


def test_the_csv_lists_every_hidden_group_with_its_reason_and_nothing_but_how_many_were_invited() -> None:
    hidden = {key: (counts, own, note) for key, counts, own, note in told(EDITION) if not own[0] and key[1] != "Everyone"}

    broken_down = sum(bool(question.get("blocks")) for question in EDITION["questions"])
    assert len(hidden) == broken_down * sum(EDITION["hidden_rows"].values())
    for counts, own, note in hidden.values():
        assert (counts, own[0], own[2:]) == ({}, "", [""] * (len(FIGURE_NAMES) - 2))
        assert note.startswith("Not shown")


def test_every_number_of_the_workbook_is_one_of_the_edition_s() -> None:
    known = {round(value, 9) for value in _leaves(EDITION)}

    found = {
        round(cell, 9) for rows in sheets(xlsx_file(EDITION)).values() for row in rows for cell in row if isinstance(cell, int | float)
    }

    assert not found - known


def _leaves(value: object) -> Iterator[int | float]:
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _leaves(item)
    elif isinstance(value, int | float):
        yield value


def test_the_workbook_s_sheets_of_groups_hold_every_count_of_every_group() -> None:
    book = sheets(xlsx_file(EDITION))
    rows = [row for name in book if name.endswith("by group") for row in book[name]]

    for question in EDITION["questions"]:
        if not (question.get("blocks") or question.get("roles")):
            continue
        start = next(at for at, row in enumerate(rows) if row[0] == question["text"]["en"])
        named = [groups(EDITION, "en").whole(question), *groups(EDITION, "en").parts(question)]
        for line, row in zip(named, rows[start + 2 :], strict=False):
            assert row[0] == line.name
            if line.found is None:
                assert row[1:4] == (line.everyone, None, line.why)
            else:
                assert row[1:3] == (line.found["N"], line.found["n"])
                counts = list((line.found["counts"] or {}).values())
                assert list(row[3 : 3 + len(counts)]) == counts


def test_the_workbook_s_charts_draw_the_counts_of_each_question() -> None:
    charts = charts_of_workbook(xlsx_file(EDITION))

    assert sorted(_drawn(chart) for chart in charts) == sorted(_expected_charts(EDITION))


def _drawn(chart: Any) -> list[float]:
    return [value for series in chart for value in series.values]


def _expected_charts(edition: Document) -> list[list[float]]:
    return [list(question["counts"].values()) for question in edition["questions"] if question.get("counts") and question["n"]]


def test_the_slides_charts_draw_the_counts_of_each_question() -> None:
    charts = [chart for slide in slides(pptx_file(EDITION)) for chart in slide.charts]

    stacks = [bar for chart in charts if len(chart) > 1 for bar in zip(*(part.values for part in chart), strict=True)]
    bars = [*stacks, *(chart[0].values for chart in charts if len(chart) == 1)]
    assert sorted(map(list, bars)) == sorted(_expected_charts(EDITION))


@pytest.mark.parametrize("language", ["en", "nb"])
def test_every_number_on_the_slides_is_one_of_the_edition_s(language: str) -> None:
    edition = EDITION | {"languages": [language]}

    said = {number for slide in slides(pptx_file(edition)) for text in slide.texts for number in numbers(text, language)}

    assert not said - figures(edition) - closing(edition) - CONFIDENCE - LEAST_COMMENTS

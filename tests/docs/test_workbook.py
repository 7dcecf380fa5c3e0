import re

import pytest

from shared.workbook.layout import PROGRAMME, SHEETS, TRANSLATED, Layout
from tests.template import ROOT

TEXT = (ROOT / "docs/workbook.md").read_text(encoding="utf-8")


def test_every_sheet_is_in_the_table_in_its_order() -> None:
    assert re.findall(r"^\| (\w+) \|", TEXT, re.MULTILINE)[1:] == [layout.name for layout in SHEETS]


@pytest.mark.parametrize("layout", [layout for layout in SHEETS if layout is not PROGRAMME], ids=lambda layout: layout.name)
def test_every_column_is_in_the_table_in_its_order(layout: Layout) -> None:
    row = next(line for line in TEXT.splitlines() if line.startswith(f"| {layout.name} |"))

    told = row.split("|")[3].strip().split(", ")

    assert told == [f"{column.heading} …" if column.kind in TRANSLATED else column.heading for column in layout.columns]

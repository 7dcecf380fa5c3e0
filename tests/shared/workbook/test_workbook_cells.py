from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from shared.workbook.cells import Refused, meaning
from shared.workbook.layout import Kind
from shared.workbook.sheets import ERROR, FORMULA


@pytest.mark.parametrize(
    ("kind", "cell", "expected"),
    [
        ("text", "  Oslo \u00a0", "Oslo"),
        ("text", "A\u030as", "\u00c5s"),
        ("text", "one\r\ntwo", "one\ntwo"),
        ("text", "=1+1", "=1+1"),
        ("text", 2026, "2026"),
        ("text", 2026.0, "2026"),
        ("text", 1.5, "1.5"),
        ("word", "Scale", "scale"),
        ("lines", " a \n\nb\n", ["a", "b"]),
        ("names", "Asker, Bærum; Follo", ["Asker, Bærum", "Follo"]),
        ("ids", "nb, en;da\nsv", ["nb", "en", "da", "sv"]),
        ("numbers", "4, 5", [4, 5]),
        ("numbers", 4, [4]),
        ("number", "12", 12),
        ("number", 12.0, 12),
        ("number", "-3", -3),
        ("date", date(2026, 8, 26), "2026-08-26"),
        ("date", datetime(2026, 8, 26, 9), "2026-08-26"),  # noqa: DTZ001 – spreadsheets know no zones
        ("date", "26.8.2026", "2026-08-26"),
        ("date", "2026-08-26 ", "2026-08-26"),
        ("date", 46260, "2026-08-26"),
        ("time", time(9, 30), "09:30"),
        ("time", "9:30", "09:30"),
        ("time", "09.30", "09:30"),
        ("time", "09:30:00", "09:30"),
        ("time", 0.375, "09:00"),
        ("time", timedelta(hours=9, minutes=5), "09:05"),
        ("time", datetime(1899, 12, 30, 15, 30), "15:30"),  # noqa: DTZ001
        ("time", datetime(2026, 8, 26, 9), "2026-08-26 at 09:00"),  # noqa: DTZ001
        ("time", "when the  last session ends", "when the last session ends"),
        ("time", "2 weeks after day-1 at 9.00", "2 weeks after day-1 at 09:00"),
        ("times", "9:00, 19:00", ["09:00", "19:00"]),
        ("times", time(19), ["19:00"]),
        ("flag", True, True),
        ("flag", "Nei", False),
        ("flag", 1, True),
        ("condition", "benefit at  least 3", {"question": "benefit", "at least": 3}),
        ("condition", "way any of mail, phone", {"question": "way", "any of": ["mail", "phone"]}),
        ("condition", "way is mail", {"question": "way", "is": "mail"}),
    ],
)
def test_a_cell_means_what_a_person_would_read_in_it(kind: Kind, cell: Any, expected: Any) -> None:
    assert meaning(kind, cell) == expected


@pytest.mark.parametrize(
    ("kind", "cell", "expected"),
    [
        ("text", True, "a text is expected here, not true or false"),
        ("text", date(2026, 1, 2), "this was taken for a date or time: format the cell as text, and write it again"),
        ("text", "a\ufeffb", "the character U+FEFF can't be shown: remove it"),
        ("text", FORMULA, "a formula: write the value itself (copy the cell, then paste only its value)"),
        ("flag", ERROR, "an error value: write what is meant"),
        ("flag", "maybe", "write yes or no"),
        ("flag", 2, "write yes or no"),
        ("number", "a dozen", "write a whole number"),
        ("number", 1.5, "write a whole number"),
        ("numbers", 4.5, "write the numbers with a semicolon between them, like `4; 5`"),
    ],
)
def test_a_cell_that_can_not_be_meant_is_refused(kind: Kind, cell: Any, expected: str) -> None:
    with pytest.raises(Refused) as refused:
        meaning(kind, cell)

    assert str(refused.value) == expected


@pytest.mark.parametrize("minute", range(0, 24 * 60, 7))
def test_every_minute_of_the_day_is_read_from_its_fraction(minute: int) -> None:
    assert meaning("time", minute / 1440) == "{:02}:{:02}".format(*divmod(minute, 60))

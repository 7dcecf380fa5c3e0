import io
import random
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.excel import Unreadable
from shared.library import library
from shared.workbook.reading import declared_in
from shared.workbook.sheets import FORMULA, sheets
from tests.broken_workbooks.making import VALID, saved, workbook

LIBRARY = library()
WHOLE = workbook()
CELLS = [
    f"{name}!{cell.coordinate}"
    for name, rows in VALID.items()
    for row in openpyxl.load_workbook(io.BytesIO(WHOLE))[name].iter_rows(max_row=len(rows) + 1)
    for cell in row
]
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
    st.sampled_from([row[0] for rows in VALID.values() for row in rows]),
    st.sampled_from(["=1/0", "#REF!", "day-1 is 3", "{session}", "yes", ";", ",", "\n", "2026-02-30", "99:99"]),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
    st.dates(min_value=date(1900, 3, 1)),
    st.datetimes(min_value=datetime(1900, 3, 1)),  # noqa: DTZ001 – spreadsheets know no zones
    st.times(),
    st.timedeltas(timedelta(0), timedelta(days=300)),
)
CHANGES = st.dictionaries(st.sampled_from(CELLS), VALUES, max_size=6)
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_filled_cells_are_given_with_their_places() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["B2"], sheet["C4"], sheet["D4"], sheet["E5"] = "x", time(9), "=1+1", "  "

    (found,) = sheets(saved(book))

    assert found.rows == {2: {2: "x"}, 4: {3: time(9), 4: FORMULA}}


@pytest.mark.slow
def test_a_row_at_the_end_of_the_sheet_is_read() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1048576"] = "x"

    assert sheets(saved(book))[0].rows == {1_048_576: {1: "x"}}


@pytest.mark.slow
@few
@given(CHANGES)
def test_changed_cells_give_a_programme_or_faults(cells: dict[str, object]) -> None:
    assert declared_in("walks", workbook(cells), LIBRARY)


@few
@given(st.integers(0, 2**32))
def test_damaged_bytes_give_a_programme_or_faults(seed: int) -> None:
    drawn = random.Random(seed)
    data = bytearray(WHOLE)
    for _ in range(drawn.randint(1, 30)):
        data[drawn.randrange(len(data))] = drawn.randrange(256)

    assert declared_in("walks", bytes(data[: drawn.randrange(len(data))] if drawn.random() < 0.2 else data))


@pytest.mark.slow
@few
@given(st.integers(0, 2**32))
def test_damaged_parts_give_a_programme_or_faults(seed: int) -> None:
    drawn = random.Random(seed)
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as old, zipfile.ZipFile(content, "w") as new:
        chosen = drawn.choice(old.namelist())
        for name in old.namelist():
            new.writestr(name, _damaged(old.read(name), drawn) if name == chosen else old.read(name))

    assert declared_in("walks", content.getvalue(), LIBRARY)


def _damaged(part: bytes, drawn: random.Random) -> bytes:
    """Put a piece of the part into another place of it, which often leaves it well-formed."""
    one, two = sorted(drawn.randrange(len(part)) for _ in range(2))
    at = drawn.randrange(len(part))
    return part[:at] + part[one : min(two, one + 40)] + part[at + drawn.randrange(3) :]


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(Unreadable):
        sheets(data)

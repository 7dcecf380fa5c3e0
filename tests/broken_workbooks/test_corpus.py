import io
import struct
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula
from ruamel.yaml import YAML

from shared.declarations.declared import Declared
from shared.library import library
from shared.workbook.reading import declared_in
from tests.broken_workbooks.making import Change, saved, workbook

pytestmark = pytest.mark.slow

CASES = YAML(typ="safe", pure=True).load(Path(__file__).with_name("corpus.yaml"))

AGAIN = "save it in Excel or LibreOffice as “Excel workbook (.xlsx)”"
DAMAGED = f"this workbook is damaged: open it and {AGAIN}"
NO_DAY = "{}: there is no day `{}`: write it in the sheet `days`, or use another"
PROTECTED = "the workbook is protected with a password: remove the password and save it again"
OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def faults(data: bytes, name: str = "walks") -> list[str]:
    found = declared_in(name, data, library())
    assert isinstance(found, list)
    return [str(fault) for fault in found]


def repacked(replaced: dict[str, bytes], data: bytes | None = None) -> bytes:
    """Replace or add parts of a workbook's package."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data or workbook())) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *replaced}:
            new.writestr(name, replaced[name] if name in replaced else old.read(name))
    return content.getvalue()


def test_the_workbook_that_the_corpus_breaks_is_valid() -> None:
    assert isinstance(declared_in("walks", workbook(), library()), Declared)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_fault_of_a_broken_workbook_is_told_with_its_cell(case: dict[str, Any]) -> None:
    assert faults(workbook(case["cells"])) == case["faults"]


def merged(book: openpyxl.Workbook) -> None:
    book["sessions"]["A3"] = None
    book["sessions"].merge_cells("A2:A3")


def far_away(book: openpyxl.Workbook) -> None:
    for row in range(2, 60):
        book["days"].cell(row, 16_384, "x")


def many_sheets(book: openpyxl.Workbook) -> None:
    for number in range(50):
        book.create_sheet(f"notes {number}")


def renamed(old: str, new: str) -> Change:
    return lambda book: setattr(book[old], "title", new)


def hidden(name: str) -> Change:
    return lambda book: setattr(book[name], "sheet_state", "hidden")


def array_formula(book: openpyxl.Workbook) -> None:
    book["days"]["G2"] = ArrayFormula("G2:G3", "=B2:B3")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            merged,
            ["sessions!A2: merged cells: split them, and fill in each", "sessions!A3: `day` is missing: write an id of the sheet `days`"],
        ),
        (hidden("staff"), ["staff!A1: this sheet is hidden: show it, or remove it"]),
        (renamed("staff", "stuff"), ["stuff!A1: this sheet is not known: did you mean `staff`?"]),
        (lambda book: book.create_sheet("Ark1"), ["Ark1!A1: this sheet is not known: remove it, or begin its name with `notes`"]),
        (lambda book: book.remove(book["rounds"]), ["rounds!A1: `rounds` is missing"]),
        (lambda book: book.remove(book["days"]), ["days!A1: `days` is missing", NO_DAY.format("gatherings!A2", "day-2")]),
        (lambda book: book.remove(book["programme"]), ["programme!A1: this sheet is missing: it declares the programme"]),
        (array_formula, ["days!G2: a formula: write the value itself (copy the cell, then paste only its value)"]),
        (far_away, ["the sheet `days` has far more cells than a programme needs: copy what is needed into a new one"]),
        (many_sheets, ["the workbook has more than 50 sheets: copy what is needed into a new one"]),
    ],
    ids=["merged", "hidden", "misspelt", "unknown", "no rounds", "no days", "no programme", "array formula", "far away", "many sheets"],
)
def test_sheets_that_can_not_be_meant_are_told(change: Change, expected: list[str]) -> None:
    assert faults(workbook(change=change))[: len(expected)] == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "the file is empty"),
        (b"email;name\n", f"this is not an Excel workbook: {AGAIN}"),
        (OLD_EXCEL, f"this is a file of the old Excel (.xls): {AGAIN}"),
        (OLD_EXCEL + "EncryptedPackage".encode("utf-16-le"), PROTECTED),
        (b"PK" + bytes(5 * 1024 * 1024), "the file is larger than 5 MB: remove what is not needed"),
        (workbook()[:-30], f"this is not an Excel workbook: {AGAIN}"),
        (repacked({"xl/workbook.bin": b""}), f"this is not an Excel workbook (.xlsx): {AGAIN}"),
        (repacked({"xl/media/x": bytes(17 * 1024**2)}), "the workbook unpacks to more than 8 MB: copy what is needed into a new one"),
        (repacked({"xl/workbook.xml": b"<workbook"}), DAMAGED),
        (repacked({"xl/worksheets/sheet1.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet>&a;"}), DAMAGED),
        (repacked({"xl/styles.xml": b"\x00"}), DAMAGED),
    ],
    ids=["empty", "text", "xls", "password", "large", "cut off", "xlsb", "bomb", "no XML", "entities", "styles"],
)
def test_a_file_that_is_no_workbook_is_refused_as_a_whole(data: bytes, expected: str) -> None:
    assert faults(data) == [expected]


def test_a_package_with_a_password_is_refused() -> None:
    data = bytearray(workbook())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        start = package.start_dir
    flags = struct.unpack_from("<H", data, start + 8)[0]
    struct.pack_into("<H", data, start + 8, flags | 1)

    assert faults(bytes(data)) == [PROTECTED]


def test_a_file_whose_name_is_no_id_is_told() -> None:
    (fault,) = faults(workbook(), "Høst 2026")

    assert fault.startswith("programme!A1: the workbook's file name is the programme's id, but `Høst 2026` is not an id")


def test_an_empty_workbook_is_told() -> None:
    assert faults(saved(openpyxl.Workbook()))[0] == "Sheet!A1: this sheet is not known: remove it, or begin its name with `notes`"

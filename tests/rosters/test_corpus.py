import io
import tracemalloc
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from ruamel.yaml import YAML

from shared.declarations.declared import Declared, declared
from shared.languages import NAMES
from shared.library import library
from shared.programmes import Programme
from shared.rosters.files import table
from shared.rosters.people import MAX_ROWS, Row, Table
from shared.rosters.template import template
from tests.template import ROOT

FILES = Path(__file__).with_name("files")
CASES = YAML(typ="safe", pure=True).load(Path(__file__).with_name("corpus.yaml"))


@pytest.fixture(scope="module")
def programme() -> Programme:
    folder = ROOT / "forms" / "kollegasamarbeid"
    found = declared("kollegasamarbeid", {path.name: path.read_bytes() for path in folder.glob("*.yaml")}, library())
    assert isinstance(found, Declared)
    return found.programme


def told(row: Row) -> str:
    person = row.participant
    seldom = {"buddy": person.buddy, "team": person.team, "gathering": ",".join(person.gatherings), "from": person.since}
    place = " › ".join([*person.units, person.role])
    return " ".join(
        [str(row.number), person.email, person.name, person.language, place, *(f"{name}={text}" for name, text in seldom.items() if text)]
    )


def test_every_file_of_the_corpus_has_its_outcome() -> None:
    assert {case["file"] for case in CASES} == {path.name for path in FILES.iterdir()}
    assert len(CASES) >= 30


@pytest.mark.parametrize("case", CASES, ids=[case["file"] for case in CASES])
def test_every_file_is_read_as_its_owner_means_it_or_refused_with_its_rows(case: dict[str, Any], programme: Programme) -> None:
    found = table((FILES / case["file"]).read_bytes(), programme)

    assert list(map(told, found.rows)) == case.get("people", [])
    assert list(map(str, found.faults)) == case.get("faults", [])
    assert list(found.unread) == case.get("unread", [])


def excel(rows: int) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["email", "name", "language", "role", "region", "school"])
    for number in range(rows):
        sheet.append([f"p{number}@example.org", f"Åse Øygarden {number}", "nb", "leader", "Follo", f"Skole {number % 240}"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.slow
def test_a_long_excel_file_takes_little_memory_and_a_longer_one_is_refused(programme: Programme) -> None:
    longest, longer = excel(MAX_ROWS), excel(MAX_ROWS + 1)

    tracemalloc.start()
    found = table(longest, programme)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert (len(found.rows), found.faults) == (MAX_ROWS, ())
    assert peak < 256 * 1024**2
    assert [str(fault) for fault in table(longer, programme).faults] == ["row 20002: a roster has at most 20,000 rows"]


def filled(data: bytes, *row: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for at, cell in enumerate(row, 1):
        book.worksheets[0].cell(2, at, cell)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("language", NAMES)
def test_a_template_filled_in_is_a_roster(language: str, programme: Programme) -> None:
    speaking = replace(programme, languages=(language,), roles={"leader": {language: "X"}, "teacher": {language: "Y"}})

    row = ("kari@example.org", "Kari", NAMES[language], "Y", "Follo", "Ås skole", "aas", "", "Blue", "2027-08-01")
    found = table(filled(template(speaking, language), *row), speaking)

    assert (found.faults, found.unread) == ((), ())
    assert told(found.rows[0]) == f"2 kari@example.org Kari {language} Follo › Ås skole › teacher team=Blue gathering=aas from=2027-08-01"


def test_a_template_offers_roles_languages_and_units_to_choose_from(programme: Programme) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template(programme, "nb", [("Follo", "Ås skole"), ("Toten", "Lena skole")])))
    lists, rules = book["lists"], book.worksheets[0].data_validations.dataValidation

    offered = {
        book.worksheets[0].cell(1, at + 1).value: [cell.value for cell in column if cell.value] for at, column in enumerate(lists.columns)
    }

    assert offered["Rolle"] == ["Leder", "Mellomleder"]
    assert offered["Språk"] == ["Norsk bokmål", "English"]
    assert offered["Region"] == ["Asker og Bærum", "Follo", "Romerike", "Toten"]
    assert offered["Skole"] == ["Lena skole", "Ås skole"]
    assert sum(rule.type == "list" for rule in rules) == 5
    assert lists.sheet_state == "hidden"


def test_a_template_that_nobody_filled_in_says_so(programme: Programme) -> None:
    assert list(map(str, table(template(programme, "en"), programme).faults)) == ["row 1: there are no participants below the header"]


def test_a_table_without_faults_says_which_columns_it_has(programme: Programme) -> None:
    found: Table = table((FILES / "utf8-comma.csv").read_bytes(), programme)

    assert found.says == {"email", "name", "language", "role", "region", "school"}

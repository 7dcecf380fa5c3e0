from collections.abc import Mapping
from pathlib import Path

import pytest

from infra.publishing import declared_by, files_in
from shared.declarations.declared import Declared
from shared.workbook.conversion import NOT_HELD, as_workbook
from shared.workbook.reading import as_files
from tests.broken_workbooks.making import workbook

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent.parent
VALID = ROOT / "tests/broken/valid"
PROGRAMMES = [VALID, *sorted(path.parent for path in ROOT.glob("forms/*/programme.yaml"))]


def declared(folder: Path, files: Mapping[str, bytes]) -> Declared:
    found = declared_by(Path("walks") if folder == VALID else folder, files)
    assert isinstance(found, Declared), [str(fault) for fault in found]
    return found


def files_back(files: Mapping[str, bytes]) -> dict[str, bytes]:
    data = as_workbook(files)
    assert isinstance(data, bytes)
    return as_files(data)


def lost(files: Mapping[str, bytes]) -> list[str]:
    found = as_workbook(files)
    assert isinstance(found, list)
    return [f"{fault.file}:{fault.line}:{fault.column}: {fault.message}" for fault in found]


@pytest.mark.parametrize("folder", PROGRAMMES, ids=lambda folder: folder.name)
def test_a_programme_is_the_same_after_it_was_a_workbook(folder: Path) -> None:
    files = files_in(folder)

    data = as_workbook(files)

    assert isinstance(data, bytes), [str(fault) for fault in data]
    before, after = declared(folder, files), declared(folder, as_files(data))
    assert after.programme == before.programme
    assert after.forms == before.forms


def test_a_workbook_is_the_same_after_it_was_a_folder() -> None:
    files = as_files(workbook())

    again = as_workbook(files)

    assert isinstance(again, bytes)
    assert as_files(again) == files


def test_comments_and_layout_are_not_part_of_what_is_said() -> None:
    files = files_in(VALID)
    noted = {**files, "day.yaml": b"# a note\n" + files["day.yaml"]}

    assert files_back(noted) == files_back(files)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("programme.yaml", "units: [North]}", 'units: ["North; and more"]}', "programme.yaml:33:57"),
        ("programme.yaml", "sender: Kursdag", 'sender: "Kursdag\u2003 "', None),
        ("day.yaml", "kind: text", "kind: text\n    scale: {points: [a, b, c], ends: 3}", "day.yaml:25:38"),
        ("day.yaml", "kind: text", "kind: text\n    if: {not: {question: benefit, is: 3}}", "day.yaml:25:9"),
        (
            "day.yaml",
            "  - id: takeaway",
            "  - section: S\n    questions:\n      - {id: q, kind: text, text: Q}\n  - id: takeaway",
            "day.yaml:13:3",
        ),
        ("day.yaml", "scale: degree", "scale: {points: [a, b, c]}\n    positive: [3]", "day.yaml:16:12"),
        ("programme.yaml", "staff:", 'continues: {programme: p, attention: ["a\\nb"]}\nstaff:', "programme.yaml:44:38"),
        ("day.yaml", "kind: text", "kind: text\n    hint: none", "day.yaml:25:11"),
    ],
    ids=[
        "a semicolon",
        "spaces",
        "a stranger in a scale",
        "a condition of conditions",
        "a question after a section",
        "what belongs to a scale outside it",
        "several lines",
        "a stranger",
    ],
)
def test_what_a_workbook_can_not_hold_is_told_with_its_place(file: str, old: str, new: str, expected: str | None) -> None:
    files = files_in(VALID)
    assert old.encode() in files[file]
    changed = {**files, file: files[file].replace(old.encode(), new.encode())}

    if expected is None:
        assert isinstance(as_workbook(changed), bytes)
    else:
        assert lost(changed)[0] == f"{expected}: {NOT_HELD}"

"""A programme as an Excel workbook, from its template to its rounds."""

from pathlib import Path

import openpyxl

from tests.e2e.command_line import CommandLine


def test_a_workbook_is_published_like_the_folder_that_says_the_same(kursdag: CommandLine, tmp_path: Path) -> None:
    book, folder = tmp_path / "sheet-course.xlsx", tmp_path / "sheet-course"
    kursdag("new", "--excel", book)
    kursdag("convert", book, folder)

    planned, same = kursdag("publish", "--plan", book), kursdag("publish", "--plan", folder)
    published, again = kursdag("publish", book), kursdag("publish", folder)

    assert planned == same
    assert [line.split()[:2] for line in planned.splitlines()[:3]] == [["new", "day-1"], ["new", "day-2"], ["new", "day-3"]]
    assert published.endswith("Published.\n")
    assert "unchanged  day-1" in again
    assert "new " not in again


def test_faults_in_a_workbook_are_told_with_their_cell_and_nothing_is_published(kursdag: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "broken-course.xlsx"
    kursdag("new", "--excel", path)
    book = openpyxl.load_workbook(path)
    book["days"]["C2"] = None
    book.save(path)

    said = [kursdag.tried(command, path) for command in ("check", "publish")]

    assert [found.code for found in said] == [1, 1]
    assert {found.err for found in said} == {f"{path}: days!C2: this text is missing in `en`\n"}
    assert kursdag.tried("status", "broken-course").code == 1

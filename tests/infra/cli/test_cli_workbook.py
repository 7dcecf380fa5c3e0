import shutil
import sys
from pathlib import Path

import pytest

from infra.cli.main import main
from tests.broken_workbooks.making import workbook

pytestmark = pytest.mark.slow

VALID = Path(__file__).parent.parent.parent / "broken/valid"


@pytest.fixture
def walks(tmp_path: Path) -> Path:
    """Write a programme's workbook."""
    path = tmp_path / "walks.xlsx"
    path.write_bytes(workbook())
    return path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    """Run a command; return its exit code."""
    monkeypatch.setattr(sys, "argv", ["kursdag", *map(str, arguments)])
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_a_workbook_without_a_fault_passes(walks: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "check", walks) == 0

    assert "1 programme without a fault: walks" in capsys.readouterr().out


def test_faults_name_the_workbook_and_the_cell(walks: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    walks.write_bytes(workbook({"days!C2": None, "sessions!G2": "=1"}))

    assert run(monkeypatch, "check", walks) == 1

    assert capsys.readouterr().err.splitlines() == [
        f"{walks}: days!C2: this text is missing in `en`",
        f"{walks}: sessions!G2: a formula: write the value itself (copy the cell, then paste only its value)",
    ]


def test_a_file_that_is_no_workbook_is_told(walks: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    walks.write_bytes(b"email;name\n")

    assert run(monkeypatch, "check", walks) == 1

    assert capsys.readouterr().err.startswith(f"{walks}: this is not an Excel workbook")


def test_workbooks_are_found_beside_folders_but_not_excels_own_files(
    walks: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(VALID, walks.parent / "hikes")
    walks.with_name("~$walks.xlsx").write_bytes(b"open")

    assert run(monkeypatch, "check", walks.parent) == 0

    assert "2 programmes without a fault: hikes, walks" in capsys.readouterr().out


def test_a_workbook_becomes_a_folder_and_the_folder_a_workbook(
    walks: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, again, back = walks.with_name("hikes"), walks.with_name("hikes-too.xlsx"), walks.with_name("back")

    assert run(monkeypatch, "convert", walks, folder) == 0
    assert run(monkeypatch, "convert", folder, again) == 0
    assert run(monkeypatch, "convert", again, back) == 0
    assert run(monkeypatch, "check", folder) == 0

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {path.name: path.read_bytes() for path in back.iterdir()}
    assert "not in the workbook" not in capsys.readouterr().err


def test_comments_that_are_left_behind_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shutil.copytree(VALID, tmp_path / "walks")
    with (folder / "day.yaml").open("a") as file:
        file.write("# more to come\n")

    assert run(monkeypatch, "convert", folder, tmp_path / "walks.xlsx") == 0

    assert "The comments in the files are not in the workbook." in capsys.readouterr().err


def test_what_a_workbook_can_not_hold_is_told_and_nothing_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shutil.copytree(VALID, tmp_path / "walks")
    day = folder / "day.yaml"
    day.write_text(
        day.read_text(encoding="utf-8").replace("kind: text", "kind: text\n    if: {not: {question: benefit, is: 3}}"), encoding="utf-8"
    )

    assert run(monkeypatch, "convert", folder, tmp_path / "walks.xlsx") == 1

    assert capsys.readouterr().err.startswith(f"{day}:25:9: a workbook can't hold this")
    assert not (tmp_path / "walks.xlsx").exists()


def test_faulty_programmes_are_not_converted(walks: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    walks.write_bytes(workbook({"days!C2": None}))

    assert run(monkeypatch, "convert", walks, walks.with_name("hikes")) == 1

    assert "days!C2" in capsys.readouterr().err
    assert not walks.with_name("hikes").exists()


@pytest.mark.parametrize("target", ["hikes", "hikes.yaml"])
def test_a_folder_is_not_converted_to_a_folder(target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "convert", VALID, tmp_path / target) == 2


def test_what_is_there_is_not_written_over_unless_told(
    walks: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = walks.with_name("hikes")
    assert run(monkeypatch, "convert", walks, folder) == 0
    assert run(monkeypatch, "convert", walks, folder) == 1
    assert run(monkeypatch, "convert", walks, folder, "--force") == 0
    assert run(monkeypatch, "convert", folder, walks) == 1
    assert run(monkeypatch, "new", "--excel", walks) == 1

    told = capsys.readouterr().err
    assert told.count("--force writes over") == 2
    assert f"{walks} exists already" in told


def test_a_file_that_would_become_part_of_the_programme_is_told(
    walks: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = walks.with_name("hikes")
    folder.mkdir()
    (folder / "evening.yaml").write_text("title: x\n")

    assert run(monkeypatch, "convert", walks, folder, "--force") == 1

    assert str(folder / "evening.yaml") in capsys.readouterr().err
    assert not (folder / "programme.yaml").exists()


def test_a_new_workbook_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "autumn-course.xlsx"

    assert run(monkeypatch, "new", "--excel", path, "--language", "da", "--language", "en") == 0
    assert run(monkeypatch, "check", path) == 0

    assert "without a fault: autumn-course" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [["autumn-course.xls"], ["Autumn course.xlsx"], ["autumn.xlsx", "--title", "Autumn"], ["autumn.xlsx", "autumn"]],
    ids=["ending", "no id", "title", "folder"],
)
def test_a_new_workbook_is_not_written_for_what_it_can_not_take(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run(monkeypatch, "new", "--excel", *arguments) == 2

    assert not list(tmp_path.iterdir())

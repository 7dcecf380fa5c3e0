"""The command line as far as it goes without a service; the rest is tested against the deployed stack."""

import sys
from pathlib import Path

import click
import pytest

from infra import service
from infra.cli.main import FAULTS, SERVICE, _answering, kursdag, main
from infra.publishing import Faulty
from tests.functions.examples import FILES
from tests.template import ROOT


@pytest.fixture(autouse=True)
def no_service(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(service, "RUN_FILE", tmp_path / "run.json")


@pytest.fixture
def walks(tmp_path: Path) -> Path:
    """Write a programme's folder."""
    folder = tmp_path / "walks"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    """Run a command; return its exit code."""
    monkeypatch.setattr(sys, "argv", ["kursdag", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def commands(group: click.Group, *above: str) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [above]
    for name, command in group.commands.items():
        found += commands(command, *above, name) if isinstance(command, click.Group) else [(*above, name)]
    return found


@pytest.mark.parametrize("command", commands(kursdag), ids=" ".join)
def test_every_command_has_help(command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, *command, "--help") == 0

    assert "Usage: kursdag" in capsys.readouterr().out


def test_files_without_a_fault_pass(walks: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "check", walks) == 0
    assert run(monkeypatch, "check", walks / "day.yaml") == 0

    assert "walks" in capsys.readouterr().out


def test_the_programme_that_comes_along_passes(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "check", ROOT / "forms") == 0

    assert "kollegasamarbeid" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"", "1:1"),
        (b"\xff\xfe\x00", "1:1"),
        (b"x" * 300_000, "1:1"),
        (b"title: a\n\tmode: b\n", "2:"),
        (b"title: {nb: a}\nmode: anonymous\n", "1:"),
    ],
    ids=["empty", "undecodable", "too large", "tab", "incomplete"],
)
def test_faults_are_told_with_file_line_and_column(
    content: bytes, place: str, walks: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (walks / "day.yaml").write_bytes(content)

    assert run(monkeypatch, "check", walks) == FAULTS == 1

    assert f"{walks / 'day.yaml'}:{place}" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["nonsense"], ["check"], ["check", "/no/such/folder"], ["jobs", "run", "nonsense"], ["--nonsense"]])
def test_wrong_usage_ends_with_2(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, *arguments) == 2


@pytest.mark.parametrize("arguments", [["status", "walks"], ["results", "walks", "day-1"], ["clock"], ["mails"], ["jobs", "run"]])
def test_without_a_service_the_way_to_start_one_is_said(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("AWS_CONFIG_FILE")

    assert run(monkeypatch, *arguments) == SERVICE == 3

    assert "make run" in capsys.readouterr().err


@pytest.mark.parametrize(
    "content", [b"", b"name,benefit\na,1\n", b"email,benefit\na@example.org,1,2,3\n", b"email\n\xff\n", b"benefit,email\n1\n"]
)
def test_a_file_of_answers_that_can_t_be_read_is_a_fault(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_bytes(content)

    with pytest.raises(Faulty, match=r"answers\.csv:1:1"):
        _answering({}, file, "seed")

"""Publishing from the command line, by the function with its own role."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.e2e.command_line import CommandLine
from tests.functions.examples import DAY, PROGRAMME

LATER = PROGRAMME.replace("2025-", "2035-")
DAY_1_ALONE = LATER.replace("for: each day", "for: day-1\n    id: day-1")


def write(folder: Path, programme: str, day: str = DAY) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "programme.yaml").write_text(programme, encoding="utf-8")
    (folder / "day.yaml").write_text(day, encoding="utf-8")
    return folder


def steps(said: str) -> list[list[str]]:
    return [line.split()[:2] for line in said.splitlines()[:-1]]


def test_rounds_come_change_and_go_while_they_have_not_opened(kursdag: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "strolls"

    first = kursdag("publish", write(folder, LATER))
    second = kursdag("publish", write(folder, DAY_1_ALONE, DAY.replace("Benefit?", "What benefit?")))
    third = kursdag("publish", folder)

    assert steps(first) == [["new", "day-1"], ["new", "day-2"]]
    assert steps(second) == [["changed", "day-1"], ["removed", "day-2"]]
    assert steps(third) == [["unchanged", "day-1"]]
    assert "removed  day-2" in kursdag("history", "strolls")
    assert "day-2" not in kursdag("status", "strolls")


def test_an_open_round_takes_a_changed_form_where_the_command_says_so(kursdag: CommandLine, tmp_path: Path) -> None:
    kursdag("clock", "reset")
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    programme = DAY_1_ALONE.replace("2035-08-26", str(yesterday)).replace("closes: 23:59", "closes: 7 days later at 20:00")
    folder = write(tmp_path / "rambles", programme)
    kursdag("publish", folder)
    write(folder, programme, DAY.replace("Benefit?", "What benefit?"))

    kept, planned, replaced = (kursdag("publish", *options, folder) for options in ((), ("--plan", "--replace"), ("--replace",)))

    assert steps(kept)[0] == ["kept", "day-1"]
    assert steps(planned)[0] == steps(replaced)[0] == ["replaced", "day-1"]
    assert "version 2 of its form" in " ".join(kursdag("status", "rambles").split())

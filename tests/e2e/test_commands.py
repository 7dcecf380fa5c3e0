"""How the command line ends where something is wrong: faults, usage, a service that can't be reached."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from infra.cli.main import kursdag as program
from infra.stack.deploying import Stack
from infra.stack.emulator import free_port
from tests.e2e.command_line import CommandLine
from tests.e2e.journey import INVITED, NAME, Journey
from tests.template import ROOT

COMMANDS = ["", "check", "publish", "roster", "roster import", "jobs", "jobs run", "clock", "mails", "status", "results", "simulate"]


def test_faults_in_files_are_told_with_their_place_and_nothing_is_published(kursdag: CommandLine, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(ROOT / "forms/kollegasamarbeid", broken)
    text = (broken / "day.yaml").read_text().replace("kind: text", "kind: essay", 1)
    (broken / "day.yaml").write_text(text)
    line = text.splitlines().index("    kind: essay") + 1

    said = [kursdag.tried(*command, broken) for command in (["check"], ["publish"])]

    assert {found.code for found in said} == {1}
    assert all(found.err.startswith(f"{broken}/day.yaml:{line}:11: ") for found in said), said
    assert kursdag.tried("status", "broken").code == 1


def test_an_empty_file_has_its_fault_at_the_beginning(kursdag: CommandLine, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(ROOT / "forms/kollegasamarbeid", broken)
    (broken / "day.yaml").write_text("")

    said = kursdag.tried("check", broken)

    assert said.code == 1
    assert f"{broken}/day.yaml:1:1: " in said.err


def test_faults_in_a_roster_are_told_with_their_row_and_nothing_is_stored(journey: Journey, tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(
        "email,name,language,role,region,school\nno address,A B,nb,leader,Follo,Granlia\nc@example.org,C D,xx,leader,Follo,Granlia\n"
    )

    said = journey.kursdag.tried("roster", "import", NAME, file)

    assert said.code == 1
    assert [part in said.err for part in (f"{file}: row 2, email: ", "row 3, language: ")] == [True, True]
    assert f"{INVITED} not in this file" not in said.out


def test_wrong_usage_has_an_exit_code_of_its_own(kursdag: CommandLine) -> None:
    commands: list[list[object]] = [
        ["nonsense"],
        ["results"],
        ["check", "/no/such/folder"],
        ["jobs", "run", "--at", "yesterday"],
        ["jobs", "run", "dance"],
    ]

    assert [kursdag.tried(*command).code for command in commands] == [2] * len(commands)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    said = CliRunner().invoke(program, [*command.split(), "--help"])

    assert (said.exit_code, said.output[:6]) == (0, "Usage:")


@pytest.mark.usefixtures("stack")
def test_a_service_that_can_not_be_reached_is_told_plainly() -> None:
    nowhere = {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{free_port()}", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "a"}

    said = CommandLine(nowhere | {"AWS_REGION": "eu-north-1", "AWS_MAX_ATTEMPTS": "1"}).tried("status", NAME)

    assert said.code == 3
    assert "Traceback" not in said.err
    assert said.err.strip()


def test_a_result_of_something_unknown_is_a_fault(kursdag: CommandLine, stack: Stack) -> None:
    said = kursdag.tried("results", "nothing", "day-1")

    assert (said.code, said.err.strip()) == (1, "nothing is not published")
    assert stack.running()

"""`make run`'s program, in a folder of its own: first start, stop, second start, a taken port."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.browser import Browser
from infra.stack.access import session
from infra.stack.emulator import free_port
from tests.e2e.command_line import CommandLine
from tests.template import ROOT

PROGRAMME = "kollegasamarbeid"
FIRST, AGAIN = 240, 15
"""Seconds that a start may take; the first one builds and deploys."""

pytestmark = pytest.mark.stack
Start = Callable[[Path, int], subprocess.Popen[str]]


@pytest.fixture(scope="module")
def start() -> Iterator[Start]:
    """Start the program; stop whatever still runs in the end."""
    started: list[subprocess.Popen[str]] = []

    def run(home: Path, port: int) -> subprocess.Popen[str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "KURSDAG_"))}
        program = [sys.executable, "-m", "infra.run", "--port", str(port)]
        environment = inherited | {"KURSDAG_HOME": str(home)}
        started.append(subprocess.Popen(program, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))
        return started[-1]

    yield run
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.communicate(timeout=60)


def ready(home: Path, process: subprocess.Popen[str], patience: int) -> dict[str, Any]:
    """Wait until a start says that it is ready; return what it says of itself."""
    file, deadline = home / ".local/run.json", time.monotonic() + patience
    while not file.exists() and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.1)
    assert file.exists(), process.communicate(timeout=60)[0] if process.poll() is not None else "not ready in time"
    time.sleep(0.1)
    told: dict[str, Any] = json.loads(file.read_text())
    return told


def stopped(process: subprocess.Popen[str]) -> str:
    """Stop a start as Ctrl-C does; return all that it said."""
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0, said
    return said


def everything(kursdag: CommandLine) -> dict[str, bytes]:
    """Ask for all that should be found again."""
    commands = {
        "json": ("results", PROGRAMME, "day-1", "--format", "json"),
        "xlsx": ("results", PROGRAMME, "day-1", "--format", "xlsx"),
        "status": ("status", PROGRAMME),
        "mails": ("mails",),
    }
    return {name: kursdag.done(*command).raw for name, command in commands.items()}


def schedules(told: dict[str, Any]) -> Any:
    return session().client("scheduler", endpoint_url=told["aws_endpoint"])


def rest_all(told: dict[str, Any]) -> None:
    """Leave the schedules resting, as a command that was killed half way does."""
    for found in schedules(told).list_schedules()["Schedules"]:
        known = schedules(told).get_schedule(Name=found["Name"])
        kept = {name: known[name] for name in ("Name", "ScheduleExpression", "FlexibleTimeWindow", "Target")}
        schedules(told).update_schedule(**kept, State="DISABLED")


@pytest.fixture(scope="module")
def run(start: Start, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Start, look, stop, start again, look, stop."""
    home, port = tmp_path_factory.mktemp("run"), free_port()
    kursdag = CommandLine({"KURSDAG_HOME": str(home)})
    seen: dict[str, Any] = {"home": home, "port": port}
    first = start(home, port)
    seen["first"] = ready(home, first, FIRST)
    seen["form"] = Browser().get(seen["first"]["open_form"])
    seen["before"] = everything(kursdag)
    seen["meanwhile"] = start(home, free_port()).communicate(timeout=60)[0]
    rest_all(seen["first"])
    other = start(tmp_path_factory.mktemp("other"), port)
    seen["taken"] = (other.communicate(timeout=60)[0], other.returncode)
    seen["said first"] = stopped(first)
    seen["file while stopped"] = (home / ".local/run.json").exists()
    seen["stopped"] = kursdag.tried("status", PROGRAMME)
    began = time.monotonic()
    second = start(home, port)
    seen["second"] = ready(home, second, FIRST)
    seen["seconds"] = time.monotonic() - began
    seen["schedules"] = [found["State"] for found in schedules(seen["second"]).list_schedules()["Schedules"]]
    seen["after"] = everything(kursdag)
    seen["form again"] = Browser().get(seen["second"]["open_form"])
    seen["said second"] = stopped(second)
    return seen


def test_the_first_start_shows_progress_and_ends_in_addresses_that_open(run: dict[str, Any]) -> None:
    said, told = run["said first"], run["first"]

    assert [word in said for word in ("Building", "Deploying", "Publishing", "Importing 60", "Ready after")] == [True] * 5
    assert told["open_form"] in said
    assert (told["ready"], told["port"]) == (True, run["port"])
    assert (run["form"].status, "<form" in run["form"].page) == (200, True)


def test_the_example_shows_a_past_day_a_day_that_is_open_and_one_to_come(run: dict[str, Any]) -> None:
    document = json.loads(run["before"]["json"])
    states = [
        next(state for state in ("result published", "open", "planned") if state in line)
        for line in run["before"]["status"].decode().splitlines()
        if "│ day-" in line
    ]

    assert states == ["result published", "open", "planned"]
    assert document["N"] == 60
    assert 30 < document["n"] < 60


def test_ctrl_c_stops_cleanly_and_commands_then_say_that_nothing_runs(run: dict[str, Any]) -> None:
    assert "Everything is kept" in run["said first"]
    assert "Traceback" not in run["said first"] + run["said second"]
    assert run["file while stopped"] is False
    assert run["stopped"].code == 3
    assert "make run" in run["stopped"].err


def test_the_second_start_is_quick_and_finds_everything_as_it_was(run: dict[str, Any]) -> None:
    assert [word in run["said second"] for word in ("Building", "Publishing", "Inviting")] == [False] * 3
    assert run["seconds"] < AGAIN, run["said second"]
    assert run["after"] == run["before"]
    assert run["second"]["open_form"] == run["first"]["open_form"]
    assert "<form" in run["form again"].page


def test_schedules_that_a_killed_command_left_resting_run_again_after_a_start(run: dict[str, Any]) -> None:
    assert run["schedules"] == ["ENABLED"] * 3


def test_a_taken_port_is_said_plainly_with_another_to_choose(run: dict[str, Any]) -> None:
    said, code = run["taken"]

    assert f"Port {run['port']} is taken" in said
    assert f"make run PORT={run['port'] + 1}" in said
    assert "Traceback" not in said
    assert code == 3


def test_a_second_start_in_the_same_folder_names_the_first(run: dict[str, Any]) -> None:
    assert f"already running on port {run['port']}" in run["meanwhile"]


def test_no_file_that_a_run_leaves_as_a_log_holds_a_link_or_an_address(run: dict[str, Any]) -> None:
    token = run["first"]["open_form"].rsplit("/", 1)[1]
    logs = [path.read_text(errors="replace") for path in (run["home"] / ".local").rglob("*.log*")]

    assert logs
    assert not [text for text in logs if token in text or "@example.org" in text]


def test_a_port_that_another_program_listens_on_is_told_before_anything_is_made(start: Start, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        process = start(tmp_path, other.getsockname()[1])
        said, _ = process.communicate(timeout=60)

    assert (process.returncode, "is taken" in said) == (3, True)
    assert not (tmp_path / ".local/run.json").exists()

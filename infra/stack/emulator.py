"""The emulator as a process: started on a port with its state in a folder, stopped so that the state is kept."""

import fcntl
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from infra.stack import mails as stack_mails
from infra.stack.access import HOST, REGION

TOOLS = Path(__file__).resolve().parent.parent.parent / ".tools"
PATIENCE = 60
"""Seconds in which the emulator starts, or stops and saves its state."""

WORN = "worn-"
"""What the names of folders begin with that are being deleted."""


class PortTaken(Exception):
    """Another program listens on the port."""


class AlreadyRunning(Exception):
    """Another process of Kursdag uses this state folder."""


class NotReady(Exception):
    """The emulator did not start."""


@dataclass(frozen=True)
class Emulator:
    """A running emulator."""

    state: Path
    port: int
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """Stop it and wait until its state is saved."""
        if self.running():
            stack_mails.keep(self.port)
        self.process.terminate()
        self.process.wait(PATIENCE)

    def running(self) -> bool:
        """Tell whether it still runs."""
        return self.process.poll() is None


def start(state: Path, port: int) -> Emulator:
    """Start the emulator with the state that a folder holds, and wait until it takes requests."""
    state.mkdir(parents=True, exist_ok=True)
    with (state / "lock").open("w") as lock:
        _take(lock.fileno(), state)
        _refuse_taken(port)
        _forget_scratch(state)
        _rename_queues(state, port)
        process = _launch(state, port, lock.fileno())
    (state / "process.json").write_text(json.dumps({"emulator": process.pid, "owner": os.getpid(), "port": port}))
    emulator = Emulator(state, port, process)
    _wait_until_ready(emulator)
    return emulator


def _take(lock: int, state: Path) -> None:
    """Take the folder's lock, which the emulator then holds while it lives; stop one whose owner was killed."""
    if _locked(lock) and not _owner_lives(state):
        stop_other(state)
    if _locked(lock):
        raise AlreadyRunning(f"Kursdag is already running on port {_noted(state).get('port', '?')}")


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


def _noted(state: Path) -> dict[str, int]:
    try:
        noted: dict[str, int] = json.loads((state / "process.json").read_text())
    except (OSError, ValueError):
        return {}
    return noted


def _owner_lives(state: Path) -> bool:
    try:
        os.kill(_noted(state)["owner"], 0)
    except (KeyError, ProcessLookupError):
        return False
    return True


def stop_other(state: Path) -> bool:
    """Stop the emulator that another process started in this folder; tell whether there was one."""
    if not (state / "lock").exists():
        return False
    with (state / "lock").open("w") as lock:
        if not _locked(lock.fileno()):
            return False
        noted = _noted(state)
        with suppress(OSError, http.client.HTTPException):
            stack_mails.keep(noted["port"])
        os.kill(noted["emulator"], signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        while _locked(lock.fileno()) and time.monotonic() < deadline:
            time.sleep(0.1)
    return True


def free_port() -> int:
    """Find a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PortTaken(f"port {port} is taken") from error


def _forget_scratch(state: Path) -> None:
    """Empty the folder in which the emulator unpacks functions: it leaves them behind.

    They are tens of thousands of files. Deleting them can take longer than all the rest of a start, so it goes on beside it.
    """
    scratch = state / "tmp"
    if scratch.exists():
        scratch.rename(state / f"{WORN}{time.time_ns()}")
    scratch.mkdir()
    for worn in state.glob(f"{WORN}*"):
        threading.Thread(target=shutil.rmtree, args=(worn,), kwargs={"ignore_errors": True}, daemon=True).start()


def _rename_queues(state: Path, port: int) -> None:
    """Move what an earlier run left to this port: the emulator finds a queue by its address, port included."""
    for service in ("sqs", "lambda", "cloudformation"):
        path = state / "state" / f"{service}.json"
        if path.exists():
            path.write_text(re.sub(r"//localhost:\d+/", f"//localhost:{port}/", path.read_text()))


def _launch(state: Path, port: int, lock: int) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PYTHON"))}
    with (state / "ministack.log").open("ab") as log:
        return subprocess.Popen(
            [TOOLS / "ministack/bin/python", "-m", "ministack"],
            cwd=state,
            env=environment | _settings(state, port),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[lock],
            start_new_session=True,  # Ctrl-C is for us: we stop it when we have finished
        )


def _settings(state: Path, port: int) -> dict[str, str]:
    return {
        "GATEWAY_PORT": str(port),
        "BIND_HOST": HOST,
        "MINISTACK_REGION": REGION,
        "AUTH": "true",
        "PERSIST_STATE": "1",
        "STATE_DIR": str(state / "state"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(state / "s3"),
        "TMPDIR": str(state / "tmp"),
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "LOG_LEVEL": "WARNING",  # finer levels write request paths, and those hold participants' links
    }


def _wait_until_ready(emulator: Emulator) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and emulator.running():
        if _ready(emulator.port):
            return
        time.sleep(0.1)
    emulator.process.kill()
    raise NotReady(f"the emulator did not start; see {emulator.state / 'ministack.log'}")


def _ready(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/_ministack/ready")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()

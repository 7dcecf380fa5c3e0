"""`make run`: the whole service on this machine, with an example programme, until Ctrl-C."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from types import FrameType

from infra import example, jobs, start
from infra.publishing import Faulty
from infra.service import HOME, RUN_FILE, Service, Unavailable, connect
from infra.stack import deploying as stack
from infra.stack.deploying import DeployFailed
from infra.stack.emulator import AlreadyRunning, NotReady, PortTaken

FAILED = 3
PATIENCE = 20
"""Seconds in which work that the start page began may end before everything is stopped."""


class Stopped(Exception):
    """Somebody asked us to stop."""


def main() -> None:
    """Start the service, prepare the example, and stay until stopped."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    arguments = _arguments()
    try:
        _run(arguments.port, arguments.programme)
    except (Stopped, KeyboardInterrupt):
        _say("Stopped. Everything is kept; `make run` goes on from here, `make reset` forgets it.")
    except PortTaken:
        _fail(f"Port {arguments.port} is taken by another program. Choose another one: make run PORT={arguments.port + 1}")
    except AlreadyRunning as error:
        _fail(f"{error}. Stop it there with Ctrl-C first.")
    except Faulty as faulty:
        _fail("\n".join(faulty.faults))
    except (DeployFailed, NotReady, Unavailable) as error:
        _fail(str(error))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=4566)
    parser.add_argument("--programme", default="kollegasamarbeid")
    return parser.parse_args()


def _run(port: int, programme: str) -> None:
    started = time.monotonic()
    running = stack.start(HOME, port, _say)
    try:
        running.deploy()
        os.environ.update(stack.environment(port))
        service = connect()
        jobs.wake_schedules(service)
        example.prepare(service, programme, _say)
        _serve(running, service, programme, started)
    finally:
        RUN_FILE.unlink(missing_ok=True)
        running.stop()


def _serve(running: stack.Stack, service: Service, programme: str, started: float) -> None:
    """Serve the start page, say where everything is, and stay."""
    work = start.Work()
    page = start.opened(service, running.emulator.port, work)
    try:
        email, link = example.open_form(service, programme)
        _write_run_file(running, page.address, email, link)
        _say(f"Ready after {time.monotonic() - started:.0f} s.\n{_addresses(programme, page.address, email, link)}")
        while running.running():
            time.sleep(0.5)
        raise NotReady(f"the emulator stopped by itself; see {running.emulator.state / 'ministack.log'}")
    finally:
        page.stop()
        work.wait(PATIENCE)


def _write_run_file(running: stack.Stack, start_page: str, email: str, link: str) -> None:
    """Tell programs where everything is; the file exists while the service is ready."""
    told = {
        "ready": True,
        "pid": os.getpid(),
        "port": running.emulator.port,
        "start_page": start_page,
        "aws_endpoint": running.address,
        "base_address": running.base_address,
        "participant": email,
        "open_form": link,
    }
    RUN_FILE.write_text(json.dumps(told, indent=1) + "\n")


def _addresses(programme: str, start_page: str, email: str, link: str) -> str:
    kursdag = ".venv/bin/kursdag"
    return f"""
  Start here        {start_page}
                    (mailbox, ways in, results, the stack's clock, jobs)

  An open form      {link}
                    (the link of {email})
  The mails         {kursdag} mails
  The rounds        {kursdag} status {programme}
  A result          {kursdag} results {programme} {example.past_round(programme)}
  What more         {kursdag} --help

Ctrl-C stops the service and keeps its data."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise Stopped


def _say(text: str) -> None:
    print(text, flush=True)


def _fail(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
    sys.exit(FAILED)


if __name__ == "__main__":
    main()

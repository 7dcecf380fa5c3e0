"""What end-to-end tests share: the command line, a browser, one journey, a round that is open now, and what no log may hold."""

import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from infra.stack.deploying import Stack
from shared.logs import logger
from tests.e2e.command_line import CommandLine
from tests.e2e.journey import Journey, travelled
from tests.e2e.lives import Ground
from tests.e2e.open_rounds import OpenRound, opened
from tests.e2e.unspoken import Unspoken, logged

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def unspoken(stack: Stack) -> Iterator[Unspoken]:
    """Collect the tokens, addresses and texts of all end-to-end tests on a stack; in the end none of them may stand in any log of it."""
    collected = Unspoken()
    yield collected
    assert collected.found(dict(logged(stack, collected))) == {}


@pytest.fixture(scope="session")
def kursdag(stack: Stack) -> CommandLine:
    """Run the command line against the tests' stack."""
    return CommandLine.for_stack(stack)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def journey(
    stack: Stack, kursdag: CommandLine, chromium: Browser, unspoken: Unspoken, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Journey]:
    """Travel once from a programme's files to its published result."""
    folder: Path = tmp_path_factory.mktemp("journey")
    yield travelled(stack, kursdag, chromium, unspoken, folder)
    kursdag("clock", "reset")


@pytest.fixture(scope="session")
def ground(stack: Stack, chromium: Browser, unspoken: Unspoken) -> Ground:
    """Stand ready for whole programmes."""
    return Ground(stack, chromium, unspoken)


@pytest.fixture
def open_round(stack_settings: Mapping[str, str], monkeypatch: pytest.MonkeyPatch, unspoken: Unspoken) -> OpenRound:  # noqa: ARG001
    """Publish a course day on the stack that is open now, for code in this process; its clock is the real one, as on AWS."""
    monkeypatch.setenv("STAGE", "test")
    monkeypatch.setattr(logger.registered_handler, "stream", unspoken.log)
    return opened(int(time.time()), unspoken)

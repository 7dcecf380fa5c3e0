"""Long work that a page begins: one piece at a time, in a thread of its own, telling how far it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Literal

from botocore.exceptions import BotoCoreError, ClientError

from infra.service import Unavailable
from shared.logs import logger

Steps = Callable[[], Iterator[str]]
"""Does the work; yields a line for the reader after each step."""


@dataclass(slots=True)
class Task:
    """One piece of work, as it goes on."""

    title: str
    state: Literal["under way", "done", "failed"] = "under way"
    lines: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> int:
        """Tell for how long it has been going on."""
        return round(time.monotonic() - self.began)


class Work:
    """What is being done, or was done last."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._thread: Thread | None = None
        self.latest: Task | None = None

    def begin(self, title: str, steps: Steps) -> bool:
        """Begin a piece of work; tell whether that was possible: not while another is under way."""
        with self._lock:
            if self.latest and self.latest.state == "under way":
                return False
            self.latest = task = Task(title)
            self._thread = Thread(target=_carry_out, args=(task, steps), daemon=True)
            self._thread.start()
        return True

    def wait(self, seconds: float) -> None:
        """Wait until nothing is under way, but not for longer than this."""
        if self._thread:
            self._thread.join(seconds)


def _carry_out(task: Task, steps: Steps) -> None:
    try:
        for line in steps():
            task.lines.append(line)
        task.state = "done"
    except (Unavailable, BotoCoreError, ClientError) as error:
        _fail(task, str(error))
    except Exception as error:
        logger.exception("work failed")
        _fail(task, f"A fault of ours, {type(error).__name__}; the terminal of “make run” says where.")


def _fail(task: Task, line: str) -> None:
    task.lines.append(line)
    task.state = "failed"

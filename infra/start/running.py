"""What the start page's views are given: the running service, its mails, and the work that is under way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from flask import current_app

from infra.service import Service
from infra.stack.mails import Mail
from infra.start.work import Work

NAME = "kursdag"


@dataclass(frozen=True, slots=True)
class Running:
    """The service on this machine."""

    service: Service
    mails: Callable[[], Sequence[Mail]]
    """Reads every mail that was sent, the oldest first."""
    work: Work = field(default_factory=Work)

    @property
    def base_address(self) -> str:
        """What the addresses of participants' and staff's pages begin with."""
        return self.service.outputs["BaseAddress"]


def running() -> Running:
    """Return what the application was made for."""
    found: Running = current_app.extensions[NAME]
    return found

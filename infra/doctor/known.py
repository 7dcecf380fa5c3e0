"""What the doctor can know of a stack: the shapes of the facts that `doctor_facts` reads and `doctor` judges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from infra.doctor.sign_in import SignIn
from shared.store.desk_reconciliation import Reconciled

LATE = 15 * 60
"""Seconds after which a job that runs every five minutes has missed two runs."""

A_DAY = 24 * 3600
"""Seconds after which a job that runs at night has missed a night."""

RECOVERY = {"Published": True, "Roster": True, "Desk": True, "Invitations": False, "Box": False, "Letters": False, "Keys": False}
"""Each table, and whether it has point-in-time recovery: never where a recovered state would tell who answered what."""

KEPT = tuple(table for table, wanted in RECOVERY.items() if wanted)
PRIVATE = tuple(table for table, wanted in RECOVERY.items() if not wanted)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A fact that AWS did not tell, and the code of its refusal."""

    code: str


@dataclass(frozen=True, slots=True)
class Sender:
    """The address that mails come from, with its domain."""

    address: str
    verified: bool
    signed: bool
    """Whether mails are signed with DKIM."""


@dataclass(frozen=True, slots=True)
class Mail:
    """The account's standing with the mail service."""

    sandboxed: bool
    paused: bool
    health: str
    daily: int
    """Mails that may be sent in 24 hours; -1 is without limit."""
    sent: int


@dataclass(frozen=True, slots=True)
class Heart:
    """How long ago a job last ran to its end, in seconds; None before its first run."""

    age: int | None
    clock_moved: bool
    """Whether the local stack's clock stands elsewhere than the job's may have stood."""
    at_night: bool = False
    """Whether the job runs at night, and not every five minutes."""

    @property
    def is_late(self) -> bool:
        """Tell whether the last run is too long ago."""
        return self.age is not None and self.age > (A_DAY if self.at_night else LATE)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is known of a stack. By table, job, trail, function or key where there are several."""

    is_local: bool
    sender: Sender | Unreadable
    mail: Mail | Unreadable
    largest_roster: int | Unreadable
    schedules: Mapping[str, str] | Unreadable
    heartbeats: Mapping[str, Heart] | Unreadable
    dead_letters: int | Unreadable
    dead_events: int | Unreadable
    dead_editions: int | Unreadable
    stopped: str | Unreadable
    """Why Kursdag has stopped sending; empty where it has not."""
    recovery: Mapping[str, bool] | Unreadable
    backups: Mapping[str, int] | Unreadable
    streams: Mapping[str, bool] | Unreadable
    protection: Mapping[str, bool] | Unreadable
    insights: Mapping[str, bool] | Unreadable
    trails: Mapping[str, Sequence[str]] | Unreadable
    """The private tables of which a trail records data events."""
    access_log: bool | Unreadable
    retention: Mapping[str, int | None] | Unreadable
    rotation: Mapping[str, bool] | Unreadable
    sign_in: SignIn | Unreadable
    reconciled: Reconciled | Unreadable | None
    """What the nightly comparison of figures has found; None before the first."""

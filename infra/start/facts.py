"""What the start page tells of the running service: programmes and rounds, clock and queue."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from zoneinfo import ZoneInfo

from infra import jobs
from infra.service import Service
from infra.states import told_state
from infra.times import written
from shared import clock
from shared import queue as sqs
from shared.languages import Text
from shared.programmes import Programme
from shared.rounds import SETTLE, Round, closes, opens
from shared.schedule import message_times
from shared.settings import setting
from shared.store import invitations, published, recent
from shared.store.client import client
from shared.store.invitations import Invitation

OPENING = 5 * 60
"""Seconds after a round's opening at which its mails are certainly due: the schedule's interval."""

COUNTING = SETTLE + 60
"""Seconds after a round's closing at which its answers may be counted, with a minute to spare."""


@dataclass(frozen=True, slots=True)
class RoundTold:
    """A round, with who was asked."""

    round: Round
    title: str
    state: str
    """"planned", "open", "closed" or "result published"."""
    opens: str
    last_minute: str
    invited: Sequence[Invitation]

    @property
    def sent(self) -> int:
        """Count those whose mail has gone out."""
        return sum(item.mail == "sent" for item in self.invited)


@dataclass(frozen=True, slots=True)
class ProgrammeTold:
    """A programme and its rounds, the earliest first."""

    programme: Programme
    title: str
    rounds: Sequence[RoundTold]


def programmes(now: int) -> list[ProgrammeTold]:
    """Tell of every programme that is published."""
    found = (published.programme(name) for name in _names())
    return [_told(programme, now) for programme in found if programme]


def _names() -> list[str]:
    """Name every programme. No function may ask this: it reads the whole table, which is small on this machine."""
    pages = (
        client()
        .get_paginator("scan")
        .paginate(
            TableName=setting("PUBLISHED_TABLE"),
            FilterExpression="sk = :programme",
            ExpressionAttributeValues={":programme": {"S": "PROGRAMME"}},
            ProjectionExpression="pk",
        )
    )
    return sorted(item["pk"]["S"].removeprefix("PROGRAMME#") for page in pages for item in page["Items"])


def _told(programme: Programme, now: int) -> ProgrammeTold:
    rounds = sorted(published.rounds(programme.id).values(), key=lambda found: (opens(found), closes(found)))
    return ProgrammeTold(programme, in_english(programme.title), [_round(programme, found, now) for found in rounds])


def _round(programme: Programme, found: Round, now: int) -> RoundTold:
    zone = ZoneInfo(programme.timezone)
    return RoundTold(
        found,
        title=in_english(recent.round_title(programme, found)),
        state=told_state(found, now),
        opens=written(opens(found), zone),
        last_minute=written(closes(found) - 60, zone),
        invited=list(invitations.invited(found.ref)),
    )


def in_english(text: Text) -> str:
    """Return a text in English, or else in the programme's first language."""
    return text.get("en") or next(iter(text.values()))


@dataclass(frozen=True, slots=True)
class Clock:
    """The stack's clock."""

    now: int
    offset: int

    @property
    def text(self) -> str:
        """Write the time it shows."""
        return written(self.now)

    @property
    def moved(self) -> str:
        """Say by how much it was moved; empty where it shows the real time."""
        if not self.offset:
            return ""
        days, rest = divmod(abs(self.offset), 86400)
        hours, minutes = divmod(rest // 60, 60)
        parts = [
            f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in ((days, "day"), (hours, "hour"), (minutes, "minute")) if count
        ]
        return f"{' '.join(parts) or 'less than a minute'} {'ahead of' if self.offset > 0 else 'behind'} the real time"


def stack_clock() -> Clock:
    """Read the stack's clock."""
    now = clock.wall_time()
    return Clock(now, now - int(time.time()))


@dataclass(frozen=True, slots=True)
class Next:
    """The moment as of which the jobs have something to do."""

    moment: int
    what: str


def next_moment(told: Iterable[ProgrammeTold], now: int) -> Next | None:
    """Find the next moment as of which the jobs have something to do."""
    return min(chain.from_iterable(_coming(programme, now) for programme in told), key=lambda found: found.moment, default=None)


def _coming(told: ProgrammeTold, now: int) -> Iterator[Next]:
    yield from _messages(told, now)
    yield from (found for item in told.rounds if (found := _next(item, now)))


def _messages(told: ProgrammeTold, now: int) -> Iterator[Next]:
    days = {day.id: day for day in told.programme.days}
    for message in told.programme.messages:
        times = message_times(message, days[message.day], told.programme.timezone).values()
        yield from (Next(at + OPENING, f"“{in_english(message.title)}” is mailed") for at in times if at > now)


def _next(told: RoundTold, now: int) -> Next | None:
    """Find a round's next moment: each of its gatherings opens, and after the last of them the answers are counted."""
    coming = [window.opens for window in told.round.windows.values() if window.opens > now]
    if coming:
        return Next(min(coming) + OPENING, f"“{told.title}” opens, and its mails go out")
    if told.round.edition is None and told.round.mode != "personal":
        return Next(max(now, closes(told.round) + COUNTING), f"“{told.title}” is over, and its answers are counted")
    return None


@dataclass(frozen=True, slots=True)
class Queue:
    """How many mails are on their way."""

    waiting: int
    being_sent: int
    dead: int


def queue(service: Service) -> Queue:
    """Count the mails on their way."""
    waiting, being_sent = _counted(service.outputs["SendQueue"])
    return Queue(waiting, being_sent, sum(_counted(service.outputs["DeadLetters"])))


def _counted(address: str) -> tuple[int, int]:
    """Count the messages that wait in a queue, and those that somebody has taken and not finished."""
    found = sqs.client().get_queue_attributes(QueueUrl=address, AttributeNames=jobs.COUNTS)["Attributes"]
    seen, taken, delayed = (int(found[name]) for name in jobs.COUNTS)
    return seen + delayed, taken

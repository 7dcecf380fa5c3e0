"""A day of mailing on a clock of its own: the queue with its delays, workers side by side, a mail service that limits and throttles."""

import heapq
import json
import random
from collections import Counter
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from functions.invite.handing import INTERVAL
from shared import mail, queue
from tests.functions.examples import invite, record, send

LATENCY = 0.12
"""Seconds from one mail of a worker to its next."""

BATCH = 10


@dataclass
class Limits:
    """What the mail service takes."""

    rate: float = 14
    a_day: float = 50_000
    throttled: float = 0.0
    """The share of mails that it turns away for no reason of ours."""


@dataclass
class World:
    """Everything outside the functions."""

    now: float
    limits: Limits
    workers: int = 10
    sent: list[tuple[float, str]] = field(default_factory=list)
    """When each mail was taken, and to whom."""
    refused: int = 0

    def __post_init__(self) -> None:
        self._waiting: list[tuple[float, int, str]] = []
        self._count = 0
        self._by_second: Counter[int] = Counter()
        self._chance = random.Random(8)

    def stand_in(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Take the place of the clock, of SQS and of SES, at the edge."""
        monkeypatch.setenv("STAGE", "test")
        monkeypatch.setattr("shared.clock.time", SimpleNamespace(time=lambda: self.now))
        monkeypatch.setattr("functions.send.delivering.time", SimpleNamespace(sleep=self._sleep))
        queue.client().meta.events.register("before-call.sqs.SendMessageBatch", self._queue)
        mail.client().meta.events.register("before-parameter-build.sesv2.SendEmail", self._see)
        mail.client().meta.events.register_first("before-call.sesv2.SendEmail", self._take)
        mail.client().meta.events.register_first("before-call.sesv2.GetAccount", self._account)

    def _sleep(self, seconds: float) -> None:
        self.now += seconds

    def _queue(self, params: dict[str, Any], **_: Any) -> Any:
        entries = json.loads(params["body"])["Entries"]
        for entry in entries:
            self._count += 1
            heapq.heappush(self._waiting, (self.now + entry.get("DelaySeconds", 0), self._count, entry["MessageBody"]))
        return SimpleNamespace(status_code=200), {"Successful": [{"Id": entry["Id"]} for entry in entries]}

    def _see(self, params: dict[str, Any], **_: Any) -> None:
        (self._reader,) = params["Destination"]["ToAddresses"]

    def _take(self, **_: Any) -> Any:
        self.now += LATENCY
        full = self._by_second[int(self.now)] >= self.limits.rate
        if full or self._chance.random() < self.limits.throttled:
            self.refused += 1
            return SimpleNamespace(status_code=429), {"Error": {"Code": "TooManyRequestsException", "Message": "no"}}
        self._by_second[int(self.now)] += 1
        self.sent.append((self.now, self._reader))
        return SimpleNamespace(status_code=200), {"MessageId": str(len(self.sent))}

    def _account(self, **_: Any) -> Any:
        lately = sum(at > self.now - 86_400 for at, _ in self.sent)
        quota = {"Max24HourSend": self.limits.a_day, "MaxSendRate": self.limits.rate, "SentLast24Hours": float(lately)}
        return SimpleNamespace(status_code=200), {"SendingEnabled": True, "SendQuota": quota}

    def run(self, start: int, seconds: int) -> None:
        """Let the schedule fire every five minutes, and the workers take what the queue has for them."""
        free = [float(start)] * self.workers
        for planned in range(start, start + seconds, INTERVAL):
            self.now = planned
            invite(planned)
            self._work(free, planned + INTERVAL)

    def _work(self, free: list[float], until: float) -> None:
        heapq.heapify(free)
        while self._waiting and max(free[0], self._waiting[0][0]) < until:
            self.now = max(heapq.heappop(free), self._waiting[0][0])
            send(record(body, str(number)) for number, body in enumerate(self._visible()))
            heapq.heappush(free, self.now)

    def _visible(self) -> list[str]:
        taken: list[str] = []
        while self._waiting and self._waiting[0][0] <= self.now and len(taken) < BATCH:
            taken.append(heapq.heappop(self._waiting)[2])
        return taken

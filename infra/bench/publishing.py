"""What publishing a long programme takes: 40 days with forms of 15 questions, on the wall, the emulator's own work included."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from functions.publish.handler import handler as publish
from infra.bench.figures import Figure, Samples, Section
from infra.bench.measuring import MILLI
from infra.times import iso
from shared.store.client import Item, client

DAYS, QUESTIONS = 40, 15
MOST = 3_000
"""Milliseconds that publishing all of it may take."""

Put = tuple[str, Item]
"""A table's name, and what is put into it."""

HEAD = """\
title: {en: A long programme}
languages: [en]
timezone: Europe/Oslo
sender: The office
contact: {name: The office, email: office@example.org}
controller: The county
data_protection: {name: The officer, email: privacy@example.org}
legal_basis: {en: Article 6}
complaints: The authority
units: [school]
roles:
  leader: {en: Leader}
"""
ROUNDS = "rounds:\n  - {form: day, for: each day, closes: 23:59}\n"
FORM = "title: {en: The day}\nmode: anonymous\nquestions:\n"
SCALE = "[{en: Not at all}, {en: Little}, {en: Somewhat}, {en: Much}, {en: Very much}]"


def files() -> dict[str, bytes]:
    """Write the files of the programme; what is asked of each day's session makes each day's form one of its own."""
    days = "".join(map(_day, range(1, DAYS + 1)))
    questions = "".join(map(_question, range(1, QUESTIONS)))
    session = (
        f"  - {{id: session, kind: scale, repeat: session, text: {{en: 'How useful was {{session}}?'}}, scale: {{points: {SCALE}}}}}\n"
    )
    return {"programme.yaml": f"{HEAD}days:\n{days}{ROUNDS}".encode(), "day.yaml": f"{FORM}{questions}{session}".encode()}


def _day(number: int) -> str:
    held = date(2035, 1, 1) + timedelta(days=7 * number)
    session = f"{{id: talk-{number}, title: {{en: Talk {number}}}, start: 09:00, end: 11:00}}"
    return f"  - {{id: day-{number}, title: {{en: Day {number}}}, date: {held}, place: Oslo, sessions: [{session}]}}\n"


def _question(number: int) -> str:
    return f"  - {{id: question-{number}, kind: scale, text: {{en: 'How useful was part {number}?'}}, scale: {{points: {SCALE}}}}}\n"


def publishing(repetitions: int) -> Section:
    """Measure publishing the programme under a new name each time, beside bare puts of the very same items, one after the other."""
    with _recorded() as puts:
        _publish("long")
    ours, floor = [], []
    for number in range(repetitions):
        ours.append(_spent(lambda: _publish(f"long-{number}")))  # noqa: B023 – called at once
        floor.append(_spent(lambda: _put_all(puts)))
    published = Samples(f"publishing {DAYS} days with {QUESTIONS} questions each", tuple(ours))
    bare = Samples(f"bare puts of the same {len(puts)} items", tuple(floor))
    return Section("Publishing", [Figure("ms on the wall", published, bare, most=MOST)])


def _publish(name: str) -> None:
    encoded = {file: base64.b64encode(content).decode() for file, content in files().items()}
    said = publish({"time": iso(time.time()), "programme": name, "files": encoded}, None)
    if not said.get("published"):
        raise ValueError(said)


@contextmanager
def _recorded() -> Iterator[list[Put]]:
    """Record what is put meanwhile, by itself or in a transaction."""
    puts: list[Put] = []

    def note(params: dict[str, Any], **_: Any) -> None:
        parts = [part["Put"] for part in params["TransactItems"]] if "TransactItems" in params else [params]
        puts.extend((part["TableName"], part["Item"]) for part in parts)

    names = [f"provide-client-params.dynamodb.{operation}" for operation in ("PutItem", "TransactWriteItems")]
    for name in names:
        client().meta.events.register(name, note)
    try:
        yield puts
    finally:
        for name in names:
            client().meta.events.unregister(name, note)


def _put_all(puts: list[Put]) -> None:
    for table, item in puts:
        client().put_item(TableName=table, Item=item)


def _spent(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return MILLI * (time.perf_counter() - began)

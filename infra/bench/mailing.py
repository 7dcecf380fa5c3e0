"""What planning and sending mails take: CPU of the functions' processes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import boto3

from functions.invite.rounds import forms_due
from functions.send.asking import send_errand
from infra.bench.desk import AT_ONCE
from infra.bench.figures import Figure, Section
from infra.bench.ground import Ground
from infra.bench.measuring import WARMING, Work, in_turns, warm
from shared import mail
from shared.queue import Errand
from shared.rosters.people import Participant
from shared.settings import setting
from shared.store import published, roster
from shared.store.client import SCHEMA, key

CPU = "ms CPU"
DUE = 100
"""Mails that are due while others are on file."""

MOST = 60
"""Milliseconds that one mail may take."""


def planning(ground: Ground, on_file: tuple[int, ...], repetitions: int, each: int) -> Section:
    """Measure planning a hundred mails while more and more people are on file elsewhere."""
    enrol(ground, DUE)
    forms_due(ground.round, ground.now)
    figures, filed = [], 0
    floor = None
    for count in on_file:
        _file(filed, count)
        filed = count
        works: list[tuple[str, Work]] = [(f"planning {DUE} mails, {count:,} on file", lambda: forms_due(ground.round, ground.now))]
        warm(works)
        (ours,) = in_turns(works, repetitions, each)
        floor = floor or ours
        figures.append(Figure(CPU, ours, floor, most_ratio=1.2))
    return Section("Planning mails", figures)


def sending(ground: Ground, repetitions: int, each: int) -> Section:
    """Measure sending one mail beside a bare call of the mail service."""
    total = repetitions * each + WARMING
    errands = _errands(ground, total)
    message: Any = {"Simple": {"Subject": {"Data": "Hello"}, "Body": {"Text": {"Data": "Hello"}}}}
    client, sender = mail.client(), setting("SENDER")

    def bare() -> None:
        client.send_email(FromEmailAddress=sender, Destination={"ToAddresses": ["a@example.org"]}, Content=message)

    works: list[tuple[str, Work]] = [("one mail", lambda: send_errand(next(errands), ground.now)), ("bare send_email", bare)]
    warm(works)
    ours, floor = in_turns(works, repetitions, each)
    return Section("Sending mails", [Figure(CPU, ours, floor, most=MOST)])


def enrol(ground: Ground, count: int) -> None:
    """Put people on the programme's roster who attend the round's first gathering."""
    programme = published.programme(ground.round.programme)
    if programme is None:
        raise LookupError("programme")
    day = next(day for day in programme.days if day.id == ground.round.day)
    units = (*day.gatherings[0].units[:1], *programme.units)[: len(programme.units)]
    for number in range(count):
        person = Participant(f"p{number}@example.org", f"P {number}", programme.languages[0], next(iter(programme.roles)), units)
        roster.put_person(programme.id, roster.new_person(person))
    roster.raise_version(programme.id, roster.version(programme.id))


def _errands(ground: Ground, count: int) -> Iterator[Errand]:
    """Make the errands of mails that are pending, one each."""
    enrol(ground, count)
    wanted, _ = forms_due(ground.round, ground.now)
    return iter([Errand((item.part,), ()) for item in wanted])


def _file(filed: int, count: int) -> None:
    """Bring the people on file, in another programme, from one count to another."""
    client = boto3.client("dynamodb")
    for start in range(filed, count, AT_ONCE):
        puts: Any = [{"PutRequest": {"Item": _person(number)}} for number in range(start, min(start + AT_ONCE, count))]
        client.batch_write_item(RequestItems={os.environ["ROSTER_TABLE"]: puts})


def _person(number: int) -> dict[str, Any]:
    told = {"email": f"q{number}@example.org", "name": f"Q {number}", "language": "nb", "role": "leader", "units": '["Follo","Skole"]'}
    return key("PROGRAMME#another", f"PERSON#{number:032x}") | {"schema": SCHEMA} | {name: {"S": text} for name, text in told.items()}

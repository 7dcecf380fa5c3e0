"""What the staff's pages take: a round with very many invitations beside one with none."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

import boto3

from functions.aggregate.freezing import freeze
from functions.answer.handler import handler as answer
from functions.desk.handler import handler
from infra.bench import events
from infra.bench.answering import answers
from infra.bench.events import Event, ask
from infra.bench.figures import Figure, Section
from infra.bench.ground import CELL, DAY, LANGUAGE, OTHER_DAY, PROGRAMME, Ground
from infra.bench.measuring import Work, in_turns, warm
from shared import links, sessions
from shared.response import Totals
from shared.rounds import is_settled
from shared.sessions import Session
from shared.store import desk_samples, desk_sessions, invitations, published
from shared.store.client import SCHEMA, key
from shared.store.desk_samples import Sample

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

OWNER = "owner@example.org"
MOST = 100
"""Milliseconds that a round's page may take, however many are invited."""

ANSWERED = 41
"""Answers behind the result that is weighed, each with a comment."""

AT_ONCE = 25
"""Items that DynamoDB takes in one batch."""


def crowd(ground: Ground, other: Ground, invited: int) -> None:
    """Invite a crowd to a round, and leave samples of it and of another."""
    client = boto3.client("dynamodb")
    for _ in range(invited // AT_ONCE):
        _invite_some(client, ground)
    for ref in (ground.round.ref, other.round.ref):
        desk_samples.put_sample(ref, 0, Sample(ground.now, Totals(invited, invited // 2)))


def _invite_some(client: DynamoDBClient, ground: Ground) -> None:
    puts: Any = [{"PutRequest": {"Item": _invitation(ground.round.ref)}} for _ in range(AT_ONCE)]
    client.batch_write_item(RequestItems={os.environ["INVITATIONS_TABLE"]: puts})


def _invitation(ref: str) -> dict[str, Any]:
    """Write an invitation as `shared.store.invitations` does, for a batch."""
    told = {"person": "somebody", "cell": invitations.cell_text(CELL), "gathering": DAY, "language": LANGUAGE, "mail": "sent"}
    name = f"INV#{links.fingerprint(links.new_nonce())}"
    return key(f"ROUND#{ref}", name) | {"schema": SCHEMA, "leased_until": {"N": "0"}} | {at: {"S": text} for at, text in told.items()}


def sign_in(now: int, email: str = OWNER) -> str:
    """Sign somebody of the staff in; return the cookie."""
    secret = sessions.new_secret()
    desk_sessions.put_session(secret, Session(email, now, now))
    return f"__Host-kursdag={sessions.fingerprint(email)}.{secret}"


def page(path: str, cookie: str, now: int) -> Event:
    """Make the event of opening one of the programme's pages."""
    return events.get(f"/desk/programmes/{PROGRAMME}{path}", now, cookie)


def looking(ground: Ground, other: Ground, invited: int, repetitions: int, each: int) -> Section:
    """Measure a round's page."""
    crowd(ground, other, invited)
    cookie = sign_in(ground.now)
    crowded, empty = (page(f"/rounds/{day}", cookie, ground.now) for day in (DAY, OTHER_DAY))
    works: list[tuple[str, Work]] = [
        (f"page of a round with {invited:,} invited", lambda: ask(handler, crowded)),
        ("page of a round with nobody invited", lambda: ask(handler, empty)),
    ]
    warm(works)
    ours, floor = in_turns(works, repetitions, each)
    return Section("The desk", [Figure("ms CPU", ours, floor, most=MOST)])


def publish_results(ground: Ground) -> None:
    """Have a round answered and freeze the results of all: they are over by the real time."""
    for event in answers(ground, ANSWERED):
        ask(answer, event)
    for over in published.rounds_due(int(time.time())):
        if is_settled(over, int(time.time())):
            freeze(over)

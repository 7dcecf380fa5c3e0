"""What one page view and one accepted answer take: CPU of the function's process, and DynamoDB's units."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from functions.answer.handler import handler
from infra.bench import bare, events, units
from infra.bench.events import Event, ask
from infra.bench.figures import Figure, Samples, Section
from infra.bench.ground import CELL, LANGUAGE, Ground
from infra.bench.measuring import WARMING, Work, in_turns, warm
from shared.store import invitations
from shared.store.box import overhead
from shared.store.client import SCHEMA, key
from shared.web import slips

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

CPU = "ms CPU"
REMARK = "Konkrete eksempler som vi kan bruke i egne møter, og god tid til å snakke med kolleger."


def viewing(ground: Ground, repetitions: int, each: int) -> Section:
    """Measure opening a form."""
    token = ground.invited()
    event, floor = events.get(ground.path(token), ground.now), bare.handler(ground.form, LANGUAGE)
    look = _look(ground, token)

    def both() -> None:
        ask(floor, event)
        look()

    works: list[tuple[str, Work]] = [
        ("form page", lambda: ask(handler, event)),
        ("bare Flask page", lambda: ask(floor, event)),
        ("bare Flask page, one get_item", both),
    ]
    warm(works)
    page, alone, with_look = in_turns(works, repetitions, each)
    return Section("Opening a form", [Figure(CPU, page, with_look, most_ratio=3), Figure(CPU, page, alone)])


def _look(ground: Ground, token: str) -> Work:
    client, ticket = _bare_client(), ground.ticket(token)
    wanted = invitations.answering(ticket)["Key"]
    return lambda: client.get_item(TableName=os.environ["INVITATIONS_TABLE"], Key=wanted)


def _bare_client() -> DynamoDBClient:
    return boto3.client("dynamodb", config=Config(retries={"mode": "standard", "total_max_attempts": 1}))


def sending(ground: Ground, repetitions: int, each: int) -> Section:
    """Measure sending an answer in."""
    total = repetitions * each + WARMING
    posts, writes = answers(ground, total), _transactions(ground, total)
    client = _bare_client()
    works: list[tuple[str, Work]] = [
        ("accepted answer", lambda: ask(handler, next(posts))),
        ("bare transact_write_items", lambda: client.transact_write_items(TransactItems=next(writes))),
    ]
    warm(works)
    ours, floor = in_turns(works, repetitions, each)
    return Section("Sending an answer", [Figure(CPU, ours, floor, most_ratio=2)])


def answers(ground: Ground, count: int) -> Iterator[Event]:
    """Make the events of forms that are sent in, each by somebody else, before anything is measured."""
    return iter([_answer(ground, ground.invited()) for _ in range(count)])


def _answer(ground: Ground, token: str) -> Event:
    slip = slips.new_slip(ground.round.form, CELL, ground.gathering, LANGUAGE)
    given = {question.id: "4" if question.kind == "scale" else "" for question in ground.form.questions}
    remark = {next(question.id for question in ground.form.questions if question.kind == "text"): REMARK}
    return events.post(ground.path(token), slips.fields(slip, token) | given | remark, ground.now)


def _transactions(ground: Ground, count: int) -> Iterator[Any]:
    """Make the two writes of an answer, of the same sizes, before anything is measured."""
    size = 1024 - overhead(ground.round.ref)
    return iter([_writes(ground, ground.invited(), secrets.token_bytes(size)) for _ in range(count)])


def _writes(ground: Ground, token: str, sealed: bytes) -> list[dict[str, Any]]:
    envelope = key(f"ROUND#{ground.round.ref}", secrets.token_hex(16)) | {"schema": SCHEMA, "sealed": {"B": sealed}}
    put = {"TableName": os.environ["BOX_TABLE"], "Item": envelope, "ConditionExpression": "attribute_not_exists(pk)"}
    return [{"Update": invitations.answering(ground.ticket(token))}, {"Put": put}]


def costs(ground: Ground, repetitions: int) -> Section:
    """Count the units of a page view, once a round's pages are warm, and of an accepted answer."""
    token = ground.invited()
    ask(handler, events.get(ground.path(token), ground.now))
    posts, writes = answers(ground, repetitions), _transactions(ground, repetitions)
    with units.counted() as counts:
        client, look = _bare_client(), _look(ground, token)
        views = [counts.of(lambda: ask(handler, events.get(ground.path(token), ground.now))) for _ in range(repetitions)]
        looks = [counts.of(look) for _ in range(repetitions)]
        sent = [counts.of(lambda: ask(handler, next(posts))) for _ in range(repetitions)]
        bare_sent = [counts.of(lambda: client.transact_write_items(TransactItems=next(writes))) for _ in range(repetitions)]
    return Section(
        "Units of DynamoDB",
        [
            Figure("read units", _samples("form page", views, 0), _samples("one get_item", looks, 0), most=0.5),
            Figure("write units", _samples("form page", views, 1), _samples("one get_item", looks, 1), most=0),
            Figure("read units", _samples("accepted answer", sent, 0), _samples("bare transaction", bare_sent, 0), most=0),
            Figure("write units", _samples("accepted answer", sent, 1), _samples("bare transaction", bare_sent, 1), most=4),
        ],
    )


def _samples(what: str, counts: list[tuple[float, float]], which: int) -> Samples:
    return Samples(what, tuple(count[which] for count in counts))

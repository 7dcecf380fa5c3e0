"""A small programme as its files declare it, a roster, and the functions called as AWS calls them."""

import base64
import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from functions.invite.handler import handler as invite_handler
from functions.publish.handler import handler as publish_handler
from functions.send.handler import handler as send_handler
from shared import link_keys
from shared.rosters.people import Participant
from shared.settings import setting
from shared.store import published, roster
from shared.store.roster import Person
from tests.conftest import account

PROGRAMME = """\
title: {nb: Turleder, en: Walk leader}
languages: [nb, en]
timezone: Europe/Oslo
sender: Kursdag for turledere
contact: {name: The office, email: office@example.org}
controller: The county
data_protection: {name: The officer, email: privacy@example.org}
legal_basis: {nb: Artikkel 6, en: Article 6}
complaints: Datatilsynet
units: [region, school]
roles:
  leader: {nb: Leder, en: Leader}
days:
  - id: day-1
    title: {nb: Dag 1, en: Day 1}
    aims:
      - {nb: Gå, en: Walk}
    date: 2025-08-26
    place: Oslo
    sessions:
      - {id: maps, title: {nb: Kart, en: Maps}, start: 09:00, end: 11:00}
  - id: day-2
    title: {nb: Dag 2, en: Day 2}
    gatherings:
      - {id: north, date: 2025-10-07, place: Ås, units: [North]}
      - {id: south, date: 2025-10-08, place: Bø, units: [South]}
      - {id: west, date: 2025-10-09, place: Vik, units: [West]}
    sessions:
      - {id: tents, title: {nb: Telt, en: Tents}, start: 09:00, end: 12:00}
rounds:
  - form: day
    for: each day
    closes: 23:59
"""

DAY = """\
title: {nb: Dagen, en: The day}
mode: anonymous
questions:
  - id: benefit
    kind: scale
    text: {nb: Utbytte?, en: Benefit?}
    scale:
      points:
        - {nb: Ikke, en: Not}
        - {nb: Lite, en: Little}
        - {nb: Noe, en: Some}
        - {nb: Mye, en: Much}
        - {nb: Alt, en: All}
  - id: takeaway
    kind: text
    text: {nb: Hva?, en: What?}
"""

FILES = {"programme.yaml": PROGRAMME, "day.yaml": DAY}

ZONE = ZoneInfo("Europe/Oslo")

REGIONS = ("North", "South", "West")


def oslo(text: str) -> int:
    """Read a local time, "2025-08-26T15:30"."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp())


LONG_BEFORE = oslo("2025-01-01T12:00")
OPEN = oslo("2025-08-26T18:00")
"""When day 1 is open."""


def event(at: int, **more: Any) -> dict[str, Any]:
    """Make a job's event, as the scheduler sends it by default."""
    return {
        "version": "0",
        "id": "00000000-0000-0000-0000-000000000000",
        "detail-type": "Scheduled Event",
        "source": "aws.scheduler",
        "account": "123456789012",
        "time": f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%SZ}",
        "region": "eu-north-1",
        "resources": ["arn:aws:scheduler:eu-north-1:123456789012:schedule/default/invite"],
        "detail": "{}",
    } | more


def publish(files: Mapping[str, str] = FILES, at: int = LONG_BEFORE, programme: str = "walks", **more: Any) -> dict[str, Any]:
    """Publish the programme, its files as text."""
    encoded = {name: base64.b64encode(text.encode()).decode() for name, text in files.items()}
    return publish_handler(event(at, programme=programme, files=encoded, **more), None)


def participant(name: str, region: str = "North", school: str = "A", language: str = "en") -> Participant:
    """Make a participant with an address of her own."""
    return Participant(f"{name}@example.org", name.title(), language, "leader", (region, school))


def enrol(participants: Iterable[Participant], programme: str = "walks") -> list[Person]:
    """Put people on the roster."""
    people = list(map(roster.new_person, participants))
    roster.put_people(programme, roster.version(programme), people)
    return people


def invite(at: int = OPEN) -> int:
    """Run the job; tell how many mails it queued."""
    return invite_handler(event(at), None)["queued"]


def set_clock(at: int) -> None:
    """Move the clock of stage "local"."""
    published.put_clock_offset(at - int(time.time()))


def queued() -> list[dict[str, Any]]:
    """Take all messages from the queue, each as Lambda gets it."""
    taken: list[dict[str, Any]] = []
    while True:
        found = account("sqs").receive_message(QueueUrl=setting("SEND_QUEUE"), MaxNumberOfMessages=10).get("Messages", [])
        if not found:
            return taken
        taken += map(_record, found)


def _record(message: Mapping[str, Any]) -> dict[str, Any]:
    return record(message["Body"], message["MessageId"])


def record(body: str, message_id: str) -> dict[str, Any]:
    """Write one message as Lambda gets it."""
    return {
        "messageId": message_id,
        "receiptHandle": "handle",
        "body": body,
        "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": "0", "SenderId": "A", "ApproximateFirstReceiveTimestamp": "0"},
        "messageAttributes": {},
        "md5OfBody": "0",
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:eu-north-1:123456789012:SendQueue",
        "awsRegion": "eu-north-1",
    }


def send(records: Iterable[Mapping[str, Any]]) -> list[str]:
    """Send the mails of a batch; return the ids of the messages that failed."""
    outcome = send_handler({"Records": list(records)}, None)
    return [failure["itemIdentifier"] for failure in outcome["batchItemFailures"]]


def token_of(person: Person, name: str = "day-1", programme: str = "walks") -> str:
    """Work out the token in a person's mail."""
    return link_keys.token(published.rounds(programme)[name], person)


def dump(*names: str) -> dict[str, list[str]]:
    """Write out whole tables, all of them unless named, each item as text."""
    tables = names or ("PUBLISHED", "ROSTER", "INVITATIONS", "BOX", "LETTERS", "KEYS")
    return {name: sorted(_text(item) for item in scanned(name)) for name in tables}


def scanned(name: str) -> list[dict[str, Any]]:
    """Read all items of a table."""
    items: list[dict[str, Any]] = account("dynamodb").scan(TableName=setting(f"{name}_TABLE"))["Items"]
    return items


def _text(item: Mapping[str, Any]) -> str:
    return json.dumps(item, sort_keys=True, default=lambda raw: bytes(raw).hex())


@dataclass
class Refusing:
    """AWS as it is on a bad day: refuses some calls of one operation before they leave, or after they are done."""

    code: str
    times: int
    after: bool = False
    reasons: list[dict[str, Any]] = field(default_factory=list)
    calls: int = 0

    def on(self, client: Any, operation: str) -> "Refusing":
        """Stand at a client's edge; everything of ours runs as it is."""
        service = client.meta.service_model.service_id.hyphenize()
        client.meta.events.register(f"{'after' if self.after else 'before'}-call.{service}.{operation}", self)
        return self

    def __call__(self, http_response: Any = None, parsed: Any = None, **_: Any) -> Any:
        self.calls += 1
        if self.calls > self.times:
            return None
        error = {"Error": {"Code": self.code, "Message": "no"}, "CancellationReasons": self.reasons, "ResponseMetadata": {}}
        if self.after:
            http_response.status_code = 400
            parsed.clear()
            parsed.update(error)
            return None
        return _Refusal(400), error


@dataclass
class _Refusal:
    status_code: int

"""All that is stored of a programme, as somebody has it who got hold of everything; and what she can make of it."""

import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from shared import keys
from shared.envelopes import Answer, Opener
from shared.rounds import Round
from shared.settings import setting
from shared.store import published, roster
from shared.store.roster import Person
from shared.store.secrets import HOLDERS, Purpose
from tests.conftest import account
from tests.functions.examples import scanned

TABLES = ("PUBLISHED", "ROSTER", "INVITATIONS", "BOX", "LETTERS", "KEYS", "DESK")
QUEUES = ("SEND_QUEUE", "AGGREGATE_QUEUE")

RANDOM = re.compile(r"[0-9a-f]{16,}|[a-z2-7]{26,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""What was drawn by chance or is a hash of it."""

WRITTEN_AT = re.compile(r'"timestamp":"[^"]*"')
"""When a line was logged: these lives are lived in a second, so it tells nothing here."""

Items = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Stolen:
    """A copy of all tables, the bucket, the queues and the log, and every secret unwrapped."""

    items: Items
    objects: Mapping[str, str]
    messages: list[str]
    log: str
    secrets: Mapping[tuple[str, Purpose], bytes]
    people: list[Person]
    rounds: Mapping[str, Round]

    def text(self) -> str:
        """Write everything out but what is sealed, which reads as nothing."""
        stored = (plain(item) for items in self.items.values() for item in items)
        return "\n".join([*stored, *self.objects, *self.objects.values(), *self.messages, self.log])

    def of(self, *purposes: Purpose) -> list[bytes]:
        """List the secrets of some purposes."""
        return [secret for (_, purpose), secret in self.secrets.items() if purpose in purposes]

    def envelopes(self, ref: str) -> list[Mapping[str, Any]]:
        """List a round's envelopes."""
        return [item for item in self.items["BOX"] if item["pk"]["S"] == f"ROUND#{ref}"]

    def opened(self) -> Iterator[tuple[Round, Mapping[str, Any], Answer]]:
        """Open all boxes with their keys."""
        for found in self.rounds.values():
            if (found.ref, "box") in self.secrets:
                opener = Opener(self.secrets[found.ref, "box"])
                for item in self.envelopes(found.ref):
                    yield found, item, opener.opened(bytes(item["sealed"]["B"]))

    def invited(self, found: Round) -> list[Mapping[str, Any]]:
        """List a round's invitations."""
        return [
            item for item in self.items["INVITATIONS"] if item["pk"]["S"] == f"ROUND#{found.ref}" and item["sk"]["S"].startswith("INV#")
        ]

    def known(self) -> list[str]:
        """Write out all that can be known with the box keys, in an order of its own, and nothing of what was drawn by chance."""
        named = (item for item in self.items["PUBLISHED"] if item["sk"]["S"] == "ROUND")
        names = {item["pk"]["S"].removeprefix("REF#"): item["round"]["S"] for item in named}
        names |= {person.id: person.participant.email for person in self.people}
        names |= {item["sk"]["S"]: names[item["person"]["S"]] for of in self.rounds.values() for item in self.invited(of)}
        answers = [json.dumps([of.id, replace(answer, pair=str(bool(answer.pair)))], default=str) for of, _, answer in self.opened()]
        stored = [f"{table} {plain(item)}" for table, items in self.items.items() for item in items]
        logged = [WRITTEN_AT.sub("", line) for line in self.log.splitlines()]
        told = [*stored, *answers, *(f"{name} {content}" for name, content in self.objects.items()), *self.messages, *logged]
        return sorted(without_chance(line, names) for line in told)


def plain(item: Mapping[str, Any]) -> str:
    """Write an item as text; what is bytes by its length alone."""
    return json.dumps(item, sort_keys=True, ensure_ascii=False, default=lambda raw: f"<{len(bytes(raw))} bytes>")


def without_chance(line: str, names: Mapping[str, str]) -> str:
    """Put names in the place of what stands for people and rounds, and nothing in the place of what else was drawn by chance."""
    for drawn, name in names.items():
        line = line.replace(drawn, name)
    return RANDOM.sub("#", line)


def stolen(log: io.StringIO) -> Stolen:
    """Take a copy of everything there is now; the queues are empty afterwards."""
    items = {name: scanned(name) for name in TABLES}
    listed = account("s3").list_objects_v2(Bucket=setting("EDITIONS_BUCKET")).get("Contents", [])
    objects = {found["Key"]: _object(found["Key"]) for found in listed}
    messages = [body for queue in QUEUES for body in _messages(setting(queue))]
    known = dict(_secrets(items))
    return Stolen(items, objects, messages, log.getvalue(), known, list(roster.people("walks")), published.rounds("walks"))


def _object(key: str) -> str:
    content: bytes = account("s3").get_object(Bucket=setting("EDITIONS_BUCKET"), Key=key)["Body"].read()
    return content.decode(errors="replace") if key.endswith((".json", ".csv")) else f"<{len(content)} bytes>"


def _messages(queue: str) -> Iterator[str]:
    while found := account("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10, VisibilityTimeout=3600).get("Messages"):
        yield from (message["Body"] for message in found)


def _secrets(items: Items) -> Iterator[tuple[tuple[str, Purpose], bytes]]:
    """Unwrap all secrets, as who has every right to the keys that wrap them."""
    for item in items["KEYS"]:
        for purpose, kind in HOLDERS.items():
            if item["sk"]["S"] == purpose.upper():
                holder = item["pk"]["S"].removeprefix(f"{kind}#")
                yield (holder, purpose), keys.unwrapped(purpose, holder, bytes(item["wrapped"]["B"]))  # type: ignore[misc,arg-type]

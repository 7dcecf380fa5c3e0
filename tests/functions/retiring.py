"""A whole programme with every kind of round, run to its end, and what the nights leave of it."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from functions.retire.handler import handler
from shared import bucket, link_keys, links
from shared.addresses import pointer
from shared.entries import Entry
from shared.settings import setting
from shared.store import deliverability, desk_account, desk_requests, invitations, published
from shared.store.roster import Person
from tests.conftest import account
from tests.functions.aggregating import aggregate
from tests.functions.examples import DAY as FORM
from tests.functions.examples import OPEN, dump, enrol, event, invite, oslo, participant, publish
from tests.functions.test_confidential import AFTER, BEFORE, SERIES, answered
from tests.functions.test_letters import Writer
from tests.once import once

LETTER = """\
  - form: letter
    for: once
    id: letter
    opens: on day-1 at 08:00
    closes: 3 days later at 23:59
"""

MESSAGE = """\
messages:
  - {id: task, title: {nb: Oppgave, en: Task}, text: {nb: Prøv, en: Try}, on: 1 day after day-1 at 09:00}
"""

FILES = {
    **SERIES,
    "programme.yaml": SERIES["programme.yaml"] + LETTER + MESSAGE + "retention: 30\n",
    "letter.yaml": FORM.replace("mode: anonymous", "mode: personal"),
}

TABLES = ("PUBLISHED", "ROSTER", "INVITATIONS", "BOX", "LETTERS", "KEYS", "DESK")
CELL = r"[\"North\",\"A\""
"""How a cell begins in an invitation, as `dump` writes it."""

LONG_AFTER = oslo("2026-11-01T03:20")
"""When everything of the programme has been kept long enough, the account of what staff did too."""


def retire(at: int) -> dict[str, Any]:
    return handler(event(at), None)


def manifests() -> list[dict[str, Any]]:
    listed = account("s3").list_objects_v2(Bucket=setting("EDITIONS_BUCKET"), Prefix="retired/").get("Contents", [])
    return sorted((json.loads(bucket.get(found["Key"])) for found in listed), key=lambda found: str(found["at"]))


def deleted() -> list[tuple[str, str, int]]:
    """Say what all manifests name, by kind, of what, and how many."""
    return [(entry["what"], entry["of"], entry["items"]) for found in manifests() for entry in found["deleted"]]


@once
def run_programme() -> list[Person]:
    """Run a programme whole: before, the day, a letter, after; somebody bounced, stopped reminders, was absent or asked to be let in."""
    publish(FILES)
    people = enrol([participant(f"person{number:02}") for number in range(8)])
    known = published.rounds("walks")
    invite(BEFORE)
    for person in people[:6]:
        answered(known["before"], person, BEFORE, "2")
    aggregate(event(oslo("2025-08-26T01:00")), None)
    invite(OPEN)
    for person in people[:6]:
        answered(known["day-1"], person, OPEN, "4")
    Writer(people[0], known["letter"]).save("To myself")
    invite(AFTER)
    for person in people[1:7]:
        answered(known["after"], person, AFTER, "5")
    _beside(people)
    for closed in ("2025-08-28T01:00", "2025-09-07T01:00", "2025-10-11T01:00"):
        aggregate(event(oslo(closed)), None)
    return people


def _beside(people: list[Person]) -> None:
    deliverability.suppress(people[7].participant.email, "bounced")
    deliverability.note_unreached("walks", people[7].id, people[7].participant.email, "bounced")
    invitations.stop_reminders("walks", people[3].id)
    invitations.claim_lost_link("walks", people[4].id, OPEN)
    desk_account.note("walks", OPEN, "owner@example.org", "corrected")
    desk_requests.put("walks", desk_requests.request("day-1", "day-1", Entry("Person09", "person09@example.org", "A"), "en"), OPEN)


def traces(people: list[Person]) -> Iterator[str]:
    """List everything by which somebody could be found, or an answer be hers."""
    known = [found for found in published.rounds("walks").values() if found.ref]
    for person in people:
        yield from (person.id, person.participant.email, person.participant.name, pointer(person.participant.email))
        yield deliverability.hashed(person.participant.email)
        for asked in known:
            token = link_keys.token(asked, person)
            yield from (token[: links.TOKEN_LENGTH], token[links.TOKEN_LENGTH :] or token, links.fingerprint(token))
            yield from (links.invitation_name(token, seeded=True), links.pseudonym(token), hashlib.sha256(token.encode()).hexdigest())
    yield from ("Person09", "person09@example.org", CELL)


def everything() -> str:
    """Write out every table and every object of the bucket, in all their versions."""
    listed = account("s3").list_objects_v2(Bucket=setting("EDITIONS_BUCKET"))["Contents"]
    objects = [bucket.get(found["Key"]).decode(errors="replace") for found in listed if not found["Key"].endswith(".xlsx")]
    return "\n".join([*(text for items in dump(*TABLES).values() for text in items), *objects])

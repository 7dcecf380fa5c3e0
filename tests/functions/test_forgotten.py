"""In the end: all that was stored of a rich programme and of those who ran it, and what is left when the job of the night has been."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from functions.retire.handler import handler
from shared.entries import Entry
from shared.logs import logger
from shared.retention import DAY
from shared.rosters.people import Place
from shared.sessions import Session
from shared.store import (
    absences,
    deliverability,
    desk_account,
    desk_drafts,
    desk_requests,
    desk_sessions,
    desk_speakers,
    desk_uploads,
    invitations,
    messages,
    roster,
)
from shared.store.desk_drafts import Draft
from shared.store.desk_speakers import Invited
from shared.store.roster import Person
from tests.conftest import account_in_process
from tests.functions.aggregating import aggregate
from tests.functions.examples import OPEN, event, invite, oslo
from tests.functions.lives import OF_TEAM, SCHOOLS, TEAM, letter, live, remark
from tests.functions.retiring import LONG_AFTER, traces
from tests.functions.stolen import Stolen, stolen

pytestmark = pytest.mark.slow

STAFF = "owner@example.org"


def run_to_its_end() -> list[Person]:
    """Live a programme through, with all that staff do beside it, until its last result is made; all answer, so comments are published."""
    people = live(tuple(range(len(SCHOOLS))))
    _at_the_desk(people)
    _of_people(people)
    for at in ("2025-09-07T01:00", "2025-10-07T18:00", "2025-10-11T01:00"):
        aggregate(event(oslo(at)), None)
        invite(oslo(at))
    return people


def _at_the_desk(people: list[Person]) -> None:
    address = people[2].participant.email
    desk_sessions.put_session("secret", Session(STAFF, OPEN, OPEN))
    desk_drafts.put_draft(STAFF, Draft("draft", "walks", {"programme.yaml": address.encode()}, OPEN + 30 * DAY))
    desk_uploads.put_upload("walks", "upload", address.encode(), OPEN)
    desk_speakers.put("walks", "token", Invited({"en": "A speaker"}, "speaker@example.org", (("day-1", "maps"),), OPEN + 90 * DAY))
    desk_requests.put("walks", desk_requests.request("day-1", "day-1", Entry("Person20", "person20@example.org", "A"), "en"), OPEN)
    desk_account.note("walks", OPEN, STAFF, "corrected", people[3].participant.name)


def _of_people(people: list[Person]) -> None:
    """Note what is seldom noted of anybody: she moved, was absent, could not be reached, stopped reminders, lost her link."""
    absences.change("walks", "day-1", "day-1", mark={people[9].id}, unmark=set())
    deliverability.suppress(people[10].participant.email, "bounced")
    deliverability.note_unreached("walks", people[10].id, people[10].participant.email, "bounced")
    invitations.stop_reminders("walks", people[3].id)
    invitations.claim_lost_link("walks", people[4].id, OPEN)
    messages.take_up("walks", "task", people[5].id, OPEN)
    moved = replace(people[6].participant, email="another@example.org", later=(Place("2025-09-30", "leader", ("South", "C")),))
    former = {people[6].id: people[6].participant.email}
    roster.put_people("walks", roster.version("walks"), [Person(people[6].id, moved)], former)


def of_people(held: Stolen, people: list[Person]) -> Iterator[str]:
    """List everything by which somebody could be found, or something be hers: names, ids, links, and the keys of all that is hers."""
    yield from traces(people)
    yield from ("Person20", "person20@example.org", "speaker@example.org", "A speaker", STAFF, OF_TEAM, TEAM[0], "another@example.org")
    yield from (text for number in range(len(SCHOOLS)) for text in (remark(number), letter(number)))
    yield from (
        item["sk"]["S"].rpartition("#")[2] for table in ("BOX", "INVITATIONS") for item in held.items[table] if len(item["sk"]["S"]) > 20
    )
    yield from (item["pk"]["S"].removeprefix("LETTER#") for item in held.items["LETTERS"])
    yield from (bytes(item["sealed"]["B"]).hex() for table in ("BOX", "LETTERS") for item in held.items[table])
    yield from (secret.hex() for secret in held.secrets.values())


@dataclass(frozen=True)
class End:
    """All that was stored before and after the job of the night has deleted what it may, and what tells of people."""

    before: Stolen
    after: Stolen
    known: frozenset[str]
    people: int


@pytest.fixture(scope="module")
def end() -> End:
    log = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, account_in_process(patch):
        patch.setattr(logger.registered_handler, "stream", log)
        people = run_to_its_end()
        before = stolen(log)
        known = frozenset(of_people(before, people))
        handler(event(LONG_AFTER), None)
        # Whatever runs afterwards finds nothing to do.
        aggregate(event(LONG_AFTER + 300), None)
        assert invite(LONG_AFTER + 300) == 0
        return End(before, stolen(log), known, len(people))


def test_in_the_end_nothing_in_any_table_or_the_bucket_links_anyone_to_anything(end: End) -> None:
    found = {trace for trace in end.known if trace in written(end.before)}
    assert all(end.before.items.values())
    assert {holder for holder, _ in end.before.secrets} > {"walks#goals", "walks#others"}
    assert remark(11) in written(end.before)
    assert len(found) > 12 * end.people

    assert {trace for trace in end.known if trace in written(end.after)} == set()


def test_of_what_tells_of_people_only_the_key_is_left_that_hashes_addresses(end: End) -> None:
    left = [(table, item) for table, items in end.after.items.items() for item in items if table not in ("PUBLISHED", "DESK")]

    assert [(table, item["pk"]["S"], item["sk"]["S"]) for table, item in left] == [("ROSTER", "SUPPRESSED", "KEY")]


def test_nothing_of_it_is_in_the_log_either(end: End) -> None:
    assert "retired" in end.after.log
    assert {trace for trace in end.known if trace in end.after.log} == set()


def test_of_what_was_published_the_figures_stay_as_they_were_beside_the_lists_of_what_was_deleted(end: End) -> None:
    figures = {name: content for name, content in end.before.objects.items() if not name.endswith("comments.json")}

    assert len(figures) < len(end.before.objects)
    assert figures.items() <= end.after.objects.items()
    assert {name.partition("/")[0] for name in end.after.objects.keys() - figures.keys()} == {"retired"}


def written(held: Stolen) -> str:
    """Write out all tables, bytes too, and the bucket."""
    stored = (json.dumps(item, ensure_ascii=False, default=lambda raw: bytes(raw).hex()) for items in held.items.values() for item in items)
    return "\n".join([*stored, *held.objects, *held.objects.values()])

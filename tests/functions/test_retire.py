"""Retention: a whole programme with every kind of round, and what is left of it in the end."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from shared import bucket, rounds
from shared.entries import Entry
from shared.retention import DAY
from shared.store import deliverability, desk_heartbeats, desk_requests, nights, published
from shared.store.client import client
from tests import storing
from tests.functions.aggregating import aggregate
from tests.functions.examples import OPEN, dump, enrol, event, invite, oslo, participant, publish
from tests.functions.retiring import CELL, FILES, LONG_AFTER, deleted, everything, manifests, retire, run_programme, traces
from tests.functions.test_confidential import answered

pytestmark = pytest.mark.usefixtures("tables")

PRIVATE = ("ROSTER", "INVITATIONS", "BOX", "LETTERS", "KEYS")


def left(*tables: str) -> dict[str, int]:
    return {name: len(items) for name, items in dump(*tables).items()}


@pytest.mark.slow
def test_in_the_end_nothing_links_anyone_to_anything() -> None:
    people = run_programme()
    known = list(traces(people))
    before = everything()
    assert CELL in before
    assert sum(trace in before for trace in known) > len(people) * 8

    retire(LONG_AFTER)

    after = everything()
    assert [trace for trace in known if trace in after] == []
    assert dump("KEYS")["KEYS"] == []
    assert {name: count for name, count in left(*PRIVATE).items() if count} == {"ROSTER": 1}
    assert "SUPPRESSED" in dump("ROSTER")["ROSTER"][0]
    assert "owner@example.org" not in " ".join(dump("DESK")["DESK"])
    assert all(bucket.get(f"{published.rounds('walks')[name].edition}/edition.json") for name in ("before", "day-1", "after"))
    assert not any(bucket.found(f"{published.rounds('walks')[name].edition}/comments.json") for name in ("before", "day-1", "after"))
    assert all(found["done"] for found in manifests())
    assert ("participants", "", 20) in deleted()

    retire(LONG_AFTER)

    assert everything() == after


@pytest.mark.slow
def test_each_thing_goes_when_its_time_has_come() -> None:
    run_programme()
    before = left(*PRIVATE)

    retire(oslo("2025-09-05T09:00"))
    assert deleted() == []
    retire(oslo("2025-09-08T03:20"))
    assert deleted() == [("pair key", "goals", 1)]
    assert left(*PRIVATE) == before | {"KEYS": before["KEYS"] - 1}

    retire(oslo("2025-09-26T03:20"))
    kinds = [("link key", 1), ("box key", 1), ("answers", 6), ("comments", 1), ("invitations", 9)]
    assert deleted()[1:] == [(what, "day-1", number) for what, number in kinds]

    retire(oslo("2025-10-01T03:20"))
    assert ("letters", "letter", 1) in deleted()
    assert left("LETTERS") == {"LETTERS": 0}

    retire(oslo("2025-10-08T03:20"))
    answers = [found for found in deleted() if found[0] == "answers"]
    assert answers == [("answers", "day-1", 6), ("answers", "before", 6), ("answers", "after", 6)]
    assert left("BOX") == {"BOX": 0}
    assert left("ROSTER") == {"ROSTER": before["ROSTER"]}


@pytest.mark.slow
def test_without_a_result_no_answer_is_deleted_however_old() -> None:
    publish(FILES)
    people = enrol([participant(f"person{number:02}") for number in range(6)])
    invite(OPEN)
    for person in people:
        answered(published.rounds("walks")["day-1"], person, OPEN, "4")

    retire(LONG_AFTER)

    assert {what for what, _, _ in deleted()}.isdisjoint({"answers", "participants"})
    assert left("BOX", "ROSTER") == {"BOX": 6, "ROSTER": 13}
    aggregate(event(LONG_AFTER), None)
    assert json.loads(bucket.get(f"{published.rounds('walks')['day-1'].edition}/edition.json"))["n"] == 6


class Killed(BaseException):
    """The machine is gone."""


class Dying:
    """Lets so many deletions through before the machine is gone."""

    def __init__(self, left: int) -> None:
        self.left = left
        client().meta.events.register("before-call.dynamodb.TransactWriteItems", self, unique_id="dying")

    def __call__(self, **_: Any) -> None:
        if not self.left:
            raise Killed
        self.left -= 1


@pytest.mark.slow
def test_killed_after_every_single_deletion_it_goes_on_with_the_same_manifest_to_its_end() -> None:
    run_programme()
    at, dying, kills = oslo("2025-10-12T03:20"), Dying(1), 0
    with pytest.raises(Killed):
        retire(at)
    (begun,) = manifests()

    while True:
        dying.left = 1
        try:
            retire(at + 3600 * kills)
            break
        except Killed:
            kills += 1
            assert manifests() == [begun]
            assert desk_heartbeats.last("retire") is None

    # Comments are objects of the bucket, whose deletion is one call and kills nothing here.
    assert kills == sum(entry["what"] != "comments" for entry in begun["deleted"]) - 1
    assert manifests() == [begun | {"done": True}]
    assert left("BOX", "LETTERS") == {"BOX": 0, "LETTERS": 0}
    assert len(dump("ROSTER")["ROSTER"]) > 16


def test_what_has_run_out_at_the_desk_is_deleted() -> None:
    desk_requests.put("walks", desk_requests.request("day-1", "day-1", Entry("Ada", "ada@example.org", "A"), "en"), OPEN)

    assert retire(OPEN + 30 * DAY - 1)["run_out"] == 0
    assert retire(OPEN + 30 * DAY)["run_out"] == 1


def test_an_address_that_takes_no_mail_is_forgotten_when_nobody_has_it() -> None:
    publish(FILES)
    enrol([participant("ada")])
    for name in ("ada", "bo"):
        deliverability.suppress(f"{name}@example.org", "bounced")

    retire(OPEN)

    assert (deliverability.suppressed("ada@example.org"), deliverability.suppressed("bo@example.org")) == ("bounced", "")
    assert deleted() == [("addresses", "", 1)]


def read_in_a_night(others: Iterable[int], at: int) -> int:
    """Count what a night asks of the database beside more programmes that have everything before them."""
    found, known = published.programme("walks"), published.rounds("walks")
    assert found
    for number in others:
        name = f"other{number}"
        storing.put_programme(replace(found, id=name))
        storing.put_round(replace(known["after"], programme=name, ref=f"other{number:03}"))
        nights.put(name, [LONG_AFTER])
    asked: list[str] = []
    client().meta.events.register("before-call.dynamodb", lambda model, **_: asked.append(model.name), unique_id="asked")
    retire(at)
    client().meta.events.unregister("before-call.dynamodb", unique_id="asked")
    return len(asked)


def test_a_night_asks_for_what_is_due_however_many_programmes_there_are() -> None:
    publish(FILES)
    at = oslo("2025-08-28T03:20")
    # Once for what is noted of the first night.
    retire(at)

    idle = read_in_a_night(range(2), at)
    nights.put("other1", [at])
    busy = read_in_a_night((), at)
    assert idle < busy

    assert read_in_a_night(range(2, 29), at) == idle
    nights.put("other7", [at])
    assert read_in_a_night((), at) == busy


@pytest.mark.slow
def test_what_was_looked_at_is_looked_at_again_only_when_something_else_is_due() -> None:
    run_programme()
    at = oslo("2025-09-08T03:20")

    assert retire(at)["programmes"] == 1
    assert retire(at + 3600)["programmes"] == 0
    assert retire(oslo("2025-09-26T03:20"))["programmes"] == 1


def test_two_nights_runs_that_delete_the_same_kinds_write_two_manifests() -> None:
    publish(FILES)
    for at in (OPEN, OPEN + 10_800):
        deliverability.suppress("gone@example.org", "bounced")
        retire(at)

    assert deleted() == [("addresses", "", 1)] * 2
    assert len({found["at"] for found in manifests()}) == 2


def test_a_personal_round_leaves_the_jobs_when_nothing_more_is_mailed_about_it() -> None:
    publish(FILES)
    closes = rounds.closes(published.rounds("walks")["letter"])

    aggregate(event(closes + DAY - 1), None)
    assert "letter" in {found.id for found in published.rounds_due(closes + DAY)}
    aggregate(event(closes + DAY), None)

    assert "letter" not in {found.id for found in published.rounds_due(closes + DAY)}
    assert published.rounds("walks")["letter"].windows


def test_publishing_unchanged_files_notes_the_nights_of_a_programme_that_has_none_and_a_mere_plan_does_not() -> None:
    publish(FILES)
    noted = nights.due(LONG_AFTER * 2)
    nights.done("walks", noted["walks"])

    publish(FILES, plan_only=True)
    assert nights.due(LONG_AFTER * 2) == {}
    publish(FILES)

    assert nights.due(LONG_AFTER * 2) == noted

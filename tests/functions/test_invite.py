import json
from collections import Counter
from dataclasses import replace

import pytest

from shared import queue
from shared.clock import FutureTime
from shared.logs import JobFailed
from shared.protection.cells import LEAST
from shared.rosters.people import Place
from shared.rounds import Window, closes
from shared.settings import setting
from shared.store import claims, invitations, published, roster
from shared.store.claims import Claim
from shared.store.invitations import Invitation, Plan
from tests import storing
from tests.conftest import account
from tests.functions.examples import (
    LONG_BEFORE,
    OPEN,
    REGIONS,
    Refusing,
    dump,
    enrol,
    invite,
    oslo,
    participant,
    publish,
    queued,
    scanned,
    token_of,
)
from tests.once import once

DAY_2 = [oslo("2025-10-07T18:00"), oslo("2025-10-08T18:00"), oslo("2025-10-09T18:00")]
"""When day 2 is open in the north, the south and the west."""

LEASED = claims.LEASE
NORTH = [participant(f"north-{number}") for number in range(6)]
EVERYWHERE = [participant(f"{region}-{number}".lower(), region) for region in REGIONS for number in range(6)]


@pytest.fixture(autouse=True)
def walks(tables: object) -> None:  # noqa: ARG001
    once(publish)()


def held(name: str = "day-1") -> list[Invitation]:
    return list(invitations.invited(published.rounds("walks")[name].ref))


def parts() -> list[queue.Part]:
    """Take all errands from the queue and list what they are about."""
    errands = [queue.errand(message["body"]) for message in queued()]
    return [part for errand in errands if isinstance(errand, queue.Errand) for part in errand.parts]


def test_everybody_on_the_roster_is_invited_with_one_errand_each() -> None:
    people = enrol(NORTH)

    assert invite() == 6

    assert {item.person for item in held()} == {person.id for person in people}
    assert {part.fingerprint for part in parts()} == {item.fingerprint for item in held()}


def test_an_invitation_holds_a_hash_of_the_link_and_never_the_link() -> None:
    person, *_ = enrol(NORTH)
    invite()

    stored = json.dumps(dump())

    assert token_of(person) not in stored
    assert invitations.invitation(published.rounds("walks")["day-1"].ref, held()[0].fingerprint) is not None


def test_errands_hold_ids_only() -> None:
    enrol(NORTH)
    invite()

    bodies = [message["body"] for message in queued()]

    assert all(json.loads(body).keys() == {"parts", "messages"} for body in bodies)
    assert not any("@" in body for body in bodies)


@pytest.mark.parametrize("at", [LONG_BEFORE, oslo("2025-08-26T10:59"), oslo("2025-08-27T00:00"), oslo("2025-08-28T12:00")])
def test_before_opening_and_after_closing_nobody_is_invited(at: int) -> None:
    enrol(NORTH)

    assert invite(at) == 0
    assert held() == []


@pytest.mark.parametrize("at", [oslo("2025-08-26T11:00"), oslo("2025-08-26T23:59")])
def test_from_the_first_to_the_last_minute_people_are_invited(at: int) -> None:
    enrol(NORTH)

    assert invite(at) == 6


def test_run_three_times_the_job_queues_one_errand_for_each_person() -> None:
    enrol(NORTH)

    assert [invite(), invite(), invite(OPEN + 300)] == [6, 0, 0]
    assert len(queued()) == 6


def test_an_errand_that_got_lost_is_queued_again_when_its_lease_is_over() -> None:
    enrol(NORTH)
    invite()

    assert invite(OPEN + LEASED - 1) == 0
    assert invite(OPEN + LEASED) == 6
    assert invite(OPEN + LEASED) == 0


def test_the_job_says_that_it_is_done_once_every_mail_is_sent_and_then_reads_no_more() -> None:
    enrol(NORTH)
    invite()
    ref = published.rounds("walks")["day-1"].ref
    for item in held():
        claims.settle(invitations.at(ref, item.fingerprint), 0, Claim("sent"))
    assert invitations.plan(ref) == Plan()

    invite(OPEN + LEASED)
    before = dump()

    assert invitations.plan(ref).made_from != ""
    assert invite(OPEN + LEASED + 300) == 0
    assert dump() == before


def test_somebody_added_while_the_round_is_open_is_invited_and_nobody_else_again() -> None:
    enrol(NORTH)
    invite()
    ref = published.rounds("walks")["day-1"].ref
    for item in held():
        claims.settle(invitations.at(ref, item.fingerprint), 0, Claim("sent"))
    invite(OPEN + 60)
    before = {item.person: item for item in held()}

    (newcomer,) = enrol([participant("late")])

    assert invite(OPEN + 120) == 1
    after = {item.person: item for item in held()}
    assert after.keys() - before.keys() == {newcomer.id}
    assert {person: after[person] for person in before} == before


def test_a_newcomer_from_a_new_school_gets_a_cell_that_others_carry() -> None:
    enrol(NORTH)
    invite()

    (newcomer,) = enrol([participant("late", "West", "Z")])
    invite(OPEN + 60)

    cells = {item.person: item.cell for item in held()}
    assert Counter(cells.values())[cells[newcomer.id]] > LEAST


def test_the_three_gatherings_of_a_day_are_invited_on_three_dates() -> None:
    enrol(EVERYWHERE)

    counts = [(invite(at), {item.gathering for item in held("day-2")}) for at in DAY_2]

    assert counts == [(6, {"north"}), (6, {"north", "south"}), (6, {"north", "south", "west"})]


def test_between_the_gatherings_nobody_is_invited() -> None:
    enrol(EVERYWHERE)

    assert invite(oslo("2025-10-08T08:00")) == 0


def test_whoever_is_invited_at_one_gathering_is_not_invited_at_another_when_her_unit_changes() -> None:
    people = enrol(EVERYWHERE)
    invite(DAY_2[0])
    queued()
    before = held("day-2")
    moved = replace(people[0], participant=replace(people[0].participant, units=("South", "A")))
    roster.raise_version("walks", roster.version("walks"))
    roster.put_person("walks", moved)

    assert invite(DAY_2[1]) == 6

    assert [item for item in held("day-2") if item.person == moved.id] == [item for item in before if item.person == moved.id]


def test_people_invited_elsewhere_don_t_make_a_cell_look_larger_than_it_is() -> None:
    people = enrol([*EVERYWHERE[:6], *(participant(f"few-{number}", "South", "B") for number in range(4))])
    enrol(participant(f"many-{number}", "South", "C") for number in range(6))
    invite(DAY_2[0])
    moved = replace(people[0], participant=replace(people[0].participant, units=("South", "B")))
    roster.raise_version("walks", roster.version("walks"))
    roster.put_person("walks", moved)

    invite(DAY_2[1])

    carried = Counter(item.cell for item in held("day-2") if item.gathering == "south")
    assert all(number >= LEAST for number in carried.values())


def test_whoever_attends_no_gathering_is_not_invited() -> None:
    enrol([participant("elsewhere", "East"), *EVERYWHERE])

    invite(DAY_2[0])

    assert len(held("day-2")) == 6


def test_every_cell_of_a_round_is_carried_by_at_least_five() -> None:
    enrol(participant(f"p{number}", REGIONS[number % 3], "ABCDEFGH"[number * number % 8]) for number in range(40))

    invite()

    assert len(held()) == 40
    assert all(number >= LEAST for number in Counter(item.cell for item in held()).values())


def test_one_round_that_fails_keeps_no_other_from_its_mails_and_the_job_still_fails() -> None:
    enrol(EVERYWHERE)
    broken = published.rounds("walks")["day-2"]
    storing.update_round(replace(broken, windows=dict.fromkeys(broken.windows, Window(OPEN, OPEN + 60))))
    lost = {"pk": {"S": f"ROUND#{broken.ref}"}, "sk": {"S": "LINK"}}
    account("dynamodb").delete_item(TableName=setting("KEYS_TABLE"), Key=lost)

    with pytest.raises(JobFailed):
        invite()

    assert (len(held("day-1")), len(held("day-2"))) == (18, 0)


def test_a_queue_that_takes_nothing_loses_nothing() -> None:
    enrol(NORTH)
    Refusing("ServiceUnavailable", times=1).on(queue.client(), "SendMessageBatch")
    with pytest.raises(JobFailed):
        invite()

    assert invite(OPEN + LEASED) == 6
    assert len(queued()) == 6


def test_an_empty_roster_is_no_fault() -> None:
    assert invite() == 0


def test_a_time_in_the_future_is_refused() -> None:
    with pytest.raises(FutureTime):
        invite(oslo("2199-01-01T12:00"))


def test_a_round_that_is_frozen_invites_nobody() -> None:
    enrol(NORTH)
    day = published.rounds("walks")["day-1"]
    published.freeze(day, "editions/walks/day-1/x")

    assert invite(closes(day) - 60) == 0
    assert scanned("INVITATIONS") == []


def test_whoever_has_left_is_not_invited_and_whoever_moved_is_where_she_chose() -> None:
    enrol([*NORTH, replace(participant("gone"), left="2025-10-07"), replace(participant("guest", "South"), gatherings=("north",))])

    assert invite(DAY_2[0]) == 7


@pytest.mark.slow
def test_a_role_counts_from_its_date_and_an_invitation_keeps_its_cell() -> None:
    moving = replace(participant("moving"), later=(Place("2025-10-07", "leader", ("South", "B")),))
    enrol([*EVERYWHERE, moving])
    invite()
    before = {item.person: item.cell for item in held()}

    invite(DAY_2[0])
    invite(DAY_2[1])

    assert {item.person: item.cell for item in held()} == before
    assert Counter(item.gathering for item in held("day-2")) == {"north": 6, "south": 7}

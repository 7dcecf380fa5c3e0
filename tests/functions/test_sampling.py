import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.aggregate.sampling import HOUR, hour_due
from shared.logs import JobFailed
from shared.response import Totals
from shared.rounds import Window, closes
from shared.settings import setting
from shared.store import desk_samples, invitations
from shared.store.client import partition
from shared.store.desk_samples import Sample
from shared.store.invitations import Invitation
from tests import storing
from tests.conftest import account
from tests.functions.aggregating import aggregate
from tests.shared.examples import ROUND

OPENS = 1_762_178_400
"""When the round of these tests opens: long ago by any machine's clock."""

CLOSES = OPENS + 8 * HOUR
OPEN = replace(ROUND, windows={"north": Window(OPENS, OPENS + HOUR), "south": Window(CLOSES - HOUR, CLOSES)})
FIVE_MINUTES = 300


@pytest.fixture
def opened(tables: object) -> None:  # noqa: ARG001
    storing.put_round(OPEN)


def invite(number: int, answered: int) -> None:
    for person in range(number):
        new = Invitation(f"{person:064x}", f"{person:032x}", (), "north", "en", "sent", 0, None)
        invitations.put_invitation(OPEN.ref, new)
    for person in range(answered):
        mark(person)


def mark(person: int) -> None:
    ticket = invitations.Ticket(OPEN.ref, f"{person:064x}", "[]", "north", "mark")
    update = invitations.answering(ticket)
    account("dynamodb").update_item(**update)


def run(at: int) -> Mapping[str, Any]:
    return aggregate({"time": f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%SZ}"}, None)


def kept() -> list[Mapping[str, Any]]:
    return list(partition(setting("DESK_TABLE"), f"ROUND#{OPEN.ref}"))


def taken(times: list[int]) -> Iterator[tuple[int, int]]:
    """Run the rule at these times; yield the hour and the time of each sample."""
    last = None
    for now in times:
        hour = hour_due(OPEN, last, now)
        if hour is not None:
            last = now
            yield hour, now


@given(st.lists(st.integers(OPENS - 2 * HOUR, CLOSES + 2 * HOUR), max_size=60))
def test_whenever_the_job_runs_samples_lie_an_hour_apart_and_within_the_round(times: list[int]) -> None:
    samples = list(taken(times))

    moments = [now for _, now in samples]
    assert all(later - earlier >= HOUR for earlier, later in itertools.pairwise(moments))
    assert all(OPENS <= now < closes(OPEN) for now in moments)
    assert [hour for hour, _ in samples] == [(now - OPENS) // HOUR for now in moments]


@pytest.mark.parametrize("now", [OPENS - HOUR, OPENS - 1, CLOSES, CLOSES + HOUR])
def test_before_opening_and_from_closing_on_nothing_is_sampled(now: int) -> None:
    assert hour_due(OPEN, None, now) is None


def test_a_job_that_runs_every_five_minutes_for_a_day_takes_a_sample_an_hour() -> None:
    samples = list(taken(list(range(OPENS - HOUR, CLOSES + HOUR, FIVE_MINUTES))))

    assert samples == [(hour, OPENS + hour * HOUR) for hour in range(8)]


@pytest.mark.usefixtures("opened")
def test_a_sample_holds_the_time_and_totals_and_nothing_finer() -> None:
    invite(7, answered=3)

    run(OPENS + FIVE_MINUTES)

    (item,) = kept()
    assert desk_samples.latest(OPEN.ref) == Sample(OPENS + FIVE_MINUTES, Totals(7, 3))
    assert item["sk"] == {"S": "SAMPLE#00000"}
    assert item.keys() == {"pk", "sk", "schema", "at", "invited", "answered", "declined", "unreached", "absent", "groups"}
    assert item["groups"] == {"S": "{}"}


@pytest.mark.usefixtures("opened")
def test_an_answer_shows_at_the_next_hour_however_often_the_job_runs() -> None:
    invite(7, answered=3)
    run(OPENS + FIVE_MINUTES)
    mark(5)

    for now in range(OPENS + FIVE_MINUTES, OPENS + FIVE_MINUTES + HOUR, FIVE_MINUTES):
        run(now)
    assert desk_samples.latest(OPEN.ref) == Sample(OPENS + FIVE_MINUTES, Totals(7, 3))

    run(OPENS + FIVE_MINUTES + HOUR)
    assert desk_samples.latest(OPEN.ref) == Sample(OPENS + FIVE_MINUTES + HOUR, Totals(7, 4))
    assert [item["sk"]["S"] for item in kept()] == ["SAMPLE#00000", "SAMPLE#00001"]


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("now", [OPENS - FIVE_MINUTES, CLOSES, CLOSES + FIVE_MINUTES - 1])
def test_a_round_that_is_not_open_is_never_sampled(now: int) -> None:
    invite(7, answered=3)

    run(now)

    assert kept() == []


@pytest.mark.usefixtures("opened")
def test_a_round_waits_for_its_first_invitations() -> None:
    run(OPENS)
    assert desk_samples.latest(OPEN.ref) is None

    invite(2, answered=0)
    run(OPENS + FIVE_MINUTES)
    assert desk_samples.latest(OPEN.ref) == Sample(OPENS + FIVE_MINUTES, Totals(2, 0))


@pytest.mark.usefixtures("opened")
def test_the_first_sample_of_an_hour_stays() -> None:
    first, second = Sample(OPENS, Totals(7, 3)), Sample(OPENS + 1, Totals(7, 4))

    assert desk_samples.put_sample(OPEN.ref, 0, first) is True
    assert desk_samples.put_sample(OPEN.ref, 0, second) is False
    assert desk_samples.latest(OPEN.ref) == first


@pytest.mark.usefixtures("opened")
def test_a_round_that_cannot_be_sampled_fails_the_job(monkeypatch: pytest.MonkeyPatch) -> None:
    invite(7, answered=3)
    monkeypatch.setenv("DESK_TABLE", "gone")

    with pytest.raises(JobFailed):
        run(OPENS)


@pytest.mark.usefixtures("opened")
def test_who_was_not_there_leaves_the_response_rate_and_who_does_not_want_to_answer_stays_in_it() -> None:
    invite(7, answered=3)
    invitations.decline(OPEN.ref, f"{5:064x}", "absent")
    invitations.decline(OPEN.ref, f"{6:064x}", "unwilling")

    run(OPENS)

    assert desk_samples.latest(OPEN.ref) == Sample(OPENS, Totals(6, 3, declined=1, absent=1))


@pytest.mark.usefixtures("opened")
def test_gatherings_are_sampled_only_where_each_and_the_rest_have_enough_answers() -> None:
    for place, invited, answered in (("north", 9, 6), ("south", 8, 5)):
        for person in range(invited):
            print_ = f"{place}{person}".encode().hex().zfill(64)
            invitations.put_invitation(OPEN.ref, Invitation(print_, place + str(person), (), place, "en", "sent", 0, None))
            if person < answered:
                ticket = invitations.Ticket(OPEN.ref, print_, "[]", place, "mark")
                account("dynamodb").update_item(**invitations.answering(ticket))

    run(OPENS)

    sampled = desk_samples.latest(OPEN.ref)
    assert sampled == Sample(OPENS, Totals(17, 11), {"north": Totals(9, 6), "south": Totals(8, 5)})


@pytest.mark.usefixtures("opened")
def test_one_gathering_with_few_answers_hides_the_other_too() -> None:
    invite(9, answered=6)
    print_ = "f" * 64
    invitations.put_invitation(OPEN.ref, Invitation(print_, "southerner", (), "south", "en", "sent", 0, None))

    run(OPENS)

    assert desk_samples.latest(OPEN.ref) == Sample(OPENS, Totals(10, 6))

"""Each frozen round makes its programme's edition anew."""

import json
from typing import Any

import pytest

from functions.aggregate.handler import handler
from shared import bucket
from shared.logs import JobFailed
from shared.rounds import SETTLE
from shared.store import programme_pointers, published
from tests.functions import aggregating
from tests.functions.closing import LATER, TEN, closed_round, invite, put, put_walks, run

pytestmark = pytest.mark.usefixtures("walks")


@pytest.fixture
def walks(tables: object) -> None:  # noqa: ARG001
    put_walks()


def of_the_programme() -> Any:
    prefix = programme_pointers.edition("walks")
    assert prefix is not None
    return json.loads(bucket.get(f"{prefix}/edition.json"))


@pytest.mark.slow
def test_each_frozen_round_makes_the_programme_s_edition_anew() -> None:
    for day in (1, 2):
        closed, _ = closed_round(f"day-{day}", LATER + day * 86_400)
        invite(closed, 12)
        put(closed, TEN)

    run(LATER + 86_400 + SETTLE)
    first = of_the_programme()
    run(LATER + 2 * 86_400 + SETTLE)

    assert [told["round"] for told in first["rounds"]] == ["day-1"]
    assert [told["round"] for told in of_the_programme()["rounds"]] == ["day-1", "day-2"]
    assert (of_the_programme()["answers"], of_the_programme()["invitations"]) == (20, 24)
    assert programme_pointers.stale() == []


def test_a_programme_s_edition_that_was_made_of_fewer_rounds_is_not_pointed_to() -> None:
    closed, _ = closed_round()
    other, _ = closed_round("day-2")
    published.freeze(closed, "editions/walks/day-1/x")
    seen = programme_pointers.stale()
    published.freeze(other, "editions/walks/day-2/x")

    assert not programme_pointers.point(seen[0], "editions/walks/_programme/early")
    assert programme_pointers.edition("walks") is None
    assert [stale.frozen for stale in programme_pointers.stale()] == [2]


def test_a_programme_that_can_t_be_merged_keeps_no_round_from_its_edition_and_the_job_fails() -> None:
    closed, _ = closed_round()
    published.freeze(closed, "editions/walks/day-1/not-there")
    put(closed_round("day-2")[0], TEN)

    with pytest.raises(JobFailed):
        run()

    assert published.rounds("walks")["day-2"].edition
    assert len(programme_pointers.stale()) == 1


def test_a_programme_that_can_t_be_merged_is_queued_ever_more_seldom_until_it_can_or_one_more_round_is_frozen() -> None:
    closed, _ = closed_round()
    published.freeze(closed, "editions/walks/day-1/not-there")

    def queued(start: int, seconds: int) -> int:
        """Run the job every five minutes, and count the messages about the programme."""
        found = 0
        for moment in range(start, start + seconds, 300):
            handler(aggregating.at(moment), None)
            found += sum(json.loads(message["body"])["round"] == "" for message in aggregating.messages())
        return found

    assert [queued(LATER, 3600), queued(LATER + 3600, 6 * 3600), queued(LATER + 9 * 86_400, 3600)] == [3, 3, 1]
    published.freeze(closed_round("day-2")[0], "editions/walks/day-2/not-there")
    assert queued(LATER + 9 * 86_400 + 3600, 300) == 1

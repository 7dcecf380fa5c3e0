from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from functions.aggregate import handler as aggregate
from functions.invite import handler as invite
from shared import rounds
from shared.logs import JobFailed
from shared.store import desk_heartbeats
from tests import storing
from tests.shared.examples import ROUND

Job = Callable[[dict[str, Any], object], Mapping[str, Any]]

JOBS = pytest.mark.parametrize(("name", "job"), [("invite", invite.handler), ("aggregate", aggregate.handler)])
LONG_AGO = 1_762_178_400
"""By any machine's clock."""


def run(job: Job, at: int) -> None:
    job({"time": f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%SZ}"}, None)


@pytest.mark.usefixtures("tables")
@JOBS
def test_a_good_run_leaves_the_time_of_its_event(name: str, job: Job) -> None:
    run(job, LONG_AGO)
    assert desk_heartbeats.last(name) == LONG_AGO

    run(job, LONG_AGO + 300)
    assert desk_heartbeats.last(name) == LONG_AGO + 300


@pytest.mark.usefixtures("tables")
def test_a_run_that_fails_leaves_none() -> None:
    window = rounds.Window(LONG_AGO, LONG_AGO + 300)
    without_programme = rounds.Round("walks", "day-1", "abcdefgh", ROUND.form, "anonymous", "day-1", {"day-1": window}, bytes(32))
    storing.put_round(without_programme)

    with pytest.raises(JobFailed):
        run(invite.handler, LONG_AGO)

    assert desk_heartbeats.last("invite") is None


@pytest.mark.usefixtures("tables")
def test_the_jobs_have_a_heartbeat_each() -> None:
    run(invite.handler, LONG_AGO)

    assert desk_heartbeats.last("aggregate") is None

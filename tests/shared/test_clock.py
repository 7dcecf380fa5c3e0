import time
from datetime import UTC, datetime

import pytest

from shared.clock import TOLERANCE, FutureTime, event_time, page_time, wall_time
from shared.store import published

pytestmark = pytest.mark.usefixtures("tables")


def at(seconds: float) -> dict[str, str]:
    return {"time": f"{datetime.fromtimestamp(int(seconds), UTC):%Y-%m-%dT%H:%M:%SZ}"}


def test_a_job_s_now_is_its_event_s_time() -> None:
    assert event_time({"time": "2025-08-26T16:00:00Z"}) == 1_756_224_000
    assert event_time({"time": "2025-08-26T18:00:00+02:00"}) == 1_756_224_000


def test_a_page_s_now_is_the_gateway_s_time() -> None:
    assert page_time({"timeEpoch": 1_756_224_000_999}) == 1_756_224_000


def test_a_job_refuses_a_time_that_has_not_come() -> None:
    with pytest.raises(FutureTime):
        event_time(at(time.time() + TOLERANCE + 5))


def test_clocks_that_differ_by_seconds_do_no_harm() -> None:
    soon = int(time.time()) + TOLERANCE - 5

    assert event_time(at(soon)) == soon


@pytest.mark.parametrize("stage", ["test", "prod"])
def test_only_the_local_stack_s_clock_can_be_moved(stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    published.put_clock_offset(86_400)
    monkeypatch.setenv("STAGE", stage)

    assert event_time(at(1_000_000)) == 1_000_000
    assert page_time({"timeEpoch": 1_000_000_000}) == 1_000_000
    assert abs(wall_time() - time.time()) < 5


@pytest.mark.parametrize("offset", [86_400, -86_400, 0])
def test_on_the_local_stack_one_offset_moves_jobs_pages_and_mails(offset: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGE", "local")
    published.put_clock_offset(offset)

    assert event_time(at(1_000_000)) == 1_000_000 + offset
    assert page_time({"timeEpoch": 1_000_000_000}) == 1_000_000 + offset
    assert abs(wall_time() - offset - time.time()) < 5


def test_a_local_clock_that_was_never_moved_tells_the_real_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGE", "local")

    assert abs(wall_time() - time.time()) < 5

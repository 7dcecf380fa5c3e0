"""Every night, what is noted of closed rounds is compared, by counts."""

import pytest

from functions.retire.handler import handler
from shared.logs import JobFailed
from shared.results.reconciliation import contradicts
from shared.settings import setting
from shared.store import deliverability, desk_heartbeats, desk_reconciliation, published
from tests.conftest import account
from tests.functions.aggregating import aggregate
from tests.functions.examples import OPEN, enrol, event, invite, oslo, participant, publish, scanned
from tests.functions.test_confidential import SERIES, answered
from tests.once import once

NIGHT = oslo("2025-08-28T03:20")


@pytest.mark.parametrize(
    ("marks", "envelopes", "counted", "wrong"),
    [
        (6, 6, None, False),
        (6, 5, None, True),
        (5, 6, None, True),
        (6, 6, 6, False),
        (5, 6, 6, False),  # somebody's data was erased
        (7, 6, 6, True),
        (6, 6, 5, True),
        (0, 0, 0, False),
    ],
)
def test_figures_contradict_one_another_where_an_answer_is_lost_or_counted_twice(
    marks: int, envelopes: int, counted: int | None, wrong: bool
) -> None:
    assert contradicts(marks, envelopes, counted) is wrong


@pytest.fixture
def day(tables: object) -> str:  # noqa: ARG001
    return day_one()


@once
def day_one() -> str:
    """Let six people answer on day 1, which has closed; return its name in links."""
    publish(SERIES)
    people = enrol([participant(f"person{number}") for number in range(6)])
    invite(OPEN)
    for person in people:
        answered(published.rounds("walks")["day-1"], person, OPEN, "4")
    return published.rounds("walks")["day-1"].ref


def lose(ref: str) -> None:
    """Take one envelope away."""
    lost = next(item for item in scanned("BOX") if item["pk"]["S"] == f"ROUND#{ref}")
    account("dynamodb").delete_item(TableName=setting("BOX_TABLE"), Key={"pk": lost["pk"], "sk": lost["sk"]})


@pytest.mark.usefixtures("day")
def test_a_closed_round_agrees_before_and_after_its_result() -> None:
    handler(event(NIGHT), None)
    assert desk_reconciliation.latest() == (2, 0)

    aggregate(event(NIGHT), None)
    handler(event(NIGHT + 3600), None)
    assert desk_reconciliation.latest() == (2, 0)


def test_a_lost_answer_is_an_error_that_names_nobody_and_the_job_did_its_work(day: str, caplog: pytest.LogCaptureFixture) -> None:
    aggregate(event(NIGHT), None)
    lose(day)

    with pytest.raises(JobFailed):
        handler(event(NIGHT), None)

    assert desk_reconciliation.latest() == (2, 1)
    assert desk_heartbeats.last("retire") == NIGHT
    assert "person" not in caplog.text


def test_an_open_round_is_not_compared(day: str) -> None:
    lose(day)

    handler(event(OPEN + 60), None)

    assert desk_reconciliation.latest() == (1, 0)


@pytest.mark.usefixtures("day")
def test_a_programme_whose_figures_can_not_be_compared_keeps_nothing_from_being_deleted(caplog: pytest.LogCaptureFixture) -> None:
    aggregate(event(NIGHT), None)
    bucket = account("s3")
    bucket.delete_object(Bucket=setting("EDITIONS_BUCKET"), Key=f"{published.rounds('walks')['day-1'].edition}/edition.json")
    deliverability.suppress("gone@example.org", "bounced")

    with pytest.raises(JobFailed):
        handler(event(NIGHT), None)

    assert not deliverability.suppressed("gone@example.org")
    assert desk_heartbeats.last("retire") is None
    assert "NoSuchKey" in caplog.text

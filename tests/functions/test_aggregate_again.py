"""Aggregate run again: when nothing has changed, after a failure at any write, and on messages that come twice."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from functions.aggregate.handler import handler
from shared import bucket
from shared.logs import JobFailed, logger
from shared.rounds import SETTLE
from shared.store import desk_samples, desk_turns, programme_pointers, published
from shared.store.client import client
from tests.functions import aggregating
from tests.functions.closing import LATER, TEN, closed_round, files, invite, prefix_of, put, put_walks, run
from tests.shared.examples import answers

pytestmark = pytest.mark.usefixtures("walks")


@pytest.fixture
def walks(tables: object) -> None:  # noqa: ARG001
    put_walks()


WRITTEN = "what somebody wrote"


def test_run_again_the_job_finds_nothing_to_do() -> None:
    closed, _ = closed_round()
    put(closed, TEN)

    run()
    before = files()

    assert run() == {"due": 0, "queued": [], "failed": 0}
    assert files() == before


def test_answers_after_the_edition_change_nothing() -> None:
    closed, _ = closed_round()
    put(closed, TEN)
    run()
    before, prefix = files(), prefix_of("day-1")

    put(closed, answers("1" * 20))
    run()

    assert (files(), prefix_of("day-1")) == (before, prefix)


def failing_after(writes: int, put_object: Callable[..., object]) -> Callable[..., None]:
    """Stand in for S3 that fails after some writes; everything of ours runs as it is."""
    done: list[str] = []

    def put_or_fail(**call: Any) -> None:
        if len(done) == writes:
            raise ConnectionError(WRITTEN)
        done.append(call["Key"])
        put_object(**call)

    return put_or_fail


@pytest.mark.parametrize("writes", range(6))
def test_killed_at_any_write_the_job_makes_the_same_bytes_again(writes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    closed, _ = closed_round()
    invite(closed, 12)
    put(closed, TEN)
    with monkeypatch.context() as broken:
        broken.setattr(bucket.client(), "put_object", failing_after(writes, bucket.client().put_object))
        with pytest.raises(JobFailed):
            run()
    half = files()
    assert len(half) == writes
    assert (published.rounds("walks")["day-1"].edition is None) == (writes < 5)
    assert programme_pointers.edition("walks") is None

    run(LATER + SETTLE + desk_turns.WHILE)

    assert len(files()) == 6
    assert half.items() <= files().items()
    assert {name.rpartition("/")[0] for name in files()} == {prefix_of("day-1"), programme_pointers.edition("walks")}


def test_one_round_that_fails_keeps_no_other_from_its_edition_and_the_job_still_fails() -> None:
    for name in ("day-1", "day-3"):
        put(closed_round(name)[0], TEN)
    closed_round("day-2", form="a form that is not there")

    with pytest.raises(JobFailed):
        run()

    found = published.rounds("walks")
    assert [found[name].edition is not None for name in ("day-1", "day-2", "day-3")] == [True, False, True]


def test_an_exception_is_logged_without_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    log = io.StringIO()
    monkeypatch.setattr(logger.registered_handler, "stream", log)
    put(closed_round()[0], TEN)
    monkeypatch.setattr(bucket.client(), "put_object", failing_after(0, bucket.client().put_object))

    with pytest.raises(JobFailed):
        run()

    assert "ConnectionError" in log.getvalue()
    assert WRITTEN not in log.getvalue()


class Killed(BaseException):
    """The machine is gone."""


def kill(**_: Any) -> None:
    raise Killed


def test_killed_as_soon_as_a_round_is_frozen_its_message_comes_again_and_the_last_totals_are_stored() -> None:
    closed, _ = closed_round()
    invite(closed, 12)
    put(closed, answers("4455543"))
    turn = {"Records": [{"body": json.dumps({"programme": "walks", "round": closed.id, "at": LATER + SETTLE})}]}

    client().meta.events.register("before-call.dynamodb.PutItem", kill, unique_id="killed")
    with pytest.raises(Killed):
        handler(turn, None)
    client().meta.events.unregister("before-call.dynamodb.PutItem", unique_id="killed")
    assert published.rounds("walks")[closed.id].edition
    assert desk_samples.latest(closed.ref) is None
    for _ in range(2):
        handler(turn, None)

    (last,) = desk_samples.samples(closed.ref)
    assert (last.totals.invited, last.totals.answered) == (12, 7)


def test_there_is_a_message_for_each_round_and_one_for_its_programme() -> None:
    for name in ("day-1", "day-2"):
        closed_round(name)

    outcome = handler(aggregating.at(LATER + SETTLE), None)
    bodies = [json.loads(message["body"]) for message in aggregating.messages()]

    assert outcome == {"due": 2, "queued": ["day-1", "day-2"], "failed": 0}
    assert sorted((body["programme"], body["round"]) for body in bodies) == [("walks", "day-1"), ("walks", "day-2")]


def test_a_round_that_is_queued_is_not_queued_again_at_once() -> None:
    closed_round()
    moments = (LATER + SETTLE + 3600 + later for later in (0, 300, desk_turns.WHILE, -3600))

    queued = [handler(aggregating.at(moment), None)["queued"] for moment in moments]

    assert queued == [["day-1"], [], ["day-1"], ["day-1"]]


def test_a_message_that_comes_twice_changes_nothing() -> None:
    closed, _ = closed_round()
    put(closed, TEN)
    turn = {"body": json.dumps({"programme": "walks", "round": "day-1", "at": LATER + SETTLE})}

    assert aggregating.worked(turn)
    before = files()
    put(closed, answers("1" * 20))

    assert aggregating.worked(turn)
    assert files() == before


@pytest.mark.parametrize("name", ["day-1", "day-9"])
def test_a_message_about_a_round_that_is_not_over_or_not_there_does_nothing(name: str) -> None:
    closed_round()

    assert aggregating.worked({"body": json.dumps({"programme": "walks", "round": name, "at": LATER + SETTLE - 1})})
    assert files() == {}


@pytest.mark.parametrize("body", ["", "{}", "[]", '{"programme": "walks"}'])
def test_a_message_that_asks_for_nothing_of_ours_fails_and_comes_to_lie_aside(body: str) -> None:
    assert not aggregating.worked({"body": body})

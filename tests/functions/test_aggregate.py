import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import boto3
import pytest

from functions.aggregate.handler import handler
from shared import bucket, keys
from shared.envelopes import Answer, key_pair, sealed
from shared.exports import files as exports
from shared.exports.kinds import KINDS
from shared.logs import JobFailed, logger
from shared.results import counting, editions
from shared.rounds import SETTLE, Round, Window
from shared.settings import setting
from shared.store import box, desk_samples, desk_turns, invitations, programme_pointers, published, secrets
from shared.store.client import SCHEMA, client, key
from shared.store.invitations import Invitation
from tests import storing
from tests.functions import aggregating
from tests.functions.aggregating import aggregate
from tests.shared.examples import CLOSES, FORM, ROUND, answer, answers, programme

LATER = CLOSES - 400 * 86_400
"""When the rounds of these tests close: long ago by any machine's clock."""

FILES = {"comments.json", "edition.csv", "edition.json", "edition.pptx", "edition.xlsx"}
WRITTEN = "what somebody wrote"
TEN = [answer(benefit="4", session="na", expected="3", takeaway=f"Comment {number}") for number in range(10)]


@pytest.fixture
def walks(tables: object) -> None:  # noqa: ARG001
    """Publish the programme and the form of these tests."""
    storing.put_programme(programme())
    published.put_form("walks", FORM)


def closed_round(name: str = "day-1", closes: int = LATER, **changes: Any) -> tuple[Round, bytes]:
    """Publish a round and return it with its box's private key."""
    private, public = key_pair()
    windows = {"day-1": Window(closes - 28_800, closes)}
    new = replace(ROUND, id=name, ref=f"ref-{name}", windows=windows, public_key=public, **changes)
    storing.put_round(new)
    secrets.put_secret(new.ref, "box", keys.wrapped("box", new.ref, private))
    return new, private


def invite(invited: Round, number: int) -> None:
    for person in range(number):
        new = Invitation(f"{person:064x}", f"{person:032x}", (), "day-1", "en", "sent", 0, None)
        invitations.put_invitation(invited.ref, new)


def put(answered: Round, given: Iterable[Answer]) -> None:
    for number, found in enumerate(given):
        put_envelope(answered, f"{number:032x}", sealed(answered.public_key, found, box.overhead(answered.ref)))


def put_envelope(answered: Round, name: str, envelope: bytes) -> None:
    item = key(f"ROUND#{answered.ref}", name) | {"schema": SCHEMA, "sealed": {"B": envelope}}
    client().put_item(TableName=setting("BOX_TABLE"), Item=item)


def run(at: int = LATER + SETTLE) -> Mapping[str, Any]:
    return aggregate(aggregating.at(at))


def files() -> dict[str, bytes]:
    listed = boto3.client("s3").list_objects_v2(Bucket=setting("EDITIONS_BUCKET")).get("Contents", [])
    return {entry["Key"]: bucket.get(entry["Key"]) for entry in listed}


def prefix_of(name: str) -> str:
    found = published.rounds("walks")[name].edition
    assert found is not None
    return found


@pytest.mark.usefixtures("walks")
def test_a_round_that_is_over_gets_its_edition() -> None:
    closed, private = closed_round()
    invite(closed, 12)
    put(closed, TEN)

    outcome = run()

    assert outcome == {"due": 1, "queued": ["day-1"], "failed": 0}
    prefix = prefix_of("day-1")
    assert {name for name in files() if "_programme" not in name} == {f"{prefix}/{name}" for name in FILES}
    tally = counting.tallied([FORM], ((f"{number:032x}", found) for number, found in enumerate(TEN)), private)
    held = counting.invited(invitations.invited(closed.ref))
    edition, comments = editions.edition(closed, programme(), [FORM], tally, held), editions.comments([FORM], tally)
    assert json.loads(files()[f"{prefix}/edition.json"]) == edition
    assert json.loads(files()[f"{prefix}/comments.json"]) == comments
    assert {kind: files()[f"{prefix}/edition.{kind}"] for kind in KINDS} == dict(exports.files(edition))
    assert prefix == editions.prefix(closed, editions.written(edition))


@pytest.mark.usefixtures("walks")
@pytest.mark.parametrize("early", [28_801, 1, SETTLE, SETTLE + 28_800])
def test_a_round_that_is_not_settled_is_left_alone(early: int) -> None:
    closed_round()

    assert run(LATER + SETTLE - early) == {"due": 0, "queued": [], "failed": 0}
    assert files() == {}


@pytest.mark.usefixtures("walks")
def test_run_again_the_job_finds_nothing_to_do() -> None:
    closed, _ = closed_round()
    put(closed, TEN)

    run()
    before = files()

    assert run() == {"due": 0, "queued": [], "failed": 0}
    assert files() == before


@pytest.mark.usefixtures("walks")
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


@pytest.mark.usefixtures("walks")
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


@pytest.mark.usefixtures("walks")
def test_one_round_that_fails_keeps_no_other_from_its_edition_and_the_job_still_fails() -> None:
    for name in ("day-1", "day-3"):
        put(closed_round(name)[0], TEN)
    closed_round("day-2", form="a form that is not there")

    with pytest.raises(JobFailed):
        run()

    found = published.rounds("walks")
    assert [found[name].edition is not None for name in ("day-1", "day-2", "day-3")] == [True, False, True]


@pytest.mark.usefixtures("walks")
def test_an_exception_is_logged_without_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    log = io.StringIO()
    monkeypatch.setattr(logger.registered_handler, "stream", log)
    put(closed_round()[0], TEN)
    monkeypatch.setattr(bucket.client(), "put_object", failing_after(0, bucket.client().put_object))

    with pytest.raises(JobFailed):
        run()

    assert "ConnectionError" in log.getvalue()
    assert WRITTEN not in log.getvalue()


@pytest.mark.usefixtures("walks")
def test_envelopes_that_do_not_open_are_counted_and_never_fatal() -> None:
    closed, _ = closed_round()
    _, foreign = key_pair()
    put(closed, TEN)
    put_envelope(closed, "f" * 32, sealed(foreign, TEN[0], 60))
    put_envelope(closed, "e" * 32, b"nothing sealed")
    put_envelope(closed, "d" * 32, b"")

    run()

    found = json.loads(files()[f"{prefix_of('day-1')}/edition.json"])
    assert (found["n"], found["unopened"]) == (10, 3)


@pytest.mark.usefixtures("walks")
@pytest.mark.parametrize("invited", [0, 3])
def test_an_empty_round_gets_an_edition_that_says_so(invited: int) -> None:
    closed, _ = closed_round()
    invite(closed, invited)

    assert run()["queued"] == ["day-1"]

    found = json.loads(files()[f"{prefix_of('day-1')}/edition.json"])
    assert (found["N"], found["n"], found["hidden"]) == (invited, 0, {"reason": "small", "k": 5})


@pytest.mark.usefixtures("walks")
def test_staff_are_told_the_totals_of_the_edition_from_then_on() -> None:
    closed, _ = closed_round()
    invite(closed, 12)
    put(closed, answers("4455543"))

    run()

    last = desk_samples.latest(closed.ref)
    assert last is not None
    assert (last.totals.invited, last.totals.answered) == (12, 7)


class Killed(BaseException):
    """The machine is gone."""


def kill(**_: Any) -> None:
    raise Killed


@pytest.mark.usefixtures("walks")
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


@pytest.mark.usefixtures("walks")
@pytest.mark.parametrize(("shore", "shown"), [(5, {"Hill", "Shore"}), (3, set())])
def test_staff_are_told_of_no_other_groups_than_the_edition_shows(shore: int, shown: set[str]) -> None:
    closed, _ = closed_round()
    for person in range(12):
        cell = ("Hill",) if person < 6 else ("Shore",)
        invitations.put_invitation(closed.ref, Invitation(f"{person:064x}", f"{person:032x}", cell, "day-1", "en", "sent", 0, None))
    given = answers("4" * (5 + shore))
    put(closed, [replace(found, cell=("Hill",) if at < 5 else ("Shore",)) for at, found in enumerate(given)])

    run()

    last = desk_samples.latest(closed.ref)
    assert last is not None
    assert set(last.groups) == shown


@pytest.mark.usefixtures("walks")
def test_who_was_not_there_is_not_counted_and_who_does_not_want_to_answer_is() -> None:
    closed, _ = closed_round()
    invite(closed, 12)
    invitations.decline(closed.ref, f"{10:064x}", "absent")
    invitations.decline(closed.ref, f"{11:064x}", "unwilling")
    put(closed, answers("4455543"))

    run()

    found = json.loads(files()[f"{prefix_of('day-1')}/edition.json"])
    assert (found["N"], found["n"]) == (11, 7)


@pytest.mark.usefixtures("walks")
def test_a_round_whose_windows_were_moved_meanwhile_is_not_frozen() -> None:
    closed, _ = closed_round()
    moved = replace(closed, windows={name: Window(window.opens, window.closes + 3600) for name, window in closed.windows.items()})
    storing.update_round(moved)

    frozen = published.freeze(closed, "editions/walks/day-1/early")

    assert not frozen
    assert published.rounds(closed.programme)[closed.id].edition is None


def of_the_programme() -> Any:
    prefix = programme_pointers.edition("walks")
    assert prefix is not None
    return json.loads(bucket.get(f"{prefix}/edition.json"))


@pytest.mark.slow
@pytest.mark.usefixtures("walks")
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


@pytest.mark.usefixtures("walks")
def test_a_programme_s_edition_that_was_made_of_fewer_rounds_is_not_pointed_to() -> None:
    closed, _ = closed_round()
    other, _ = closed_round("day-2")
    published.freeze(closed, "editions/walks/day-1/x")
    seen = programme_pointers.stale()
    published.freeze(other, "editions/walks/day-2/x")

    assert not programme_pointers.point(seen[0], "editions/walks/_programme/early")
    assert programme_pointers.edition("walks") is None
    assert [stale.frozen for stale in programme_pointers.stale()] == [2]


@pytest.mark.usefixtures("walks")
def test_a_programme_that_can_t_be_merged_keeps_no_round_from_its_edition_and_the_job_fails() -> None:
    closed, _ = closed_round()
    published.freeze(closed, "editions/walks/day-1/not-there")
    put(closed_round("day-2")[0], TEN)

    with pytest.raises(JobFailed):
        run()

    assert published.rounds("walks")["day-2"].edition
    assert len(programme_pointers.stale()) == 1


@pytest.mark.usefixtures("walks")
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


@pytest.mark.usefixtures("walks")
def test_there_is_a_message_for_each_round_and_one_for_its_programme() -> None:
    for name in ("day-1", "day-2"):
        closed_round(name)

    outcome = handler(aggregating.at(LATER + SETTLE), None)
    bodies = [json.loads(message["body"]) for message in aggregating.messages()]

    assert outcome == {"due": 2, "queued": ["day-1", "day-2"], "failed": 0}
    assert sorted((body["programme"], body["round"]) for body in bodies) == [("walks", "day-1"), ("walks", "day-2")]


@pytest.mark.usefixtures("walks")
def test_a_round_that_is_queued_is_not_queued_again_at_once() -> None:
    closed_round()
    moments = (LATER + SETTLE + 3600 + later for later in (0, 300, desk_turns.WHILE, -3600))

    queued = [handler(aggregating.at(moment), None)["queued"] for moment in moments]

    assert queued == [["day-1"], [], ["day-1"], ["day-1"]]


@pytest.mark.usefixtures("walks")
def test_a_message_that_comes_twice_changes_nothing() -> None:
    closed, _ = closed_round()
    put(closed, TEN)
    turn = {"body": json.dumps({"programme": "walks", "round": "day-1", "at": LATER + SETTLE})}

    assert aggregating.worked(turn)
    before = files()
    put(closed, answers("1" * 20))

    assert aggregating.worked(turn)
    assert files() == before


@pytest.mark.usefixtures("walks")
@pytest.mark.parametrize("name", ["day-1", "day-9"])
def test_a_message_about_a_round_that_is_not_over_or_not_there_does_nothing(name: str) -> None:
    closed_round()

    assert aggregating.worked({"body": json.dumps({"programme": "walks", "round": name, "at": LATER + SETTLE - 1})})
    assert files() == {}


@pytest.mark.parametrize("body", ["", "{}", "[]", '{"programme": "walks"}'])
def test_a_message_that_asks_for_nothing_of_ours_fails_and_comes_to_lie_aside(body: str) -> None:
    assert not aggregating.worked({"body": body})

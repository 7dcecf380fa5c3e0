"""Aggregate: each round that is over gets its edition, once, and of nobody who should not be in it."""

import json
from dataclasses import replace

import pytest

from shared.envelopes import key_pair, sealed
from shared.exports import files as exports
from shared.exports.kinds import KINDS
from shared.results import counting, editions
from shared.rounds import SETTLE, Window
from shared.store import desk_samples, invitations, published
from shared.store.invitations import Invitation
from tests import storing
from tests.functions.closing import LATER, TEN, closed_round, files, invite, prefix_of, put, put_envelope, put_walks, run
from tests.shared.examples import FORM, answers, programme

pytestmark = pytest.mark.usefixtures("walks")


@pytest.fixture
def walks(tables: object) -> None:  # noqa: ARG001
    put_walks()


FILES = {"comments.json", "edition.csv", "edition.json", "edition.pptx", "edition.xlsx"}


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


@pytest.mark.parametrize("early", [28_801, 1, SETTLE, SETTLE + 28_800])
def test_a_round_that_is_not_settled_is_left_alone(early: int) -> None:
    closed_round()

    assert run(LATER + SETTLE - early) == {"due": 0, "queued": [], "failed": 0}
    assert files() == {}


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


@pytest.mark.parametrize("invited", [0, 3])
def test_an_empty_round_gets_an_edition_that_says_so(invited: int) -> None:
    closed, _ = closed_round()
    invite(closed, invited)

    assert run()["queued"] == ["day-1"]

    found = json.loads(files()[f"{prefix_of('day-1')}/edition.json"])
    assert (found["N"], found["n"], found["hidden"]) == (invited, 0, {"reason": "small", "k": 5})


def test_staff_are_told_the_totals_of_the_edition_from_then_on() -> None:
    closed, _ = closed_round()
    invite(closed, 12)
    put(closed, answers("4455543"))

    run()

    last = desk_samples.latest(closed.ref)
    assert last is not None
    assert (last.totals.invited, last.totals.answered) == (12, 7)


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


def test_who_was_not_there_is_not_counted_and_who_does_not_want_to_answer_is() -> None:
    closed, _ = closed_round()
    invite(closed, 12)
    invitations.decline(closed.ref, f"{10:064x}", "absent")
    invitations.decline(closed.ref, f"{11:064x}", "unwilling")
    put(closed, answers("4455543"))

    run()

    found = json.loads(files()[f"{prefix_of('day-1')}/edition.json"])
    assert (found["N"], found["n"]) == (11, 7)


def test_a_round_whose_windows_were_moved_meanwhile_is_not_frozen() -> None:
    closed, _ = closed_round()
    moved = replace(closed, windows={name: Window(window.opens, window.closes + 3600) for name, window in closed.windows.items()})
    storing.update_round(moved)

    frozen = published.freeze(closed, "editions/walks/day-1/early")

    assert not frozen
    assert published.rounds(closed.programme)[closed.id].edition is None

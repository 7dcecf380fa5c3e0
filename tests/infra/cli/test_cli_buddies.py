"""`kursdag buddies`: a draw is shown, and stored when somebody says so."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from click.testing import Result

from infra.publishing import Faulty
from shared.rosters.buddies import groups
from shared.store import roster
from tests.functions.examples import enrol, participant, publish

Run = Callable[..., str]


@pytest.fixture
def run(command: Callable[..., Result]) -> Run:
    publish()
    enrol([replace(participant(name), name=name.title()) for name in ("anna", "bo", "cleo", "dan", "eva")])
    return lambda *arguments: command("buddies", "walks", *arguments).output


def pairs() -> int:
    return len(groups({person.id: person.participant for person in roster.people("walks")}))


def test_a_draw_is_stored_when_somebody_says_so(run: Run) -> None:
    assert "0 kept, 2 drawn, 0 alone" in run("--seed", "7")
    assert pairs() == 0

    said = run("--seed", "7", "--yes")

    assert said.count("drawn  ") == 2
    assert "the number of this draw is 7" in said
    assert "Stored." in said
    assert pairs() == 2


def test_a_second_draw_keeps_what_there_is(run: Run) -> None:
    run("--yes")

    assert "2 kept, 0 drawn, 0 alone" in run("--yes")


def test_apart_says_for_whom_there_is_nobody(run: Run) -> None:
    said = run("--apart", "school", "--yes")

    assert "5 alone" in said
    assert "alone  Anna" in said


@pytest.mark.parametrize("arguments", [("--apart", "planet"), ("--role", "king")])
def test_what_the_programme_does_not_have_is_told(run: Run, arguments: tuple[str, str]) -> None:
    with pytest.raises(Faulty):
        run(*arguments)

import io

import pytest
from rich.console import Console

from infra.publishing import declared_by, files_in
from infra.scale import aggregating, report, running
from infra.scale.measuring import PIECE, Run, together
from infra.scale.people import INSTITUTIONS, participants
from shared.declarations.declared import Declared
from shared.store import published

pytestmark = pytest.mark.slow


def test_ten_thousand_people_come_from_239_institutions_in_13_municipalities() -> None:
    found = declared_by(running.FOLDER, files_in(running.FOLDER))
    assert isinstance(found, Declared)

    people = participants(found.programme, 10_000)

    assert len({person.email for person in people}) == 10_000
    assert len({person.units for person in people}) == INSTITUTIONS
    assert len({person.units[0] for person in people}) == 13
    assert {person.units[0] for person in people if person.role == "day-care-leader"} == {"Ådal"}


@pytest.mark.usefixtures("tables")
def test_a_small_seminar_goes_the_whole_way_and_every_part_is_told() -> None:
    said: list[str] = []

    run = running.run("seminar", 39, said.append, aggregating.here)

    answers = together(run.answers).times
    day, follow_up = (edition.answers for edition in run.editions if edition.round)
    assert day + follow_up == answers
    assert all(spent.times for spent in run.parts().values())
    assert len([text for text in said if "have answered" in text]) == 3 * 13
    assert published.programme("seminar") is not None
    screen = io.StringIO()
    Console(file=screen, width=120).print(report.table([run]))
    assert "39 people" in screen.getvalue()


def test_answers_are_told_apart_by_the_thousand() -> None:
    run = Run(1)

    for _ in range(2 * PIECE + 1):
        run.answer.add(1, 0.5, 0.1)

    assert [piece.times for piece in run.answers] == [PIECE, PIECE, 1]
    assert together(run.answers).wall == pytest.approx(0.5 * (2 * PIECE + 1))

"""What `kursdag jobs plan` prints, beside an account in this process."""

from collections.abc import Callable

import pytest
from click.testing import Result

from shared.store import absences
from shared.store.roster import Person
from tests.functions.examples import FILES, PROGRAMME, dump, enrol, oslo, participant, publish, set_clock
from tests.once import once

Command = Callable[..., Result]

EARLY = oslo("2025-08-01T12:00")
TASK = """\
messages:
  - id: boots
    title: {nb: Før vi går, en: Before we walk}
    text: {nb: Gå inn støvlene., en: Try your boots on.}
    on: day-1 at 19:00
"""


@pytest.fixture
def people(command: Command, monkeypatch: pytest.MonkeyPatch) -> list[Person]:  # noqa: ARG001
    """Publish a programme with a reminder and a message for the same hour, long before, for three people."""
    monkeypatch.setenv("STAGE", "local")
    once(publish)(FILES | {"programme.yaml": PROGRAMME.replace("closes: 23:59", "closes: 23:59\n    reminds: [19:00]") + TASK})
    set_clock(EARLY)
    return enrol(map(participant, ("anna", "berit", "cecilie")))


def rows(said: Result) -> list[list[str]]:
    """Read the table's cells, whatever the width of the screen has broken them into."""
    found: list[list[str]] = []
    for line in said.output.splitlines():
        cells = [cell.strip() for cell in line.strip("│").split("│")]
        if line.startswith("│") and cells[0]:
            found.append(cells)
        elif line.startswith("│"):
            found[-1] = [f"{before} {more}".strip() for before, more in zip(found[-1], cells, strict=True)]
    return found


def test_a_plan_is_a_table_of_what_is_sent_to_how_many_and_why_not_to_how_many(command: Command, people: list[Person]) -> None:
    absences.change("walks", "day-1", "day-1", mark={people[0].id}, unmark=set())
    before = dump()

    said = command("jobs", "plan", "--at", "2025-08-26T19:00")

    assert rows(said) == [
        ["walks", "day-1", "day-1", "invitation", "0", "1 were absent, 2 have it, or were invited less than two hours before"],
        ["walks", "day-1", "day-1", "reminder", "2", "1 were absent"],
        ["walks", "boots", "day-1", "message", "3", ""],
    ]
    assert "3 mails at 2025-08-26 19:00: what is due for a person comes in one." in said.output
    assert dump() == before


@pytest.mark.usefixtures("people")
def test_without_a_time_the_plan_is_for_now_and_where_nothing_is_due_there_is_no_table(command: Command) -> None:
    said = command("jobs", "plan")

    assert rows(said) == []
    assert said.output.startswith("0 mails at 2025-08-01 12:00")

"""Goals before and after a programme, from its files to what is published of the same people: published values, through the whole stack."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.command_line import CommandLine
from tests.goldens import GOLDENS

pytestmark = pytest.mark.slow

GOLDEN = GOLDENS["paired"]["likert24"]

PROGRAMME = """title: {en: Steps}
languages: [en]
timezone: Europe/Oslo
sender: Steps
contact: {name: The office, email: office@example.org}
controller: The county
data_protection: {name: The officer, email: officer@example.org}
legal_basis: {en: A task in the public interest}
complaints: The authority
retention: 365
units: [school]
roles: {teacher: {en: Teacher}}
goals:
  - {id: listen, title: {en: Listen}}
days:
  - id: day-1
    title: {en: A day}
    aims: [{en: To walk}]
    date: 2031-03-12
    place: Hall
    sessions:
      - {id: walk, title: {en: A walk}, start: 09:00, end: 15:00}
rounds:
  - form: goals
    for: once
    id: before
    opens: 7 days before day-1 at 08:00
    closes: 1 day before day-1 at 23:59
    series: goals
    stage: before
  - form: goals
    for: once
    id: after
    opens: 1 day after day-1 at 08:00
    closes: 5 days later at 23:59
    series: goals
    stage: after
staff:
  - {email: owner@example.org, role: owner}
"""
HELD = (("before", "pre", "2031-03-06T09:00", "2031-03-12T06:00"), ("after", "post", "2031-03-14T09:00", "2031-03-20T06:00"))
"""Each round with its answers among the published ones, a time when it is open, and one when it is over."""


def table(path: Path, heading: list[str], rows: list[list[str]]) -> Path:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([heading, *rows])
    return path


@pytest.fixture(scope="module")
def compared(kursdag: CommandLine, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Publish, invite, answer by the links in the mails before and after, and count."""
    folder = tmp_path_factory.mktemp("pairs")
    written = folder / "steps"
    written.mkdir()
    (written / "programme.yaml").write_text(PROGRAMME)
    emails = [f"step{number:02}@steps.example.org" for number in range(len(GOLDEN["pre"]))]
    people = [[to, f"Stepper {number}", "en", "teacher", "A"] for number, to in enumerate(emails)]
    roster = table(folder / "roster.csv", ["email", "name", "language", "role", "school"], people)
    kursdag("publish", written)
    kursdag("roster", "import", "steps", roster)
    for name, given, open_at, over_at in HELD:
        kursdag("jobs", "run", "invite", "--at", open_at)
        rows = [[to, str(point)] for to, point in zip(emails, GOLDEN[given], strict=True)]
        kursdag("simulate", "steps", name, "--answers", table(folder / f"{name}.csv", ["email", "goal.listen"], rows))
        kursdag("jobs", "run", "aggregate", "--at", over_at)
    yield json.loads(kursdag("results", "steps", "after", "--before-and-after", "--format", "json"))
    kursdag("clock", "reset")


def test_published_values_for_pairs_come_out_of_the_whole_stack(compared: dict[str, Any]) -> None:
    (question,) = compared["questions"]
    figures = question["figures"]

    assert (compared["N"], compared["n"], compared["left_out"]) == (24, 24, 0)
    assert figures["mean_change"] == pytest.approx(GOLDEN["mean_change"])
    assert figures["interval"] == pytest.approx(GOLDEN["ci95"])
    assert list(figures["directions"].values()) == [GOLDEN["improved"], GOLDEN["unchanged"], GOLDEN["worsened"]]
    assert figures["effect"]["d_z"] == pytest.approx(GOLDEN["dz"])
    assert figures["effect"]["interval"] == pytest.approx(GOLDEN["dz_ci95"], abs=1e-9)
    assert figures["wilcoxon"]["p"] == pytest.approx(GOLDEN["wilcoxon_exact_p"])
    assert figures["pratt"]["p"] == pytest.approx(GOLDEN["wilcoxon_pratt_exact_p"])


@pytest.mark.usefixtures("compared")
def test_the_command_line_shows_the_comparison_and_writes_its_files(kursdag: CommandLine, tmp_path: Path) -> None:
    written = tmp_path / "pairs.xlsx"

    kursdag("results", "steps", "after", "--before-and-after", "--format", "xlsx", "-o", written)

    assert written.read_bytes().startswith(b"PK")
    assert "16/6/2" in kursdag("results", "steps", "after", "--before-and-after")
    assert "compared with no earlier round" in kursdag.tried("results", "steps", "before", "--before-and-after").err

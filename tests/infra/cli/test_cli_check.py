"""What check says beside faults: warnings, seconds, and all of it for programs; and the schema command."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from infra.cli.check import check, schema
from infra.publishing import Faulty

VALID = Path(__file__).parents[2] / "broken" / "valid"
MORE_TEXTS = "".join(f"  - {{id: more-{number}, kind: text, text: {{nb: Mer?, en: More?}}}}\n" for number in range(3))


@pytest.fixture
def walks(tmp_path: Path) -> Path:
    folder = tmp_path / "walks"
    folder.mkdir()
    for file in VALID.glob("*.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def ran(*arguments: object) -> Result:
    return CliRunner().invoke(check, list(map(str, arguments)))


def document(walks: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ran(walks, "--format", "json").output)["programmes"][0]
    return found


def change(walks: Path, file: str, old: str, new: str) -> None:
    path = walks / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_warning_has_its_place_and_the_exit_code_stays_0(walks: Path) -> None:
    with (walks / "day.yaml").open("a", encoding="utf-8") as form:
        form.write(MORE_TEXTS)

    result = ran(walks)

    assert result.exit_code == 0
    assert f"{walks}/day.yaml:13:3: warning: 4 questions of `day-1` ask for words: most people write in at most 3" in result.output


def test_the_seconds_of_each_round_and_of_each_participant_are_told(walks: Path) -> None:
    output = ran(walks).output

    assert "day-1    38 seconds" in output
    assert "day-2    32 seconds" in output
    assert "Each participant is asked for 1 min 10 s in all." in output


def test_the_time_is_told_by_role_where_it_differs(walks: Path) -> None:
    leader, guide = "  leader: {nb: Leder, en: Leader}\n", "  guide: {nb: Guide, en: Guide}\n"
    change(walks, "programme.yaml", leader, leader + guide)
    change(walks, "programme.yaml", "staff:\n", "  - {form: day, for: day-1, id: guides, who: [guide]}\nstaff:\n")

    assert "Each participant is asked for 1 min 10 s (leader), 1 min 48 s (guide) in all." in ran(walks).output


def test_what_is_told_can_be_read_by_programs(walks: Path) -> None:
    assert document(walks) == {
        "programme": "walks",
        "faults": [],
        "warnings": [],
        "seconds": {"rounds": {"day-1": 38, "day-2": 32}, "participants": {"leader": 70}},
    }


def test_faults_can_be_read_by_programs_too(walks: Path) -> None:
    change(walks, "day.yaml", "kind: text", "kind: txt")

    result = ran(walks, "--format", "json")

    assert result.exit_code == 1
    assert document(walks)["seconds"] is None
    assert document(walks)["faults"] == [
        {"file": f"{walks}/day.yaml", "line": 24, "column": 11, "message": "`txt` is not known here: did you mean `text`?"}
    ]


def test_faults_are_raised_as_lines(walks: Path) -> None:
    change(walks, "day.yaml", "kind: text", "kind: txt")

    with pytest.raises(Faulty, match=r"day\.yaml:24:11: `txt`"):
        CliRunner().invoke(check, [str(walks)], catch_exceptions=False)


def test_the_schema_is_printed() -> None:
    printed = CliRunner().invoke(schema, ["form"]).output

    assert json.loads(printed)["title"] == "Kursdag: form"

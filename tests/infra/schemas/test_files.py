"""The JSON Schema takes what the files' own definitions take, and refuses what editors can refuse."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from infra.schemas.files import SCHEMAS, json_schema
from shared.declarations.shapes import Declaration
from shared.declarations.yaml_source import read
from tests.template import ROOT

PROGRAMMES = sorted(path for path in ROOT.glob("forms/*/programme.yaml"))
FORMS = sorted(path for path in ROOT.glob("forms/*/*.yaml") if path not in PROGRAMMES)
VALID = ROOT / "tests" / "broken" / "valid"


def complaints(what: str, data: bytes) -> list[str]:
    return [error.json_path for error in Draft202012Validator(json_schema(what)).iter_errors(read(data).value)]


@pytest.mark.parametrize("what", SCHEMAS)
def test_each_is_a_json_schema(what: str) -> None:
    Draft202012Validator.check_schema(json.loads(json.dumps(json_schema(what))))


@pytest.mark.parametrize("file", [*PROGRAMMES, VALID / "programme.yaml"], ids=lambda path: path.parent.name)
def test_every_programme_fits_it(file: Path) -> None:
    assert complaints("programme", file.read_bytes()) == []


@pytest.mark.parametrize("file", [*FORMS, VALID / "day.yaml"], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_form_fits_it(file: Path) -> None:
    assert complaints("form", file.read_bytes()) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("programme", "timezone:", "timezon:", "$"),
        ("programme", "languages: [nb, en]", "languages: [nb, no]", "$.languages[1]"),
        ("programme", "id: maps", "id: Maps", "$.days[0].sessions[0].id"),
        ("programme", "start: 09:00", "start: 9", "$.days[0].sessions[0].start"),
        ("programme", "closes: 23:59", "closes: late", "$.rounds[0].closes"),
        ("programme", "role: organiser}", "role: leader}", "$.staff[0].role"),
        ("form", "mode: anonymous", "mode: open", "$.mode"),
        ("form", "mode: anonymous\n", "", "$"),
        ("form", "kind: text", "kind: txt", "$.questions[2].kind"),
        ("form", "kind: text", "kind: text\n    points: 3", "$.questions[2]"),
        ("form", "kind: text", "kind: text\n    required: maybe", "$.questions[2].required"),
        ("form", "kind: text", "kind: text\n    if: {question: benefit, like: 3}", "$.questions[2].if"),
        ("form", "nb: Hva?, en: What?", "nb: Hva?, eng: What?", "$.questions[2].text"),
    ],
)
def test_what_breaks_a_file_breaks_the_schema_at_the_same_place(file: str, old: str, new: str, place: str) -> None:
    name = "day" if file == "form" else file
    text = VALID.joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    assert old in text

    assert place in complaints(file, text.replace(old, new, 1).encode())


@pytest.mark.parametrize("what", SCHEMAS)
def test_everything_is_described_and_no_key_is_unknown(what: str) -> None:
    document = json_schema(what)

    for part in [document, *document["$defs"].values()]:
        if "properties" in part and "additionalProperties" in part:
            assert part["description"]
            assert part["additionalProperties"] is False


def every(kind: type[Declaration]) -> set[str]:
    return {field.data_key or name for name, field in kind().fields.items()}


@pytest.mark.parametrize("what", SCHEMAS)
def test_it_has_the_keys_of_the_definition(what: str) -> None:
    document: dict[str, Any] = json_schema(what)

    assert set(document["properties"]) == every(SCHEMAS[what])

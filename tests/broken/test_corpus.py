import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from shared.declarations.declared import Declared, declared
from shared.declarations.drafts import Fault
from shared.languages import catalogue

HERE = Path(__file__).parent
VALID = {path.name: path.read_bytes() for path in HERE.joinpath("valid").glob("*.yaml")}
CASES = YAML(typ="safe", pure=True).load(HERE.joinpath("corpus.yaml"))

ANOTHER_QUESTION = "  - {{id: q-{}, kind: text, text: {{nb: Hva?, en: What?}}}}\n"


def changed(file: str, old: str | None, new: str | bytes) -> dict[str, bytes]:
    by = new if isinstance(new, bytes) else new.encode()
    if old is None:
        return VALID | {file: by}
    assert old.encode() in VALID[file]
    return VALID | {file: VALID[file].replace(old.encode(), by, 1)}


def faults(files: dict[str, bytes]) -> list[str]:
    found = declared("walks", files)
    assert isinstance(found, list)
    return [str(fault) for fault in found]


@cache
def all_faults() -> list[Fault]:
    """Find every fault of the corpus."""
    broken = [declared("walks", changed(case["file"], case.get("replace"), case["by"])) for case in CASES]
    return [fault for found in broken if isinstance(found, list) for fault in found]


def test_the_files_that_the_corpus_breaks_are_valid() -> None:
    assert isinstance(declared("walks", VALID), Declared)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_fault_of_a_broken_file_is_told_with_its_place(case: dict[str, Any]) -> None:
    files = changed(case["file"], case.get("replace"), case["by"])

    assert faults(files) == case["faults"]


@pytest.mark.parametrize("language", ["da", "nb", "nn", "sv"])
def test_every_fault_of_the_corpus_is_told_in_the_reader_s_language(language: str) -> None:
    words = catalogue(language).gettext
    told = [(str(fault), fault.told(words)) for fault in all_faults()]

    assert [english for english, other in told if english == other] == []
    assert [other for _, other in told if re.search(r" (is|are|the|must|not) ", re.sub("`.*?`|“.*?”", "", other))] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("programme.yaml", "Ås", "Ås".encode("cp1252"), "1:1: the file is not UTF-8: save it again with the encoding UTF-8"),
        ("programme.yaml", None, "title: x\n".encode("utf-16"), "1:1: the file is not UTF-8: save it again with the encoding UTF-8"),
        ("day.yaml", None, "#" + "x" * 256 * 1024, "1:1: the file is larger than 256 KB: split it or shorten it"),
        (
            "day.yaml",
            "nb: Hva?",
            "nb: " + "[" * 500,
            "25:32: nested deeper than 20 levels: check the indentation and the brackets",
        ),
        ("programme.yaml", "Kursdag", "K" * 201, "4:9: this text has 201 characters, at most 200 are allowed: shorten it"),
        ("programme.yaml", "id: maps", "id: " + "m" * 41, "21:13: this id has 41 characters, at most 40 are allowed"),
        (
            "day.yaml",
            "questions:\n",
            "questions:\n" + "".join(map(ANOTHER_QUESTION.format, range(57))),
            "13:3: these are 61 questions on `day-1`, at most 60 are allowed",
        ),
    ],
    ids=["cp1252", "UTF-16", "too large", "500 levels", "a long text", "a long id", "many questions"],
)
def test_files_too_odd_for_the_corpus_are_refused_too(file: str, old: str | None, new: str | bytes, expected: str) -> None:
    assert faults(changed(file, old, new)) == [f"{file}:{expected}"]


def test_faults_in_several_files_are_told_at_once() -> None:
    files = {
        **changed("programme.yaml", "timezone:", "timezon:"),
        "day.yaml": VALID["day.yaml"]
        .replace(b"kind: text", b"kind: txt")
        .replace(b"positive: [4, 5]", b"positive: [5, 6]\n    positive: [5]"),
        "walk.yaml": b"title: [\n",
    }

    assert faults(files) == [
        "day.yaml:11:19: there is no point 6: the scale has 5",
        "day.yaml:12:5: `positive` stands twice, first in line 11: remove one of the two",
        "day.yaml:25:11: `txt` is not known here: did you mean `text`?",
        "programme.yaml:1:1: `timezone` is missing",
        "programme.yaml:3:1: `timezon`: did you mean `timezone`?",
        "walk.yaml:1:1: no round uses this form: name it under `rounds`, or remove the file",
        "walk.yaml:1:9: a value is missing here, or a bracket is not closed",
    ]

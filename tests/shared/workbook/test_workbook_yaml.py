import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.declarations.yaml_source import UNWANTED, read
from shared.workbook.yaml import written

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).filter(lambda text: not UNWANTED.search(text))
ODD = [
    "no",
    "09:00",
    "12",
    "1.5",
    "true",
    "~",
    "a: b",
    "a #b",
    "- a",
    "{session}",
    "it's",
    '"a"',
    "a,b",
    "",
    " a",
    "a\nb\n",
    "Ås",
    "2026-08-26",
    "a:",
    "|",
    "x:y",
]
SCALARS = st.one_of(TEXTS, st.sampled_from(ODD), st.integers(-(10**9), 10**9), st.booleans(), st.none())
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["nb", "en", "at least", "id"]), inner, max_size=3)
)


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from(["title", "days", "at least"]), VALUES, min_size=1))
def test_what_is_written_reads_as_the_same_values(value: dict[str, Any]) -> None:
    source = read(written(value))

    assert not source.faults
    assert source.value == _normal(value)


def _normal(value: Any) -> Any:
    """Compare texts as YAML reads them: in the one composed form."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {key: _normal(inner) for key, inner in value.items()}
    return [_normal(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    "path", sorted(Path(__file__).parent.parent.parent.joinpath("broken/valid").glob("*.yaml")), ids=lambda path: path.name
)
def test_a_file_written_again_holds_the_same(path: Path) -> None:
    value = read(path.read_bytes()).value

    assert read(written(value)).value == value


def test_texts_have_quotes_only_where_they_need_them() -> None:
    value = {
        "title": {"nb": "Dag 1: Samarbeid", "en": "Day 1, together"},
        "date": "2026-08-26",
        "sessions": [{"id": "maps", "start": "09:00", "aims": ["no", "12"]}],
        "legal_basis": "a" * 90,
    }

    assert written(value).decode().splitlines() == [
        'title: {nb: "Dag 1: Samarbeid", en: "Day 1, together"}',
        "date: 2026-08-26",
        "sessions:",
        "  - id: maps",
        "    start: 09:00",
        '    aims: [no, "12"]',
        "legal_basis: " + "a" * 90,
    ]

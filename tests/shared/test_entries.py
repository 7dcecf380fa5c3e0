import pytest

from shared.entries import LONGEST, Entry, entry, one_line

TYPED = {"name": "  Kari   Nordmann ", "address": " kari@Example.ORG ", "belongs": "Granlia\tskole"}


def test_what_was_typed_is_tidied() -> None:
    assert entry(TYPED) == Entry("Kari Nordmann", "kari@example.org", "Granlia skole")
    assert entry({**TYPED, "belongs": ""}) == Entry("Kari Nordmann", "kari@example.org", "")


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"name": ""}, {"name": "empty"}),
        ({"name": " \u200b\x00"}, {"name": "empty"}),
        ({"name": "x" * (LONGEST + 1)}, {"name": "long"}),
        ({"belongs": "x" * (LONGEST + 1)}, {"belongs": "long"}),
        ({"address": "kari"}, {"address": "address"}),
        ({"address": "a@example.org, b@example.org", "name": ""}, {"address": "address", "name": "empty"}),
        ({"address": "a@example.org\nbcc: b@example.org"}, {"address": "address"}),
    ],
)
def test_what_is_wrong_is_named_field_by_field(changed: dict[str, str], faults: dict[str, str]) -> None:
    assert entry({**TYPED, **changed}) == faults


@pytest.mark.parametrize("text", ["a\nb", "a\r\n b", "a\u2028b", "a\x00 b", "a \u202eb", "a \ud800b", "\ufeffa b"])
def test_a_text_is_one_line_without_what_cannot_be_shown(text: str) -> None:
    assert one_line(text) == "a b"


def test_letters_are_composed_and_others_stay() -> None:
    assert one_line("A\u030as 👍 <b>") == "Ås 👍 <b>"

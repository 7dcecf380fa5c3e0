import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.declarations.yaml_source import MAX_BYTES, Position, read


def value(text: str) -> object:
    source = read(text.encode())
    assert not source.faults
    return source.value


def faults(text: str) -> list[tuple[int, int]]:
    return [(fault.position.line, fault.position.column) for fault in read(text.encode()).faults]


def test_no_yes_and_on_are_plain_texts() -> None:
    assert value("[no, yes, on, off, No, y]") == ["no", "yes", "on", "off", "No", "y"]


def test_times_and_dates_stay_texts() -> None:
    assert value("{a: 09:00, b: 2014-08-26, c: 1_000}") == {"a": "09:00", "b": "2014-08-26", "c": "1_000"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", 12),
        ("-3", -3),
        ("0x1F", 31),
        ("0o17", 15),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ("1.5", 1.5),
        ("017", 17),
    ],
)
def test_plain_values_follow_the_core_schema(text: str, expected: object) -> None:
    assert value(f"a: {text}") == {"a": expected}


def test_values_in_quotes_and_keys_are_texts() -> None:
    assert value("'12': \"true\"\n13: x\nno: y\n") == {"12": "true", "13": "x", "no": "y"}


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault() -> None:
    source = read("\ufeffa: 1\r\nb:\r\n  - x\r\n".encode())

    assert source.value == {"a": 1, "b": ["x"]}
    assert source.position(("b", 0)) == Position(3, 5)


def test_letters_are_composed() -> None:
    assert value("a: A\u030as") == {"a": "Ås"}


def test_every_key_and_value_has_its_place() -> None:
    source = read(b"a: 1\nb:\n  - c: x\n    d: [y, z]\n")

    assert source.keys_at["b", 0, "d"] == Position(4, 5)
    assert source.position(("b", 0, "d", 1)) == Position(4, 12)


def test_what_is_missing_is_placed_at_what_lacks_it() -> None:
    source = read(b"a: 1\nb:\n  - c: x\n")

    assert source.position(("b", 0, "d", "e")) == Position(3, 5)


def test_an_empty_value_is_placed_at_its_key() -> None:
    assert read(b"a: 1\nb:\n\n\nc: 2\n").position(("b",)) == Position(2, 1)


def test_several_faults_are_told_at_once() -> None:
    assert faults("a: &x 1\nb: *x\na: !t 2\n") == [(1, 4), (2, 4), (3, 1), (3, 4)]


def test_the_same_key_in_two_refused_mappings_is_no_fault_of_its_own() -> None:
    assert faults("a: {b: 1}\na: {b: 1}\na: {b: 1}\n") == [(2, 1), (3, 1)]


def test_tabs_are_told_once_a_line() -> None:
    assert faults("a: 1\n\tb:\t2\nc: \t3\n") == [(2, 1), (3, 4)]


def test_a_value_is_judged_only_if_the_text_was_read_to_its_end() -> None:
    assert read(b"a: 1\na: 2\n").whole
    assert not read(b"a: 1\nb: [\n").whole


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_depth_is_refused_before_it_costs_anything(opening: str) -> None:
    source = read(opening.encode() * 50_000)

    assert "nested deeper than 20 levels" in source.faults[-1].message


def test_a_syntax_fault_at_the_end_lies_inside_the_file() -> None:
    assert faults("a: 1\nb: [x,\n\n\n\n") == [(2, 7)]


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=300))
@example(b"\xff\xfe")
@example(b'"\\UFFFFFFFF"')
@example(b"\xc2\x85: \xe2\x80\xa8-\n")
def test_any_bytes_give_a_source(data: bytes) -> None:
    source = read(data)

    assert source.faults or source.whole


YAML_PIECES = [
    "a",
    "b: ",
    "- ",
    "\n",
    "  ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "'",
    '"',
    "\\",
    "&x ",
    "*x",
    "!t ",
    "|",
    ">",
    "# ",
    "---",
    "...",
    "%",
    "? ",
    ": ",
    "\t",
    "å",
    "\u2028",
    "\x85",
    "\r",
    "@",
    "`",
    "~",
    "\\U00110000",
]


@pytest.mark.slow
@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(YAML_PIECES), max_size=40).map("".join))
def test_any_pieces_of_yaml_give_a_source_with_places_inside_the_text(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    source = read(text.encode())

    assert source.faults or source.whole
    for position in [*source.values_at.values(), *source.keys_at.values(), *(fault.position for fault in source.faults)]:
        assert 1 <= position.line <= len(lines)
        assert 1 <= position.column <= len(lines[position.line - 1]) + 1


def test_a_file_of_the_largest_size_is_read() -> None:
    assert read(b"a: " + b"x" * (MAX_BYTES - 3)).whole

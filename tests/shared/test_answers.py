import unicodedata
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import answers
from shared.answers import MOST_FIELDS, Malformed, Reading, codes, fields
from shared.conditions import Condition
from shared.forms import Form, Option, Question

POINTS = tuple(Option(code, {"en": code}) for code in "12345")
RATED = Question("rated", "scale", {"en": "Rated?"}, options=POINTS, not_relevant={"en": "Did not attend"})
MUST = Question("must", "scale", {"en": "Must?"}, required=True, options=POINTS)
TEXT = Question("text", "text", {"en": "Text?"}, max_length=10)
FORM = Form({"en": "Form"}, "anonymous", (RATED, TEXT))
STRICT = Form({"en": "Form"}, "anonymous", (MUST, TEXT))

NO_FORM = [
    b"text=%FF",
    b"text=%ED%A0%80",
    b"text=%C0%AF",
    b"text=\xc3\xa5",
    b"no equals sign",
    b"rated=1&&text=a",
    b"&",
    b"\x00",
    b'{"rated": "1"}',
    b"&".join(b"f%d=1" % number for number in range(MOST_FIELDS + 1)),
]


def read(form: Form, typed: dict[str, str]) -> Reading:
    """Read fields that are each sent once."""
    return answers.read(form, {name: [value] for name, value in typed.items()})


@pytest.mark.parametrize("body", NO_FORM)
def test_a_body_that_no_browser_sends_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        fields(body)


def test_a_body_is_split_into_its_fields() -> None:
    assert fields(b"rated=1&text=a+b%26c%0D%0A%C3%A5&empty=") == {"rated": ["1"], "text": ["a b&c\r\nå"], "empty": [""]}


def test_an_empty_body_has_no_fields() -> None:
    assert fields(b"") == {}


@given(st.binary(max_size=200))
def test_any_bytes_are_malformed_or_fields(body: bytes) -> None:
    try:
        found = fields(body)
    except Malformed:
        return

    assert all(text.encode().decode() == text for values in found.values() for text in values)


@pytest.mark.slow
@given(st.dictionaries(st.text(min_size=1, max_size=9), st.text(max_size=20), max_size=8))
def test_what_a_browser_sends_comes_back_as_it_was_typed(typed: dict[str, str]) -> None:
    assert fields(urlencode(typed).encode()) == {name: [value] for name, value in typed.items()}


@given(st.dictionaries(st.sampled_from(["rated", "text", "must", "other"]) | st.text(max_size=3), st.text(max_size=30), max_size=4))
def test_any_fields_are_malformed_or_answers_that_the_form_has(given_fields: dict[str, str]) -> None:
    try:
        reading = read(FORM, given_fields)
    except Malformed:
        assert given_fields.keys() - {"rated", "text"} or given_fields.get("rated", "1") not in codes(RATED)
        return

    assert reading.answers.keys() <= given_fields.keys()
    assert reading.answers.get("rated", "1") == given_fields.get("rated", "1")
    assert reading.faults.keys() <= {"text"}


@pytest.mark.parametrize("code", ["1", "5", "na"])
def test_an_option_that_the_question_has_is_taken_as_it_is(code: str) -> None:
    assert read(FORM, {"rated": code}) == Reading({"rated": code})


@pytest.mark.parametrize("code", ["", "0", "6", "٣", "3.0", "+3", " 3", "3 ", "03", "３", "3\0", "NA", "3\n", "on", "1,2"])
def test_an_option_that_the_question_has_not_is_malformed(code: str) -> None:
    with pytest.raises(Malformed):
        read(FORM, {"rated": code})


def test_not_relevant_is_malformed_where_the_question_does_not_offer_it() -> None:
    with pytest.raises(Malformed):
        read(STRICT, {"must": "na"})


@pytest.mark.parametrize("name", ["unknown", "Rated", "rated ", "", "rated\0", "_form"])
def test_a_question_that_the_form_has_not_is_malformed(name: str) -> None:
    with pytest.raises(Malformed):
        read(FORM, {name: "1"})


@given(st.text(max_size=10).filter(lambda text: text == text.strip() and "\r" not in text))
def test_a_text_is_stored_exactly_but_for_control_characters_and_composition(typed: str) -> None:
    kept = "".join(letter for letter in typed if unicodedata.category(letter) != "Cc" or letter in "\n\t")

    stored = answers.read(FORM, fields(f"text={quote(typed)}".encode())).answers.get("text", "")

    assert stored == unicodedata.normalize("NFC", kept).strip()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\0b\x1b[0mc\x85d", "ab[0mcd"),
        ("A\u030a", "Å"),
        ("\ta\tb", "a\tb"),
        ("  a  b  ", "a  b"),
        ("<b>{{7*7}}", "<b>{{7*7}}"),
        ("=1+1", "=1+1"),
        ("👩\u200d🏫", "👩\u200d🏫"),
    ],
)
def test_texts_are_cleaned_and_no_more(typed: str, stored: str) -> None:
    assert read(FORM, {"text": typed}).answers == {"text": stored}


@pytest.mark.parametrize("typed", ["", " ", "\r\n", "\0", "\u00a0"])
def test_a_text_of_nothing_is_no_answer(typed: str) -> None:
    assert read(FORM, {"text": typed}) == Reading({})


def test_a_text_may_be_as_long_as_the_question_says_and_no_longer() -> None:
    assert read(FORM, {"text": "å" * 10}).faults == {}
    assert read(FORM, {"text": "å" * 11}) == Reading({"text": "å" * 11}, {"text": "long"})


def test_length_is_counted_on_what_would_be_stored() -> None:
    assert read(FORM, {"text": "A\u030a" * 10 + "\0\0 "}).faults == {}


@pytest.mark.parametrize("given_fields", [{}, {"text": "only this"}])
def test_a_required_question_must_be_answered(given_fields: dict[str, str]) -> None:
    assert read(STRICT, given_fields).faults == {"must": "required"}


def test_a_required_text_of_blanks_is_not_answered() -> None:
    form = Form({"en": "Form"}, "anonymous", (Question("text", "text", {"en": "Text?"}, required=True, max_length=10),))

    assert read(form, {"text": "  "}).faults == {"text": "required"}


@pytest.mark.parametrize("body", [b"rated=1&rated=2", b"rated=1&rated=1", b"text=a&text=b"])
def test_a_field_that_is_sent_twice_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        answers.read(FORM, fields(body))


TOOLS = tuple(Option(code, {"en": code}) for code in ("a", "b", "c"))
SEVERAL = Question("tools", "choices", {"en": "Tools?"}, options=TOOLS, other={"en": "Other, namely"})
ONE = Question("tool", "choice", {"en": "Tool?"}, options=TOOLS, other={"en": "Other, namely"})
NUMBER = Question("times", "number", {"en": "Times?"}, low=0, high=20)
WHY = Question("why", "text", {"en": "Why?"}, max_length=99, required=True, shown_if=Condition("is", "tool", ("b",)))
DEEPER = Question("deeper", "scale", {"en": "Deeper?"}, options=POINTS, shown_if=Condition("at_least", "times", ("3",)))
KINDS = Form({"en": "Form"}, "anonymous", (SEVERAL, ONE, WHY, NUMBER, DEEPER, Question("said", "statement", {"en": "Read this."})))


def test_several_choices_are_taken_in_the_form_s_order() -> None:
    assert answers.read(KINDS, {"tools": ["c", "a"]}) == Reading({"tools": ["a", "c"]})


@pytest.mark.parametrize("values", [["a", "a"], ["a", "x"], [""], ["na"]])
def test_choices_that_the_question_has_not_or_that_are_doubled_are_malformed(values: list[str]) -> None:
    with pytest.raises(Malformed):
        answers.read(KINDS, {"tools": values})


def test_what_is_written_beside_other_is_kept_only_where_other_is_chosen() -> None:
    assert read(KINDS, {"tool": "other", "tool.other": " my own "}) == Reading({"tool": "other", "tool.other": "my own"})
    assert read(KINDS, {"tool": "a", "tool.other": "my own"}) == Reading({"tool": "a"})
    assert read(KINDS, {"tool": "other", "tool.other": "x" * 201}).faults == {"tool": "long"}


@pytest.mark.parametrize("typed", ["0", "20", " 7 "])
def test_a_whole_number_within_its_bounds_is_taken(typed: str) -> None:
    assert read(KINDS, {"times": typed}) == Reading({"times": typed.strip()})


@pytest.mark.parametrize(
    ("typed", "fault"),
    [("3.0", "number"), ("+3", "number"), ("٣", "number"), ("03", "number"), ("three", "number"), ("-1", "range"), ("21", "range")],
)
def test_a_number_that_is_none_or_out_of_bounds_is_a_fault_and_not_stored(typed: str, fault: str) -> None:
    assert read(KINDS, {"times": typed}).faults == {"times": fault}


def test_an_answer_to_a_question_that_is_not_asked_is_left_out_and_counted() -> None:
    assert read(KINDS, {"tool": "a", "why": "because"}) == Reading({"tool": "a"}, dropped=1)


def test_a_required_question_is_required_only_where_it_is_asked() -> None:
    assert read(KINDS, {"tool": "b"}).faults == {"why": "required"}
    assert read(KINDS, {"tool": "a"}).faults == {}
    assert read(KINDS, {}).faults == {}


def test_a_condition_does_not_see_answers_that_are_left_out() -> None:
    chained = Form(
        {"en": "Form"},
        "anonymous",
        (*KINDS.questions[1:3], Question("more", "text", {"en": "More?"}, max_length=9, shown_if=Condition("is", "why", ("x",)))),
    )

    assert read(chained, {"tool": "a", "why": "x", "more": "y"}) == Reading({"tool": "a"}, dropped=2)


def test_at_least_compares_numbers() -> None:
    assert read(KINDS, {"times": "10", "deeper": "4"}) == Reading({"times": "10", "deeper": "4"})
    assert read(KINDS, {"times": "2", "deeper": "4"}) == Reading({"times": "2"}, dropped=1)


def test_a_statement_has_no_answer() -> None:
    with pytest.raises(Malformed):
        read(KINDS, {"said": "x"})

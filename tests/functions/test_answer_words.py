"""What a form page says for whom a question is, and what must be mended."""

import pytest

from shared.answers import read
from shared.conditions import Condition, Operator
from shared.forms import Form, Option, Question
from shared.languages import NAMES
from shared.web.mending import bounds, faults_in_words
from shared.web.recall import live, only_if


def looks_at(question: str, *codes: str) -> Condition:
    return Condition("is" if len(codes) == 1 else "any_of", question, codes)


def joint(operator: Operator, *parts: Condition) -> Condition:
    return Condition(operator, parts=parts)


def every(text: str) -> dict[str, str]:
    return dict.fromkeys(NAMES, text)


OPTIONS = tuple(Option(code, every(code.upper())) for code in "abc")
ASKED = (
    Question("one", "choice", every("One?"), options=OPTIONS, other=every("Other")),
    Question("two", "choice", every("Two, {answer:one}?"), options=OPTIONS),
    Question("three", "number", every("Three?"), low=0, high=9, required=True),
    Question("four", "text", every("Four?"), max_length=3),
)
A, B, C, MANY = looks_at("one", "a"), looks_at("two", "b"), looks_at("one", "b", "c"), Condition("at_least", "three", ("4",))

SAID = {
    "one test": (A, "If you answered “A” to “One?”:"),
    "several codes": (looks_at("one", "a", "b", "c"), "If you answered “A”, “B” or “C” to “One?”:"),
    "a number": (MANY, "If you answered “4” or more to “Three?”:"),
    "a question that recalls": (B, "If you answered “B” to “Two, …?”:"),
    "not": (joint("not", A), "If you did not answer “A” to “One?”:"),
    "not a number": (joint("not", MANY), "If you did not answer “4” or more to “Three?”:"),
    "not not": (joint("not", joint("not", A)), "If you answered “A” to “One?”:"),
    "all": (joint("all", A, B), "If you answered “A” to “One?” and you answered “B” to “Two, …?”:"),
    "any": (joint("any", A, MANY), "If you answered “A” to “One?” or you answered “4” or more to “Three?”:"),
    "any of one": (joint("any", A), "If you answered “A” to “One?”:"),
    "none of them": (joint("not", A, MANY), "If you did not answer “A” to “One?” and you did not answer “4” or more to “Three?”:"),
    "not all": (joint("not", joint("all", A, B)), "If you did not answer “A” to “One?” or you did not answer “B” to “Two, …?”:"),
    "joints of one kind": (
        joint("all", A, joint("all", B, MANY)),
        "If you answered “A” to “One?” and you answered “B” to “Two, …?” and you answered “4” or more to “Three?”:",
    ),
    "joints of both kinds": (
        joint("any", joint("all", C, B), MANY),
        "If you answered “B” or “C” to “One?” and you answered “B” to “Two, …?”, or you answered “4” or more to “Three?”:",
    ),
    "deeper": (joint("any", joint("all", A, joint("any", B, MANY)), C), "Answer this if it fits what you answered above."),
}


@pytest.mark.parametrize(("condition", "said"), SAID.values(), ids=SAID)
def test_for_whom_a_question_is_is_said_in_a_sentence(condition: Condition, said: str) -> None:
    asked = Question("five", "text", every("Five?"), shown_if=condition)

    assert only_if(Form(every("Form"), "anonymous", (*ASKED, asked)), asked, "en") == said


NORDIC = {
    "da": "Hvis du ikke svarede »A« til »One?« eller du svarede »4« eller mere til »Three?«:",
    "nb": "Hvis du ikke svarte «A» på «One?» eller du svarte «4» eller mer på «Three?»:",
    "nn": "Viss du ikkje svara «A» på «One?» eller du svara «4» eller meir på «Three?»:",
    "sv": "Om du inte svarade ”A” på ”One?” eller du svarade ”4” eller mer på ”Three?”:",
}


@pytest.mark.parametrize(("language", "said"), NORDIC.items())
def test_the_sentence_is_one_of_its_language(language: str, said: str) -> None:
    asked = Question("five", "text", every("Five?"), shown_if=joint("any", joint("not", A), MANY))

    assert only_if(Form(every("Form"), "anonymous", (*ASKED, asked)), asked, language) == said


FORM = Form(every("Form"), "anonymous", ASKED)


def mended(**given: str) -> dict[str, str]:
    reading = read(FORM, {name.replace("__", "."): [text] for name, text in given.items()})
    return dict(faults_in_words({question.id: question for question in ASKED}, reading, "en"))


def test_each_fault_says_what_would_help() -> None:
    assert mended() == {"three": "Please answer this question."}
    assert mended(three="ten") == {"three": "Write a whole number, in digits. From 0 to 9."}
    assert mended(three="10") == {"three": "From 0 to 9."}
    assert mended(three="1", four="Five!") == {"four": "Write at most 3 characters. You have written 5."}
    assert mended(three="1", one="other", one__other="x" * 201) == {"one": "Write at most 200 characters. You have written 201."}


@pytest.mark.parametrize(
    ("low", "high", "said"), [(None, None, ""), (0, None, "At least 0."), (None, 9, "At most 9."), (-1, 1, "From -1 to 1.")]
)
def test_bounds_are_said_beforehand(low: int | None, high: int | None, said: str) -> None:
    assert bounds(Question("n", "number", every("N?"), low=low, high=high), "en") == said


def test_a_recalled_answer_stands_where_the_script_finds_it_and_is_shown_literally() -> None:
    assert live(FORM, {"four": "<b>"}, "en", "<i> {answer:four} & {answer:one}") == (
        '&lt;i&gt; <span data-recall="four">&lt;b&gt;</span> &amp; <span data-recall="one">…</span>'
    )
    assert live(FORM, {}, "en", "No <b>") == "No <b>"

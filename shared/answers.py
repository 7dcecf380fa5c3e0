"""Answers: what a posted form holds, read strictly against the form it was sent with."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from shared.conditions import Answers, holds
from shared.forms import NOT_RELEVANT, OTHER, Form, Question, other_id

MOST_FIELDS = 400
"""More fields than any form sends: 60 questions, some with several choices, and what travels along."""

OTHER_LENGTH = 200
"""The most characters beside "other, namely"."""

NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,8})")

Given = Mapping[str, Sequence[str]]
"""Posted fields by name, each with its values in the order sent."""


class Malformed(Exception):
    """A body that no form of ours can have sent: nothing of it is used."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A posted form: the answers as they would be stored, and what its writer must mend first."""

    answers: Answers
    faults: Mapping[str, str] = field(default_factory=dict)
    """By question id: "required", "long", "number" or "range"."""
    dropped: int = 0
    """How many answers were left out because their questions were not asked."""


def fields(body: bytes) -> dict[str, list[str]]:
    """Split a URL-encoded body; raise `Malformed` for broken UTF-8 and what is no form at all."""
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as error:
        raise Malformed from error
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def only(values: Sequence[str]) -> str:
    """Return the value of a field that is sent once; raise `Malformed` where it was doubled."""
    if len(values) != 1:
        raise Malformed
    return values[0]


def read(form: Form, given: Given) -> Reading:
    """Read the fields of a posted form; raise `Malformed` for a question or an option that the form does not have.

    Questions are taken in the form's order, so that each condition sees the answers before it and no answer that is left out.
    """
    if not given.keys() <= set(_names(form)):
        raise Malformed
    answers: dict[str, str | list[str]] = {}
    faults: dict[str, str] = {}
    dropped = 0
    for question in form.questions:
        found = dict(_answer(question, given))
        if question.shown_if and not holds(question.shown_if, answers):
            dropped += bool(found)
            continue
        answers |= found
        faults |= _faults(question, found)
    return Reading(answers, faults, dropped)


def _names(form: Form) -> Iterator[str]:
    for question in form.questions:
        if question.kind != "statement":
            yield question.id
        if question.other:
            yield other_id(question.id)


def _answer(question: Question, given: Given) -> Iterator[tuple[str, str | list[str]]]:
    """Read a question's answer, and what stands beside "other, namely" if that was chosen; nothing where it was left empty."""
    answer = READERS[question.kind](question, given[question.id]) if question.id in given else ""
    if answer:
        yield question.id, answer
    if question.other:
        beside = _cleaned(only(given.get(other_id(question.id), [""])))
        if beside and OTHER in answer:
            yield other_id(question.id), beside


def _option(question: Question, values: Sequence[str]) -> str:
    if only(values) not in codes(question):
        raise Malformed
    return values[0]


def _options(question: Question, values: Sequence[str]) -> list[str]:
    """Read the choices of several, in the form's order."""
    if len(set(values)) != len(values) or not set(values) <= set(codes(question)):
        raise Malformed
    return [code for code in codes(question) if code in values]


def _typed(_question: Question, values: Sequence[str]) -> str:
    return _cleaned(only(values))


def _cleaned(value: str) -> str:
    """Clean a text: line ends as they are on paper, no control characters, composed letters."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(letter for letter in lines if letter in "\n\t" or unicodedata.category(letter) != "Cc")
    return unicodedata.normalize("NFC", kept).strip()


def _nothing(_question: Question, _values: Sequence[str]) -> str:
    raise Malformed


READERS: Mapping[str, Callable[[Question, Sequence[str]], str | list[str]]] = {
    "scale": _option,
    "choice": _option,
    "choices": _options,
    "number": _typed,
    "text": _typed,
    "statement": _nothing,
}


def codes(question: Question) -> tuple[str, ...]:
    """List the codes that an answer to a question may hold; empty where it is written."""
    extra = [OTHER] * bool(question.other) + [NOT_RELEVANT] * bool(question.not_relevant)
    return (*(option.code for option in question.options), *extra)


def _faults(question: Question, found: Answers) -> Iterable[tuple[str, str]]:
    """Find what is wrong with one question's answer."""
    answer = found.get(question.id, "")
    if question.required and not answer and question.kind != "statement":
        yield question.id, "required"
    if len(str(found.get(other_id(question.id), ""))) > OTHER_LENGTH or (question.kind == "text" and len(answer) > question.max_length):
        yield question.id, "long"
    if question.kind == "number" and isinstance(answer, str) and answer:
        yield from _number_faults(question, answer)


def _number_faults(question: Question, answer: str) -> Iterator[tuple[str, str]]:
    if not NUMBER.fullmatch(answer):
        yield question.id, "number"
    elif not (question.low is None or question.low <= int(answer)) or not (question.high is None or int(answer) <= question.high):
        yield question.id, "range"

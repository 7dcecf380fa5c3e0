"""Answers: what a posted form holds, read strictly against the form it was sent with."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from shared.forms import NOT_RELEVANT, Form, Question

MOST_FIELDS = 200
"""More fields than any form has: 60 questions and what travels along."""


class Malformed(Exception):
    """A body that no form of ours can have sent: nothing of it is used."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A posted form: the answers as they would be stored, and what its writer must mend first."""

    answers: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)
    """By question id: "required" or "long"."""


def fields(body: bytes) -> dict[str, str]:
    """Split a URL-encoded body; raise `Malformed` for doubled fields, broken UTF-8 and what is no form at all."""
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
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed
    return found


def read(form: Form, given: Mapping[str, str]) -> Reading:
    """Read the fields of a posted form; raise `Malformed` for a question or an option that the form does not have."""
    questions = {question.id: question for question in form.questions}
    if not given.keys() <= questions.keys():
        raise Malformed
    found = {name: READERS[questions[name].kind](questions[name], value) for name, value in given.items()}
    answers = {name: value for name, value in found.items() if value}
    return Reading(answers, dict(_faults(form.questions, answers)))


def _option(question: Question, value: str) -> str:
    if value not in codes(question):
        raise Malformed
    return value


def _written(_question: Question, value: str) -> str:
    """Clean a text: line ends as they are on paper, no control characters, composed letters."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(letter for letter in lines if letter in "\n\t" or unicodedata.category(letter) != "Cc")
    return unicodedata.normalize("NFC", kept).strip()


READERS: Mapping[str, Callable[[Question, str], str]] = {"scale": _option, "text": _written}


def codes(question: Question) -> tuple[str, ...]:
    """List the codes that an answer to a question may hold; empty for a text."""
    extra = (NOT_RELEVANT,) if question.not_relevant else ()
    return tuple(option.code for option in question.options) + extra


def _faults(questions: Iterable[Question], answers: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for question in questions:
        answer = answers.get(question.id, "")
        if question.required and not answer:
            yield question.id, "required"
        if question.kind == "text" and len(answer) > question.max_length:
            yield question.id, "long"

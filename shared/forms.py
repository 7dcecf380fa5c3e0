"""Forms: immutable questionnaires, named by a hash of their content."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from shared.conditions import Condition, condition_from
from shared.languages import Text

Kind = Literal["scale", "choice", "choices", "number", "text", "statement"]
Mode = Literal["anonymous", "confidential", "personal"]
SharedWith = Literal["", "buddy", "team"]

NOT_RELEVANT = "na"
"""The code of the option "not relevant" or "did not attend": counted and shown, never part of n."""

OTHER = "other"
"""The code of the option "other, namely"; what is written beside it is an answer of its own, see `other_id`."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a question; ``code`` is what an answer holds."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class Question:
    """One question as a participant meets it, complete in itself."""

    id: str
    kind: Kind
    text: Text
    required: bool = False
    help: Text | None = None
    section: Text | None = None
    """The heading of the section that begins with this question."""
    shown_if: Condition | None = None
    """On which earlier answers the question is asked; None for always."""
    options: tuple[Option, ...] = ()
    """Scale: the points in the order shown, coded "1" to "7". Choice, choices: the options, by the codes that the file gives."""
    positive: tuple[str, ...] = ()
    """Scale: the codes that count as positive; empty for a bipolar scale."""
    bipolar: bool = False
    not_relevant: Text | None = None
    """Scale, choice: the label of the extra option coded NOT_RELEVANT, if there is one."""
    other: Text | None = None
    """Choice, choices: the label of the extra option coded OTHER, if there is one."""
    sensitive: bool = False
    """Few answers to a sensitive question are shown in coarser groups."""
    low: int | None = None
    """Number: the least whole number that is accepted."""
    high: int | None = None
    """Number: the greatest whole number that is accepted."""
    long: bool = True
    """Text: several lines, or one."""
    max_length: int = 0
    """Text: the most characters an answer may have."""
    looks_back: str | None = None
    """Scale: the question before it about now, where this one asks the same about the time before the programme."""


@dataclass(frozen=True, slots=True)
class Form:
    """A questionnaire for one round: repeats are spelled out, every text stands in every language."""

    title: Text
    mode: Mode
    questions: tuple[Question, ...]
    introduction: Text | None = None
    shared_with: SharedWith = ""
    """Personal: who else can be let read what is written; empty for nobody."""
    scales: tuple[tuple[str, ...], ...] = ()
    """The questions that are to measure one thing, by id, for each scale whose reliability is told."""


def canonical(form: Form) -> str:
    """Write a form as JSON in the one way that its hash is made of; what was not there in the first forms stands only where it is used."""
    document = asdict(form)
    for question in document["questions"]:
        if not question["looks_back"]:
            del question["looks_back"]
    if not form.shared_with:
        del document["shared_with"]
    if not form.scales:
        del document["scales"]
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def form_id(form: Form) -> str:
    """Name a form by its content: the first 128 bits of SHA-256, as 32 hexadecimal digits."""
    return hashlib.sha256(canonical(form).encode()).hexdigest()[:32]


def from_document(document: Mapping[str, Any]) -> Form:
    """Read a form that `canonical` wrote; stored forms are trusted, so nothing is checked."""
    scales = tuple(map(tuple, document.get("scales", ())))
    return Form(**{**document, "questions": tuple(map(_question, document["questions"])), "scales": scales})


def _question(document: Mapping[str, Any]) -> Question:
    parts = {
        "options": tuple(Option(**option) for option in document["options"]),
        "positive": tuple(document["positive"]),
        "shown_if": condition_from(document.get("shown_if")),
    }
    return Question(**{**document, **parts})


def other_id(question_id: str) -> str:
    """Name the answer that holds what is written beside "other, namely"."""
    return f"{question_id}.{OTHER}"


SECONDS = {"scale": 6, "choice": 6, "choices": 9, "number": 8, "text": 20, "statement": 4}
"""How long one question of a kind takes to answer, roughly."""


def seconds(form: Form) -> int:
    """Estimate how long a form takes somebody who is asked every question."""
    return sum(SECONDS[question.kind] for question in form.questions)


def minutes(form: Form) -> int:
    """Estimate how long a form takes, in minutes begun."""
    return math.ceil(seconds(form) / 60)

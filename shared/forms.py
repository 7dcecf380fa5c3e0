"""Forms: immutable questionnaires, named by a hash of their content."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from shared.languages import Text

Kind = Literal["scale", "text"]
Mode = Literal["anonymous"]

NOT_RELEVANT = "na"
"""The code of the option "not relevant" or "did not attend": counted and shown, never part of n."""


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
    options: tuple[Option, ...] = ()
    """Scale: the points in the order shown, coded "1" to "7"."""
    positive: tuple[str, ...] = ()
    """Scale: the codes that count as positive; empty for a bipolar scale."""
    bipolar: bool = False
    not_relevant: Text | None = None
    """Scale: the label of the extra option coded NOT_RELEVANT, if there is one."""
    max_length: int = 0
    """Text: the most characters an answer may have."""


@dataclass(frozen=True, slots=True)
class Form:
    """A questionnaire for one round: repeats are spelled out, every text stands in every language."""

    title: Text
    mode: Mode
    questions: tuple[Question, ...]
    introduction: Text | None = None


def canonical(form: Form) -> str:
    """Write a form as JSON in the one way that its hash is made of."""
    return json.dumps(asdict(form), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def form_id(form: Form) -> str:
    """Name a form by its content: the first 128 bits of SHA-256, as 32 hexadecimal digits."""
    return hashlib.sha256(canonical(form).encode()).hexdigest()[:32]


def from_document(document: Mapping[str, Any]) -> Form:
    """Read a form that `canonical` wrote; stored forms are trusted, so nothing is checked."""
    return Form(**{**document, "questions": tuple(map(_question, document["questions"]))})


def _question(document: Mapping[str, Any]) -> Question:
    options = tuple(Option(**option) for option in document["options"])
    return Question(**{**document, "options": options, "positive": tuple(document["positive"])})


SECONDS = {"scale": 6, "text": 20}
"""How long one question of a kind takes to answer, roughly."""


def minutes(form: Form) -> int:
    """Estimate how long a form takes, in minutes begun."""
    return math.ceil(sum(SECONDS[question.kind] for question in form.questions) / 60)

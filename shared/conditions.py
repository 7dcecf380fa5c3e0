"""Conditions: on which earlier answers a question is asked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Answers = Mapping[str, "str | list[str]"]
"""Answers by question id: a code or a text, or the chosen codes where several can be chosen."""

NUMBER = re.compile(r"-?[0-9]{1,9}")
"""What counts as a number in an answer; whatever else was typed is less than nothing."""

Operator = Literal["is", "any_of", "at_least", "all", "any", "not"]


@dataclass(frozen=True, slots=True)
class Condition:
    """A test of one earlier answer ("is", "any_of", "at_least"), or conditions joined by "all", "any" or "not"."""

    operator: Operator
    question: str = ""
    """The id of the question that is looked_at."""
    values: tuple[str, ...] = ()
    """The codes to compare with; for "at_least" one whole number."""
    parts: tuple[Condition, ...] = ()


def condition_from(document: Mapping[str, Any] | None) -> Condition | None:
    """Read a condition from the document that `dataclasses.asdict` makes of it."""
    return None if document is None else _condition(document)


def _condition(document: Mapping[str, Any]) -> Condition:
    parts = tuple(map(_condition, document["parts"]))
    return Condition(document["operator"], document["question"], tuple(document["values"]), parts)


def holds(condition: Condition, answers: Answers) -> bool:
    """Tell whether a condition holds; an answer that was not given fulfils no test."""
    return _HOLDS[condition.operator](condition, answers)


def looked_at(condition: Condition) -> Iterator[str]:
    """List the questions that a condition looks at."""
    if condition.question:
        yield condition.question
    for part in condition.parts:
        yield from looked_at(part)


def as_json(condition: Condition) -> str:
    """Write a condition for the script of a page, which follows the same rule as `holds`: ["is", "used", "yes"]."""
    return json.dumps(_nested(condition), ensure_ascii=False, separators=(",", ":"))


def _nested(condition: Condition) -> list[Any]:
    tested = [condition.question, *condition.values] if condition.question else map(_nested, condition.parts)
    return [condition.operator, *tested]


def _chosen(condition: Condition, answers: Answers) -> list[str]:
    answer = answers.get(condition.question, [])
    return answer if isinstance(answer, list) else [answer]


def _any_of(condition: Condition, answers: Answers) -> bool:
    return not set(condition.values).isdisjoint(_chosen(condition, answers))


def _at_least(condition: Condition, answers: Answers) -> bool:
    least = int(condition.values[0])
    return any(NUMBER.fullmatch(answer) and int(answer) >= least for answer in _chosen(condition, answers))


_HOLDS: Mapping[str, Callable[[Condition, Answers], bool]] = {
    "is": _any_of,
    "any_of": _any_of,
    "at_least": _at_least,
    "all": lambda condition, answers: all(holds(part, answers) for part in condition.parts),
    "any": lambda condition, answers: any(holds(part, answers) for part in condition.parts),
    "not": lambda condition, answers: not any(holds(part, answers) for part in condition.parts),
}

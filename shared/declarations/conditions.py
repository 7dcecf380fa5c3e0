"""Conditions as files write them, and whether they can ever hold."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, combinations, product
from math import prod
from typing import Any

from marshmallow import ValidationError

from shared.conditions import Condition, holds, looked_at
from shared.declarations.fields import Plain
from shared.declarations.texts import AtKey, described, text
from shared.hints import listed, suggestion
from shared.phrases import N_

JOINING = ("all", "any", "not")
TESTS = {"is": "is", "any of": "any_of", "at least": "at_least"}
EXAMPLE = N_("write a condition like `{{question: used, is: yes}}`")

MOST_CASES = 500
"""Combinations of answers that are tried for one condition; with more it is taken to be possible."""

MOST_TESTED = 5
"""Codes of one multiple choice whose combinations are tried."""


class Conditional(Plain):
    """A condition on earlier answers: `{question: …, is: …}`, `any of`, `at least`, or `all`, `any`, `not` of conditions."""

    def read(self, value: Any) -> Condition:
        """Read the condition."""
        return read_condition(value)


def read_condition(value: Any) -> Condition:
    """Read a condition and everything in it."""
    if not isinstance(value, Mapping):
        raise ValidationError(N_("{example}, not {kind}", example=EXAMPLE, kind=described(value)))
    known = ("question", *TESTS) if "question" in value else JOINING
    if strangers := [key for key in value if key not in known]:
        raise ValidationError({key: [_stranger(key, known)] for key in strangers})
    operators = [key for key in value if key != "question"]
    if len(operators) != 1:
        raise ValidationError(
            N_("one of {known} is expected here: {example}", known=listed(known[1:] if "question" in value else JOINING), example=EXAMPLE)
        )
    return _test(value, operators[0]) if "question" in value else _joined(value, operators[0])


def _stranger(key: str, known: Sequence[str]) -> AtKey:
    if key in TESTS:
        return AtKey.of(N_("`{key}` needs a `question` beside it: {example}", key=key, example=EXAMPLE))
    return AtKey.of(N_("`{name}`{hint}", name=key, hint=suggestion(key, known) or _unknown(known)))


def _unknown(known: Sequence[str]) -> str:
    return N_(" is not known here: use {known}", known=listed(known))


def _test(value: Mapping[str, Any], key: str) -> Condition:
    faults: dict[str, Any] = {}
    question, codes = "", list[str]()
    try:
        question = text(value["question"])
    except ValidationError as error:
        faults["question"] = error.messages
    try:
        codes = list(_codes(value[key], key))
    except ValidationError as error:
        faults[key] = error.messages
    if faults:
        raise ValidationError(faults)
    return Condition(TESTS[key], question, tuple(codes))  # type: ignore[arg-type]


def _codes(value: Any, key: str) -> Iterator[str]:
    if key == "any of":
        if not isinstance(value, list) or not value:
            raise ValidationError(N_("a list of codes is expected here, like `[yes, maybe]`"))
        yield from (code for item in value for code in _codes(item, "is"))
    elif type(value) is int or (key == "is" and isinstance(value, str) and value.strip()):
        yield str(value).strip()
    elif isinstance(value, bool):
        raise ValidationError(N_("an option's code is expected here: put it in quotes"))
    else:
        raise ValidationError(N_("a whole number is expected here") if key == "at least" else N_("an option's code is expected here"))


def _joined(value: Mapping[str, Any], key: str) -> Condition:
    if key == "not":
        return Condition("not", parts=(_within(value["not"], ("not",)),))
    inner = value[key]
    if not isinstance(inner, list) or not inner:
        raise ValidationError({key: [N_("a list of conditions is expected here")]})
    return Condition(key, parts=tuple(_within(item, (key, index)) for index, item in enumerate(inner)))  # type: ignore[arg-type]


def _within(value: Any, place: tuple[str | int, ...]) -> Condition:
    try:
        return read_condition(value)
    except ValidationError as error:
        messages: Any = error.messages
        for key in reversed(place):
            messages = {key: messages}
        raise ValidationError(messages) from None


def understood(value: Any) -> Condition | None:
    """Read a condition if it is one."""
    try:
        return read_condition(value)
    except ValidationError:
        return None


def renamed(condition: Condition, names: Mapping[str, str]) -> Condition:
    """Give the tested questions other ids."""
    parts = tuple(renamed(part, names) for part in condition.parts)
    return replace(condition, question=names.get(condition.question, condition.question), parts=parts)


def tests(condition: Condition) -> Iterator[Condition]:
    """List the tests of single answers in a condition."""
    if condition.question:
        yield condition
    for part in condition.parts:
        yield from tests(part)


Answer = str | list[str] | None
"""What can be answered to one question; None for nothing."""


def possible(condition: Condition, conditions: Mapping[str, Condition], answers: Mapping[str, Sequence[str]], many: set[str]) -> bool:
    """Tell whether a condition can hold, given the conditions and possible codes of those `involved`, and which take several."""
    relevant = [condition, *(conditions[name] for name in answers if name in conditions)]
    if any(len(_compared(name, relevant)) > MOST_TESTED for name in many):
        return True
    cases = [_kinds_of_answer(name, relevant, answers[name], name in many) for name in answers]
    if prod(map(len, cases)) > MOST_CASES:
        return True
    return any(_fits(dict(zip(answers, case, strict=True)), condition, conditions) for case in product(*cases))


def involved(condition: Condition, conditions: Mapping[str, Condition]) -> list[str]:
    """List the questions that a condition tests, and those that their own conditions test."""
    found: dict[str, None] = {}
    waiting = list(looked_at(condition))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            waiting += looked_at(conditions[name]) if name in conditions else ()
    return list(found)


def _compared(name: str, conditions: Sequence[Condition]) -> set[str]:
    return {code for condition in conditions for test in tests(condition) if test.question == name for code in test.values}


def _kinds_of_answer(name: str, conditions: Sequence[Condition], codes: Sequence[str], several: bool) -> list[Answer]:
    """Choose one answer of each kind that the conditions tell apart."""
    atoms = [test for condition in conditions for test in tests(condition) if test.question == name]
    kinds: dict[tuple[bool, ...], Answer] = {(False,) * len(atoms): None}
    for answer in _combined(codes, _compared(name, conditions)) if several else codes:
        kinds.setdefault(tuple(holds(test, {name: answer}) for test in atoms), answer)
    return list(kinds.values())


def _combined(codes: Sequence[str], compared: set[str]) -> Iterator[list[str]]:
    counted = [code for code in codes if code in compared]
    return map(list, chain.from_iterable(combinations(counted, size) for size in range(1, len(counted) + 1)))


def _fits(case: Mapping[str, Answer], condition: Condition, conditions: Mapping[str, Condition]) -> bool:
    given = {name: answer for name, answer in case.items() if answer is not None}
    return holds(condition, given) and all(holds(conditions[name], given) for name in given if name in conditions)

"""What conditions and recalled answers in a form must mean: earlier questions, codes that exist, a chance to hold."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.conditions import Condition
from shared.declarations.conditions import involved, possible, tests, understood
from shared.declarations.entries import Entries, Finding, repeat_of
from shared.declarations.placeholders import answers_recalled
from shared.declarations.scales import points_of
from shared.declarations.yaml_source import Path
from shared.forms import NOT_RELEVANT, OTHER
from shared.hints import listed, suggestion
from shared.phrases import N_

FARTHEST = 1_000_000_000
WHOLE = re.compile(r"0|-?[1-9][0-9]{0,9}")
NEVER = N_("this condition can never hold, so the question is never shown: change it, or remove the question")
REQUIRED_NEVER = N_("this condition can never hold, so a required question is never shown: change it, or remove the question")

Questions = Mapping[str, Mapping[str, Any]]


@dataclass
class _Reading:
    """A form's questions up to one of them, in their order."""

    scales: Mapping[str, Any]
    everything: list[str]
    """The ids of all questions, later ones too."""
    earlier: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    sound: dict[str, Condition] = field(default_factory=dict)
    """The conditions of earlier questions in which nothing is wrong."""


def condition_findings(questions: Entries, scales: Mapping[str, Any]) -> Iterator[Finding]:
    """Find what is wrong in the conditions and the recalled answers of a form."""
    reading = _Reading(scales, [str(question.get("id")) for _, question in questions])
    for path, question in questions:
        for place, name in answers_recalled(path, question):
            yield from _unanswered(place, name, question, reading)
        yield from _conditional(path, question, reading)
        if isinstance(question.get("id"), str):
            reading.earlier.setdefault(question["id"], question)


def _conditional(path: Path, question: Mapping[str, Any], reading: _Reading) -> Iterator[Finding]:
    faults = list(_tested((*path, "if"), question.get("if"), question, reading))
    yield from faults
    condition = understood(question.get("if"))
    if condition is not None and not faults:
        yield from _never(path, question, condition, reading)
        reading.sound[str(question.get("id"))] = condition


def _unanswered(place: Path, name: str, question: Mapping[str, Any], reading: _Reading) -> Iterator[Finding]:
    """Find why a question's answer can't be known when another is asked."""
    asked = reading.earlier.get(name)
    if asked is None:
        yield place, _unknown(name, reading)
    elif asked.get("kind") == "statement":
        yield place, N_("`{name}` is a statement and has no answer", name=name)
    elif repeat_of(asked) and repeat_of(asked) != repeat_of(question):
        each = repeat_of(asked)
        yield (
            place,
            N_(
                "`{name}` is asked about each {each}: only a question that is repeated for each {each} too can look at it",
                name=name,
                each=each,
            ),
        )


def _unknown(name: str, reading: _Reading) -> str:
    if name in reading.everything:
        return N_("`{name}` is not asked before this question: only earlier answers are known here", name=name)
    return N_("there is no question `{name}` before this one{hint}", name=name[:50], hint=suggestion(name, reading.earlier))


def _tested(path: Path, value: Any, question: Mapping[str, Any], reading: _Reading) -> Iterator[Finding]:
    if not isinstance(value, Mapping):
        return
    if isinstance(name := value.get("question"), str):
        faults = list(_unanswered((*path, "question"), name.strip(), question, reading))
        yield from faults or _compared(path, value, reading.earlier[name.strip()], reading.scales)
    for key in ("all", "any"):
        for index, inner in enumerate(value[key] if isinstance(value.get(key), list) else []):
            yield from _tested((*path, key, index), inner, question, reading)
    yield from _tested((*path, "not"), value.get("not"), question, reading)


def _compared(path: Path, value: Mapping[str, Any], asked: Mapping[str, Any], scales: Mapping[str, Any]) -> Iterator[Finding]:
    name, kind = asked.get("id"), asked.get("kind")
    if kind == "text":
        yield (*path, "question"), N_("`{name}` is answered in words: conditions look at scales, choices and numbers", name=name)
    elif "at least" in value and kind not in ("scale", "goals", "number"):
        yield (*path, "at least"), N_("`at least` is for scales and numbers; for `{name}` use `is` or `any of`", name=name)
    elif "at least" in value and type(value["at least"]) is int:
        yield from _reached((*path, "at least"), value["at least"], asked, scales)
    else:
        yield from _existing(path, value, asked, scales)


def _reached(path: Path, least: int, asked: Mapping[str, Any], scales: Mapping[str, Any]) -> Iterator[Finding]:
    most = _most(asked, scales)
    if most is not None and least > most:
        yield path, N_("`{name}` has no answer of {least} or more: the greatest is {most}", name=asked.get("id"), least=least, most=most)


def _most(asked: Mapping[str, Any], scales: Mapping[str, Any]) -> int | None:
    if asked.get("kind") == "number":
        most = asked.get("max")
        return most if type(most) is int else None
    return len(points_of(asked, scales)) or None


def _existing(path: Path, value: Mapping[str, Any], asked: Mapping[str, Any], scales: Mapping[str, Any]) -> Iterator[Finding]:
    known = codes(asked, scales)
    several = value.get("any of")
    found = [((*path, "any of", index), code) for index, code in enumerate(several if isinstance(several, list) else [])]
    for place, code in [((*path, "is"), value.get("is")), *found]:
        if isinstance(code, str | int) and not isinstance(code, bool) and known and not _has(known, str(code).strip(), asked):
            yield place, _no_code(str(code).strip(), known, asked)


def _has(known: list[str], code: str, asked: Mapping[str, Any]) -> bool:
    if asked.get("kind") != "number":
        return code in known
    low, high = int(known[0]), int(known[-1])
    return bool(WHOLE.fullmatch(code)) and low <= int(code) <= high


def _no_code(code: str, known: list[str], asked: Mapping[str, Any]) -> str:
    if asked.get("kind") == "number":
        return N_(
            "`{name}` is never {code}: it is a whole number from {least} to {most}",
            name=asked.get("id"),
            code=code[:50],
            least=known[0],
            most=known[-1],
        )
    hint = suggestion(code, known) or N_(": it has {known}", known=listed(known))
    return N_("`{name}` has no option `{code}`{hint}", name=asked.get("id"), code=code[:50], hint=hint)


def codes(asked: Mapping[str, Any], scales: Mapping[str, Any]) -> list[str]:
    """List what can be answered to a question, of a number the least and the greatest; empty if that is not known."""
    found = _own_codes(asked, scales)
    extra = [code for key, code in (("other", OTHER), ("not_relevant", NOT_RELEVANT)) if key in asked]
    return [*found, *extra] if found else []


def _own_codes(asked: Mapping[str, Any], scales: Mapping[str, Any]) -> list[str]:
    match asked.get("kind"):
        case "scale" | "goals":
            return [str(code) for code, _ in enumerate(points_of(asked, scales), 1)]
        case "yes-no":
            return ["yes", "no"]
        case "choice" | "choices":
            return _options(asked.get("options"))
        case "number":
            bounds = (asked.get("min"), asked.get("max"))
            return [str(bound if type(bound) is int else usual) for bound, usual in zip(bounds, (-FARTHEST, FARTHEST), strict=True)]
    return []


def _options(options: object) -> list[str]:
    if isinstance(options, Mapping):
        return list(options)
    return [str(item.get("id")) for item in options if isinstance(item, Mapping)] if isinstance(options, list) else []


def _never(path: Path, question: Mapping[str, Any], condition: Condition, reading: _Reading) -> Iterator[Finding]:
    names = involved(condition, reading.sound)
    relevant = [condition, *(reading.sound[name] for name in names if name in reading.sound)]
    answers = {name: _answers(name, reading.earlier[name], relevant, reading.scales) for name in names}
    many = {name for name in names if reading.earlier[name].get("kind") == "choices"}
    if all(answers.values()) and not possible(condition, reading.sound, answers, many):
        yield (*path, "if"), REQUIRED_NEVER if question.get("required") is True else NEVER


def _answers(name: str, asked: Mapping[str, Any], conditions: list[Condition], scales: Mapping[str, Any]) -> list[str]:
    """List the answers that are tried for a question: every code, or the numbers around those that are compared."""
    known = codes(asked, scales)
    if asked.get("kind") != "number":
        return known
    low, high = int(known[0]), int(known[-1])
    compared = [int(code) for condition in conditions for test in tests(condition) if test.question == name for code in test.values]
    near = {value + step for value in compared for step in (-1, 0, 1)} | {low, high}
    return [str(value) for value in sorted(near) if low <= value <= high]

"""What may be filled into a form's texts, and where."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from shared.declarations.entries import Entries, Finding, repeat_of, words_at, words_of
from shared.declarations.yaml_source import Path
from shared.hints import suggestion
from shared.phrases import N_

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
EVERYWHERE = ("day", "programme")
MESSAGE = ("buddy",)
REPEATED = {"session": ("session", "speaker"), "speaker": ("speaker",), "goal": ("goal",)}
"""What a repeated question's texts may name beside that; the first is what its text must name, or the second."""

ANSWER = "answer:"

NAMELESS = {
    "session": N_("a question for each session must name it: put {{session}} into the text"),
    "speaker": N_("a question for each speaker must name them: put {{speaker}} into the text"),
    "goal": N_("a question for each goal must name it: put {{goal}} into the text"),
}


def form_placeholders(form: object, questions: Entries) -> Iterator[Finding]:
    """Find what can't be filled into the texts of a form."""
    whole: Entries = [((), form)] if isinstance(form, Mapping) else []
    for key in ("title", "introduction"):
        yield from _placed(words_of(whole, key), EVERYWHERE)
    sections = form.get("questions") if isinstance(form, Mapping) else None
    for index, entry in enumerate(sections if isinstance(sections, list) else []):
        if isinstance(entry, Mapping):
            yield from _placed(words_at(("questions", index, "section"), entry.get("section")), EVERYWHERE)
    for path, question in questions:
        yield from _question(path, question)


def message_placeholders(path: Path, message: Mapping[str, Any]) -> Iterator[Finding]:
    """Find what can't be filled into the text of a message."""
    yield from _placed(words_of([(path, message)], "text"), MESSAGE)


def point_placeholders(scale: object, path: Path) -> Iterator[Finding]:
    """Find what can't be filled into the points of a scale, which can be shared."""
    points = scale.get("points") if isinstance(scale, Mapping) else None
    for index, point in enumerate(points if isinstance(points, list) else []):
        yield from _placed(words_at((*path, "points", index), point), ())


def answers_recalled(path: Path, question: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """List the ids of the questions whose answers a text recalls."""
    for place, words in words_of([(path, question)], "text"):
        for name in PLACEHOLDER.findall(words):
            if name.startswith(ANSWER):
                yield place, name.removeprefix(ANSWER)


def _question(path: Path, question: Mapping[str, Any]) -> Iterator[Finding]:
    repeat = repeat_of(question)
    # Of a repeat that is misspelt it can't be told what it fills in.
    named = REPEATED.get(repeat, tuple(REPEATED) if repeat else ())
    one = [(path, question)]
    yield from _placed(words_of(one, "text"), (*EVERYWHERE, *named), recalling=True)
    yield from _placed(words_of(one, "help"), (*EVERYWHERE, *named))
    for key in ("not_relevant", "other"):
        yield from _placed(words_of(one, key), EVERYWHERE)
    for place, label in labels(path, question):
        yield from _placed(words_at(place, label), EVERYWHERE)
    for place, words in words_of(one, "text") if repeat in NAMELESS else ():
        if not any(f"{{{name}}}" in words for name in named) and not _unknown(words):
            yield place, NAMELESS[repeat]


def _unknown(words: str) -> bool:
    return any(name not in EVERYWHERE and not name.startswith(ANSWER) for name in PLACEHOLDER.findall(words))


def labels(path: Path, question: Mapping[str, Any]) -> Iterator[tuple[Path, object]]:
    """List the labels of a choice's options."""
    options = question.get("options")
    if isinstance(options, Mapping):
        yield from (((*path, "options", code), label) for code, label in options.items())
    for index, option in enumerate(options if isinstance(options, list) else []):
        if isinstance(option, Mapping):
            yield (*path, "options", index, "text"), option.get("text")


def _placed(found: Iterator[tuple[Path, str]], allowed: Sequence[str], *, recalling: bool = False) -> Iterator[Finding]:
    for place, words in found:
        for name in PLACEHOLDER.findall(words):
            if name not in allowed and not (recalling and name.startswith(ANSWER)):
                yield place, _refusal(name, allowed)


def _refusal(name: str, allowed: Sequence[str]) -> str:
    if name.startswith(ANSWER):
        return N_("`{{answer:…}}` is filled in only in the text of a question")
    if name in REPEATED:
        return N_("`{{{name}}}` is filled in only in the text of a question with `repeat: {name}`", name=name)
    own = [f"{{{known}}}" for known in allowed if known not in EVERYWHERE]
    hint = suggestion(name, allowed) or (N_(": use {known}", known=" or ".join(own)) if own else N_(": remove the braces"))
    return N_("`{{{name}}}` is not known here{hint}", name=name[:50], hint=hint)

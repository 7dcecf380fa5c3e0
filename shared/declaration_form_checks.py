"""What a form must mean, beyond the shape of its file; see `shared.declaration_checks` for why raw values are checked."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from shared.declaration_entries import Entries, Finding, doubles, entries, rated, texts
from shared.declaration_fields import FEWEST_POINTS, MOST_POINTS
from shared.hints import listed, suggestion
from shared.yaml_source import Path

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
PLACEHOLDERS = ("session", "speaker")

MOST_QUESTIONS = 60


def form_findings(form: object) -> Iterator[Finding]:
    """Find what is wrong in a form by itself."""
    questions = entries(form, "questions")
    yield from doubles(texts(questions, "id"), "questions")
    yield from _placeholders(form, ("title", "introduction"), (), allowed=())
    scales = form.get("scales") if isinstance(form, Mapping) else None
    scales = scales if isinstance(scales, Mapping) else {}
    for name, scale in scales.items():
        yield from _points(scale, ("scales", name))
        yield from _scale_placeholders(scale, ("scales", name))
    for path, question in questions:
        yield from _question(path, question, scales)


def repeat_findings(form: object, day: Mapping[str, Any]) -> Iterator[Finding]:
    """Find what is wrong in a form once it is asked about the sessions of a day."""
    sessions = [session for _, session in rated(day)]
    questions = entries(form, "questions")
    total = sum(len(sessions) if question.get("repeat") else 1 for _, question in questions)
    if total > MOST_QUESTIONS:
        yield ("questions",), f"these are {total} questions on `{day.get('id')}`, at most {MOST_QUESTIONS} are allowed"
    if not total and questions:
        yield ("questions",), f"no question is left on `{day.get('id')}`, which has no rated session"
    silent = [str(session.get("id")) for session in sessions if "speaker" not in session]
    for path, text in _texts_of(questions, "text"):
        if silent and "{speaker}" in text:
            yield path, f"`{{speaker}}` can't be filled in: {listed(silent)} of `{day.get('id')}` has no speaker"


def _question(path: Path, question: Mapping[str, Any], scales: Mapping[str, Any]) -> Iterator[Finding]:
    repeated = "repeat" in question
    yield from _placeholders(question, ("text",), path, allowed=PLACEHOLDERS if repeated else ())
    yield from _placeholders(question, ("not_relevant",), path, allowed=())
    if repeated:
        yield from _unnamed(path, question)
    if question.get("kind") == "scale":
        yield from _scaled(path, question, scales)


def _unnamed(path: Path, question: Mapping[str, Any]) -> Iterator[Finding]:
    for place, text in _texts_of([(path, question)], "text"):
        if not PLACEHOLDER.search(text):
            yield place, "a question for each session must name it: put {session} into the text"


def _scaled(path: Path, question: Mapping[str, Any], scales: Mapping[str, Any]) -> Iterator[Finding]:
    scale = question.get("scale")
    if isinstance(scale, str):
        if scale not in scales:
            hint = suggestion(scale, scales) or ": write it under `scales`"
            yield (*path, "scale"), f"there is no scale `{scale[:50]}`{hint}"
    else:
        yield from _points(scale, (*path, "scale"))
        yield from _scale_placeholders(scale, (*path, "scale"))
    named = scales.get(scale) if isinstance(scale, str) else scale
    if isinstance(named, Mapping) and ("bipolar" in question or "positive" in question):
        own = {key: question[key] for key in ("bipolar", "positive") if key in question}
        yield from _points({**named, **own}, path)


def _points(scale: object, path: Path) -> Iterator[Finding]:
    if not isinstance(scale, Mapping) or not isinstance(scale.get("positive"), list):
        return
    points = scale.get("points")
    most = len(points) if isinstance(points, list) and len(points) >= FEWEST_POINTS else MOST_POINTS
    codes = [(index, code) for index, code in enumerate(scale["positive"]) if type(code) is int]
    for index, code in codes:
        if most < code <= MOST_POINTS:
            yield (*path, "positive", index), f"there is no point {code}: the scale has {most}"
        if (index, code) != next(pair for pair in codes if pair[1] == code):
            yield (*path, "positive", index), f"{code} stands twice: remove one of the two"
    if scale.get("bipolar") is True:
        yield (*path, "positive"), "a bipolar scale has no positive points: remove `positive` or `bipolar`"


def _scale_placeholders(scale: object, path: Path) -> Iterator[Finding]:
    points = scale.get("points") if isinstance(scale, Mapping) else None
    for index, point in enumerate(points if isinstance(points, list) else []):
        yield from _placeholders({"point": point}, ("point",), (), allowed=(), place=(*path, "points", index))


def _texts_of(found: Entries, key: str) -> Iterator[tuple[Path, str]]:
    for path, entry in found:
        value = entry.get(key)
        if isinstance(value, Mapping):
            yield from (((*path, key, language), text) for language, text in value.items() if isinstance(text, str))
        elif isinstance(value, str):
            yield (*path, key), value


def _placeholders(
    entry: object, keys: tuple[str, ...], path: Path, allowed: Collection[str], place: Path | None = None
) -> Iterator[Finding]:
    found = [(path, entry)] if isinstance(entry, Mapping) else []
    for key in keys:
        for at, text in _texts_of(found, key):
            for name in PLACEHOLDER.findall(text):
                if name not in allowed:
                    yield at if place is None else (*place, *at[1:]), _placeholder(name, allowed)


def _placeholder(name: str, allowed: Collection[str]) -> str:
    if name in PLACEHOLDERS:
        return f"`{{{name}}}` is filled in only in the text of a question with `repeat: session`"
    hint = suggestion(name, allowed) or (": use {session} or {speaker}" if allowed else ": remove the braces")
    return f"`{{{name[:50]}}}` is not known here{hint}"

"""Texts in declarations: one line or several, in every language that the programme offers."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from marshmallow import ValidationError
from marshmallow.experimental.context import Context

from shared.hints import listed, suggestion
from shared.languages import NAMES
from shared.yaml_source import UNWANTED, unwanted_fault

LINE_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")

Offered = Context[tuple[str, ...]]
"""The languages that the programme offers, while one of its files is loaded; empty if they are not known."""


class AtKey(str):
    """A message about a key, where others are about the value."""

    __slots__ = ()


def described(value: object) -> str:
    """Say in plain words what kind of value this is."""
    kinds = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list"}
    return kinds.get(type(value), "a mapping (`key: value`)")


def text(value: object) -> str:
    """Check that a value is a text, and trim it."""
    if isinstance(value, bool | int | float):
        raise ValidationError(f"a text is expected here, not {described(value)}: put it in quotes")
    if not isinstance(value, str):
        raise ValidationError(f"a text is expected here, not {described(value)}")
    if unwanted := UNWANTED.search(value):
        raise ValidationError(unwanted_fault(unwanted.group()))
    if not value.strip():
        raise ValidationError("this text is empty: fill it in")
    return value.strip()


def bounded(words: str, longest: int, *, lines: bool) -> str:
    """Check a text's length, and that it is a single line unless it may have several."""
    if len(words) > longest:
        raise ValidationError(f"this text has {len(words)} characters, at most {longest} are allowed: shorten it")
    if not lines and LINE_BREAK.search(words):
        raise ValidationError("this text must be a single line: remove the line breaks")
    return words


def translated(value: object, longest: int, *, lines: bool) -> dict[str, str]:
    """Read a text in every language offered, in their order."""
    offered = Offered.get(())
    if not isinstance(value, Mapping):
        plain = bounded(text(value), longest, lines=lines)
        if len(offered) > 1:
            raise ValidationError("write this text in every language of the programme: " + listed(offered))
        return dict.fromkeys(offered, plain)
    if value.keys() and value.keys() <= {"session", "speaker"}:
        raise ValidationError("a text that begins with { needs quotes around all of it")
    faults = {**_untranslated(value, offered), **_faulty(value, longest, lines=lines)}
    faults |= {language: [_stranger(language, offered)] for language in value if language not in offered and offered}
    if faults:
        raise ValidationError(faults)
    return {language: value[language].strip() for language in offered}


def _untranslated(value: Mapping[str, object], offered: Iterable[str]) -> dict[str, list[str]]:
    return {language: [f"this text is missing in `{language}`"] for language in offered if language not in value}


def _faulty(value: Mapping[str, object], longest: int, *, lines: bool) -> dict[str, Any]:
    faults: dict[str, Any] = {}
    for language, words in value.items():
        try:
            bounded(text("" if words is None else words), longest, lines=lines)
        except ValidationError as error:
            faults[language] = error.messages
    return faults


def _stranger(key: str, offered: Collection[str]) -> AtKey:
    if key in NAMES:
        return AtKey(f"the programme does not offer `{key}`: remove this text, or add the language to `languages`")
    return AtKey(f"`{key}` is not a language of the programme{suggestion(key, offered) or ': it has ' + listed(offered)}")

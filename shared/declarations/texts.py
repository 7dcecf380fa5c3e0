"""Texts in declarations: one line or several, in every language that the programme offers."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from marshmallow import ValidationError
from marshmallow.experimental.context import Context

from shared.declarations.yaml_source import UNWANTED, unwanted_fault
from shared.hints import listed, suggestion
from shared.languages import NAMES
from shared.phrases import N_, Sentence

LINE_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")

Offered = Context[tuple[str, ...]]
"""The languages that the programme offers, while one of its files is loaded; empty if they are not known."""


class AtKey(Sentence):
    """A message about a key, where others are about the value."""


def described(value: object) -> str:
    """Say in plain words what kind of value this is."""
    kinds = {bool: N_("true or false"), int: N_("a number"), float: N_("a number"), str: N_("a text"), list: N_("a list")}
    return kinds.get(type(value), N_("a mapping (`key: value`)"))


def text(value: object) -> str:
    """Check that a value is a text, and trim it."""
    if isinstance(value, bool | int | float):
        raise ValidationError(N_("a text is expected here, not {kind}: put it in quotes", kind=described(value)))
    if not isinstance(value, str):
        raise ValidationError(N_("a text is expected here, not {kind}", kind=described(value)))
    if unwanted := UNWANTED.search(value):
        raise ValidationError(unwanted_fault(unwanted.group()))
    if not value.strip():
        raise ValidationError(N_("this text is empty: fill it in"))
    return value.strip()


def bounded(words: str, longest: int, *, lines: bool) -> str:
    """Check a text's length, and that it is a single line unless it may have several."""
    if len(words) > longest:
        raise ValidationError(
            N_("this text has {count} characters, at most {longest} are allowed: shorten it", count=len(words), longest=longest)
        )
    if not lines and LINE_BREAK.search(words):
        raise ValidationError(N_("this text must be a single line: remove the line breaks"))
    return words


def translated(value: object, longest: int, *, lines: bool) -> dict[str, str]:
    """Read a text in every language offered, in their order."""
    offered = Offered.get(())
    if not isinstance(value, Mapping):
        plain = bounded(text(value), longest, lines=lines)
        if len(offered) > 1:
            raise ValidationError(N_("write this text in every language of the programme: {known}", known=listed(offered)))
        return dict.fromkeys(offered, plain)
    if value.keys() and value.keys() <= {"session", "speaker"}:
        raise ValidationError(N_("a text that begins with {{ needs quotes around all of it"))
    faults = {**_untranslated(value, offered), **_faulty(value, longest, lines=lines)}
    faults |= {key: [_stranger(key, value[key], offered)] for key in value if key not in offered and offered}
    if faults:
        raise ValidationError(faults)
    return {language: value[language].strip() for language in offered}


def _untranslated(value: Mapping[str, object], offered: Iterable[str]) -> dict[str, list[str]]:
    return {language: [N_("this text is missing in `{language}`", language=language)] for language in offered if language not in value}


def _faulty(value: Mapping[str, object], longest: int, *, lines: bool) -> dict[str, Any]:
    faults: dict[str, Any] = {}
    for language, words in value.items():
        try:
            bounded(text("" if words is None else words), longest, lines=lines)
        except ValidationError as error:
            faults[language] = error.messages
    return faults


def _stranger(key: str, words: object, offered: Collection[str]) -> AtKey:
    if key in NAMES:
        return AtKey.of(N_("the programme does not offer `{key}`: remove this text, or add the language to `languages`", key=key))
    if key.partition(":")[0] in offered:
        return AtKey.of(N_("`{key}` lacks the space after the colon", key=key[:50]))
    if near := suggestion(key, offered):
        return AtKey.of(N_("`{key}` is not a language of the programme{near}", key=key, near=near))
    if words is None or not key.isalpha():
        # In braces a comma ends a text, so what follows it reads as a key.
        return AtKey.of(
            N_(
                "`{key}` is not a language of the programme: if it belongs to the text before it, put all of that text in quotes",
                key=key[:50],
            )
        )
    return AtKey.of(N_("`{key}` is not a language of the programme: it has {known}", key=key, known=listed(offered)))

"""Writes plain values as the YAML that people write: one key or entry on each line, quotes only where they are needed."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from shared.declarations.yaml_scalars import resolved

INDENT = "  "
BREAKS = "\n\r\x85\u2028\u2029"
"""What YAML takes for the end of a line."""
PLAIN = re.compile(rf"[^\W_](?:[^{BREAKS}:#{{}}\[\]]|:(?=[^\s:#{{}}\[\]]))*")
"""Texts that mean themselves without quotes, if they are not taken for a number or the like."""

SHORT = 80
"""Mappings of texts are put on one line up to this length."""


def written(value: Mapping[str, Any]) -> bytes:
    """Write a file's values."""
    return ("\n".join(_mapping(value, "")) + "\n").encode()


def _mapping(value: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, inner in value.items():
        yield from _entry(f"{indent}{_scalar(key)}:", inner, indent)


def _list(value: list[Any], indent: str) -> Iterator[str]:
    for item in value:
        if isinstance(item, Mapping) and item and not _flat(item):
            first, *rest = _mapping(item, f"{indent}{INDENT}")
            yield f"{indent}- {first.lstrip()}"
            yield from rest
        else:
            yield from _entry(f"{indent}-", item, indent)


def _entry(start: str, value: Any, indent: str) -> Iterator[str]:
    """Write what follows a key or a hyphen: on the same line, or below it."""
    line = _flat(value)
    if line is not None and len(start) + len(line) < SHORT + len(indent):
        yield f"{start} {line}"
    elif isinstance(value, Mapping):
        yield start
        yield from _mapping(value, indent + INDENT)
    elif isinstance(value, list):
        yield start
        yield from _list(value, indent + INDENT)
    else:
        yield f"{start} {_scalar(value)}"


def _flat(value: Any) -> str | None:
    """Write a value on one line, if it reads well there."""
    items = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    if any(isinstance(item, Mapping | list) or (isinstance(item, str) and len(item) > SHORT // 2) for item in items):
        return None
    if isinstance(value, Mapping):
        line = "{" + ", ".join(f"{_scalar(key)}: {_in_line(item)}" for key, item in value.items()) + "}"
    elif isinstance(value, list):
        line = "[" + ", ".join(map(_in_line, value)) + "]"
    else:
        return _scalar(value)
    return line if len(line) <= SHORT else None


def _in_line(value: Any) -> str:
    scalar = _scalar(value)
    return _quoted(value) if "," in scalar and not scalar.startswith('"') else scalar


def _scalar(value: Any) -> str:
    if isinstance(value, str) and PLAIN.fullmatch(value) and value == value.strip() and resolved(value) == value:
        return value
    return _quoted(value)


def _quoted(value: Any) -> str:
    return "".join(f"\\u{ord(letter):04x}" if letter in BREAKS else letter for letter in json.dumps(value, ensure_ascii=False))

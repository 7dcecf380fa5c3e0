"""The small parts that JSON Schemas of results are put together from."""

from collections.abc import Mapping
from typing import Any

Document = dict[str, Any]

TEXT: Document = {"description": "By language.", "type": "object", "additionalProperties": {"type": "string"}}
WORD: Document = {"type": "string"}
COUNT: Document = {"type": "integer", "minimum": 0}
NUMBER: Document = {"type": "number"}
SHARE: Document = {"type": "number", "minimum": 0, "maximum": 1}
FLAG: Document = {"type": "boolean"}
PRECISION: Document = {"enum": ["all", "reliable", "guide", "mood", None]}
INTERVAL: Document = {"description": "From … to, both included.", "type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2}
COUNTS: Document = {"description": "By option's code.", "type": "object", "additionalProperties": COUNT}
KIND: Document = {"enum": ["scale", "choice", "choices", "number"]}
UNIT: Document = {"description": "From the top down.", "type": "array", "items": WORD, "minItems": 1}
REASON: Document = {"enum": ["small", "protect", None]}


def or_null(schema: Document) -> Document:
    """Let a value be null."""
    return {"anyOf": [schema, {"type": "null"}]}


def listed(of: Document) -> Document:
    """Describe a list."""
    return {"type": "array", "items": of}


def record(properties: Mapping[str, Document], optional: frozenset[str] = frozenset()) -> Document:
    """Describe an object that has all these properties and no others."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, "properties": dict(properties), "additionalProperties": False}


def ref(name: str) -> Document:
    """Refer to a definition."""
    return {"$ref": f"#/$defs/{name}"}

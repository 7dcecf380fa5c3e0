"""The JSON Schema of results: a round's edition and a programme's, as `kursdag results --format json` and the desk hand them out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from infra.schema import DIALECT
from shared.results.editions import SCHEMA

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


def _or_null(schema: Document) -> Document:
    return {"anyOf": [schema, {"type": "null"}]}


def _list(of: Document) -> Document:
    return {"type": "array", "items": of}


def _record(properties: Mapping[str, Document], optional: frozenset[str] = frozenset()) -> Document:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, "properties": dict(properties), "additionalProperties": False}


def _ref(name: str) -> Document:
    return {"$ref": f"#/$defs/{name}"}


SHARES = _record(dict.fromkeys(("below", "middle", "above"), SHARE))
PATH: Document = {"description": "From the top down; null last for what is left of a node.", **_list(_or_null(WORD)), "minItems": 1}

FIGURES: Mapping[str, Document] = {
    "N": {"description": "Invited.", **COUNT},
    "n": {"description": "Answered, without those to whom it was not relevant.", **_or_null(COUNT)},
    "na": {"description": "Said that it is not relevant to them.", **_or_null(COUNT)},
    "counts": _or_null(COUNTS),
    "median": _or_null(NUMBER),
    "mean": _or_null(NUMBER),
    "sd": _or_null(NUMBER),
    "mean_interval": {"description": "Of the mean among all N, 95 %.", **_or_null(INTERVAL)},
    "IM": {"description": "Interpolated median.", **_or_null(NUMBER)},
    "DI": {"description": "Dispersion.", **_or_null(SHARE)},
    "positive": _or_null(_ref("positive")),
    "shares": {"description": "Below, at and above the middle.", **_or_null(SHARES)},
    "precision": PRECISION,
}

POSITIVE: Mapping[str, Document] = {
    "codes": _list(WORD),
    "x": {"description": "How many chose one of them.", **COUNT},
    "share": SHARE,
    "interval": {"description": "Among all N, in persons, 95 %.", **_or_null(INTERVAL)},
    "bounds": {"description": "Among all N, whatever the others think.", **_or_null(INTERVAL)},
}

HIDDEN: Mapping[str, Document] = {"reason": {"enum": ["small", "comments"]}, "k": COUNT}
OPTION: Mapping[str, Document] = {"code": WORD, "label": TEXT}

NODE: Mapping[str, Document] = {
    "path": PATH,
    "N": COUNT,
    "n": _or_null(COUNT),
    "shown": FLAG,
    "reason": REASON,
    "rest": FLAG,
}

COLUMN: Mapping[str, Document] = {"role": WORD, "roles": _list(WORD), "titles": _list(TEXT), "N": COUNT, "n": COUNT}

TOLD: Mapping[str, Document] = {
    "id": WORD,
    "base": {"description": "The id without the session.", **WORD},
    "session": _or_null(WORD),
    "section": _or_null(TEXT),
    "versions": _list(COUNT),
    "text": TEXT,
    "sensitive": FLAG,
}

WRITTEN: Mapping[str, Document] = {
    **TOLD,
    "kind": {"const": "text"},
    "N": COUNT,
    "n": _or_null(COUNT),
    "hidden": _or_null(_ref("hidden")),
    "comments": _list(WORD),
}

QUESTION: Mapping[str, Document] = {
    **TOLD,
    "kind": KIND,
    "bipolar": FLAG,
    "options": _list(_ref("option")),
    "not_relevant": _or_null(TEXT),
    "positive_codes": _list(WORD),
    **FIGURES,
    "hidden": _or_null(_ref("hidden")),
    "blocks": {"description": "For each shown node, in the nodes' order.", **_or_null(_list(_ref("block")))},
    "blocks_hidden": {"enum": ["protect", None]},
    "roles": _or_null(_list(_ref("role"))),
    "roles_hidden": {"enum": ["protect", None]},
}

GATHERING: Mapping[str, Document] = {"id": WORD, "title": _or_null(TEXT), "place": WORD, "date": WORD}
SESSION: Mapping[str, Document] = {"id": WORD, "title": TEXT, "speaker": _or_null(TEXT), "start": WORD, "end": WORD}

RESPONSE: Mapping[str, Document] = {
    "day": WORD,
    "mode": {"enum": ["anonymous", "confidential", "personal"]},
    "gatherings": _list(_ref("gathering")),
    "closed": {"description": "UTC.", "type": "string", "format": "date-time"},
    "N": COUNT,
    "n": COUNT,
    "absent": COUNT,
    "unreached": COUNT,
    "complete": _or_null(COUNT),
    "partial": _or_null(COUNT),
    "rr1": _or_null(NUMBER),
    "rr2": _or_null(NUMBER),
    "precision": PRECISION,
    "representativeness": _or_null(SHARE),
    "hidden": _or_null(_ref("hidden")),
    "hidden_rows": _record({"small": COUNT, "protect": COUNT}),
}

EDITION: Mapping[str, Document] = {
    "schema": {"const": SCHEMA},
    "kind": {"const": "round"},
    "method": WORD,
    "programme": WORD,
    "round": WORD,
    "title": TEXT,
    "programme_title": TEXT,
    "languages": _list(WORD),
    "timezone": WORD,
    "form": WORD,
    "versions": _list(_record({"number": COUNT, "form": WORD, "n": COUNT})),
    "sessions": _list(_record(SESSION)),
    "k": COUNT,
    "comments_from": COUNT,
    "unopened": COUNT,
    **RESPONSE,
    "breakdown": _or_null(_record({"levels": _list(WORD), "nodes": _list(_ref("node"))})),
    "roles": _or_null(_record({"columns": _list(_ref("column")), "reason": {"enum": ["protect", None]}})),
    "questions": _list({"anyOf": [_ref("question"), _ref("written")]}),
}

POINT: Mapping[str, Document] = {
    "round": WORD,
    "id": WORD,
    "session": _or_null(WORD),
    **{name: FIGURES[name] for name in ("N", "n", "na", "counts", "shares", "mean", "mean_interval", "precision")},
    "x": _or_null(COUNT),
    "share": _or_null(SHARE),
    "interval": _or_null(INTERVAL),
    "hidden": _or_null(_ref("hidden")),
    "change": {"enum": ["up", "down", None]},
}

TOGETHER: Mapping[str, Document] = {
    "n": COUNT,
    "na": COUNT,
    "rounds": {"description": "Those whose answers it adds up.", **_list(WORD)},
    **{name: FIGURES[name] for name in ("counts", "median", "mean", "sd", "IM", "DI", "shares")},
    "x": _or_null(COUNT),
    "share": _or_null(SHARE),
}

SERIES: Mapping[str, Document] = {
    "id": WORD,
    "kind": KIND,
    "text": TEXT,
    "bipolar": FLAG,
    "options": _list(_ref("option")),
    "not_relevant": _or_null(TEXT),
    "positive_codes": _list(WORD),
    "sensitive": FLAG,
    "section": _or_null(TEXT),
    "series": _list(_ref("point")),
    "together": _or_null(_ref("together")),
    "units": _list(_record({"path": UNIT, **TOGETHER})),
}

ROUND_OF_A_PROGRAMME: Mapping[str, Document] = {"round": WORD, "title": TEXT, **RESPONSE}
UNIT_IN_A_ROUND: Mapping[str, Document] = {"round": WORD, "N": COUNT, "n": _or_null(COUNT), "shown": FLAG, "reason": REASON}

PROGRAMME: Mapping[str, Document] = {
    "schema": {"const": SCHEMA},
    "kind": {"const": "programme"},
    "method": WORD,
    "programme": WORD,
    "title": TEXT,
    "languages": _list(WORD),
    "timezone": WORD,
    "closed": _or_null({"description": "When the last round closed, UTC.", "type": "string", "format": "date-time"}),
    "k": COUNT,
    "comments_from": COUNT,
    "counted": {"description": "Answers, not people: the same people answer round by round.", "const": "answers"},
    "invitations": COUNT,
    "answers": COUNT,
    "rr2": _or_null(NUMBER),
    "rounds": _list(_record(ROUND_OF_A_PROGRAMME)),
    "breakdown": _or_null(_record({"levels": _list(WORD), "nodes": _list(_ref("unit"))})),
    "questions": _list(_ref("series")),
    "continues": _or_null(_record({"programme": WORD, "attention": _list(TEXT)})),
}

DEFINITIONS = {
    "positive": _record(POSITIVE),
    "hidden": _record(HIDDEN),
    "option": _record(OPTION),
    "node": _record(NODE),
    "column": _record(COLUMN),
    "gathering": _record(GATHERING),
    "block": _record({"path": PATH, **FIGURES}),
    "role": _record({"role": WORD, **FIGURES}),
    "question": _record(QUESTION),
    "written": _record(WRITTEN, frozenset({"comments"})),
    "point": _record(POINT),
    "together": _record(TOGETHER),
    "series": _record(SERIES),
    "unit": _record({"path": UNIT, "rounds": _list(_record(UNIT_IN_A_ROUND))}),
    "round": _record(EDITION),
    "programme": _record(PROGRAMME),
}


def result_schema() -> Document:
    """Describe the JSON of results."""
    kinds = [{"if": {"properties": {"kind": {"const": kind}}}, "then": _ref(kind)} for kind in ("round", "programme")]
    known = {"kind": {"enum": ["round", "programme"]}}
    return {
        "$schema": DIALECT,
        "title": "Kursdag: result",
        "type": "object",
        "required": ["kind"],
        "properties": known,
        "allOf": kinds,
        "$defs": DEFINITIONS,
    }

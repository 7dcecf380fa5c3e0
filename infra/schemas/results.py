"""The JSON Schema of results, as `kursdag results --format json` and the desk hand them out: a round's, a programme's, and two rounds'."""

from collections.abc import Mapping

from infra.schemas import comparisons
from infra.schemas.files import DIALECT
from infra.schemas.shapes import (
    COUNT,
    COUNTS,
    FLAG,
    INTERVAL,
    KIND,
    NUMBER,
    PRECISION,
    REASON,
    SHARE,
    TEXT,
    UNIT,
    WORD,
    Document,
    listed,
    or_null,
    record,
    ref,
)
from shared.results.editions import SCHEMA

SHARES = record(dict.fromkeys(("below", "middle", "above"), SHARE))
PATH: Document = {"description": "From the top down; null last for what is left of a node.", **listed(or_null(WORD)), "minItems": 1}

FIGURES: Mapping[str, Document] = {
    "N": {"description": "Invited.", **COUNT},
    "n": {"description": "Answered, without those to whom it was not relevant.", **or_null(COUNT)},
    "na": {"description": "Said that it is not relevant to them.", **or_null(COUNT)},
    "counts": or_null(COUNTS),
    "median": or_null(NUMBER),
    "mean": or_null(NUMBER),
    "sd": or_null(NUMBER),
    "mean_interval": {"description": "Of the mean among all N, 95 %.", **or_null(INTERVAL)},
    "IM": {"description": "Interpolated median.", **or_null(NUMBER)},
    "DI": {"description": "Dispersion.", **or_null(SHARE)},
    "positive": or_null(ref("positive")),
    "shares": {"description": "Below, at and above the middle.", **or_null(SHARES)},
    "precision": PRECISION,
}

POSITIVE: Mapping[str, Document] = {
    "codes": listed(WORD),
    "x": {"description": "How many chose one of them.", **COUNT},
    "share": SHARE,
    "interval": {"description": "Among all N, in persons, 95 %.", **or_null(INTERVAL)},
    "bounds": {"description": "Among all N, whatever the others think.", **or_null(INTERVAL)},
}

HIDDEN: Mapping[str, Document] = {"reason": {"enum": ["small", "comments"]}, "k": COUNT}
OPTION: Mapping[str, Document] = {"code": WORD, "label": TEXT}

NODE: Mapping[str, Document] = {
    "path": PATH,
    "N": COUNT,
    "n": or_null(COUNT),
    "shown": FLAG,
    "reason": REASON,
    "rest": FLAG,
}

COLUMN: Mapping[str, Document] = {"role": WORD, "roles": listed(WORD), "titles": listed(TEXT), "N": COUNT, "n": COUNT}

TOLD: Mapping[str, Document] = {
    "id": WORD,
    "base": {"description": "The id without the session.", **WORD},
    "session": or_null(WORD),
    "section": or_null(TEXT),
    "versions": listed(COUNT),
    "text": TEXT,
    "sensitive": FLAG,
}

WRITTEN: Mapping[str, Document] = {
    **TOLD,
    "kind": {"const": "text"},
    "N": COUNT,
    "n": or_null(COUNT),
    "hidden": or_null(ref("hidden")),
    "comments": listed(WORD),
}

QUESTION: Mapping[str, Document] = {
    **TOLD,
    "kind": KIND,
    "bipolar": FLAG,
    "options": listed(ref("option")),
    "not_relevant": or_null(TEXT),
    "positive_codes": listed(WORD),
    **FIGURES,
    "hidden": or_null(ref("hidden")),
    "blocks": {"description": "For each shown node, in the nodes' order.", **or_null(listed(ref("block")))},
    "blocks_hidden": {"enum": ["protect", None]},
    "roles": or_null(listed(ref("role"))),
    "roles_hidden": {"enum": ["protect", None]},
}

GATHERING: Mapping[str, Document] = {"id": WORD, "title": or_null(TEXT), "place": WORD, "date": WORD}
SESSION: Mapping[str, Document] = {"id": WORD, "title": TEXT, "speaker": or_null(TEXT), "start": WORD, "end": WORD}

RESPONSE: Mapping[str, Document] = {
    "day": WORD,
    "mode": {"enum": ["anonymous", "confidential", "personal"]},
    "gatherings": listed(ref("gathering")),
    "closed": {"description": "UTC.", "type": "string", "format": "date-time"},
    "N": COUNT,
    "n": COUNT,
    "absent": COUNT,
    "unreached": COUNT,
    "complete": or_null(COUNT),
    "partial": or_null(COUNT),
    "rr1": or_null(NUMBER),
    "rr2": or_null(NUMBER),
    "precision": PRECISION,
    "representativeness": or_null(SHARE),
    "hidden": or_null(ref("hidden")),
    "hidden_rows": record({"small": COUNT, "protect": COUNT}),
}

SCALE: Mapping[str, Document] = {
    "questions": listed(WORD),
    "n": {"description": "Answered all of them; null where too few did, or all alike, as are the others then.", **or_null(COUNT)},
    "alpha": {"description": "Cronbach's alpha.", **or_null(NUMBER)},
    "low": {"description": "Its limits, 95 %.", **or_null(NUMBER)},
    "high": or_null(NUMBER),
}

EDITION: Mapping[str, Document] = {
    "schema": {"const": SCHEMA},
    "kind": {"const": "round"},
    "method": WORD,
    "programme": WORD,
    "round": WORD,
    "title": TEXT,
    "programme_title": TEXT,
    "languages": listed(WORD),
    "timezone": WORD,
    "form": WORD,
    "versions": listed(record({"number": COUNT, "form": WORD, "n": COUNT})),
    "sessions": listed(record(SESSION)),
    "k": COUNT,
    "comments_from": COUNT,
    "unopened": COUNT,
    **RESPONSE,
    "breakdown": or_null(record({"levels": listed(WORD), "nodes": listed(ref("node"))})),
    "roles": or_null(record({"columns": listed(ref("column")), "reason": {"enum": ["protect", None]}})),
    "questions": listed({"anyOf": [ref("question"), ref("written")]}),
    "scales": {"description": "Of questions that are to measure one thing; only where the form has such.", **listed(record(SCALE))},
}

POINT: Mapping[str, Document] = {
    "round": WORD,
    "id": WORD,
    "session": or_null(WORD),
    **{name: FIGURES[name] for name in ("N", "n", "na", "counts", "shares", "mean", "mean_interval", "precision")},
    "x": or_null(COUNT),
    "share": or_null(SHARE),
    "interval": or_null(INTERVAL),
    "hidden": or_null(ref("hidden")),
    "change": {"enum": ["up", "down", None]},
}

TOGETHER: Mapping[str, Document] = {
    "n": COUNT,
    "na": COUNT,
    "rounds": {"description": "Those whose answers it adds up.", **listed(WORD)},
    **{name: FIGURES[name] for name in ("counts", "median", "mean", "sd", "IM", "DI", "shares")},
    "x": or_null(COUNT),
    "share": or_null(SHARE),
}

SERIES: Mapping[str, Document] = {
    "id": WORD,
    "kind": KIND,
    "text": TEXT,
    "bipolar": FLAG,
    "options": listed(ref("option")),
    "not_relevant": or_null(TEXT),
    "positive_codes": listed(WORD),
    "sensitive": FLAG,
    "section": or_null(TEXT),
    "series": listed(ref("point")),
    "together": or_null(ref("together")),
    "units": listed(record({"path": UNIT, **TOGETHER})),
}

ROUND_OF_A_PROGRAMME: Mapping[str, Document] = {"round": WORD, "title": TEXT, **RESPONSE}
UNIT_IN_A_ROUND: Mapping[str, Document] = {"round": WORD, "N": COUNT, "n": or_null(COUNT), "shown": FLAG, "reason": REASON}

PROGRAMME: Mapping[str, Document] = {
    "schema": {"const": SCHEMA},
    "kind": {"const": "programme"},
    "method": WORD,
    "programme": WORD,
    "title": TEXT,
    "languages": listed(WORD),
    "timezone": WORD,
    "closed": or_null({"description": "When the last round closed, UTC.", "type": "string", "format": "date-time"}),
    "k": COUNT,
    "comments_from": COUNT,
    "counted": {"description": "Answers, not people: the same people answer round by round.", "const": "answers"},
    "invitations": COUNT,
    "answers": COUNT,
    "rr2": or_null(NUMBER),
    "rounds": listed(record(ROUND_OF_A_PROGRAMME)),
    "breakdown": or_null(record({"levels": listed(WORD), "nodes": listed(ref("unit"))})),
    "questions": listed(ref("series")),
    "continues": or_null(record({"programme": WORD, "attention": listed(TEXT)})),
}

DEFINITIONS = {
    "positive": record(POSITIVE),
    "hidden": record(HIDDEN),
    "option": record(OPTION),
    "node": record(NODE),
    "column": record(COLUMN),
    "gathering": record(GATHERING),
    "block": record({"path": PATH, **FIGURES}),
    "role": record({"role": WORD, **FIGURES}),
    "question": record(QUESTION),
    "written": record(WRITTEN, frozenset({"comments"})),
    "point": record(POINT),
    "together": record(TOGETHER),
    "series": record(SERIES),
    "unit": record({"path": UNIT, "rounds": listed(record(UNIT_IN_A_ROUND))}),
    "round": record(EDITION, optional=frozenset({"scales"})),
    "programme": record(PROGRAMME),
    **comparisons.DEFINITIONS,
}

KINDS = {"round": "round", "programme": "programme", "series": "comparison", "follow-up": "follow-up"}
"""What describes each kind of result."""


def result_schema() -> Document:
    """Describe the JSON of results."""
    kinds = [{"if": {"properties": {"kind": {"const": kind}}}, "then": ref(name)} for kind, name in KINDS.items()]
    known = {"kind": {"enum": list(KINDS)}}
    return {
        "$schema": DIALECT,
        "title": "Kursdag: result",
        "type": "object",
        "required": ["kind"],
        "properties": known,
        "allOf": kinds,
        "$defs": DEFINITIONS,
    }

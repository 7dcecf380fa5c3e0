"""The JSON Schema of the files, made from the definitions by which they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from shared.declarations.conditions import TESTS, Conditional
from shared.declarations.entries import MOST_ENTRIES
from shared.declarations.fields import (
    CLOCK,
    ISO_DATE,
    LAST_SESSION,
    SLUG,
    SLUG_LENGTH,
    Address,
    Choice,
    Clock,
    Date,
    Flag,
    Line,
    Named,
    Number,
    Slug,
    Words,
    Zone,
)
from shared.declarations.moments import Phrase
from shared.declarations.questions import (
    FEWEST_OPTIONS,
    MOST_OPTIONS,
    QUESTION_KINDS,
    Entry,
    Options,
    OptionSchema,
    Question,
    Scale,
    ScaleSchema,
    SectionSchema,
)
from shared.declarations.schemas import FormSchema, ProgrammeSchema
from shared.declarations.shapes import Declaration
from shared.languages import NAMES

DIALECT = "https://json-schema.org/draft/2020-12/schema"

SCHEMAS: Mapping[str, type[Declaration]] = {"programme": ProgrammeSchema, "form": FormSchema}

Document = dict[str, Any]


def json_schema(what: str) -> Document:
    """Describe programme.yaml or a form file."""
    schema = SCHEMAS[what]
    making = _Making()
    root = making.mapping(schema())
    if schema is FormSchema:
        root = _adaptable(root)
    return {"$schema": DIALECT, "title": f"Kursdag: {what}", **root, "$defs": making.definitions}


def _adaptable(form: Document) -> Document:
    """Require nothing of a form that uses one of the library."""
    whole = {"required": form.pop("required")}
    unplaced: Document = {"before": False}
    questions = {"items": {"properties": {**unplaced, "questions": {"items": {"properties": unplaced}}}}}
    return {**form, "if": {"required": ["uses"]}, "else": {**whole, "properties": {"without": False, "questions": questions}}}


class _Making:
    """Collects the definitions that several places share."""

    def __init__(self) -> None:
        self.definitions: Document = {}

    def mapping(self, schema: Declaration, **constants: str) -> Document:
        """Describe a mapping: its keys, those that are required, and no others."""
        named = {field.data_key or name: field for name, field in schema.fields.items()}
        properties = {key: self.field(field) for key, field in named.items()}
        return {
            "type": "object",
            "description": _first_line(schema),
            "properties": properties | {key: {"const": value} for key, value in constants.items()},
            "required": [key for key, field in named.items() if field.required],
            "additionalProperties": False,
        }

    def field(self, field: fields.Field[Any]) -> Document:
        """Describe a value by its kind."""
        describe = next(describe for kind, describe in FIELDS.items() if isinstance(field, kind))
        described = describe(self, field)
        return described if "$ref" in described or "description" in described else {"description": _first_line(field), **described}

    def shared(self, name: str, make: Callable[[], Document]) -> Document:
        """Refer to a definition, made when it is first needed."""
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = make()
        return {"$ref": f"#/$defs/{name}"}

    def nested(self, schema: type[Declaration]) -> Document:
        """Refer to a mapping of its own."""
        return self.shared(schema.__name__.removesuffix("Schema"), lambda: self.mapping(schema()))

    def question(self) -> Document:
        """Describe a question of any kind."""
        for kind, schema in QUESTION_KINDS.items():
            self.shared(f"question-{kind}", lambda schema=schema, kind=kind: self.mapping(schema(), kind=kind))  # type: ignore[misc]
        kinds = [
            {"if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]}, "then": {"$ref": f"#/$defs/question-{kind}"}}
            for kind in QUESTION_KINDS
        ]
        known = {"kind": {"description": "The kind of question.", "enum": list(QUESTION_KINDS)}}
        return {"type": "object", "required": ["id", "kind"], "properties": known, "allOf": kinds}

    def entry(self) -> Document:
        """Describe a question or a section."""
        section = self.nested(SectionSchema)
        return {"if": {"required": ["section"]}, "then": section, "else": self.shared("question", self.question)}

    def list_of(self, field: fields.List[Any]) -> Document:
        """Describe a list."""
        bounds = [check for check in field.validators if isinstance(check, Length)]
        least, most = max((check.min or 0) for check in bounds), min((check.max or MOST_ENTRIES) for check in bounds)
        return {"type": "array", "items": self.field(field.inner), "minItems": least, "maxItems": most}

    def options(self) -> Document:
        """Describe a choice's options: by code, or as a list."""
        bounds = (FEWEST_OPTIONS, MOST_OPTIONS)
        by_code = {**_by_id(self.words(200)), "minProperties": bounds[0], "maxProperties": bounds[1]}
        listed = {"type": "array", "items": self.nested(OptionSchema), "minItems": bounds[0], "maxItems": bounds[1]}
        return {"anyOf": [by_code, listed]}

    def words(self, longest: int) -> Document:
        """Describe a text: one, or one in each language."""
        text = {"type": "string", "minLength": 1, "maxLength": longest}
        each = {"type": "object", "properties": dict.fromkeys(NAMES, text), "minProperties": 1, "additionalProperties": False}
        return self.shared(f"text-{longest}", lambda: {"description": "A text, or one for each language.", "anyOf": [text, each]})

    def condition(self) -> Document:
        """Describe a condition."""
        inner = {"$ref": "#/$defs/condition"}
        several = {"type": "array", "items": inner, "minItems": 1}
        code = {"type": ["string", "integer"]}
        values: Document = {"is": code, "any of": {"type": "array", "items": code, "minItems": 1}, "at least": {"type": "integer"}}
        tests = [_exactly({"question": {"type": "string"}, key: values[key]}) for key in TESTS]
        joined = [_exactly({"all": several}), _exactly({"any": several}), _exactly({"not": inner})]
        return {"description": _first_line(Conditional), "anyOf": [*tests, *joined]}


def _first_line(documented: object) -> str:
    return (documented if isinstance(documented, type) else type(documented)).__doc__.partition("\n")[0]  # type: ignore[union-attr]


def _exactly(properties: Document) -> Document:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _by_id(values: Document) -> Document:
    names = {"pattern": f"^{SLUG.pattern}$", "maxLength": SLUG_LENGTH}
    return {"type": "object", "minProperties": 1, "propertyNames": names, "additionalProperties": values}


def _phrase(field: Phrase) -> Document:
    patterns: list[Document] = [{"pattern": f"^(?:{_plain(shape.pattern)})$"} for shape in field.shapes]
    exact: list[Document] = [{"const": LAST_SESSION}] if LAST_SESSION in field.examples else []
    return {"type": "string", "anyOf": [*exact, *patterns]}


def _plain(pattern: str) -> str:
    """Write a pattern without names of groups, which JSON Schema's dialect has in another form."""
    parts = pattern.split("(?P<")
    return parts[0] + "".join("(?:" + part.partition(">")[2] for part in parts[1:])


TEXT: Document = {"type": "string", "minLength": 1}

FIELDS: Mapping[type[fields.Field[Any]], Callable[[_Making, Any], Document]] = {
    fields.Nested: lambda making, field: making.nested(type(field.schema)),
    fields.List: lambda making, field: making.list_of(field),
    Named: lambda making, field: _by_id(making.field(field.inner)),
    Words: lambda making, field: making.words(field.longest),
    Slug: lambda _making, _field: {"type": "string", "pattern": f"^{SLUG.pattern}$", "maxLength": SLUG_LENGTH},
    Clock: lambda _making, _field: {"type": "string", "pattern": f"^{CLOCK.pattern}$"},
    Phrase: lambda _making, field: _phrase(field),
    Date: lambda _making, _field: {"type": "string", "pattern": f"^{ISO_DATE.pattern}$"},
    Address: lambda _making, _field: {"type": "string", "pattern": "^[^@\\s]+@[^@\\s]+$"},
    Zone: lambda _making, _field: TEXT,
    Flag: lambda _making, _field: {"type": "boolean"},
    Number: lambda _making, field: {"type": "integer", "minimum": field.least, "maximum": field.most},
    Choice: lambda _making, field: {"enum": list(field.known)},
    Scale: lambda making, _field: {"anyOf": [{"type": "string"}, making.nested(ScaleSchema)]},
    Options: lambda making, _field: making.options(),
    Conditional: lambda making, _field: making.shared("condition", making.condition),
    Question: lambda making, _field: making.shared("question", making.question),
    Entry: lambda making, _field: making.entry(),
    Line: lambda _making, _field: {**TEXT, "maxLength": 200},
}
"""How each kind of value is described."""

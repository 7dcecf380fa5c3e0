"""A programme and its forms as declared in files: either valid as a whole, or every fault with its place."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from shared import declaration_building as building
from shared import forms, programmes
from shared.declaration_checks import programme_findings
from shared.declaration_entries import Finding, days_by_id, entries, planned, texts
from shared.declaration_fields import read_slug
from shared.declaration_form_checks import form_findings, repeat_findings
from shared.declaration_schemas import Declaration, FormSchema, ProgrammeSchema
from shared.declaration_texts import AtKey, Offered
from shared.forms import Form
from shared.languages import NAMES
from shared.programmes import Programme
from shared.yaml_source import START, Path, Position, Source, read

PROGRAMME_FILE = "programme.yaml"
ENDING = ".yaml"

MOST_FAULTS = 500
"""What is told at once; a file with more is not one that somebody wrote, and the answer must stay small enough to send."""

MOST_STORED = 300_000
"""Bytes that a programme or form may have as one stored item, well below the table's limit of 400 KB."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something wrong in a file; lines and columns count from 1."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class Declared:
    """A valid programme with the forms of its rounds."""

    programme: Programme
    forms: Mapping[str, Form]
    """By the round plan's id: repeats are spelled out for that round's day."""


def declared(programme_id: str, files: Mapping[str, bytes]) -> Declared | list[Fault]:
    """Read the files of a programme's folder, by their names; the folder's name is the programme's id."""
    return declared_by(programme_id, {name: read(data) for name, data in sorted(files.items())})


def declared_by(programme_id: str, sources: Mapping[str, Source]) -> Declared | list[Fault]:
    """Judge what was read of a programme's files, whatever they were read from."""
    if PROGRAMME_FILE not in sources:
        return [Fault(PROGRAMME_FILE, 1, 1, "this file is missing: it declares the programme")]
    faults = sorted({*_file_faults(programme_id, sources), *_declaration_faults(sources)})
    return faults[:MOST_FAULTS] or _built(programme_id, sources)


def _file_faults(programme_id: str, sources: Mapping[str, Source]) -> Iterator[Fault]:
    yield from _name_fault(PROGRAMME_FILE, programme_id, "the folder's name is the programme's id")
    used = {form for _, form in texts(entries(sources[PROGRAMME_FILE].value, "rounds"), "form")}
    for name in _form_files(sources):
        badly_named = list(_name_fault(name, name.removesuffix(ENDING), f"the file's name must be an id and end in {ENDING}"))
        yield from badly_named
        if not badly_named and used and sources[PROGRAMME_FILE].whole and name.removesuffix(ENDING) not in used:
            yield Fault(name, 1, 1, "no round uses this form: name it under `rounds`, or remove the file")


def _name_fault(file: str, name: str, reason: str) -> Iterator[Fault]:
    try:
        read_slug(name)
    except ValidationError as error:
        yield Fault(file, 1, 1, f"{reason}, but {error.messages[0]}")


def _form_files(sources: Mapping[str, Source]) -> list[str]:
    return [name for name in sources if name != PROGRAMME_FILE]


def _declaration_faults(sources: Mapping[str, Source]) -> Iterator[Fault]:
    names = [name.removesuffix(ENDING) for name in _form_files(sources)]
    programme = sources[PROGRAMME_FILE]
    # Half a programme says nothing about its forms: only their own faults are found then.
    known = programme.value if programme.whole else None
    languages = _languages(known)
    shape = _shape(ProgrammeSchema(), programme.value, languages)
    yield from _faults(PROGRAMME_FILE, programme, [*shape, *programme_findings(programme.value, names)])
    for file, name in zip(_form_files(sources), names, strict=True):
        form = sources[file].value
        shape = _shape(FormSchema(), form, languages)
        yield from _faults(file, sources[file], [*shape, *form_findings(form), *_repeats(name, form, known)])


def _languages(programme: object) -> tuple[str, ...]:
    listed = programme.get("languages") if isinstance(programme, Mapping) else None
    items = listed if isinstance(listed, list) else []
    # With one of them in doubt it can't be told which texts are missing.
    return tuple(dict.fromkeys(items)) if all(isinstance(item, str) and item in NAMES for item in items) else ()


def _shape(schema: Declaration, value: Any, languages: tuple[str, ...]) -> Iterator[Finding]:
    with Offered(languages):
        try:
            schema.load(value)
        except ValidationError as error:
            yield from _flat(error.messages)


def _flat(messages: Any, path: Path = ()) -> Iterator[Finding]:
    """Turn marshmallow's nested messages into findings."""
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from _flat(inner, path if key == "_schema" else (*path, key))
    else:
        yield from ((path, message) for message in messages)


def _repeats(name: str, form: object, programme: object) -> Iterator[Finding]:
    days = days_by_id(programme)
    for day in dict.fromkeys(plan.day for plan in planned(programme) if plan.form == name):
        yield from repeat_findings(form, days[day])


def _faults(file: str, source: Source, findings: Iterable[Finding]) -> Iterator[Fault]:
    """Place the faults of a file; where a value is refused as YAML, nothing more is said about it."""
    refused = {fault.position for fault in source.faults}
    for fault in source.faults:
        yield _fault(file, fault.position, fault.message)
    for path, message in findings if source.whole else ():
        position = _position(source, path, message)
        if position not in refused:
            yield _fault(file, position, message)


def _position(source: Source, path: Path, message: str) -> Position:
    return source.keys_at[path] if isinstance(message, AtKey) and path in source.keys_at else source.position(path)


def _fault(file: str, position: Position, message: str) -> Fault:
    return Fault(file, position.line, position.column, str(message))


def _built(programme_id: str, sources: Mapping[str, Source]) -> Declared | list[Fault]:
    with Offered(_languages(sources[PROGRAMME_FILE].value)):
        raw = ProgrammeSchema().load(sources[PROGRAMME_FILE].value)
        raw_forms = {name.removesuffix(ENDING): FormSchema().load(sources[name].value) for name in _form_files(sources)}
    days = {day["id"]: day for day in raw["days"]}
    programme = building.programme(programme_id, raw)
    concrete = {plan.id: building.form(raw_forms[plan.form], days[plan.day]) for plan in programme.rounds}
    return _too_large(programme, concrete) or Declared(programme, concrete)


def _too_large(programme: Programme, concrete: Mapping[str, Form]) -> list[Fault]:
    sizes = {PROGRAMME_FILE: len(programmes.canonical(programme).encode())}
    for plan in programme.rounds:
        size = len(forms.canonical(concrete[plan.id]).encode())
        sizes[plan.form + ENDING] = max(size, sizes.get(plan.form + ENDING, 0))
    return [
        Fault(name, START.line, START.column, f"this makes {size} bytes, at most {MOST_STORED} can be stored: shorten it")
        for name, size in sizes.items()
        if size > MOST_STORED
    ]


__all__ = ["Declared", "Fault", "declared", "declared_by"]

"""A programme and its forms as declared in files: either valid as a whole, or every fault with its place."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared import forms, programmes
from shared.declarations import building, form_building
from shared.declarations.advice import advice, nagging
from shared.declarations.drafts import ENDING, Fault, Folder
from shared.declarations.yaml_source import START, Source, read
from shared.forms import Form
from shared.packing import PROGRAMME_FILE
from shared.phrases import N_
from shared.programmes import Programme

MOST_FAULTS = 500
"""What is told at once; a file with more is not one that somebody wrote, and the answer must stay small enough to send."""

MOST_STORED = 300_000
"""Bytes that a programme or form may have as one stored item, well below the table's limit of 400 KB."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A valid programme with the forms of its rounds."""

    programme: Programme
    forms: Mapping[str, Form]
    """By the round plan's id: repeats are spelled out for that round's day."""
    warnings: tuple[Fault, ...] = ()
    """What is allowed, but what evidence advises against."""


NO_LIBRARY: Mapping[str, bytes] = {}


def declared(programme_id: str, files: Mapping[str, bytes], library: Mapping[str, bytes] = NO_LIBRARY) -> Declared | list[Fault]:
    """Read the files of a programme's folder, by their names, and of the library; the folder's name is the programme's id."""
    return declared_by(programme_id, {name: read(data) for name, data in sorted(files.items())}, library)


def declared_by(programme_id: str, sources: Mapping[str, Source], library: Mapping[str, bytes] = NO_LIBRARY) -> Declared | list[Fault]:
    """Judge what was read of a programme's files, whatever they were read from."""
    if PROGRAMME_FILE not in sources:
        return [Fault(PROGRAMME_FILE, 1, 1, N_("this file is missing: it declares the programme"))]
    folder = Folder(programme_id, sources, library)
    faults = sorted(set(folder.faults()))
    return faults[:MOST_FAULTS] or _built(folder)


def _built(folder: Folder) -> Declared | list[Fault]:
    raw, raw_forms = folder.loaded()
    programme = building.programme(folder.id, raw)
    concrete = {plan.id: form_building.form(raw_forms[plan.form], raw, plan.day) for plan in programme.rounds}
    advised = ((plan.form, found) for plan in programme.rounds for found in advice(plan, concrete[plan.id], folder.drafts[plan.form].value))
    warnings = (*folder.placed(advised), *folder.placed_in_programme(nagging(programme.rounds, folder.programme)))
    return _too_large(programme, concrete, folder) or Declared(programme, concrete, tuple(sorted(set(warnings))))


def _too_large(programme: Programme, concrete: Mapping[str, Form], folder: Folder) -> list[Fault]:
    sizes = {PROGRAMME_FILE: len(programmes.canonical(programme).encode())}
    for plan in programme.rounds:
        name = plan.form + ENDING if plan.form + ENDING in folder.files else PROGRAMME_FILE
        sizes[name] = max(len(forms.canonical(concrete[plan.id]).encode()), sizes.get(name, 0))
    return [
        Fault(
            name,
            START.line,
            START.column,
            N_("this makes {size} bytes, at most {most} can be stored: shorten it", size=size, most=MOST_STORED),
        )
        for name, size in sizes.items()
        if size > MOST_STORED
    ]


__all__ = ["Declared", "Fault", "declared", "declared_by"]

"""The files of a programme's folder, the forms they make with the library, and every fault with its place."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from marshmallow import ValidationError

from shared.declarations.checks import programme_findings
from shared.declarations.entries import Finding, asked, days_by_id, entries, texts
from shared.declarations.fields import read_slug
from shared.declarations.form_checks import form_findings, setting_findings
from shared.declarations.library import FOLDER, Draft, adapted, as_it_is, in_languages, use_findings
from shared.declarations.naming_checks import followed_findings, looking_findings, recalled_findings, returned_findings
from shared.declarations.rounds import planned
from shared.declarations.schemas import FormSchema, ProgrammeSchema
from shared.declarations.shapes import Declaration
from shared.declarations.texts import AtKey, Offered
from shared.declarations.yaml_source import Path, Position, Source, read
from shared.languages import NAMES
from shared.packing import PROGRAMME_FILE
from shared.phrases import N_, told

ENDING = ".yaml"

NOT_IN_ADAPTED = ("title", "mode", "questions")
"""What a form need not say that uses one of the library."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something wrong in a file, or to be warned of; lines and columns count from 1."""

    file: str
    line: int
    column: int
    message: str

    @property
    def place(self) -> str:
        """Write where it is."""
        return f"{self.file}:{self.line}:{self.column}"

    def told(self, words: Callable[[str], str]) -> str:
        """Tell it in a catalogue's language, after its place."""
        return f"{self.place}: {told(self.message, words)}" if self.place else str(told(self.message, words))

    def __str__(self) -> str:
        return self.told(str)


class Folder:
    """A programme's files and what they take from the library, each read and checked once."""

    def __init__(self, programme_id: str, files: Mapping[str, Source], library: Mapping[str, bytes]) -> None:
        self.id = programme_id
        self.files = dict(sorted(files.items()))
        self.own = {name.removesuffix(ENDING): name for name in self.files if name != PROGRAMME_FILE}
        self.library_names = [name.removesuffix(ENDING) for name in library]
        self._library = library

    @cached_property
    def programme(self) -> Any:
        """The programme as it stands; half a programme says nothing about its forms, which have only faults of their own then."""
        source = self.files[PROGRAMME_FILE]
        return source.value if source.whole else None

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages offered; none if one of them is in doubt, since then it can't be told which texts are missing."""
        listed = self.programme.get("languages") if isinstance(self.programme, Mapping) else None
        items = listed if isinstance(listed, list) else []
        return tuple(dict.fromkeys(items)) if all(isinstance(item, str) and item in NAMES for item in items) else ()

    @cached_property
    def library(self) -> Mapping[str, Source]:
        """The library's forms that are used, by name."""
        adapted_from = [self.files[file].value.get("uses") for file in self.own.values() if isinstance(self.files[file].value, Mapping)]
        taken = [form for _, form in texts(entries(self.programme, "rounds"), "form") if form not in self.own]
        wanted = [name for name in dict.fromkeys(filter(_is_text, [*adapted_from, *taken])) if name in self.library_names]
        return {name: read(self._library[name + ENDING]) for name in wanted}

    @cached_property
    def library_forms(self) -> Mapping[str, Any]:
        """The library's forms that are used, in the languages offered."""
        return {name: in_languages(source.value, self.languages) for name, source in self.library.items()}

    @cached_property
    def drafts(self) -> Mapping[str, Draft]:
        """The forms that can be judged as a whole, by name."""
        own = {name: self._draft(name) for name in self.own}
        taken = {}
        for path, name in texts(entries(self.programme, "rounds"), "form"):
            if name not in self.own and name in self.library and name not in taken:
                taken[name] = as_it_is(name, self.library_forms[name], (PROGRAMME_FILE, path))
        return {name: draft for name, draft in (own | taken).items() if draft}

    def _draft(self, name: str) -> Draft | None:
        source = self.files[self.own[name]]
        if not source.whole:
            return None
        if not isinstance(source.value, Mapping) or "uses" not in source.value:
            return Draft(name, source.value, (self.own[name], ()))
        used = self.library_forms.get(source.value["uses"]) if _is_text(source.value["uses"]) else None
        return adapted(name, source.value, used) if isinstance(used, Mapping) else None

    def faults(self) -> Iterator[Fault]:
        """Find everything that is wrong."""
        yield from self._names()
        names = [*self.own, *self.library_names]
        source = self.files[PROGRAMME_FILE]
        found = [*self._shape(ProgrammeSchema(), source.value), *programme_findings(source.value, names)]
        personal = {name for name, draft in self.drafts.items() if _mode(draft.value) == "personal"}
        found += [*recalled_findings(source.value, personal), *returned_findings(source.value, personal)]
        found += followed_findings(source.value, personal)
        looking = {name for name, draft in self.drafts.items() if any("looking_back" in question for _, question in asked(draft.value))}
        found += looking_findings(source.value, looking)
        yield from _faults(PROGRAMME_FILE, source, found)
        for name, file in self.own.items():
            yield from _faults(file, self.files[file], self._own_findings(name, self.files[file].value))
        for name in self.library:
            yield from self._library_faults(name)
        for draft in self.drafts.values():
            yield from self.placed((draft.name, finding) for finding in self._whole_findings(draft))

    def _names(self) -> Iterator[Fault]:
        yield from _name_fault(PROGRAMME_FILE, self.id, N_("the folder's name is the programme's id"))
        used = {form for _, form in texts(entries(self.files[PROGRAMME_FILE].value, "rounds"), "form")}
        for name, file in self.own.items():
            badly_named = list(_name_fault(file, name, N_("the file's name must be an id and end in .yaml")))
            yield from badly_named
            if not badly_named and used and self.files[PROGRAMME_FILE].whole and name not in used:
                yield Fault(file, 1, 1, N_("no round uses this form: name it under `rounds`, or remove the file"))

    def _own_findings(self, name: str, form: Any) -> Iterator[Finding]:
        uses = isinstance(form, Mapping) and "uses" in form
        yield from self._shape(FormSchema(partial=NOT_IN_ADAPTED if uses else None), form)
        yield from use_findings(form, self.library_names, self.library_forms.get(form["uses"]) if uses and _is_text(form["uses"]) else None)
        if not uses and name in self.drafts:
            yield from form_findings(form)

    def _library_faults(self, name: str) -> Iterator[Fault]:
        form = self.library_forms[name]
        yield from _faults(f"{FOLDER}{name}{ENDING}", self.library[name], [*self._shape(FormSchema(), form), *form_findings(form)])

    def _whole_findings(self, draft: Draft) -> Iterator[Finding]:
        """Judge a form with what it takes from the library, and as the rounds ask it."""
        if isinstance(draft.value, Mapping) and draft.origins and draft.taken_from[0] != PROGRAMME_FILE:
            yield from form_findings(draft.value)
        days, goals = days_by_id(self.programme), entries(self.programme, "goals")
        for day in dict.fromkeys(plan.day for plan in planned(self.programme) if plan.form == draft.name):
            yield from setting_findings(draft.value, days[day], goals)

    def placed(self, findings: Iterable[tuple[str, Finding]]) -> Iterator[Fault]:
        """Place findings about forms, by their names; what the library says is told where it is taken."""
        for name, (path, message) in findings:
            draft = self.drafts[name]
            file, place = draft.origin(path)
            if not file.startswith(FOLDER):
                yield from _faults(file, self.files[file], [(place, message)], themselves=False)
            elif not self._broken(file):
                line = self.library[file.removeprefix(FOLDER).removesuffix(ENDING)].position(place).line
                taken_file, taken = draft.taken_from
                whence = N_("{message} ({file}, line {line})", message=message, file=file, line=line)
                yield from _faults(taken_file, self.files[taken_file], [(taken, whence)], themselves=False)

    def placed_in_programme(self, findings: Iterable[Finding]) -> Iterator[Fault]:
        """Place findings about the programme."""
        return _faults(PROGRAMME_FILE, self.files[PROGRAMME_FILE], findings, themselves=False)

    def _broken(self, file: str) -> bool:
        return any(True for _ in self._library_faults(file.removeprefix(FOLDER).removesuffix(ENDING)))

    def _shape(self, schema: Declaration, value: Any) -> Iterator[Finding]:
        with Offered(self.languages):
            try:
                schema.load(value)
            except ValidationError as error:
                yield from _flat(error.messages)

    def loaded(self) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """Give the programme and its forms, by name, as their schemas read them; only of files without a fault."""
        with Offered(self.languages):
            loaded = {name: FormSchema().load(draft.value) for name, draft in self.drafts.items()}
            return ProgrammeSchema().load(self.programme), loaded


def _mode(form: object) -> object:
    return form.get("mode") if isinstance(form, Mapping) else None


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _name_fault(file: str, name: str, reason: str) -> Iterator[Fault]:
    try:
        read_slug(name)
    except ValidationError as error:
        yield Fault(file, 1, 1, N_("{reason}, but {why}", reason=reason, why=error.messages[0]))


def _flat(messages: Any, path: Path = ()) -> Iterator[Finding]:
    """Turn marshmallow's nested messages into findings."""
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from _flat(inner, path if key == "_schema" else (*path, key))
    else:
        yield from ((path, message) for message in messages)


def _faults(file: str, source: Source, findings: Iterable[Finding], *, themselves: bool = True) -> Iterator[Fault]:
    """Place the faults of a file; where a value is refused as YAML, nothing more is said about it."""
    refused = {fault.position for fault in source.faults}
    for fault in source.faults if themselves else ():
        yield _fault(file, fault.position, fault.message)
    for path, message in findings if source.whole else ():
        position = _position(source, path, message)
        if position not in refused:
            yield _fault(file, position, message)


def _position(source: Source, path: Path, message: str) -> Position:
    return source.keys_at[path] if isinstance(message, AtKey) and path in source.keys_at else source.position(path)


def _fault(file: str, position: Position, message: str) -> Fault:
    return Fault(file, position.line, position.column, message)

"""Forms of the library, taken as they are or adapted by a file that `uses` one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.declarations.entries import Finding, asked, entries, mapping, strings, texts
from shared.declarations.texts import AtKey
from shared.declarations.yaml_source import Path
from shared.hints import listed, suggestion
from shared.languages import NAMES
from shared.phrases import N_

FOLDER = "library/"

Place = tuple[str, Path]
"""A file, and where in it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as a round asks it: from a file of its own, from the library, or from both."""

    name: str
    value: Any
    taken_from: Place
    """Where it is said that the library's form is taken; or the form's own file."""
    origins: Mapping[Path, Place] = field(default_factory=dict)
    """Where its parts come from, if not from the file as they stand."""

    def origin(self, path: Path) -> Place:
        """Tell where a part of the form stands."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.origins:
                file, place = self.origins[path[:length]]
                return file, (*place, *path[length:])
        return self.taken_from[0], path


def in_languages(value: Any, languages: tuple[str, ...]) -> Any:
    """Leave out the languages that a programme does not offer; the library has them all."""
    if isinstance(value, list):
        return [in_languages(item, languages) for item in value]
    if not isinstance(value, Mapping):
        return value
    if value and value.keys() <= NAMES.keys():
        return {key: words for key, words in value.items() if key in languages}
    return {key: in_languages(item, languages) for key, item in value.items()}


def as_it_is(name: str, value: Any, taken_from: Place) -> Draft:
    """Take a form of the library as it is."""
    return Draft(name, value, taken_from, {(): (f"{FOLDER}{name}.yaml", ())})


def adapted(name: str, own: Mapping[str, Any], library: Mapping[str, Any]) -> Draft:
    """Put what a file says in place of what the library's form says."""
    file, other = f"{name}.yaml", f"{FOLDER}{own['uses']}.yaml"
    origins: dict[Path, Place] = {(): (file, ())}
    origins |= {(key,): (other, (key,)) for key in library if key not in own}
    value = {**library, **{key: item for key, item in own.items() if key not in ("uses", "without")}}
    for name_ in mapping(library, "scales"):
        if "scales" in own and name_ not in mapping(own, "scales"):
            origins["scales", name_] = (other, ("scales", name_))
    if "scales" in own:
        value["scales"] = {**mapping(library, "scales"), **mapping(own, "scales")}
    questions = _questions(own, library, file, other)
    value["questions"] = [entry for entry, _ in questions]
    for index, (_, places) in enumerate(questions):
        origins |= {("questions", index, *path): place for path, place in places.items()}
    return Draft(name, value, (file, ("without",) if "without" in own else ("uses",)), origins)


Placed = tuple[Any, Mapping[Path, Place]]
"""An entry among the questions, and where its parts stand."""


@dataclass(frozen=True, slots=True)
class _Changes:
    """What a file changes in the questions of the library's form."""

    file: str
    library: str
    left_out: set[str]
    own: Mapping[str, tuple[Path, Any]]
    """The file's own questions by id, with their places."""
    inserted: Mapping[str, list[tuple[Path, Any]]]
    """Those that say before which of the library's questions they stand, by its id."""

    def has_own_place(self, question: Any) -> bool:
        """Tell whether a question says where it stands."""
        return any(question is inserted for _, inserted in self.inserted.get(str(_before(question)), []))


def _questions(own: Mapping[str, Any], library: Mapping[str, Any], file: str, other: str) -> list[Placed]:
    mine = {str(question.get("id")): (path, question) for path, question in asked(own)}
    changes = _Changes(file, other, {name for _, name in strings(own, "without")}, mine, _inserted(own, library))
    theirs = {str(question.get("id")) for _, question in asked(library)}
    return [*_all_kept(library.get("questions"), (), changes), *_new(own, theirs, changes)]


def _before(entry: Any) -> Any:
    return entry.get("before") if isinstance(entry, Mapping) else None


def _inserted(own: Mapping[str, Any], library: Mapping[str, Any]) -> dict[str, list[tuple[Path, Any]]]:
    found: dict[str, list[tuple[Path, Any]]] = {}
    staying = _staying(own, library)
    for path, question in entries(own, "questions"):
        if "section" not in question and _before(question) in staying:
            found.setdefault(question["before"], []).append((path, question))
    return found


def _staying(own: Mapping[str, Any], library: Mapping[str, Any]) -> list[str]:
    """Name the library's questions that keep their places."""
    gone = {name for _, name in strings(own, "without")} | {str(item.get("id")) for _, item in asked(own) if "before" in item}
    return [str(item.get("id")) for _, item in asked(library) if str(item.get("id")) not in gone]


def _all_kept(listed_by: Any, path: Path, changes: _Changes) -> list[Placed]:
    numbered = enumerate(listed_by if isinstance(listed_by, list) else [])
    return [found for index, entry in numbered for found in _kept(entry, (*path, "questions", index), changes)]


def _kept(entry: Any, path: Path, changes: _Changes) -> Iterator[Placed]:
    """Keep, replace or leave out one of the library's questions, or those of one of its sections."""
    if isinstance(entry, Mapping) and isinstance(entry.get("questions"), list):
        inner = _all_kept(entry["questions"], path, changes)
        places = {("questions", index, *at): place for index, (_, found) in enumerate(inner) for at, place in found.items()}
        if inner:
            yield {**entry, "questions": [question for question, _ in inner]}, {(): (changes.library, path), **places}
        return
    name = str(entry.get("id")) if isinstance(entry, Mapping) else ""
    for place, question in changes.inserted.get(name, ()):
        yield {key: value for key, value in question.items() if key != "before"}, {(): (changes.file, place)}
    if name in changes.own:
        place, question = changes.own[name]
        if not changes.has_own_place(question):
            yield question, {(): (changes.file, place)}
    elif name not in changes.left_out:
        yield entry, {(): (changes.library, path)}


def _new(own: Mapping[str, Any], theirs: set[str], changes: _Changes) -> Iterator[Placed]:
    """Append the file's own questions, and its sections with what of them is new."""
    own_entries, file = own.get("questions"), changes.file
    for index, entry in enumerate(own_entries if isinstance(own_entries, list) else []):
        path: Path = ("questions", index)
        if isinstance(entry, Mapping) and isinstance(entry.get("questions"), list):
            inner = [(at, item) for at, item in enumerate(entry["questions"]) if not _is_theirs(item, theirs)]
            places: dict[Path, Place] = {("questions", new): (file, (*path, "questions", old)) for new, (old, _) in enumerate(inner)}
            if inner:
                yield {**entry, "questions": [item for _, item in inner]}, {(): (file, path), **places}
        elif not _is_theirs(entry, theirs) and not changes.has_own_place(entry):
            yield entry, {(): (file, path)}


def _is_theirs(entry: Any, theirs: set[str]) -> bool:
    return isinstance(entry, Mapping) and str(entry.get("id")) in theirs


def use_findings(own: object, names: list[str], library: object) -> Iterator[Finding]:
    """Find what is wrong in how a file uses the library; `library` is the form it names, if there is one."""
    if not isinstance(own, Mapping):
        return
    uses = own.get("uses")
    if uses is None and "without" in own:
        yield ("without",), N_("nothing is taken from the library here: name a form with `uses`, or remove this")
    if isinstance(uses, str) and uses not in names:
        hint = suggestion(uses, names) or (N_(": it has {known}", known=listed(sorted(names))) if names else "")
        yield ("uses",), N_("the library has no form `{uses}`{hint}", uses=uses[:50], hint=hint)
    if uses is None:
        yield from _placed_among_none(own)
    if isinstance(library, Mapping):
        yield from _place_findings(own, library)
        theirs = {str(question.get("id")) for _, question in asked(library)}
        for index, name in strings(own, "without"):
            if name not in theirs:
                yield (
                    ("without", index),
                    N_("the library's form has no question `{name}`{hint}", name=name[:50], hint=suggestion(name, theirs)),
                )


def _placed_among_none(own: Mapping[str, Any]) -> Iterator[Finding]:
    for path, question in asked(own):
        if "before" in question:
            yield (*path, "before"), AtKey.of(N_("`before` places a question among the library's: name a form with `uses`, or remove this"))


def _place_findings(own: Mapping[str, Any], library: Mapping[str, Any]) -> Iterator[Finding]:
    """Find what is wrong in where a file's questions are to stand."""
    theirs = {str(question.get("id")) for _, question in asked(library)}
    left_out = {name for _, name in strings(own, "without")}
    for path, target in texts(asked(own), "before"):
        if len(path) > len(("questions", 0, "before")):
            yield path, AtKey.of(N_("a question in a section of this file stands there: remove `before`, or take it out of the section"))
        elif target not in theirs:
            yield path, N_("the library's form has no question `{name}`{hint}", name=target[:50], hint=suggestion(target, theirs))
        elif target in left_out:
            yield path, N_("`{target}` is left out: name a question that stays", target=target)
        elif target not in _staying(own, library):
            yield path, N_("`{target}` has a `before` of its own: name a question that keeps its place", target=target)

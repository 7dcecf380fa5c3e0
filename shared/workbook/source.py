"""A workbook as the sources that a folder of files would give, so that both are judged in the same way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from shared.declarations.yaml_source import Path, Position, Source, SourceFault
from shared.hints import listed, suggestion
from shared.packing import PROGRAMME_FILE
from shared.phrases import N_
from shared.workbook.layout import BY_NAME, IGNORED, SECTION, SHEETS
from shared.workbook.rows import Entry, entries, place, programme_entry
from shared.workbook.sheets import Sheet

ENDING = ".yaml"

MOST_COMPARED = 400
"""Ids that one is compared with that is not known, and faults that get such help: no workbook, however odd, takes long."""
MOST_LISTED = 10
"""Ids that are listed to choose from."""

LISTED = ("goals", "days", "rounds", "messages", "staff")
"""The sheets whose rows are entries of a list in the programme's file."""


@dataclass(slots=True)
class _File:
    """A source in the making."""

    value: dict[str, Any] = field(default_factory=dict)
    at: dict[Path, Position] = field(default_factory=dict)

    def add(self, path: Path, entry: Entry) -> None:
        """Put an entry at the end of a list, or under a name."""
        inner: Any = self.value
        for step in path[:-2]:
            inner = inner[step]
        *_, key, last = path
        holder = inner.setdefault(key, [] if isinstance(last, int) else {})
        if isinstance(last, int):
            holder.append(entry.value)
        else:
            holder[last] = entry.value
        self.at.setdefault(path[:-1], entry.place)
        self.mark(path, entry)

    def mark(self, path: Path, entry: Entry) -> None:
        """Take over where everything of an entry stands."""
        self.at[path] = entry.place
        self.at.update({(*path, *inner): at for inner, at in entry.at.items()})

    def length(self, *path: str | int) -> int:
        """Count the entries of a list."""
        inner: Any = self.value
        for step in path:
            inner = inner[step] if isinstance(step, int) else inner.get(step, [])
        return len(inner)


@dataclass(slots=True)
class _Reading:
    """Puts every sheet's rows where they belong."""

    found: Mapping[str, Sheet]
    faults: set[SourceFault] = field(default_factory=set)
    programme: _File = field(default_factory=_File)
    forms: dict[str, _File] = field(default_factory=dict)

    def tell(self, at: Position, message: str) -> None:
        """Note a fault."""
        self.faults.add(SourceFault(at, message))

    def rows(self, name: str) -> Iterable[Entry]:
        """List the entries of a sheet; none if it is missing."""
        return entries(self.found[name], BY_NAME[name], self.tell) if name in self.found else ()

    def sources(self) -> dict[str, Source]:
        """Read all sheets."""
        entry = programme_entry(self.found["programme"], self.tell)
        self.programme.value = entry.value
        self.programme.mark((), entry)
        self._named()
        for name in LISTED:
            for entry in self.rows(name):
                self.programme.add((name, self.programme.length(name)), entry)
        self._of_days("gatherings")
        self._of_days("sessions")
        self._forms()
        self._mark_missing()
        files = {PROGRAMME_FILE: self.programme, **{f"{name}{ENDING}": form for name, form in self.forms.items()}}
        return {name: Source(file.value, file.at, file.at, tuple(sorted(self.faults)), whole=True) for name, file in files.items()}

    def _named(self) -> None:
        for entry in self.rows("roles"):
            if name := self._name(entry, self.programme.value.get("roles", {}), "roles"):
                inner = {path[1:]: at for path, at in entry.at.items() if path[0] == "title"}
                title = Entry(entry.place, entry.value.get("title"), inner)
                self.programme.add(("roles", name), title)
        for entry in self.rows("tracks"):
            if name := self._name(entry, self.programme.value.get("tracks", {}), "tracks"):
                self.programme.add(("tracks", name), entry)

    def _name(self, entry: Entry, taken: Mapping[str, Any], sheet: str) -> str | None:
        """Take the id out of an entry that is filed under it."""
        refused, name, at = "id" in entry.value, entry.taken("id"), entry.at.pop(("id",), entry.place)
        if name is None:
            if not refused:
                self.tell(at, N_("`id` is missing"))
        elif name in taken:
            self.tell(at, N_("`{name}` stands twice in the sheet `{sheet}`: remove one of the two", name=name, sheet=sheet))
        else:
            entry.place = at
            return str(name)
        return None

    def _owner(self, entry: Entry, key: str, known: Iterable[str], sheet: str) -> str | None:
        """Take out which day or form an entry belongs to."""
        refused, name, at = key in entry.value, entry.taken(key), entry.at.pop((key,), entry.place)
        if name is None:
            if not refused:
                self.tell(at, N_("`{key}` is missing: write an id of the sheet `{sheet}`", key=key, sheet=sheet))
        elif name in known:
            return str(name)
        else:
            near = list(islice(known, MOST_COMPARED if len(self.faults) < MOST_COMPARED else 0))
            hint = suggestion(str(name), near) or N_(
                ": write it in the sheet `{sheet}`, or use {known}", sheet=sheet, known=listed(near[:MOST_LISTED]) or N_("another")
            )
            self.tell(at, N_("there is no {key} `{name}`{hint}", key=key, name=str(name)[:50], hint=hint))
        return None

    def _of_days(self, sheet: str) -> None:
        days: dict[str, int] = {}
        for index, day in enumerate(self.programme.value.get("days", ())):
            if isinstance(day.get("id"), str):
                days.setdefault(day["id"], index)
        for entry in self.rows(sheet):
            owner = self._owner(entry, "day", days, "days")
            if owner is not None:
                self.programme.add(("days", days[owner], sheet, self.programme.length("days", days[owner], sheet)), entry)

    def _forms(self) -> None:
        for entry in self.rows("forms"):
            if name := self._name(entry, self.forms, "forms"):
                self.forms[name] = form = _File(entry.value)
                form.mark((), entry)
        for entry in self.rows("scales"):
            owner = self._owner(entry, "form", self.forms, "forms")
            if owner is not None and (name := self._name(entry, self.forms[owner].value.get("scales", {}), "scales")):
                self.forms[owner].add(("scales", name), entry)
        for entry in self.rows("questions"):
            owner = self._owner(entry, "form", self.forms, "forms")
            if owner is not None:
                self._question(self.forms[owner], entry)

    def _question(self, form: _File, entry: Entry) -> None:
        if entry.value.get("kind") == SECTION:
            self._section(form, entry)
            return
        self._scale(entry)
        self._options(entry)
        questions = form.value.setdefault("questions", [])
        if questions and SECTION in questions[-1]:
            at: Path = ("questions", len(questions) - 1, "questions")
            form.add((*at, len(questions[-1]["questions"])), entry)
        else:
            form.add(("questions", len(questions)), entry)

    def _section(self, form: _File, entry: Entry) -> None:
        """Begin a section: nothing but a text may stand in its row."""
        entry.taken("kind")
        title = entry.taken("text")
        for key in entry.value:
            self.tell(entry.at[(key,)], N_("a section has nothing but a text: empty this cell"))
        at = {(SECTION, *path[1:]): place for path, place in entry.at.items() if path[0] == "text"}
        if title is None:
            self.tell(at.get((SECTION,), entry.place), N_("a section is a heading: write its text"))
        form.add(("questions", form.length("questions")), Entry(entry.place, {SECTION: title, "questions": []}, at))

    def _scale(self, entry: Entry) -> None:
        """Join points that stand with a question, and what belongs to them, to a scale of its own."""
        if "points" not in entry.value:
            return
        if "scale" in entry.value:
            self.tell(entry.at[("points",)], N_("the question names a scale too: keep one of the two"))
            return
        own = {key: entry.taken(key) for key in ("points", "positive", "bipolar") if key in entry.value}
        moved = {("scale", *path): at for path, at in entry.at.items() if path[0] in own}
        entry.at |= {**moved, ("scale",): entry.at[("points",)]}
        entry.value["scale"] = own

    def _options(self, entry: Entry) -> None:
        """Join the ids of options to their texts."""
        names, texts = entry.taken("options"), entry.taken("option_texts")
        if names is None and texts is None:
            return
        at = entry.at.get(("options",), entry.place)
        if len(names or ()) != len(texts or ()):
            self.tell(
                at,
                N_(
                    "these are {ids} ids, but {texts} texts: write one of each for every option",
                    ids=len(names or ()),
                    texts=len(texts or ()),
                ),
            )
        entry.value["options"] = [{"id": name, "text": text} for name, text in zip(names or (), texts or (), strict=False)]
        for path, other in [(path, other) for path, other in entry.at.items() if path[0] == "option_texts" and len(path) > 1]:
            entry.at[("options", path[1], "text", *path[2:])] = other

    def _mark_missing(self) -> None:
        """Point to the sheet where what is missing would stand."""
        for sheet in SHEETS[1:]:
            self.programme.at.setdefault((sheet.name,), place(sheet.name, 1, 1))
        for form in self.forms.values():
            form.at.setdefault(("questions",), place("questions", 1, 1))


SheetFault = tuple[str, str, str]
"""A sheet's name, a cell, and what is wrong there."""


def sources(sheets: Iterable[Sheet]) -> tuple[dict[str, Source], list[SheetFault]]:
    """Give the sources of a workbook, and what is wrong with its sheets."""
    found: dict[str, Sheet] = {}
    faults: list[SheetFault] = []
    for sheet in sheets:
        name = sheet.name.strip().casefold()
        if name.startswith(IGNORED):
            continue
        faults += _sheet_faults(sheet, name)
        if name in BY_NAME:
            found[name] = sheet
    if "programme" not in found:
        return {}, [*faults, ("programme", "A1", "this sheet is missing: it declares the programme")]
    return _Reading(found).sources(), faults


def _sheet_faults(sheet: Sheet, name: str) -> Iterable[SheetFault]:
    if name not in BY_NAME:
        hint = suggestion(name, BY_NAME) or N_(": remove it, or begin its name with `notes`")
        yield sheet.name, "A1", N_("this sheet is not known{hint}", hint=hint)
    elif sheet.hidden:
        yield sheet.name, "A1", N_("this sheet is hidden: show it, or remove it")
    if name in BY_NAME:
        for cell in sheet.merged:
            yield sheet.name, cell, N_("merged cells: split them, and fill in each")

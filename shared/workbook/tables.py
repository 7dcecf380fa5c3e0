"""What a programme's files say, laid out as the sheets of a workbook."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, time
from typing import Any

from shared.packing import PROGRAMME_FILE
from shared.workbook.cells import NEVER
from shared.workbook.layout import PROGRAMME, SECTION, SHEETS, TRANSLATED, Column, Kind, Layout
from shared.workbook.rows import KEY, VALUE
from shared.workbook.source import ENDING, LISTED

Cell = str | int | date | time | None
Row = list[Cell]
Table = list[Row]
Entry = Mapping[str, Any]

CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


def tables(files: Mapping[str, Any], languages: Sequence[str]) -> dict[str, Table]:
    """Lay out the plain values of a programme's files, by sheet; the first row of each holds the headings."""
    laid = {layout.name: _table(layout, _ENTRIES[layout.name](files), languages) for layout in SHEETS if layout is not PROGRAMME}
    return {PROGRAMME.name: _programme(files[PROGRAMME_FILE], languages), **laid}


def headings(layout: Layout, languages: Sequence[str]) -> list[tuple[Column, str]]:
    """List a sheet's columns, each with its language or none."""
    return [(column, language) for column in layout.columns for language in (languages if column.kind in TRANSLATED else ("",))]


def _programme(programme: Entry, languages: Sequence[str]) -> Table:
    rows: Table = [[KEY, VALUE, *(f"text {language}" for language in languages)]]
    for column in PROGRAMME.columns:
        value = _found(programme, column.keys)
        texts = column.kind in TRANSLATED
        translated = [_cell(column.kind, value, language, languages) if texts else None for language in languages]
        rows.append([column.heading, None if texts else _cell(column.kind, value, "", languages), *translated])
    return rows


def _table(layout: Layout, entries: Iterator[Entry], languages: Sequence[str]) -> Table:
    columns = headings(layout, languages)
    rows: Table = [[f"{column.heading} {language}".strip() for column, language in columns]]
    for entry in entries:
        rows.append([_cell(column.kind, _found(entry, column.keys), language, languages) for column, language in columns])
    return rows


def _found(entry: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        entry = entry.get(key) if isinstance(entry, Mapping) else None
    return entry


def _cell(kind: Kind, value: Any, language: str, languages: Sequence[str]) -> Cell:
    if value is None:
        return None
    if kind == "words":
        return _text(value, language, languages)
    if kind == "lines":
        return "\n".join(_text(line, language, languages) or "" for line in value)
    return WRITERS[kind](value)


def _text(value: Any, language: str, languages: Sequence[str]) -> str | None:
    """Give a text in one language; a plain text is in the programme's only one."""
    if isinstance(value, Mapping):
        return value.get(language)
    return str(value) if language == languages[0] else None


def _time(value: str) -> Cell:
    found = CLOCK.fullmatch(value)
    return time(int(found[1]), int(found[2])) if found else value


def _condition(value: Entry) -> str | None:
    operators = [key for key in value if key != "question"]
    if "question" not in value or len(operators) != 1:
        return None
    codes = value[operators[0]]
    return f"{value['question']} {operators[0]} {_joined(', ')(codes) if isinstance(codes, list) else codes}"


def _joined(separator: str) -> Callable[[Sequence[object]], str]:
    return lambda items: separator.join(map(str, items))


def _same(value: Any) -> Cell:
    return value if isinstance(value, int) else str(value)


WRITERS: Mapping[Kind, Callable[[Any], Cell]] = {
    "text": str,
    "word": str,
    "names": _joined("; "),
    "ids": _joined(", "),
    "numbers": _joined(", "),
    "number": _same,
    "date": date.fromisoformat,
    "time": _time,
    "times": lambda value: ", ".join(value) or NEVER,
    "flag": lambda value: "yes" if value else "no",
    "condition": _condition,
}


def _listed(name: str) -> Callable[[Mapping[str, Any]], Iterator[Entry]]:
    return lambda files: iter(files[PROGRAMME_FILE].get(name) or ())


def _of_days(name: str) -> Callable[[Mapping[str, Any]], Iterator[Entry]]:
    def entries(files: Mapping[str, Any]) -> Iterator[Entry]:
        for day in files[PROGRAMME_FILE].get("days") or ():
            yield from ({"day": day["id"], **entry} for entry in day.get(name) or ())

    return entries


def _roles(files: Mapping[str, Any]) -> Iterator[Entry]:
    yield from ({"id": name, "title": title} for name, title in (files[PROGRAMME_FILE].get("roles") or {}).items())


def _tracks(files: Mapping[str, Any]) -> Iterator[Entry]:
    yield from ({"id": name, **track} for name, track in (files[PROGRAMME_FILE].get("tracks") or {}).items())


def _form_files(files: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    yield from ((file.removesuffix(ENDING), form) for file, form in files.items() if file != PROGRAMME_FILE)


def _forms(files: Mapping[str, Any]) -> Iterator[Entry]:
    yield from ({"id": name, **form} for name, form in _form_files(files))


def _scales(files: Mapping[str, Any]) -> Iterator[Entry]:
    for name, form in _form_files(files):
        yield from ({"form": name, "id": scale, **points} for scale, points in (form.get("scales") or {}).items())


def _questions(files: Mapping[str, Any]) -> Iterator[Entry]:
    for name, form in _form_files(files):
        for entry in form.get("questions") or ():
            if SECTION in entry:
                yield {"form": name, "kind": SECTION, "text": entry[SECTION]}
            yield from ({"form": name, **_question(question)} for question in (entry["questions"] if SECTION in entry else [entry]))


def _question(question: Entry) -> Entry:
    """Spread what a workbook holds in columns of their own: the points of a scale, the ids and texts of options."""
    scale, options = question.get("scale"), question.get("options")
    spread = dict(question)
    if isinstance(scale, Mapping):
        spread |= {"scale": None, **scale}
    if options:
        pairs = options.items() if isinstance(options, Mapping) else [(option["id"], option["text"]) for option in options]
        spread |= {"options": [code for code, _ in pairs], "option_texts": [text for _, text in pairs]}
    return spread


_ENTRIES: Mapping[str, Callable[[Mapping[str, Any]], Iterator[Entry]]] = {
    **{name: _listed(name) for name in LISTED},
    "roles": _roles,
    "tracks": _tracks,
    "gatherings": _of_days("gatherings"),
    "sessions": _of_days("sessions"),
    "forms": _forms,
    "scales": _scales,
    "questions": _questions,
}

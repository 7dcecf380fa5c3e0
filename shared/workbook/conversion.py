"""Turns a programme's files into a workbook; what a workbook can't hold is told, never dropped. The way back is `reading`."""

from collections.abc import Iterator, Mapping
from typing import Any

from shared.declarations import yaml_source
from shared.declarations.declared import Fault
from shared.declarations.yaml_source import Path, Source
from shared.languages import NAMES
from shared.packing import PROGRAMME_FILE
from shared.phrases import N_
from shared.workbook.reading import read
from shared.workbook.tables import tables
from shared.workbook.writing import workbook

NOT_HELD = N_("a workbook can't hold this: write it more simply, or keep the programme in files")


def as_workbook(files: Mapping[str, bytes]) -> bytes | list[Fault]:
    """Write the workbook that says the same as a programme's files, which are without a fault."""
    sources = {name: yaml_source.read(data) for name, data in sorted(files.items())}
    languages = sources[PROGRAMME_FILE].value["languages"]
    data = workbook(tables({name: source.value for name, source in sources.items()}, languages), languages)
    return sorted(set(_lost(sources, read(data).sources))) or data


def _lost(sources: Mapping[str, Source], held: Mapping[str, Source]) -> Iterator[Fault]:
    """Find what reading the workbook again does not give back."""
    for name, source in sources.items():
        back = held[name].value if name in held else None
        for path in _differing(source.value, back):
            position = source.position(path)
            yield Fault(name, position.line, position.column, NOT_HELD)


def _differing(value: Any, back: Any, path: Path = ()) -> Iterator[Path]:
    value, back = _plain(value), _plain(back)
    if isinstance(value, Mapping) and isinstance(back, Mapping):
        for key in value.keys() | back.keys():
            yield from _differing(value.get(key), back.get(key), (*path, key))
    elif isinstance(value, list) and isinstance(back, list) and len(value) == len(back):
        for index, (item, other) in enumerate(zip(value, back, strict=True)):
            yield from _differing(item, other, (*path, index))
    elif value != back:
        yield path


def _plain(value: Any) -> Any:
    """Give what can be written in two ways in one: texts in a single language, options as a list, numbers as texts."""
    if isinstance(value, Mapping) and len(value) == 1 and value.keys() <= NAMES.keys():
        return _plain(next(iter(value.values())))
    if isinstance(value, Mapping) and isinstance(value.get("options"), Mapping):
        return {**value, "options": [{"id": code, "text": text} for code, text in value["options"].items()]}
    if isinstance(value, str):
        return value.strip()
    return value if isinstance(value, bool) or not isinstance(value, int) else str(value)

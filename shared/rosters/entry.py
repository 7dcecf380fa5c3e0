"""One participant as a form gives her, checked as a row of a table is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from shared.phrases import Phrase
from shared.programmes import Programme
from shared.rosters.columns import Columns
from shared.rosters.people import OPTIONAL, Participant
from shared.rosters.rows import Rows

FIELDS = ("email", "name", "language", "role", *OPTIONAL)


@dataclass(frozen=True, slots=True)
class Entry:
    """What was typed, by field, and what came of it."""

    typed: Mapping[str, str]
    participant: Participant | None = None
    """None where something is wrong."""
    faults: Mapping[str, Phrase] = field(default_factory=dict)


def entry(typed: Mapping[str, str], programme: Programme, on_file: Iterable[tuple[str, ...]]) -> Entry:
    """Check a form whose fields are named as the columns are, and the units ``unit-0``, ``unit-1``."""
    names = {name: name for name in FIELDS} | {unit: f"unit-{at}" for at, unit in enumerate(programme.units)}
    cells = [typed.get(name, "") for name in names.values()]
    rows = Rows(programme, Columns(tuple(names), {column: at for at, column in enumerate(names)}, (), ()), on_file)
    found = rows.read(iter([(1, cells)]))
    faults = {names.get(fault.column, "email"): fault.message for fault in reversed(rows.faults)}
    return Entry(dict(zip(names.values(), cells, strict=True)), found[0].participant if found else None, faults)

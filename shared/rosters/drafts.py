"""A roster's table as it waits between preview and import: what will be imported, and nothing else of the file."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from shared.phrases import Phrase
from shared.rosters.people import Participant, Place, Row, RowFault, Table

MOST_FAULTS = 500
"""Faults that are kept to be shown; a table with more is mended in its spreadsheet."""


def written(table: Table) -> bytes:
    """Write a table without its headings."""
    document = {
        "rows": [[row.number, asdict(row.participant)] for row in table.rows],
        "says": sorted(table.says),
        "faults": [[fault.row, fault.column, fault.message.text, dict(fault.message.values)] for fault in table.faults[:MOST_FAULTS]],
        "unread": table.unread,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def read(content: bytes) -> Table:
    """Read a table that `written` wrote."""
    document = json.loads(content)
    return Table(
        rows=tuple(Row(number, _participant(person)) for number, person in document["rows"]),
        says=frozenset(document["says"]),
        faults=tuple(RowFault(row, column, Phrase(text, values)) for row, column, text, values in document["faults"]),
        unread=tuple(document["unread"]),
    )


def _participant(document: Mapping[str, Any]) -> Participant:
    later = tuple(Place(place["since"], place["role"], tuple(place["units"])) for place in document["later"])
    return Participant(**{**document, "units": tuple(document["units"]), "gatherings": tuple(document["gatherings"]), "later": later})

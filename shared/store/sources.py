"""Published: the files that a programme was published from, and what was changed in the desk since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared import overrides
from shared.overrides import Override
from shared.packing import packed, unpacked
from shared.settings import setting
from shared.store.client import SCHEMA, client, key


@dataclass(frozen=True, slots=True)
class Sources:
    """A programme's files, and by how many days all their dates are moved."""

    files: Mapping[str, bytes]
    shift: int = 0


def sources(programme_id: str, **read: Any) -> Sources | None:
    """Read the files of a programme; none are kept of one that was published before they were."""
    found = client().get_item(TableName=setting("PUBLISHED_TABLE"), Key=_key(programme_id), **read).get("Item")
    return Sources(unpacked(bytes(found["files"]["B"])), int(found["shift"]["N"])) if found else None


def item(programme_id: str, kept: Sources) -> dict[str, Any]:
    """Write a programme's files as an item."""
    return _key(programme_id) | {"schema": SCHEMA, "files": {"B": packed(kept.files)}, "shift": {"N": str(kept.shift)}}


def changes(programme_id: str, **read: Any) -> tuple[Override, ...]:
    """Read what was changed in the desk, the change that was made last at the end."""
    name = key(f"PROGRAMME#{programme_id}", "OVERRIDES")
    found = client().get_item(TableName=setting("PUBLISHED_TABLE"), Key=name, **read).get("Item")
    return overrides.read(found["changes"]["S"]) if found else ()


def changes_item(programme_id: str, made: Sequence[Override]) -> dict[str, Any]:
    """Write what was changed in the desk as an item."""
    return key(f"PROGRAMME#{programme_id}", "OVERRIDES") | {"schema": SCHEMA, "changes": {"S": overrides.written(made)}}


def _key(programme_id: str) -> dict[str, Any]:
    return key(f"PROGRAMME#{programme_id}", "SOURCE")

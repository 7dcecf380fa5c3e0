"""The manifest: what is deleted of a programme at one time, by kind and number. It names no person, and stays."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from shared import bucket
from shared.store import desk_retirements

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that is deleted, and how many items it had when that was written down."""

    what: str
    of: str
    place: str
    items: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is deleted of a programme at one time."""

    programme: str
    at: int
    entries: tuple[Entry, ...]
    done: bool = False

    @property
    def key(self) -> str:
        """Name the manifest's place in the bucket."""
        named = json.dumps([[entry.what, entry.of, entry.place] for entry in self.entries])
        return f"retired/{self.programme}/{_moment(self.at)}-{hashlib.sha256(named.encode()).hexdigest()[:12]}.json"


def begin(new: Manifest) -> None:
    """Write down what is to be deleted; only then may it be."""
    _put(new)
    desk_retirements.begin(new.programme, new.key)


def under_way(programme_id: str) -> Manifest | None:
    """Read what is to be deleted of a programme and perhaps not deleted yet."""
    key = desk_retirements.under_way(programme_id)
    return _manifest(bucket.document(key)) if key else None


def end(carried_out: Manifest) -> None:
    """Write down that it is deleted."""
    _put(replace(carried_out, done=True))
    desk_retirements.end(carried_out.programme)


def _put(manifest: Manifest) -> None:
    bucket.put(manifest.key, json.dumps(_document(manifest), ensure_ascii=False, indent=1).encode(), "application/json")


def _document(manifest: Manifest) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "programme": manifest.programme,
        "at": f"{datetime.fromtimestamp(manifest.at, UTC):%Y-%m-%dT%H:%M:%SZ}",
        "deleted": [_entry(entry) for entry in manifest.entries],
        "done": manifest.done,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {"what": entry.what, "of": entry.of, "place": entry.place, "items": entry.items}


def _manifest(document: Mapping[str, Any]) -> Manifest:
    at = int(datetime.fromisoformat(document["at"]).timestamp())
    return Manifest(document["programme"], at, _entries(document["deleted"]), document["done"])


def _entries(listed: Sequence[Mapping[str, Any]]) -> tuple[Entry, ...]:
    return tuple(Entry(**entry) for entry in listed)


def _moment(at: int) -> str:
    """Write a moment as names have it: two manifests of one night have two."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H%M%SZ}"

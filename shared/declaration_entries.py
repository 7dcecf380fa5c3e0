"""What raw values say: entries, texts, and the rounds they plan; whatever is malformed is passed over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shared.yaml_source import Path

EACH_DAY = "each day"
MOST_ENTRIES = 400
"""Entries of one list, so that no file, however odd, takes long to check."""

Entries = list[tuple[Path, Mapping[str, Any]]]
Finding = tuple[Path, str]
"""Where something is wrong, and what."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One round of one day, with the place of the entry that plans it."""

    path: Path
    id: str
    form: str
    day: str


def entries(value: object, key: str, path: Path = ()) -> Entries:
    """List the mappings under a key with their paths."""
    listed = value.get(key) if isinstance(value, Mapping) else None
    if not isinstance(listed, list):
        return []
    return [((*path, key, index), entry) for index, entry in enumerate(listed[:MOST_ENTRIES]) if isinstance(entry, Mapping)]


def texts(entries: Entries, key: str) -> list[tuple[Path, str]]:
    """List the texts that entries have under a key, with their paths."""
    return [((*path, key), entry[key]) for path, entry in entries if isinstance(entry.get(key), str)]


def doubles(found: list[tuple[Path, str]], what: str) -> Iterator[Finding]:
    """Find the ids that were given before."""
    seen: set[str] = set()
    for path, name in found:
        if name in seen:
            yield path, f"two {what} have the id `{name}`: give each its own"
        seen.add(name)


def rated(day: Mapping[str, Any]) -> Entries:
    """List the sessions about which repeated questions are asked."""
    return [(path, session) for path, session in entries(day, "sessions") if session.get("rated", True)]


def days_by_id(programme: object) -> dict[str, Mapping[str, Any]]:
    """Find the days by their ids; of two with the same id the first."""
    days: dict[str, Mapping[str, Any]] = {}
    for _, day in entries(programme, "days"):
        if isinstance(day.get("id"), str):
            days.setdefault(day["id"], day)
    return days


def planned(programme: object) -> Iterator[Planned]:
    """Spell out the rounds: the first for a day bears the day's id, further ones the form's name too."""
    days = days_by_id(programme)
    seen: set[str] = set()
    for path, entry in entries(programme, "rounds"):
        form, target = entry.get("form"), entry.get("for")
        each = target == EACH_DAY
        for day in days if each else [day for day in days if day == target]:
            given = None if each else entry.get("id")
            usual = f"{day}-{form}" if day in seen else day
            seen.add(day)
            yield Planned(path, given if isinstance(given, str) else usual, str(form), day)

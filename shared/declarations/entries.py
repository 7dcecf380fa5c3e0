"""What raw values say: entries, texts, questions; whatever is malformed is passed over."""

from collections.abc import Iterator, Mapping
from typing import Any

from shared.declarations.yaml_source import Path
from shared.phrases import N_

MOST_ENTRIES = 400
"""Entries of one list, so that no file, however odd, takes long to check."""

Entries = list[tuple[Path, Mapping[str, Any]]]
Finding = tuple[Path, str]
"""Where something is wrong, and what."""


def entries(value: object, key: str, path: Path = ()) -> Entries:
    """List the mappings under a key with their paths."""
    listed = value.get(key) if isinstance(value, Mapping) else None
    if not isinstance(listed, list):
        return []
    return [((*path, key, index), entry) for index, entry in enumerate(listed[:MOST_ENTRIES]) if isinstance(entry, Mapping)]


def strings(value: object, key: str) -> list[tuple[int, str]]:
    """List the texts of a list with their indexes."""
    items = value.get(key) if isinstance(value, Mapping) else None
    return [(i, item) for i, item in enumerate(items) if isinstance(item, str)] if isinstance(items, list) else []


def texts(entries: Entries, key: str) -> list[tuple[Path, str]]:
    """List the texts that entries have under a key, with their paths."""
    return [((*path, key), entry[key]) for path, entry in entries if isinstance(entry.get(key), str)]


def mapping(value: object, key: str) -> Mapping[str, Any]:
    """Give the mapping under a key, or an empty one."""
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def doubles(found: list[tuple[Path, str]], what: str) -> Iterator[Finding]:
    """Find the ids that were given before."""
    seen: set[str] = set()
    for path, name in found:
        if name in seen:
            yield path, N_("two {what} have the id `{name}`: give each its own", what=what, name=name)
        seen.add(name)


def asked(form: object) -> Entries:
    """List a form's questions, those of its sections too."""
    return [found for path, entry in entries(form, "questions") for found in _in_section(path, entry)]


def _in_section(path: Path, entry: Mapping[str, Any]) -> Entries:
    return entries(entry, "questions", path) if "section" in entry else [(path, entry)]


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


def repeat_of(question: Mapping[str, Any]) -> str:
    """Tell what a question is repeated for: "session", "speaker", "goal" or nothing."""
    return "goal" if question.get("kind") == "goals" else str(question.get("repeat", ""))


def items(question: Mapping[str, Any], day: Mapping[str, Any], goals: Entries) -> list[tuple[str, Mapping[str, Any]]]:
    """List what a repeated question is asked about, by the ends of the questions' ids, with what its texts are filled with."""
    sessions = [session for _, session in rated(day)]
    match repeat_of(question):
        case "session":
            return [(str(item.get("id")), {"session": item.get("title"), "speaker": item.get("speaker")}) for item in sessions]
        case "speaker":
            return _speakers(sessions)
        case "goal":
            return [(str(goal.get("id")), {"goal": goal.get("title")}) for _, goal in goals]
    return [("", {})]


def _speakers(sessions: list[Mapping[str, Any]]) -> list[tuple[str, Mapping[str, Any]]]:
    """List each speaker once, by the id of the first session that bears the name."""
    found: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for session in sessions:
        if "speaker" in session:
            found.setdefault(repr(session["speaker"]), (str(session.get("id")), {"speaker": session["speaker"]}))
    return list(found.values())


def words_of(found: Entries, key: str) -> Iterator[tuple[Path, str]]:
    """List the words that entries have under a key in any language, with their paths."""
    for path, entry in found:
        yield from words_at((*path, key), entry.get(key))


def words_at(path: Path, value: object) -> Iterator[tuple[Path, str]]:
    """List a text's words in every language, with their paths."""
    if isinstance(value, Mapping):
        yield from (((*path, language), text) for language, text in value.items() if isinstance(text, str))
    elif isinstance(value, str):
        yield path, value

"""What differs between two published versions of a programme, in lines for a reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from shared.forms import Form
from shared.languages import NAMES
from shared.programmes import Programme

Words = tuple[str, ...]
"""What names a fact, for example ``("day-1", "session maps", "title (nb)")``."""


@dataclass(frozen=True, slots=True)
class Version:
    """A programme as it was published, with the form of each round."""

    programme: Programme
    forms: Mapping[str, Form]


@dataclass(frozen=True, slots=True)
class Present:
    """Stands for an entry of a list, such as a day: that there is one."""


@dataclass(frozen=True, slots=True)
class Order:
    """The order of a list's entries, by their ids."""

    ids: tuple[str, ...]


Fact = str | Present | Order

NOUNS = {
    "days": "",
    "questions": "",
    "sessions": "session ",
    "gatherings": "gathering ",
    "rounds": "round ",
    "goals": "goal ",
    "messages": "message ",
    "options": "option ",
    "staff": "staff ",
    "aims": "aim ",
    "attention": "point of attention ",
    "parts": "part ",
}
"""What stands before the ids of a list's entries."""

NAMED_BY = ("id", "code", "email")
"""The keys by which a list's entries are told apart; entries without one are numbered."""

NONE = "none"


def differences(before: Version, after: Version) -> list[str]:
    """Tell what differs, a line for each fact: first the programme, then its forms."""
    programme = _changed(asdict(before.programme), asdict(after.programme))
    return [*programme, *_form_changes(before.forms, after.forms)]


def _form_changes(before: Mapping[str, Form], after: Mapping[str, Form]) -> Iterator[str]:
    """Tell what differs between the forms of rounds that both versions have, once for rounds that differ alike."""
    rounds: dict[str, list[str]] = {}
    for name in before.keys() & after.keys():
        for line in _changed(asdict(before[name]), asdict(after[name])):
            rounds.setdefault(line, []).append(name)
    for line, names in sorted(rounds.items(), key=lambda item: sorted(item[1])):
        yield f"form of {', '.join(sorted(names))}: {line}"


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    old, new = dict(_facts(before)), dict(_facts(after))
    lines = (_line(words, old.get(words), new.get(words)) for words in dict.fromkeys([*old, *new]) if _is_told(words, old, new))
    return [line for line in lines if line]


def _is_told(words: Words, old: Mapping[Words, Fact], new: Mapping[Words, Fact]) -> bool:
    """Tell whether a fact needs a line of its own: not those of an entry that is wholly new or gone."""
    above = (words[:length] for length in range(1, len(words)))
    return not any((entry in old) != (entry in new) for entry in above if Present() in (old.get(entry), new.get(entry)))


def _line(words: Words, old: Fact | None, new: Fact | None) -> str:
    """Write one difference; nothing where there is none."""
    label = " ".join(words)
    if (old or NONE) == (new or NONE):
        return ""
    if isinstance(old, Present) or isinstance(new, Present):
        return f"{label}: {'new' if old is None else 'gone'}"
    if isinstance(old, Order) or isinstance(new, Order):
        return _reordered(label, old, new)
    return f"{label}: {NONE if old is None else old} → {NONE if new is None else new}"


def _reordered(label: str, old: Fact | None, new: Fact | None) -> str:
    """Write how entries that both versions have are ordered, if they are ordered anew."""
    if not isinstance(old, Order) or not isinstance(new, Order):
        return ""
    kept = [name for name in old.ids if name in new.ids]
    now = [name for name in new.ids if name in kept]
    return "" if kept == now else f"{label}: {', '.join(kept)} → {', '.join(now)}"


def _facts(document: Mapping[str, Any], words: Words = ()) -> Iterator[tuple[Words, Fact]]:
    """List the facts of a document, each with the words that name it."""
    for key, value in document.items():
        if isinstance(value, (list, tuple)):
            yield from _listed(key, value, words)
        elif isinstance(value, Mapping):
            yield from _mapped((*words, key.replace("_", " ")), value)
        else:
            yield (*words, key.replace("_", " ")), _written(value)


def _mapped(words: Words, value: Mapping[str, Any]) -> Iterator[tuple[Words, Fact]]:
    if value and value.keys() <= NAMES.keys():
        yield from (((*words[:-1], f"{words[-1]} ({language})"), _written(text)) for language, text in value.items())
    else:
        yield from _facts(value, words)


def _listed(key: str, values: Iterable[Any], words: Words) -> Iterator[tuple[Words, Fact]]:
    entries = list(values)
    if not entries:
        return
    if not isinstance(entries[0], Mapping):
        yield (*words, key.replace("_", " ")), ", ".join(map(str, entries))
        return
    names = [_name(entry) or str(number) for number, entry in enumerate(entries, 1)]
    if _name(entries[0]):
        yield (*words, f"order of {key}"), Order(tuple(names))
    for name, entry in zip(names, entries, strict=True):
        yield from _entry(NOUNS.get(key, f"{key} ") + name, name, entry, words)


def _name(entry: Mapping[str, Any]) -> str:
    return str(next((entry[key] for key in NAMED_BY if key in entry), ""))


def _entry(label: str, name: str, entry: Mapping[str, Any], words: Words) -> Iterator[tuple[Words, Fact]]:
    """List the facts of one entry. The only gathering of a day bears the day's id and is told as the day's own."""
    inner = words if words[-1:] == (name,) else (*words, label)
    if entry.keys() <= NAMES.keys():
        yield from _mapped(inner, entry)
        return
    if inner != words:
        yield inner, Present()
    yield from _facts({key: value for key, value in entry.items() if key not in NAMED_BY}, inner)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return NONE if value in (None, "") else " ".join(str(value).split())

"""Versions: what a round asked whose form was changed while it was open, and which questions are counted together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from shared.forms import Form, Question, other_id
from shared.languages import Text


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is counted: once for all versions that ask the same, so that no two figures of it can be subtracted."""

    name: str
    """Its id; and beside it a version's number, where a newer version asks something else under the same id."""
    question: Question
    """As the newest of its versions puts it."""
    versions: tuple[int, ...]
    """The numbers of the versions that ask it, the oldest version being 1."""


def asked(versions: Sequence[Form]) -> list[Asked]:
    """List what a form's versions ask, given the oldest first: the newest version's questions in its order, then what only others asked."""
    groups: dict[tuple[object, ...], list[tuple[int, Question]]] = {}
    for number, question in _newest_first(versions):
        groups.setdefault(_answered_alike(question), []).append((number, question))
    taken: set[str] = set()
    return [_asked(group, taken) for group in groups.values()]


def _newest_first(versions: Sequence[Form]) -> Iterator[tuple[int, Question]]:
    for number in range(len(versions), 0, -1):
        yield from ((number, question) for question in versions[number - 1].questions if question.kind != "statement")


def _answered_alike(question: Question) -> tuple[object, ...]:
    """Write down what makes answers mean the same: the id, the kind, and what could be chosen or typed."""
    options = tuple((option.code, _sorted(option.label)) for option in question.options)
    extra = (_sorted(question.other or {}), _sorted(question.not_relevant or {}))
    return question.id, question.kind, options, *extra, question.bipolar, question.low, question.high


def _sorted(text: Text) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(text.items()))


def _asked(group: Sequence[tuple[int, Question]], taken: set[str]) -> Asked:
    """Join a group; it is as sensitive as the most sensitive of its versions."""
    number, newest = group[0]
    name = newest.id if taken.isdisjoint(_names(newest.id)) else f"{newest.id}@{number}"
    taken.update(_names(name))
    question = replace(newest, sensitive=any(question.sensitive for _, question in group))
    return Asked(name, question, tuple(sorted(number for number, _ in group)))


def _names(name: str) -> tuple[str, str]:
    return name, other_id(name)

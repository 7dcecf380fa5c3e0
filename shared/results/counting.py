"""Counting: what a round's answers add up to, by where they come from, before anything is protected."""

from __future__ import annotations

import hmac
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol, Self

from shared import response
from shared.answers import NUMBER
from shared.forms import NOT_RELEVANT, OTHER, Form, Kind, Option, Question, form_id, other_id
from shared.measures.reliability import Sums
from shared.response import Totals
from shared.results.versions import Asked, asked

if TYPE_CHECKING:
    # Whoever reads figures needs nothing that opens envelopes.
    from shared.envelopes import Answer


class Place(NamedTuple):
    """Where an answer comes from, as finely as its envelope says."""

    gathering: str
    cell: tuple[str, ...]


@dataclass(slots=True)
class Counts:
    """What the answers of a group add up to; texts are not among it."""

    respondents: int = 0
    answered: Counter[str] = field(default_factory=Counter)
    """How many answered a question, by its name: fewer than their choices where several can be chosen."""
    chosen: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """By question and by option's code, or by the number that was given."""

    def __iadd__(self, other: Self) -> Self:
        """Add another group's counts."""
        self.respondents += other.respondents
        self.answered.update(other.answered)
        for name, codes in other.chosen.items():
            self.chosen[name].update(codes)
        return self


def together(groups: Iterable[Counts]) -> Counts:
    """Add groups up."""
    whole = Counts()
    for group in groups:
        whole += group
    return whole


@dataclass(slots=True)
class Tally:
    """What a round's answers add up to."""

    places: dict[Place, Counts] = field(default_factory=lambda: defaultdict(Counts))
    whole: Counts = field(default_factory=Counts)
    """All places together."""
    complete: int = 0
    unopened: int = 0
    comments: dict[str, list[tuple[bytes, str]]] = field(default_factory=dict)
    """By question, each behind the place in the order that it is sorted by."""
    by_version: Counter[int] = field(default_factory=Counter)
    """Respondents, by the number of the form's version that they answered."""
    scales: list[Sums] = field(default_factory=list)
    """What complete answers add up to, for each of the newest version's scales whose reliability is told."""

    def asked(self, asked: Asked) -> int:
        """Count those who answered a version that asks a question."""
        return sum(self.by_version[number] for number in asked.versions)


def tallied(versions: Sequence[Form], answers: Iterable[tuple[str, Answer | None]], order_key: bytes) -> Tally:
    """Count answers as they come, each under its envelope's name, None for an envelope that did not open.

    ``versions`` are those of the round's form, the oldest first; only what an answer's own version asks is counted. Comments
    are shuffled by ``order_key``: the same way each time, so that a job killed half way makes the same edition again, and
    otherwise for each question.
    """
    counting = {form_id(form): _version(versions, number) for number, form in enumerate(versions, 1)}
    newest = counting[form_id(versions[-1])]
    scales = versions[-1].scales
    tally = Tally(comments={name: [] for item in asked(versions) for name in texts(item)}, scales=[Sums.of(len(scale)) for scale in scales])
    for envelope, answer in answers:
        if answer is None:
            tally.unopened += 1
            continue
        number, rated, names = counting.get(answer.form, newest)
        tally.by_version[number] += 1
        tally.complete += rated <= answer.answers.keys()
        if number == len(versions):
            _add_up(tally.scales, scales, answer.answers, names)
        counts = tally.places[Place(answer.gathering, answer.cell)]
        counts.respondents += 1
        for question, given in answer.answers.items():
            if question in names:
                _count(tally, counts, names[question], given, partial(_order, order_key, envelope))
    tally.whole = together(tally.places.values())
    return tally


@dataclass(frozen=True, slots=True)
class _Counting:
    """How one question of one version is counted."""

    name: str
    kind: Kind
    codes: frozenset[str]
    """The options that can be chosen."""


def _version(versions: Sequence[Form], number: int) -> tuple[int, set[str], Mapping[str, _Counting]]:
    """Give a version's number, the questions that are rated in it, and how each of its answers is counted."""
    rated = {question.id for question in versions[number - 1].questions if question.kind == "scale"}
    own = (item for item in asked(versions) if number in item.versions)
    return number, rated, {answer: _Counting(name, kind, codes) for answer, name, kind, codes in _answered(own)}


def _answered(questions: Iterable[Asked]) -> Iterator[tuple[str, str, Kind, frozenset[str]]]:
    for item in questions:
        codes = {option.code for option in options(item.question)}
        codes |= {NOT_RELEVANT} if item.question.not_relevant else set()
        yield item.question.id, item.name, item.question.kind, frozenset(codes)
        if item.question.other:
            yield other_id(item.question.id), other_id(item.name), "text", frozenset()


def options(question: Question) -> list[Option]:
    """List the options that are counted; "not relevant" is told apart."""
    return [*question.options, *([Option(OTHER, question.other)] if question.other else [])]


def texts(question: Asked) -> list[str]:
    """Name what people wrote to a question: their answers, or what stands beside "other, namely"."""
    written = [question.name] if question.question.kind == "text" else []
    return written + ([other_id(question.name)] if question.question.other else [])


def _count(tally: Tally, counts: Counts, how: _Counting, given: str | list[str], order: Callable[[str], bytes]) -> None:
    """Count one answer to one question; what its form can't have held counts as no answer."""
    if isinstance(given, list):
        if how.kind == "choices" and how.codes.issuperset(given):
            counts.answered[how.name] += 1
            counts.chosen[how.name].update(set(given))
    elif how.kind == "text":
        tally.comments[how.name].append((order(how.name), given))
    elif given in how.codes or (how.kind == "number" and NUMBER.fullmatch(given)):
        counts.answered[how.name] += 1
        counts.chosen[how.name][given] += 1


def _add_up(sums: Iterable[Sums], scales: Iterable[Sequence[str]], answers: Mapping[str, object], names: Mapping[str, _Counting]) -> None:
    """Add the answers of somebody who rated all of a scale's questions."""
    for added, scale in zip(sums, scales, strict=True):
        points = [str(answers.get(question)) for question in scale]
        if all(point.isdigit() and point in names[question].codes for question, point in zip(scale, points, strict=True)):
            added.add(list(map(int, points)))


def _order(order_key: bytes, envelope: str, question: str) -> bytes:
    return hmac.digest(order_key, f"{question}\0{envelope}".encode(), "sha256")


class Standing(response.Standing, Protocol):
    """How somebody's invitation stands, and where she comes from."""

    @property
    def gathering(self) -> str:
        """At which gathering she is."""

    @property
    def cell(self) -> tuple[str, ...]:
        """The cell that her answer carries."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Who was invited to a round, once it has closed."""

    totals: Totals
    places: Mapping[Place, int] = field(default_factory=dict)
    """How many of them count, by where they come from."""
    listed: Mapping[Place, int] = field(default_factory=dict)
    """How many were invited there, those too who were not there."""


def invited(standings: Iterable[Standing]) -> Invited:
    """Count a round's invited, in all and by where they come from."""
    found = Counter((Place(item.gathering, item.cell), response.state(item, closed=True)) for item in standings)
    states: Counter[response.State] = Counter()
    places: Counter[Place] = Counter()
    listed: Counter[Place] = Counter()
    for (place, state), number in found.items():
        states[state] += number
        listed[place] += number
        places[place] += 0 if state == "absent" else number
    return Invited(response.added(states), places, listed)

"""Editions made by the real code from answers drawn at random, and attacked with every number of people that stands in them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from shared.envelopes import Answer
from shared.forms import NOT_RELEVANT, form_id
from shared.protection.disclosure import COARSE_BELOW, RATINGS_FROM
from shared.results.editions import Document
from tests.attacker import smallest_group
from tests.shared.examples import FORM, ROUND
from tests.shared.places import GATHERINGS, made, programme

ASKED = ("benefit", "session", "expected")
NOT_COUNTED = "takeaway"
"""A text's n is how many comments stand there, for all together alone."""

Group = frozenset[int]
Universe = tuple[str, str]
"""Whom a group is taken from: all respondents, or those who answered a question, with or without "not relevant"."""


def drawn_answers(chance: Random, gatherings: Sequence[str]) -> list[Answer]:
    """Draw answers from small schools, some of whose cells were shortened, with questions left out and not relevant."""
    cells = [(f"R{region}", f"S{school}")[: chance.choice([1, 2, 2, 2])] for region in range(2) for school in range(chance.randint(1, 3))]
    skipped, elsewhere = chance.choice([0.0, 0.05, 0.3]), chance.choice([0.0, 0.1, 0.5])
    answers = []
    for cell in cells:
        for _ in range(chance.choice([0, 1, 3, 5, 6, 8, 13])):
            given = {name: str(chance.randint(1, 5)) for name in ASKED if chance.random() >= skipped}
            given |= {"session": NOT_RELEVANT} if chance.random() < elsewhere else {}
            given |= {"takeaway": "Some comment"} if chance.random() < 0.5 else {}
            role = (chance.choice(["leader", "teacher"]),) if len(cell) == 2 and chance.random() < 0.7 else ()
            answers.append(Answer(ROUND.form, given, (*cell, *role), chance.choice(gatherings)))
    return answers


class Attack:
    """What an edition tells of how many people: groups, each found in the JSON, among the answers that it was made from."""

    def __init__(self, document: Document, answers: Sequence[Answer]) -> None:
        self._document = document
        self._answers = answers
        self._deepest = len((document["breakdown"] or {"levels": []})["levels"])
        self._nodes = [tuple(node["path"]) for node in (document["breakdown"] or {"nodes": []})["nodes"] if node["shown"]]
        self._roles = {column["role"]: column["roles"] for column in (document["roles"] or {"columns": []})["columns"]}
        self.groups: dict[Universe, set[Group]] = defaultdict(set)
        for universe, entry in self._entries():
            self._learn(universe, entry)

    def _entries(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """List everything with an n, and which question it is about."""
        questions = [question for question in self._document["questions"] if question["id"] != NOT_COUNTED]
        # How few answered a round of which nothing is shown stands there, and nothing about them.
        everything = (
            [("", {key: value for key, value in self._document.items() if key != "questions"})] if not self._document["hidden"] else []
        )
        for question, found in everything + [(question["id"], question) for question in questions]:
            yield from ((question, entry) for entry in with_numbers(found))

    def _learn(self, question: str, entry: Mapping[str, Any]) -> None:
        """Take a number for the group that it counts, once it is as large as that."""
        answered = frozenset(at for at in self._group(entry) if not question or question in self._answers[at].answers)
        about = self.rated(question, entry)
        if entry["n"] is not None:
            assert entry["n"] == len(about), (question, entry)
            self.groups["about", question].add(about)
        if entry.get("na") is not None:
            assert entry["na"] == len(answered) - len(about), (question, entry)
            self.groups["answered", question].add(answered)

    def rated(self, question: str, entry: Mapping[str, Any]) -> Group:
        """Tell whom an entry's n counts: those to whom a question was relevant, or all respondents."""
        group = self._group(entry)
        return frozenset(at for at in group if not question or self._answers[at].answers.get(question, NOT_RELEVANT) != NOT_RELEVANT)

    def _group(self, entry: Mapping[str, Any]) -> Group:
        """Tell who stands behind an entry."""
        if "role" in entry:
            return frozenset(at for at, answer in enumerate(self._answers) if (*answer.cell[2:], "")[0] in self._roles[entry["role"]])
        path = tuple(entry.get("path", ()))
        if path and path[-1] is None:
            parts = [node for node in self._nodes if node[:-1] != path[:-1] or node[-1] is not None]
            return self._under(path[:-1]).difference(*(self._under(node) for node in parts if within(node, path[:-1])))
        return self._under(path)

    def _under(self, path: tuple[str, ...]) -> Group:
        return frozenset(at for at, answer in enumerate(self._answers) if self._path(answer)[: len(path)] == path)

    def _path(self, answer: Answer) -> tuple[str, ...]:
        return ((answer.gathering, *answer.cell[:2]) if self._deepest == 3 else answer.cell[:2])[: self._deepest]

    def smallest(self) -> int | None:
        """Find the smallest group that can be derived of any question's answers, or of all."""
        found = [smallest_group(dict.fromkeys(range(len(self._answers)), 1), groups) for groups in self.groups.values()]
        return min((size for size in found if size is not None), default=None)


def within(node: tuple[Any, ...], above: tuple[Any, ...]) -> bool:
    return len(node) > len(above) and node[: len(above)] == above and None not in node


def with_numbers(found: Any) -> Iterator[Mapping[str, Any]]:
    """List every part of a document in which an n stands."""
    if isinstance(found, Mapping):
        if "n" in found:
            yield found
        for value in found.values():
            yield from with_numbers(value)
    elif isinstance(found, list):
        for value in found:
            yield from with_numbers(value)


class Fine(Attack):
    """What an edition tells as finely as it was asked."""

    def _learn(self, question: str, entry: Mapping[str, Any]) -> None:
        if question and entry["n"] and entry.get("counts"):
            super()._learn(question, entry)


def attack(seed: int) -> Attack:
    chance = Random(seed)
    held = chance.choice([(), GATHERINGS])
    answers = drawn_answers(chance, [item.id for item in held] or ["day-1"])
    return Attack(made(answers, held_in=programme(gatherings=held)), answers)


@pytest.mark.parametrize("seed", range(30))
def test_no_number_in_an_edition_tells_of_fewer_than_five(seed: int) -> None:
    smallest = attack(seed).smallest()

    assert smallest is None or smallest >= RATINGS_FROM


@pytest.mark.slow
def test_no_number_in_two_hundred_and_fifty_editions_tells_of_fewer_than_five() -> None:
    attacks = [attack(seed) for seed in range(1_000, 1_250)]

    assert min(size for size in (found.smallest() for found in attacks) if size is not None) == RATINGS_FROM
    assert sum(len(groups) > 1 for found in attacks for groups in found.groups.values()) > 250


@pytest.mark.parametrize("seed", range(30))
def test_no_single_option_of_a_sensitive_question_is_told_of_fewer_than_twenty(seed: int) -> None:
    form = replace(FORM, questions=tuple(replace(question, sensitive=True) for question in FORM.questions))
    chance = Random(seed)
    drawn = [answer for _ in range(3) for answer in drawn_answers(chance, ["day-1"])]
    answers = [replace(answer, form=form_id(form)) for answer in drawn]

    smallest = Fine(made(answers, versions=[form]), answers).smallest()

    assert smallest is None or smallest >= COARSE_BELOW


def test_a_round_that_few_answered_tells_of_nobody() -> None:
    answers = [Answer(ROUND.form, {"benefit": "4"}, ("R", "A"), "day-1")] * 4

    assert not Attack(made(answers), answers).groups


def test_the_attacker_finds_a_group_that_an_edition_should_not_tell_of() -> None:
    answers = [Answer(ROUND.form, {"benefit": "4"}, ("R", school), "day-1") for school in "A" * 9 + "B" * 2]
    document = made(answers)
    assert Attack(document, answers).smallest() == 11

    document["questions"][0]["blocks"].append({"path": ["R", "A"], "n": 9, "na": 0})

    assert Attack(document, answers).smallest() == 2

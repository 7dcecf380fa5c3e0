"""Small programmes drawn at random, published by the rules alone, and attacked with everything published of them together."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

import pytest

from shared.protection.disclosure import RATINGS_FROM
from shared.protection.pair_sets import Everyone, Kept, kept_pairs, pairs_fit
from shared.protection.partitions import Grouping, merged, merged_roles, roles_fit
from shared.protection.suppression import Path, fits, pattern
from tests.attacker import smallest_group

Group = Collection[str]
QUESTIONS = ("benefit", "use")


@dataclass(frozen=True)
class Programme:
    """Who takes part, where and as what; and who answered a round ("1"), or a question of it ("1 benefit")."""

    paths: Mapping[str, Path]
    roles: Mapping[str, str]
    answered: Mapping[str, Group]


def drawn_programme(chance: Random) -> Programme:
    paths: dict[str, Path] = {}
    for region in range(chance.randint(1, 2)):
        for school in range(chance.randint(1, 3)):
            # Now and then a school is too small for its cell, and the answers carry the region only.
            path = (f"r{region}", f"s{school}") if chance.random() < 0.85 else (f"r{region}",)
            paths |= {f"{region}.{school}.{person}": path for person in range(chance.choice([5, 6, 8, 9, 14]))}
    roles = {person: chance.choice(["teacher", "teacher", "leader", "assistant", ""]) for person in paths}
    answered: dict[str, list[str]] = {}
    for held in ("1", "2"):
        rate = chance.choice([0.7, 0.9, 0.97])
        answered[held] = [person for person in paths if chance.random() < rate]
        for question in QUESTIONS:
            some = chance.choice([0.3, 0.8, 0.97, 1])
            answered[f"{held} {question}"] = [person for person in answered[held] if chance.random() < some]
    return Programme(paths, roles, answered)


@dataclass(frozen=True)
class Published:
    """A round, or a question of it, as published for everyone who answered it."""

    people: Group
    shown: frozenset[Path]
    columns: Mapping[str, str]
    """Everyone's role, or the one under whose name hers is counted; nobody's where roles are not shown."""

    def groups(self, programme: Programme) -> Iterator[list[str]]:
        for node in self.shown:
            yield under(node, self.people, programme)
        for column in set(self.columns.values()):
            yield [person for person in self.people if self.columns[person] == column]

    def everyone(self, programme: Programme) -> Everyone:
        return Everyone({person: programme.paths[person] for person in self.people}, self.shown, self.columns)


def under(node: Path, people: Iterable[str], programme: Programme) -> list[str]:
    return [person for person in people if programme.paths[person][: len(node)] == node]


def published(programme: Programme, held: str) -> dict[str, Published]:
    """Publish a round and its questions: by unit, and by role where that fits."""
    people = programme.answered[held]
    shown = pattern(Counter(programme.paths[person] for person in people))
    roles = merged_roles(table(programme, people), shown)
    whole = Published(people, shown, columns(programme, people, roles))
    return {held: whole} | {name: question(programme, name, shown, roles) for name in (f"{held} {asked}" for asked in QUESTIONS)}


def question(programme: Programme, name: str, shown: frozenset[Path], roles: Grouping | None) -> Published:
    people = programme.answered[name]
    if not fits(Counter(programme.paths[person] for person in people), shown):
        shown = frozenset([()]) if shown and len(people) >= RATINGS_FROM else frozenset()
    fit = roles and roles_fit(merged(table(programme, people), roles), shown)
    return Published(people, shown, columns(programme, people, roles if fit else None))


def table(programme: Programme, people: Group) -> Counter[tuple[Path, str]]:
    return Counter((programme.paths[person], programme.roles[person]) for person in people)


def columns(programme: Programme, people: Group, roles: Grouping | None) -> dict[str, str]:
    named = {role: group[0] for group in roles or () for role in group}
    return {person: named[programme.roles[person]] for person in people} if named else {}


def compared(programme: Programme, kept: Kept, before: Published, after: Published) -> list[list[str]]:
    """Publish a comparison of those who are kept and answered both times: at its nodes, else for all together, else not at all."""
    both = kept.people & set(before.people) & set(after.people)
    sides = before.everyone(programme), after.everyone(programme)
    choices = (nodes for nodes in (kept.shown, {()}) if pairs_fit(both, *sides, nodes))
    return [under(node, both, programme) for node in next(choices, ())]


def smallest_of(seed: int) -> Iterator[int | None]:
    """Attack every round and question of a programme, with both rounds and their comparison published."""
    chance = Random(seed)
    programme = drawn_programme(chance)
    first, second = published(programme, "1"), published(programme, "2")
    kept = kept_pairs(first["1"].everyone(programme), second["2"].everyone(programme), chance)
    for before, after in zip(first.values(), second.values(), strict=True):
        pairs = compared(programme, kept, before, after)
        for side in (before, after):
            yield smallest_group(dict.fromkeys(side.people, 1), [*side.groups(programme), *pairs])
        yield smallest_of_both(programme, before, after)


def smallest_of_both(programme: Programme, first: Published, second: Published) -> int | None:
    """Attack two rounds together with what is made of both: for each node that is shown in both, the answers of both days."""
    days = [[[(day, person) for person in group] for group in side.groups(programme)] for day, side in enumerate((first, second))]
    merged_days = [
        [(day, person) for day, side in enumerate((first, second)) for person in under(node, side.people, programme)]
        for node in first.shown & second.shown
    ]
    answers = dict.fromkeys(((day, person) for day, side in enumerate((first, second)) for person in side.people), 1)
    return smallest_group(answers, [*days[0], *days[1], *merged_days])


@pytest.mark.parametrize("seed", range(12))
def test_nothing_published_of_a_programme_is_about_fewer_than_five(seed: int) -> None:
    assert all(size is None or size >= RATINGS_FROM for size in smallest_of(seed))


@pytest.mark.slow
def test_nothing_published_of_two_hundred_and_fifty_programmes_is_about_fewer_than_five() -> None:
    found = [size for seed in range(1_000, 1_250) for size in smallest_of(seed)]

    assert min(size for size in found if size is not None) == RATINGS_FROM


def test_an_attacker_finds_who_would_be_left_out_of_the_pairs() -> None:
    people = dict.fromkeys([f"pair {at}" for at in range(9)] + ["alone"], 1)

    assert smallest_group(people, [list(people), [person for person in people if person != "alone"]]) == 1

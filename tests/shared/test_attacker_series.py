"""Comparisons made by the real code from answers drawn at random, and attacked together with the two rounds' own editions."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from shared.breakdowns import Levels
from shared.disclosure import RATINGS_FROM
from shared.editions import Document
from shared.envelopes import Answer
from shared.series import Both, Part, chosen, document, respondents
from tests.attacker import smallest_group
from tests.shared.examples import FORM
from tests.shared.places import made
from tests.shared.test_attacker_editions import ASKED, Attack, Group, drawn_answers


def drawn_series(chance: Random) -> tuple[list[Answer], list[Answer]]:
    """Draw the answers to two rounds: most people answer both, some skip a question, a few have moved or have no pseudonym."""
    people = [replace(answer, pair=f"person {at}") for at, answer in enumerate(drawn_answers(chance, ["day-1"]))]
    rate, skipped, rare = chance.choice([0.6, 0.85, 0.97]), chance.choice([0.0, 0.1]), chance.choice([0.0, 0.02])
    before = [answer for answer in people if chance.random() < rate]
    again = [answer for answer in people if chance.random() < rate]
    after = [replace(answer, answers=skipping(answer, skipped, chance), cell=moved(answer, people, rare, chance)) for answer in again]
    return before, [replace(answer, pair="" if chance.random() < rare else answer.pair) for answer in after]


def skipping(answer: Answer, rate: float, chance: Random) -> dict[str, str | list[str]]:
    return {name: given for name, given in answer.answers.items() if chance.random() >= rate}


def moved(answer: Answer, people: Sequence[Answer], rate: float, chance: Random) -> tuple[str, ...]:
    return chance.choice(people).cell if chance.random() < rate else answer.cell


def part(answers: Sequence[Answer]) -> Part:
    levels = Levels((), ("region", "school"), "en")
    named = {f"envelope {id(answers)} {at}": answer for at, answer in enumerate(answers)}
    return Part([FORM], made(answers), levels, respondents([FORM], named.items()), {})


def pairs_of(question: Document, kept: frozenset[str], sides: Sequence[Sequence[Answer]]) -> tuple[list[Group], list[Group]]:
    """List the groups in either round that a question's comparison tells of, each as large as the comparison says."""
    rated = [{answer.pair: at for at, answer in enumerate(side) if answer.answers.get(question["id"], "na") != "na"} for side in sides]
    told = [] if question["hidden"] else [{"path": [], "n": question["figures"]["n"]}, *(question["blocks"] or [])]
    found: tuple[list[Group], list[Group]] = ([], [])
    for entry in told:
        for side, answers, here in zip(sides, found, rated, strict=True):
            both = kept & rated[0].keys() & rated[1].keys()
            answers.append(frozenset(here[name] for name in both if list(side[here[name]].cell[: len(entry["path"])]) == entry["path"]))
            assert len(answers[-1]) == entry["n"]
    return found


def attacked(seed: int) -> tuple[Both, int | None]:
    """Find the smallest group of any question's answers that can be derived, with how the pairs were chosen."""
    chance = Random(seed)
    sides = drawn_series(chance)
    both = chosen(part(sides[0]), part(sides[1]), chance)
    found = document(both, "walks", "goals")
    smallest: list[int | None] = []
    for question in found["questions"]:
        for answers, edition, pairs in zip(
            sides, (both.before.edition, both.after.edition), pairs_of(question, both.kept.people, sides), strict=True
        ):
            groups = Attack(edition, answers).groups["about", question["id"]]
            smallest.append(smallest_group(dict.fromkeys(range(len(answers)), 1), [*groups, *pairs]))
    assert [question["id"] for question in found["questions"]] == list(ASKED)
    return both, min((size for size in smallest if size is not None), default=None)


@pytest.mark.parametrize("seed", range(30))
def test_no_comparison_and_its_rounds_tell_of_fewer_than_five(seed: int) -> None:
    _, smallest = attacked(seed)

    assert smallest is None or smallest >= RATINGS_FROM


@pytest.mark.slow
def test_no_two_hundred_and_fifty_comparisons_tell_of_fewer_than_five() -> None:
    found = [attacked(seed) for seed in range(1_000, 1_250)]

    assert min(size for _, size in found if size is not None) == RATINGS_FROM
    assert sum(bool(both.kept.people) for both, _ in found) > 100

"""Comparisons made by the real code from answers drawn at random, and attacked together with the rounds' own editions."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from shared.envelopes import Answer
from shared.forms import form_id
from shared.protection.disclosure import RATINGS_FROM
from shared.results.breakdowns import Levels
from shared.results.editions import Document
from shared.results.series import Both, Part, chosen, respondents
from shared.results.series_documents import document
from tests.attacker import smallest_group
from tests.shared.examples import FORM, ROUND
from tests.shared.places import made
from tests.shared.protection.test_attacker_editions import Attack, Group, drawn_answers

COMPARED = ("benefit", "session")
"""Of the questions that are asked, those whose highest point is the best."""


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
    assert [question["id"] for question in found["questions"]] == list(COMPARED)
    return both, min((size for size in smallest if size is not None), default=None)


def attacked_twice(sides: Sequence[Sequence[Answer]], chance: Random) -> tuple[Both, int | None]:
    """Find the smallest group whose answers before can be derived from the first round's edition and two comparisons with it."""
    before, midway, after = map(part, sides)
    first = chosen(before, midway, chance)
    second = chosen(before, after, chance, [first])
    edition = Attack(before.edition, sides[0]).groups
    smallest: list[int | None] = []
    for name in COMPARED:
        groups = set(edition["about", name])
        for both, side in ((first, sides[1]), (second, sides[2])):
            (found,) = [question for question in document(both, "walks", "goals")["questions"] if question["id"] == name]
            groups.update(pairs_of(found, both.kept.people, (sides[0], side))[0])
        smallest.append(smallest_group(dict.fromkeys(range(len(sides[0])), 1), groups))
    return second, min((size for size in smallest if size is not None), default=None)


def with_midway(seed: int) -> tuple[list[list[Answer]], Random]:
    """Draw the answers to three rounds; a question is skipped more often later on."""
    chance = Random(seed)
    people = [replace(answer, pair=f"person {at}") for at, answer in enumerate(drawn_answers(chance, ["day-1"]))]
    rate, skipped = chance.choice([0.85, 0.97, 1.0]), chance.choice([0.1, 0.4])
    later = [[answer for answer in people if chance.random() < rate] for _ in range(2)]
    return [people, *([replace(item, answers=skipping(item, skipped, chance)) for item in side] for side in later)], chance


def test_what_two_comparisons_tell_of_one_question_can_not_be_subtracted() -> None:
    people = [Answer(ROUND.form, {"benefit": "3", "expected": "3"}, (), "day-1", f"person {at}") for at in range(25)]
    without = [replace(answer, answers={"expected": "3"}) for answer in people]
    midway, after = without[:10] + people[10:], people[:1] + without[1:10] + people[10:]

    second, smallest = attacked_twice((people, midway, after), Random(1))

    assert len(second.kept.people) == 25
    assert smallest == 10


@pytest.mark.parametrize("seed", range(10))
def test_no_two_comparisons_of_a_series_tell_of_fewer_than_five(seed: int) -> None:
    _, smallest = attacked_twice(*with_midway(seed))

    assert smallest is None or smallest >= RATINGS_FROM


@pytest.mark.slow
def test_no_two_hundred_series_of_three_rounds_tell_of_fewer_than_five() -> None:
    found = [attacked_twice(*with_midway(seed)) for seed in range(1_000, 1_200)]

    assert min(size for _, size in found if size is not None) == RATINGS_FROM
    assert sum(bool(both.kept.people) for both, _ in found) > 50


@pytest.mark.parametrize("seed", range(30))
def test_no_comparison_and_its_rounds_tell_of_fewer_than_five(seed: int) -> None:
    _, smallest = attacked(seed)

    assert smallest is None or smallest >= RATINGS_FROM


@pytest.mark.slow
def test_no_two_hundred_and_fifty_comparisons_tell_of_fewer_than_five() -> None:
    found = [attacked(seed) for seed in range(1_000, 1_250)]

    assert min(size for _, size in found if size is not None) == RATINGS_FROM
    assert sum(bool(both.kept.people) for both, _ in found) > 100


LOOKING = replace(FORM, questions=(*FORM.questions, replace(FORM.questions[0], id="benefit.then", looks_back="benefit")))


def attacked_looking_back(seed: int) -> tuple[bool, int | None]:
    """Find the smallest group that can be derived where some are asked to look back, and tell whether that is shown."""
    chance = Random(seed)
    before, after = drawn_series(chance)
    silent = chance.choice([0.0, 0.1, 0.4])
    again = [replace(answer, form=form_id(LOOKING), answers={**answer.answers, **looking_back(silent, chance)}) for answer in after]
    levels = Levels((), ("region", "school"), "en")
    named = {f"later {at}": answer for at, answer in enumerate(again)}
    later = Part([LOOKING], made(again, versions=[LOOKING]), levels, respondents([LOOKING], named.items()), {})
    both = chosen(part(before), later, chance)
    (found,) = [question for question in document(both, "walks", "goals")["questions"] if question["id"] == "benefit"]
    shown = bool(found["looking_back"] and not found["looking_back"]["hidden"])
    sizes: list[int | None] = []
    for side, edition, own, pairs in zip(
        (before, again, again),
        (both.before.edition, later.edition, later.edition),
        ("benefit", "benefit", "benefit.then"),
        (*pairs_of(found, both.kept.people, (before, again)), []),
        strict=True,
    ):
        triples = [group_of(side, (before, again), both)] if shown else []
        groups = {*Attack(edition, side).groups["about", own], *pairs, *triples}
        sizes.append(smallest_group(dict.fromkeys(range(len(side)), 1), groups))
    return shown, min((size for size in sizes if size is not None), default=None)


def looking_back(silent: float, chance: Random) -> dict[str, str]:
    return {} if chance.random() < silent else {"benefit.then": chance.choice("12345")}


def group_of(side: Sequence[Answer], sides: Sequence[Sequence[Answer]], both: Both) -> Group:
    """Name those of a round who are compared, looked back, and rated the question both times."""
    asked = (("benefit",), ("benefit", "benefit.then"))
    given = [{answer.pair for answer in answers if set(names) <= set(answer.answers)} for names, answers in zip(asked, sides, strict=True)]
    return frozenset(at for at, answer in enumerate(side) if answer.pair in given[0] & given[1] & both.kept.people)


def test_what_some_say_looking_back_tells_of_no_fewer_than_five() -> None:
    found = [attacked_looking_back(seed) for seed in range(6)]

    assert not [size for _, size in found if size is not None and size < RATINGS_FROM]


@pytest.mark.slow
def test_no_two_hundred_looking_back_tell_of_fewer_than_five() -> None:
    found = [attacked_looking_back(seed) for seed in range(1_000, 1_200)]

    assert min(size for _, size in found if size is not None) == RATINGS_FROM
    assert sum(shown for shown, _ in found) > 20

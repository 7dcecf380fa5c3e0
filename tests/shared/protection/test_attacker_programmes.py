"""A programme's edition attacked together with the editions of all its rounds: an answer to a round is a person of its own there."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

import pytest

from shared.protection.disclosure import RATINGS_FROM
from shared.results import programme_editions
from shared.results.editions import Document
from tests.attacker import smallest_group
from tests.shared.places import GATHERINGS, made, programme
from tests.shared.protection.test_attacker_editions import ASKED, Attack, drawn_answers

Together = frozenset[tuple[str, int]]


def drawn_rounds(chance: Random) -> dict[str, tuple[Document, Attack]]:
    """Draw some rounds of a programme, each with its edition and with what that tells."""
    found = {}
    for at in range(chance.randint(2, 3)):
        held = chance.choice([(), (), GATHERINGS])
        answers = drawn_answers(chance, [item.id for item in held] or ["day-1"])
        edition = made(answers, held_in=programme(gatherings=held)) | {"round": f"day {at}"}
        found[f"day {at}"] = edition, Attack(edition, answers)
    return found


def learned(question: Mapping[str, Any], rounds: Mapping[str, tuple[Document, Attack]]) -> Iterator[Together]:
    """List the groups of answers that a programme's edition tells of, each as large as it says."""
    for entry in ([question["together"]] if question["together"] else []) + question["units"]:
        group = frozenset((name, at) for name in entry["rounds"] for at in in_round(question["id"], entry.get("path", []), *rounds[name]))
        assert len(group) == entry["n"]
        yield group


def in_round(question: str, unit: Sequence[str], edition: Document, attack: Attack) -> frozenset[int]:
    """Find who answered a question in a unit, which may have met at one of several gatherings."""
    nodes = edition["breakdown"]["nodes"] if unit else []
    above = 1 if unit and edition["breakdown"]["levels"][0] == "gathering" else 0
    path: list[str] = next((node["path"] for node in nodes if node["path"][above:] == unit), [])
    return attack.rated(question, {"path": path})


def smallest(seed: int) -> int | None:
    rounds = drawn_rounds(Random(seed))
    edition = programme_editions.edition(programme(), (edition for edition, _ in rounds.values()))
    found = []
    for question in edition["questions"]:
        groups = {
            frozenset((name, at) for at in group)
            for name, (_, attack) in rounds.items()
            for group in attack.groups["about", question["id"]]
        }
        groups |= set(learned(question, rounds))
        found.append(smallest_group(dict.fromkeys(frozenset[Any]().union(*groups), 1), groups))
    assert [question["id"] for question in edition["questions"] if question["kind"] == "scale"] == list(ASKED)
    return min((size for size in found if size is not None), default=None)


@pytest.mark.parametrize("seed", range(20))
def test_no_programme_s_edition_and_its_rounds_tell_of_fewer_than_five(seed: int) -> None:
    size = smallest(seed)

    assert size is None or size >= RATINGS_FROM


@pytest.mark.slow
def test_no_two_hundred_and_fifty_programmes_editions_tell_of_fewer_than_five() -> None:
    found = [smallest(seed) for seed in range(1_000, 1_250)]

    assert min(size for size in found if size is not None) == RATINGS_FROM

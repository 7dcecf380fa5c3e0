from dataclasses import replace

import pytest

from shared.rounds import GRACE, SETTLE, Window, closes, opens, state
from tests.shared.examples import ROUND


def test_a_round_closes_when_its_last_gathering_does() -> None:
    held_twice = replace(ROUND, windows={"south": Window(50, 300), "north": Window(10, 200)})

    assert closes(held_twice) == 300


def test_the_grace_is_two_minutes_and_over_before_anything_is_counted() -> None:
    assert GRACE == 120
    assert SETTLE >= GRACE + 120


@pytest.mark.parametrize(
    ("now", "edition", "expected"),
    [(9, None, "planned"), (10, None, "open"), (299, None, "open"), (300, None, "closed"), (9, "x", "published")],
)
def test_a_round_is_open_from_its_first_opening_until_its_last_closing(now: int, edition: str | None, expected: str) -> None:
    held_twice = replace(ROUND, windows={"south": Window(50, 300), "north": Window(10, 200)}, edition=edition)

    assert opens(held_twice) == 10
    assert state(held_twice, now) == expected

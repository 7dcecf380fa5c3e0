from dataclasses import replace

from shared.rounds import GRACE, SETTLE, Window, closes
from tests.shared.examples import ROUND


def test_a_round_closes_when_its_last_gathering_does() -> None:
    held_twice = replace(ROUND, windows={"south": Window(50, 300), "north": Window(10, 200)})

    assert closes(held_twice) == 300


def test_the_grace_is_two_minutes_and_over_before_anything_is_counted() -> None:
    assert GRACE == 120
    assert SETTLE >= GRACE + 120

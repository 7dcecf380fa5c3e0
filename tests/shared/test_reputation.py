import pytest

from shared.reputation import Tally, at_risk, lately


@pytest.mark.parametrize(
    ("tally", "why"),
    [
        (Tally(), ""),
        (Tally(49, 49, 49), ""),
        (Tally(50, 0, 1), "complaints"),
        (Tally(50, 2), "bounces"),
        (Tally(51, 2), ""),
        (Tally(1000, 39), ""),
        (Tally(1000, 40), "bounces"),
        (Tally(1251, 0, 1), ""),
        (Tally(1250, 0, 1), "complaints"),
        (Tally(12_500, 0, 9), ""),
        (Tally(12_500, 0, 10), "complaints"),
        (Tally(100, 4, 1), "bounces"),
        (Tally(0, 3, 1), ""),
    ],
)
def test_sending_is_at_risk_from_four_bounces_in_a_hundred_or_eight_complaints_in_ten_thousand(tally: Tally, why: str) -> None:
    assert at_risk(tally) == why


def test_a_week_counts() -> None:
    days = {day: Tally(10, day - 100, 1) for day in range(100, 120)}

    assert lately(days, 110) == Tally(70, sum(range(4, 11)), 7)

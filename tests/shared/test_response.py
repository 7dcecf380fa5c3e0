from dataclasses import dataclass

import pytest

from shared.response import Totals, totals


@dataclass(frozen=True)
class Invited:
    answered: str | None = None
    declined: str = ""


@pytest.mark.parametrize(
    ("standing", "counted"),
    [
        (Invited(), Totals(1, 0)),
        (Invited("mark"), Totals(1, 1)),
        (Invited(declined="absent"), Totals(0, 0)),
        (Invited(declined="unwilling"), Totals(1, 0)),
        (Invited("mark", "absent"), Totals(1, 1)),
    ],
)
def test_who_was_not_there_does_not_count_unless_she_answered_and_who_is_unwilling_does(standing: Invited, counted: Totals) -> None:
    assert totals([standing]) == counted


def test_a_round_s_figures_are_sums() -> None:
    everybody = [Invited(), Invited("a"), Invited("b"), Invited(declined="absent"), Invited(declined="unwilling")]

    assert totals(everybody) == Totals(invited=4, answered=2)
    assert totals([]) == Totals(0, 0)

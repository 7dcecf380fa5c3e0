from dataclasses import dataclass, replace

import pytest

from shared.response import Totals, totals


@dataclass(frozen=True)
class Invited:
    answered: str | None = None
    declined: str = ""
    absent: bool = False
    mail: str = "sent"
    arrival: str = ""


@pytest.mark.parametrize(
    ("standing", "counted"),
    [
        (Invited(), Totals(1, 0)),
        (Invited("mark"), Totals(1, 1)),
        (Invited(declined="absent"), Totals(0, 0, absent=1)),
        (Invited(declined="unwilling"), Totals(1, 0, declined=1)),
        (Invited("mark", "absent"), Totals(1, 1)),
        (Invited(absent=True), Totals(0, 0, absent=1)),
        (Invited("mark", absent=True), Totals(1, 1)),
        (Invited(declined="unwilling", absent=True), Totals(0, 0, absent=1)),
        (Invited(mail="refused"), Totals(1, 0, unreached=1)),
        (Invited("mark", mail="refused"), Totals(1, 1)),
        (Invited(arrival="bounced"), Totals(1, 0, unreached=1)),
        (Invited(arrival="complained"), Totals(1, 0)),
        (Invited(arrival="soft bounced"), Totals(1, 0)),
    ],
)
def test_who_was_not_there_does_not_count_unless_she_answered_and_who_is_unwilling_does(standing: Invited, counted: Totals) -> None:
    assert totals([standing]) == counted


def test_a_round_s_figures_are_sums() -> None:
    everybody = [Invited(), Invited("a"), Invited("b"), Invited(declined="absent"), Invited(declined="unwilling")]

    assert totals(everybody) == Totals(invited=4, answered=2, declined=1, absent=1)
    assert totals(everybody).waiting == 1
    assert totals([]) == Totals(0, 0)


@pytest.mark.parametrize("standing", [Invited(), Invited("mark"), Invited(declined="unwilling"), Invited(mail="refused")])
def test_until_a_round_has_closed_a_mark_of_staff_changes_no_figure(standing: Invited) -> None:
    assert totals([replace(standing, absent=True)], closed=False) == totals([standing], closed=False)

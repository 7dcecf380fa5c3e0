from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from shared.measures import reliability as measured
from shared.measures.reliability import ANSWERS_FROM, Alpha, Sums
from tests.goldens import GOLDENS

GOLDEN = GOLDENS["alpha"]["likert24x5"]
ROWS = [[int(point) for point in row] for row in GOLDEN["rows"]]

ANSWERS = st.lists(st.lists(st.integers(1, 5), min_size=4, max_size=4), min_size=2, max_size=60)


def sums(rows: Sequence[Sequence[int]]) -> Sums:
    added = Sums.of(len(rows[0]) if rows else 3)
    for row in rows:
        added.add(row)
    return added


def cronbach(rows: Sequence[Sequence[int]]) -> Alpha | None:
    return measured.cronbach(sums(rows))


def reliability(rows: Sequence[Sequence[int]]) -> Alpha | None:
    return measured.reliability(sums(rows))


def test_cronbachs_alpha_and_feldts_limits_agree_with_published_values() -> None:
    found = cronbach(ROWS)

    assert found == pytest.approx((GOLDEN["alpha"], *GOLDEN["ci95"]), rel=1e-9)


@pytest.mark.parametrize("left_out", range(5))
def test_alpha_without_a_question_agrees_with_published_values(left_out: int) -> None:
    found = cronbach([[*row[:left_out], *row[left_out + 1 :]] for row in ROWS])

    assert found is not None
    assert found.alpha == pytest.approx(GOLDEN["alpha_drop"][left_out], abs=5e-7)


def test_feldts_limits_are_made_of_scipys_f() -> None:
    found = cronbach([row[:3] for row in ROWS])

    assert found is not None
    limits = [1 - (1 - found.alpha) * float(stats.f.ppf(p, 23, 46)) for p in (0.975, 0.025)]
    assert (found.low, found.high) == pytest.approx(limits, rel=1e-9)


def test_reliability_is_told_of_three_questions_and_thirty_answers_on() -> None:
    enough = [*ROWS, *ROWS][:ANSWERS_FROM]

    assert reliability(enough) == cronbach(enough)
    assert reliability([row[:3] for row in enough]) is not None
    assert reliability([row[:2] for row in enough]) is None
    assert reliability(enough[1:]) is None
    assert reliability([]) is None


def test_questions_answered_all_alike_are_one() -> None:
    assert cronbach([[point] * 4 for point in (1, 3, 4, 5)]) == (1, 1, 1)


def test_where_all_sums_are_alike_there_is_no_alpha() -> None:
    assert cronbach([[3, 3, 3]] * 40) is None
    assert cronbach([[1, 5], [5, 1]]) is None


@given(ANSWERS)
def test_alpha_lies_within_its_limits_whatever_the_order(rows: list[list[int]]) -> None:
    found = cronbach(rows)

    if found:
        assert found.low <= found.alpha <= found.high + 1e-9 or found.alpha == pytest.approx(found.low)
        assert cronbach([row[::-1] for row in reversed(rows)]) == pytest.approx(found)

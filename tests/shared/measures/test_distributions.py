import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from shared.measures.distributions import f_quantile, noncentral_t_share, shift_of_t, t_quantile

FREEDOM = (1, 1.5, 2, 4, 9, 23, 43.596818116669056, 199, 9_999, 100_000)


@pytest.mark.parametrize("df", FREEDOM)
@pytest.mark.parametrize("p", [0.005, 0.025, 0.5, 0.75, 0.95, 0.975, 0.9999])
def test_students_t_is_scipys_to_nine_digits(p: float, df: float) -> None:
    assert t_quantile(p, df) == pytest.approx(float(stats.t.ppf(p, df)), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("freedom", [(1, 1), (1, 200), (23, 92), (29, 58), (200, 3), (9_999, 49_995)], ids=str)
@pytest.mark.parametrize("p", [0.025, 0.5, 0.975])
def test_f_is_scipys_to_nine_digits(p: float, freedom: tuple[int, int]) -> None:
    assert f_quantile(p, *freedom) == pytest.approx(float(stats.f.ppf(p, *freedom)), rel=1e-9)


@given(st.floats(0.001, 0.999), st.floats(1, 100_000))
def test_students_t_mirrors_and_is_found_again(p: float, df: float) -> None:
    found = t_quantile(p, df)

    assert float(stats.t.cdf(found, df)) == pytest.approx(p, abs=1e-9)
    assert t_quantile(1 - p, df) == pytest.approx(-found, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("df", [1, 2, 4, 9, 23, 199, 999])
@pytest.mark.parametrize("effect", [-1.5, 0, 0.01, 0.3, 0.92, 3, 10])
@pytest.mark.parametrize("away", [-2, -1, 0, 1, 2])
def test_the_noncentral_t_is_scipys(df: int, effect: float, away: float) -> None:
    t = effect * (df + 1) ** 0.5
    shift = t + away * (1 + t * t / (2 * df)) ** 0.5

    assert noncentral_t_share(t, df, shift) == pytest.approx(float(stats.nct.cdf(t, df, shift)), abs=1e-9)


def test_without_a_shift_the_noncentral_t_is_students() -> None:
    assert noncentral_t_share(1.3, 7, 0) == pytest.approx(float(stats.t.cdf(1.3, 7)), rel=1e-12)


@pytest.mark.parametrize("t", [1e-9, 4_000, 40_000])
def test_a_noncentral_t_of_nearly_nothing_or_very_much_is_still_inverted(t: float) -> None:
    low, high = (shift_of_t(p, t, 9_999) for p in (0.975, 0.025))

    assert low < t < high
    assert [noncentral_t_share(t, 9_999, shift) for shift in (low, high)] == pytest.approx([0.975, 0.025], abs=1e-9)


@given(st.floats(-50, 50), st.integers(1, 5_000))
def test_inverting_the_noncentral_t_mirrors(t: float, df: int) -> None:
    assert shift_of_t(0.975, t, df) == pytest.approx(-shift_of_t(0.025, -t, df), rel=1e-7, abs=1e-7)

from math import gamma, sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from shared.measures.effects import Effect, effect, unbiased
from tests.goldens import GOLDENS

LAKENS = GOLDENS["paired"]["lakens2013"]


@pytest.mark.parametrize("name", ["lakens2013", "likert24"])
def test_effects_agree_with_published_values(name: str) -> None:
    golden = GOLDENS["paired"][name]

    found = _effect(golden)

    assert found.d_z == pytest.approx(golden["dz"], rel=1e-12)
    assert found.interval == pytest.approx(golden["dz_ci95"], abs=1e-9)
    assert found.g == pytest.approx(golden["gz"], rel=1e-12)
    assert found.d_av == pytest.approx(golden["dav_mean_sd"], rel=1e-12)


def test_lakens_own_correction_of_d_av_gives_his_value() -> None:
    n = len(LAKENS["pre"])

    assert _effect(LAKENS).d_av * (1 - 3 / (8 * n - 9)) == pytest.approx(LAKENS["gav_lakens"], rel=1e-12)


@pytest.mark.parametrize(("name", "pingouins"), [("lakens2013", 1.1258799375612014), ("likert24", 0.9036961141150639)])
def test_d_z_is_not_what_pingouin_reports_for_pairs(name: str, pingouins: float) -> None:
    """Its ``ttest(paired=True)``, as of 0.7.0, gives a d_av, by the root of the mean variance."""
    golden = GOLDENS["paired"][name]

    root = sqrt((stats.tvar(golden["pre"]) + stats.tvar(golden["post"])) / 2)

    assert golden["mean_change"] / root == pytest.approx(pingouins, rel=1e-12)
    assert _effect(golden).d_av == pytest.approx(pingouins, rel=0.01)
    assert abs(_effect(golden).d_z - pingouins) > 0.02


@pytest.mark.parametrize("df", [2, 3, 9, 23, 150])
def test_the_bias_is_taken_out_exactly(df: int) -> None:
    assert unbiased(df) == pytest.approx(gamma(df / 2) / (sqrt(df / 2) * gamma((df - 1) / 2)), rel=1e-12)
    assert unbiased(df) == pytest.approx(1 - 3 / (4 * df - 1), abs=0.04 / df)


def test_of_two_pairs_nothing_unbiased_can_be_said() -> None:
    assert unbiased(1) == 0


def test_where_all_changed_alike_there_is_no_measure() -> None:
    assert effect(1, 0, 12, (0.5, 0.5)) is None


@given(st.floats(-4, 4), st.floats(0.01, 3), st.integers(2, 10_000))
def test_the_limits_lie_around_the_effect_and_mirror(change: float, spread: float, n: int) -> None:
    found = effect(change, spread, n, (1, 1)) or _nothing()
    mirrored = effect(-change, spread, n, (1, 1)) or _nothing()

    assert found.interval[0] < found.d_z < found.interval[1]
    assert abs(found.g) <= abs(found.d_z)
    assert mirrored.interval == pytest.approx((-found.interval[1], -found.interval[0]), rel=1e-6, abs=1e-6)


def _effect(golden: dict[str, Any]) -> Effect:
    spreads = [float(stats.tstd(golden[key])) for key in ("pre", "post")]
    return effect(golden["mean_change"], golden["sd_change"], len(golden["pre"]), (spreads[0], spreads[1])) or _nothing()


def _nothing() -> Effect:
    pytest.fail("There is no effect.")

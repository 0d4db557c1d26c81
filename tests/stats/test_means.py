import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pesue.stats.estimates import Refusal, Why
from pesue.stats.means import adjusted, difference, differences
from pesue.stats.regression import design, ols

TREATED, CONTROL = [3, 5, 4, 8], [2, 1, 4, 3, 5]
counts = st.lists(st.integers(0, 30), min_size=3, max_size=12).filter(
    lambda found: len(set(found)) > 1
)


def test_the_worked_example():
    found = difference(TREATED, CONTROL)
    # 5 - 3; variances 14/3 and 5/2.
    assert found.estimate == pytest.approx(2)
    assert found.se == pytest.approx(np.sqrt(14 / 12 + 2.5 / 5))
    assert found.df == pytest.approx(
        (14 / 12 + 0.5) ** 2 / ((14 / 12) ** 2 / 3 + 1 / 16)
    )
    assert (found.n, found.clusters) == (9, None)


@given(counts, counts)
def test_it_is_welchs_test(treated, control):
    found = difference(treated, control, confidence=0.9)
    welch = stats.ttest_ind(treated, control, equal_var=False)
    ends = welch.confidence_interval(0.9)
    assert (found.p, found.df) == pytest.approx((welch.pvalue, welch.df))
    assert (found.low, found.high) == pytest.approx((ends.low, ends.high))


@given(counts, counts)
def test_its_error_is_that_of_hc2_regression(treated, control):
    fit = ols(treated + control, design([1] * len(treated) + [0] * len(control)))
    found = difference(treated, control)
    assert found.estimate == pytest.approx(fit.coefficients[1])
    assert found.se**2 == pytest.approx(fit.covariance("HC2")[1, 1])


@given(counts, counts, st.floats(-1e3, 1e3), st.floats(0.01, 1e3))
def test_units_and_sides_change_nothing_else(treated, control, shift, times):
    found = difference(treated, control)
    scaled = difference(
        shift + times * np.array(control), shift + times * np.array(treated)
    )
    assert scaled.estimate == pytest.approx(-times * found.estimate, abs=1e-9 * times)
    assert scaled.se == pytest.approx(times * found.se)
    assert scaled.p == pytest.approx(found.p, abs=1e-9)


def test_an_arm_without_spread_leaves_the_other_ones_df():
    assert difference([0, 0, 0], [1, 2, 4]).df == pytest.approx(2)


@pytest.mark.parametrize(
    ("treated", "control", "why"),
    [
        ([], [1, 2], Why.EMPTY),
        ([1, 2], [], Why.EMPTY),
        ([1], [1, 2], Why.FEW),
        ([1, 2], [1], Why.FEW),
        ([0, 0], [0, 0, 0], Why.CONSTANT),
        ([0.1] * 3, [0.3] * 7, Why.CONSTANT),  # of which the mean is not 0.3
        ([1, np.nan], [1, 2], Why.NOT_FINITE),
        ([1, 2], [np.inf, 2], Why.NOT_FINITE),
        ([[1, 2]], [1, 2], Why.SHAPES),
    ],
)
def test_refusals_of_a_difference(treated, control, why):
    with pytest.raises(Refusal) as refused:
        difference(treated, control)
    assert refused.value.why is why


def test_several_arms_are_each_compared_with_the_control():
    outcome = [1, 2, 4, 8, 9, 9, 3, 3, 5]
    arm = ["plain", "plain", "plain", "bold", "bold", "bold", "kind", "kind", "kind"]
    found = differences(outcome, arm, "plain", confidence=0.9)
    assert found == {
        "bold": difference([8, 9, 9], [1, 2, 4], confidence=0.9),
        "kind": difference([3, 3, 5], [1, 2, 4], confidence=0.9),
    }
    numbered = differences(outcome, [0, 0, 0, 1, 1, 1, 2, 2, 2], 0)
    assert list(numbered) == [1, 2]


@pytest.mark.parametrize(
    ("arm", "control", "why"),
    [
        (["a", "a", "b", "b"], "c", Why.NOT_IN_RANGE),
        (["a", "a", "a", "a"], "a", Why.ONE_ARM),
        (["a", "a", "b"], "a", Why.SHAPES),
        (["a", "a", "b", None], "a", Why.NOT_FINITE),
        ([1, 1, 0, np.nan], 1, Why.NOT_FINITE),
        (["a", "a", "a", "b"], "a", Why.FEW),
    ],
)
def test_refusals_of_several_arms(arm, control, why):
    with pytest.raises(Refusal) as refused:
        differences([1, 2, 3, 5], arm, control)
    assert refused.value.why is why


def a_trial(seed: int, n: int = 60, p: int = 2):
    rng = np.random.default_rng(seed)
    known = rng.normal(size=(n, p))
    treated = rng.permutation(n) < n // 3
    return known[:, 0] * 2 + treated + rng.normal(size=n), treated, known


@pytest.mark.parametrize("p", [1, 3])
def test_adjusting_is_lins_regression(p):
    y, treated, known = a_trial(1, p=p)
    centred = known - known.mean(axis=0)
    fit = ols(y, np.c_[design(treated), centred, treated[:, None] * centred])
    found = adjusted(y, treated, known)
    assert found.estimate.estimate == pytest.approx(fit.coefficients[1])
    assert found.estimate.se**2 == pytest.approx(fit.covariance("HC2")[1, 1])
    assert found.unadjusted == difference(y[treated], y[~treated])
    assert found.variance_ratio == pytest.approx(
        found.estimate.se**2 / found.unadjusted.se**2
    )
    assert found.variance_ratio < 0.5


def test_the_df_are_of_what_each_arms_regression_leaves():
    y, treated, known = a_trial(2)
    found = adjusted(y, treated, known).estimate
    assert min(20 - 3, 40 - 3) < found.df < 60 - 6
    # All error in one arm: that arm's df alone.
    y = np.where(treated, y, known @ [1.0, 2.0])
    assert adjusted(y, treated, known).estimate.df == pytest.approx(17)


def test_where_what_was_known_says_nothing_adjusting_changes_little():
    rng = np.random.default_rng(4)
    y, treated = rng.normal(size=4000), np.arange(4000) % 2
    found = adjusted(y, treated, rng.normal(size=4000))
    assert found.variance_ratio == pytest.approx(1, abs=0.01)


@given(st.integers(0, 10**6), st.floats(-100, 100), st.floats(0.1, 100))
def test_the_unit_of_what_was_known_changes_nothing(seed, shift, times):
    y, treated, known = a_trial(seed, 30)
    found, scaled = (adjusted(y, treated, x) for x in (known, shift + times * known))
    assert scaled.estimate.estimate == pytest.approx(found.estimate.estimate)
    assert scaled.variance_ratio == pytest.approx(found.variance_ratio)


@pytest.mark.parametrize(
    ("outcome", "treated", "before", "why"),
    [
        ([], [], [], Why.EMPTY),
        ([1, 2, 3, 5, 4, 7], [1] * 6, range(6), Why.ONE_ARM),
        ([1, 2, 3, 5, 4, 7], [1, 1, 1, 0, 0, 2], range(6), Why.NOT_IN_RANGE),
        ([1, 2, 3, 5, 4, 7], [1, 1, 1, 0, 0], range(6), Why.SHAPES),
        ([1, 2, 3, 5, 4, 7], [1, 1, 1, 0, 0, 0], range(5), Why.SHAPES),
        ([1, 2, 3, 5, 4, 7], [1, 1, 0, 0, 0, 0], range(6), Why.FEW),
        ([1, 2, 3, 5, 4, 7], [1, 1, 1, 0, 0, 0], [4] * 6, Why.SINGULAR),
        ([1, 2, 3, 5, 4, 7], [1, 1, 1, 0, 0, 0], [4, 4, 4, 1, 2, 3], Why.SINGULAR),
        ([1, 2, 3, 5, 4, 7], [1, 1, 1, 0, 0, 0], [np.nan] * 6, Why.NOT_FINITE),
        ([3] * 6, [1, 1, 1, 0, 0, 0], [1, 2, 4, 1, 2, 4], Why.CONSTANT),
        ([1, 2, 4] * 2, [1, 1, 1, 0, 0, 0], [1, 2, 4] * 2, Why.CONSTANT),
    ],
)
def test_refusals_of_adjusting(outcome, treated, before, why):
    with pytest.raises(Refusal) as refused:
        adjusted(outcome, treated, before)
    assert refused.value.why is why

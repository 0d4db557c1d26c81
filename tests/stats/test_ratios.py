from math import inf, nan

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from pesue.stats.estimates import Refusal, Why
from pesue.stats.means import difference
from pesue.stats.ratios import Extent, fieller, lift, ratio, ratio_difference

VISITS, SHARES = [4, 0, 9, 6, 1], [2, 1, 3, 2, 2]
ARM = [1, 1, 1, 0, 0, 0]


def test_the_worked_example():
    found = ratio(VISITS, SHARES)
    # 20 visits of 10 shares; what is left of each person: 0, -2, 3, 2, -3.
    assert found.estimate == pytest.approx(2)
    assert found.se == pytest.approx(np.sqrt(5 / 4 * 26) / 10)
    assert (found.df, found.n, found.clusters) == (4, 5, None)


@given(st.lists(st.integers(0, 50), min_size=2, max_size=20))
def test_over_ones_it_is_the_mean(outcome):
    assume(len(set(outcome)) > 1)
    found = ratio(outcome, np.ones(len(outcome)))
    ends = stats.ttest_1samp(outcome, 0).confidence_interval()
    assert found.estimate == pytest.approx(np.mean(outcome))
    assert (found.low, found.high) == pytest.approx((ends.low, ends.high))


def test_rows_of_one_cluster_are_one_unit():
    rows = ratio([1, 3, 0, 9, 6, 1], [1, 1, 1, 3, 2, 2], ["a", "a", "b", "c", "d", "e"])
    whole = ratio(VISITS, SHARES)
    assert (rows.estimate, rows.se, rows.df) == (whole.estimate, whole.se, whole.df)
    assert (rows.n, rows.clusters) == (6, 5)


def test_its_interval_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(5)
    held = 0
    for _ in range(1000):
        shares = rng.poisson(4, 150) + 1
        found = ratio(rng.poisson(3 * shares * rng.gamma(2, 0.5, 150)), shares)
        held += found.low < 3 < found.high
    assert 930 <= held <= 970


@pytest.mark.parametrize(
    ("above", "below", "clusters", "why"),
    [
        ([], [], None, Why.EMPTY),
        ([1, 2], [0, 0], None, Why.EMPTY),
        ([1], [2], None, Why.FEW),
        ([1, 2], [1, 3], ["a", "a"], Why.FEW_CLUSTERS),
        ([0, 0, 0], [1, 2, 3], None, Why.CONSTANT),
        ([0.1, 0.3, 0.7], [1, 3, 7], None, Why.CONSTANT),
        ([0.1, 0.3, 0.7, 0], [1, 3, 7, 0], [1, 1, 2, 2], Why.CONSTANT),
        ([1, 2], [1, -1], None, Why.NOT_IN_RANGE),
        ([1, nan], [1, 1], None, Why.NOT_FINITE),
        ([1, 2], [1, inf], None, Why.NOT_FINITE),
        ([1, 2], [1], None, Why.SHAPES),
        ([1, 2], [1, 1], [1], Why.SHAPES),
        ([1, 2], [1, 3], [1, nan], Why.NOT_FINITE),
    ],
)
def test_refusals_of_a_ratio(above, below, clusters, why):
    with pytest.raises(Refusal) as refused:
        ratio(above, below, clusters)
    assert refused.value.why is why


def test_a_difference_of_ratios_over_ones_is_that_of_means():
    y, arm = np.array([3, 5, 4, 8, 2, 1, 4, 3, 5.0]), np.array([1] * 4 + [0] * 5)
    found, means = ratio_difference(y, np.ones(9), arm), difference(y[:4], y[4:])
    assert (found.estimate, found.se) == pytest.approx((means.estimate, means.se))
    assert (found.df, found.p) == pytest.approx((means.df, means.p))


def test_a_difference_of_ratios_with_clusters():
    above, below = [1, 3, 0, 9, 6, 1, 4, 2], [1, 1, 1, 3, 2, 2, 1, 1]
    arm, clusters = [1, 1, 1, 1, 0, 0, 0, 0], [1, 1, 2, 3, 4, 5, 6, 6]
    found = ratio_difference(above, below, arm, clusters)
    one = ratio(above[:4], below[:4], clusters[:4])
    other = ratio(above[4:], below[4:], clusters[4:])
    assert found.estimate == pytest.approx(one.estimate - other.estimate)
    assert found.se == pytest.approx(np.hypot(one.se, other.se))
    assert (found.n, found.clusters) == (8, 6)
    assert 2 < found.df < 4


def test_a_lift_is_relative_to_the_control():
    y, arm = np.array([3, 5, 4, 8, 4, 3, 4, 4, 5.0]), np.array([1] * 4 + [0] * 5)
    found = lift(y, np.ones(9), arm)
    one, other = ratio(y[:4], np.ones(4)), ratio(y[4:], np.ones(5))
    assert found.estimate == pytest.approx(5 / 4 - 1)
    assert found.se**2 == pytest.approx((one.se**2 + (5 / 4 * other.se) ** 2) / 16)
    assert 3 < found.df < 7
    # The same in any unit.
    assert lift(100 * y, np.ones(9), arm).se == pytest.approx(found.se)


def test_a_lift_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(6)
    arm = np.arange(400) % 2
    held = 0
    for _ in range(1000):
        found = lift(rng.poisson(3 + 0.6 * arm), np.ones(400), arm)
        held += found.low < 0.2 < found.high
    assert 930 <= held <= 970


@pytest.mark.parametrize("method", [ratio_difference, lift])
@pytest.mark.parametrize(
    ("above", "below", "arm", "clusters", "why"),
    [
        ([], [], [], None, Why.EMPTY),
        (range(6), [1] * 6, [1] * 6, None, Why.ONE_ARM),
        (range(6), [1] * 6, [0] * 6, None, Why.ONE_ARM),
        (range(6), [1] * 6, [1, 1, 1, 0, 0, 0.5], None, Why.NOT_IN_RANGE),
        (range(6), [1] * 6, [1, 0], None, Why.SHAPES),
        (range(6), [1] * 6, [1, 0, 0, 0, 0, 0], None, Why.FEW),
        (range(6), [1] * 6, ARM, [1, 2, 3, 3, 4, 5], Why.REPEATED),
        (range(6), [1] * 6, ARM, [1, 1, 1, 3, 4, 5], Why.FEW_CLUSTERS),
        (range(6), [0, 0, 0, 1, 1, 1], ARM, None, Why.EMPTY),
        ([2, 2, 2, 1, 1, 1], [1] * 6, ARM, None, Why.CONSTANT),
    ],
)
def test_refusals_of_two_arms(method, above, below, arm, clusters, why):
    with pytest.raises(Refusal) as refused:
        method(above, below, arm, clusters)
    assert refused.value.why is why


def test_no_lift_over_what_may_be_nothing():
    for control in ([0, 0, 1], [0, 0, 0]):
        with pytest.raises(Refusal) as refused:
            lift([1, 2, 4, *control], [1] * 6, ARM)
        assert refused.value.why is Why.FEW


def test_fieller_bounded():
    # With a sure denominator it is the t-interval divided by it.
    found = fieller(6, 2, 1, 0, df=10)
    half = stats.t.ppf(0.975, 10) / 2
    assert found.extent is Extent.BOUNDED
    assert (found.low, found.high) == pytest.approx((3 - half, 3 + half))
    assert (found.estimate, found.gap) == (3, None)


def test_fieller_outside_a_gap():
    found = fieller(6, 1, 1, 1)
    assert (found.extent, found.low, found.high) == (Extent.OUTSIDE, None, None)
    low, high = found.gap
    assert low < 0 < high
    assert not low < found.estimate < high


def test_fieller_says_nothing_where_neither_number_does():
    found = fieller(0.5, 0.1, 1, 1)
    assert found.extent is Extent.EVERYTHING
    assert (found.low, found.high, found.gap) == (None, None, None)


@pytest.mark.parametrize("side", [1, -1])
def test_fieller_where_the_denominator_is_just_not_told_from_0(side):
    z = float(stats.norm.ppf(0.975))
    found = fieller(side * 6, z, 1, 1)
    edge = (36 - z**2) / (2 * 6 * z)
    assert found.extent is Extent.OUTSIDE
    assert found.gap == pytest.approx((-inf, edge) if side > 0 else (-edge, inf))


def test_fieller_without_a_denominator_has_no_estimate():
    found = fieller(6, 0, 1, 1)
    assert (found.estimate, found.extent) == (None, Extent.OUTSIDE)


@given(
    st.floats(-10, 10),
    st.floats(-10, 10),
    st.floats(0.1, 5),
    st.floats(0.1, 5),
    st.floats(-0.95, 0.95),
    st.floats(-50, 50),
)
def test_fieller_holds_what_the_t_test_does_not_refuse(a, b, sa, sb, rho, r):
    found = fieller(a, b, sa, sb, rho * sa * sb, df=7, confidence=0.9)
    error = sa**2 - 2 * r * rho * sa * sb + r**2 * sb**2
    distance = abs(a - r * b) / np.sqrt(error) - stats.t.ppf(0.95, 7)
    assume(abs(distance) > 1e-6)
    held = {
        Extent.BOUNDED: lambda: found.low <= r <= found.high,
        Extent.OUTSIDE: lambda: not found.gap[0] < r < found.gap[1],
        Extent.EVERYTHING: lambda: True,
    }[found.extent]()
    assert held == (distance < 0)


@given(
    st.floats(-10, 10),
    st.floats(-10, 10),
    st.floats(0.1, 5),
    st.floats(0.1, 5),
    st.floats(-0.95, 0.95),
)
def test_the_ends_of_fieller_are_just_refused(a, b, sa, sb, rho):
    found = fieller(a, b, sa, sb, rho * sa * sb, df=7, confidence=0.9)
    for r in found.gap or (found.low, found.high):
        if r is not None and abs(r) < 1e6:
            error = sa**2 - 2 * r * rho * sa * sb + r**2 * sb**2
            distance = abs(a - r * b) / np.sqrt(error)
            assert distance == pytest.approx(stats.t.ppf(0.95, 7), rel=1e-4)


@given(st.floats(-10, 10), st.floats(0.5, 5))
def test_fieller_is_unbounded_just_where_the_denominator_may_be_0(b, sb):
    critical = stats.norm.ppf(0.975)
    assume(abs(abs(b) / sb - critical) > 1e-9)
    found = fieller(3, b, 1, sb)
    assert (found.extent is Extent.BOUNDED) == (abs(b) > critical * sb)


@pytest.mark.parametrize(
    ("given", "more", "why"),
    [
        ((1, 2, 0, 0), {}, Why.CONSTANT),
        ((1, 2, -1, 1), {}, Why.NOT_IN_RANGE),
        ((1, 2, 1, 1, 1.1), {}, Why.NOT_IN_RANGE),
        ((nan, 2, 1, 1), {}, Why.NOT_FINITE),
        ((1, inf, 1, 1), {}, Why.NOT_FINITE),
        ((1, 2, 1, 1), {"df": 0}, Why.NOT_IN_RANGE),
        ((1, 2, 1, 1), {"confidence": 1}, Why.NOT_IN_RANGE),
    ],
)
def test_refusals_of_fieller(given, more, why):
    with pytest.raises(Refusal) as refused:
        fieller(*given, **more)
    assert refused.value.why is why

from math import inf, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pesue.stats.estimates import Refusal, Unusable, Why
from pesue.stats.pooling import between, leave_one_out, pool

# Thirteen trials of the BCG vaccine (Colditz et al. 1994): cases and others among the
# vaccinated, and among those not.
BCG = np.array(
    [
        *((4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209)),
        *((62, 13536, 248, 12619), (33, 5036, 47, 5761), (180, 1361, 372, 1079)),
        *((8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232)),
        *((17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338)),
        (27, 16886, 29, 17825),
    ],
    float,
)


def bcg(ratio):
    """Log risk ratios or log odds ratios, with their errors."""
    a, b, c, d = BCG.T
    if ratio == "risk":
        errors = np.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))
        return np.log(a / (a + b) / (c / (c + d))), errors
    return np.log(a * d / b / c), np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)


def plain_se(y, errors, tau2):
    return sqrt(1 / (1 / (errors**2 + tau2)).sum())


def test_bcg_risk_ratios_as_in_the_manual_of_metafor():
    y, errors = bcg("risk")
    found = pool(y, errors)
    assert found.mean.estimate == pytest.approx(-0.7145, abs=5e-5)
    assert plain_se(y, errors, found.tau2) == pytest.approx(0.1798, abs=5e-5)
    assert found.tau2 == pytest.approx(0.3132, abs=5e-5)
    assert found.i2 == pytest.approx(0.9222, abs=5e-5)
    assert found.q == pytest.approx(152.2330, abs=5e-5)
    assert found.q_p < 1e-4
    reach = stats.t.ppf(0.975, 11) * sqrt(found.tau2 + found.mean.se**2)
    ends = found.mean.estimate - reach, found.mean.estimate + reach
    assert (found.new_low, found.new_high) == pytest.approx(ends)


def test_bcg_odds_ratios_as_in_van_houwelingen_by_metafor():
    y, errors = bcg("odds")
    found = pool(y, errors)
    assert found.mean.estimate == pytest.approx(-0.7452, abs=5e-5)
    assert plain_se(y, errors, found.tau2) == pytest.approx(0.1860, abs=5e-5)
    assert found.tau2 == pytest.approx(0.3378, abs=5e-5)
    assert found.i2 == pytest.approx(0.9207269, abs=1e-6)
    assert found.q == pytest.approx(163.1649, abs=5e-5)


def test_bcg_odds_ratios_without_one_study():
    """The first, fourth and eighth, from metafor's leave1out."""
    y, errors = bcg("odds")
    found = leave_one_out(y, errors)
    assert len(found) == 13
    for left, mean, tau2, i2, q in [
        (0, -0.7367722, 0.3616351, 0.9307946, 162.45415),
        (3, -0.6634357, 0.2971375, 0.9053158, 106.97867),
        (7, -0.8284272, 0.2941939, 0.8678016, 72.71742),
    ]:
        assert found[left].mean.estimate == pytest.approx(mean, abs=1e-6)
        assert found[left].tau2 == pytest.approx(tau2, abs=1e-6)
        assert found[left].i2 == pytest.approx(i2, abs=1e-6)
        assert found[left].q == pytest.approx(q, abs=1e-5)


def test_of_two_studies_the_difference_is_all_there_is():
    """By hand: errors alike, so the mean is the middle and tau2 d²/2 - s²."""
    for method in ("reml", "paule-mandel"):
        found = pool([1.0, 5.0], [1.0, 1.0], method=method)
        assert found.mean.estimate == pytest.approx(3)
        assert found.tau2 == pytest.approx(7)
        assert found.q == pytest.approx(8)
        assert found.i2 == pytest.approx(7 / 8)
        assert found.mean.se == pytest.approx(2)
        assert found.mean.high == pytest.approx(3 + 2 * stats.t.ppf(0.975, 1))
        assert (found.new_low, found.new_high) == (-inf, inf)
        assert found.weights == pytest.approx((0.5, 0.5))


def test_studies_closer_together_than_luck_gain_no_precision():
    found = pool([2.0, 2.0, 2.0], [1.0, 1.0, 2.0])
    assert found.tau2 == found.i2 == found.q == 0
    assert found.mean.se == pytest.approx(1 / sqrt(2.25))


NUMBERS = st.lists(
    st.tuples(st.floats(-10, 10), st.floats(0.05, 5)), min_size=2, max_size=8
)


@pytest.mark.thorough
@settings(deadline=None)
@given(NUMBERS)
def test_reml_is_where_no_other_is_likelier(studies):
    y, errors = np.array(studies).T
    variances, tau2 = errors**2, between(y, errors**2)

    def likelihood(t):
        """Of the contrasts between studies: the normal density, independently."""
        k = len(y)
        contrasts = np.column_stack([np.ones(k - 1), -np.eye(k - 1)])
        covariance = contrasts @ np.diag(variances + t) @ contrasts.T
        return stats.multivariate_normal.logpdf(
            contrasts @ y, np.zeros(k - 1), covariance
        )

    best = likelihood(tau2)
    for other in np.r_[np.geomspace(1e-4, 1e3, 60), 0, tau2 * 1.01, tau2 * 0.99]:
        assert likelihood(other) <= best + 1e-7 * max(1, abs(best))


@settings(deadline=None)
@given(NUMBERS)
def test_paule_and_mandels_solves_their_equation(studies):
    y, errors = np.array(studies).T
    tau2 = between(y, errors**2, "paule-mandel")
    weights = 1 / (errors**2 + tau2)
    q = weights @ (y - weights @ y / weights.sum()) ** 2
    if tau2 == 0:
        assert q <= len(y) - 1 + 1e-9
    else:
        assert q == pytest.approx(len(y) - 1, rel=1e-6)


@settings(deadline=None)
@given(NUMBERS, st.floats(0.1, 10), st.floats(-5, 5))
def test_other_units_change_the_unit_only(studies, scale, shift):
    y, errors = np.array(studies).T
    one, other = pool(y, errors), pool(scale * y + shift, scale * errors)
    assert other.mean.estimate == pytest.approx(
        scale * one.mean.estimate + shift, rel=1e-4, abs=1e-4
    )
    assert other.mean.se == pytest.approx(scale * one.mean.se, rel=1e-3)
    assert other.i2 == pytest.approx(one.i2, abs=1e-3)


@pytest.mark.parametrize(
    ("estimates", "errors", "why"),
    [
        ([], [], Why.EMPTY),
        ([1], [1], Why.FEW),
        ([1, 2], [1], Why.SHAPES),
        ([1, 2], [1, 0], Why.NOT_IN_RANGE),
        ([1, 2], [1, -1], Why.NOT_IN_RANGE),
        ([1, np.nan], [1, 1], Why.NOT_FINITE),
        ([1, 2], [1, np.inf], Why.NOT_FINITE),
    ],
)
def test_refusals(estimates, errors, why):
    for method in (pool, leave_one_out):
        with pytest.raises(Refusal) as refused:
            method(estimates, errors)
        assert refused.value.why == why


def test_two_studies_cannot_lose_one():
    with pytest.raises(Refusal) as refused:
        leave_one_out([1, 2], [1, 1])
    assert refused.value.about == {"n": 2, "least": 3}


def test_an_unknown_method():
    with pytest.raises(Refusal):
        pool([1, 2], [1, 1], method="dersimonian")


def test_intervals_hold_the_mean_with_few_studies_of_unlike_size():
    rng, held, new = np.random.default_rng(1), 0, 0
    for _ in range(600):
        errors = np.exp(rng.normal(-1, 0.7, 6))
        truth = rng.normal(0.3, 0.4, 7)
        found = pool(rng.normal(truth[:6], errors), errors)
        held += found.mean.low <= 0.3 <= found.mean.high
        new += found.new_low <= truth[6] <= found.new_high
    assert held / 600 >= 0.92
    assert 0.82 <= new / 600 <= 0.98  # short of .95: tau is not well known from six


@pytest.mark.parametrize("method", ["reml", "paule-mandel"])
@pytest.mark.parametrize("unit", [1e-9, 1e9])
def test_the_unit_makes_no_difference(method, unit):
    y, errors = np.array([-1.2, 0.3, 2.1, 0.4, -0.8]), np.array([0.5, 0.2, 0.6, 0.4, 1])
    one = pool(y, errors, method=method)
    other = pool(y * unit, errors * unit, method=method)
    assert other.tau2 / unit**2 == pytest.approx(one.tau2, rel=1e-6)
    assert one.tau2 > 0.1
    with pytest.raises(Unusable):
        pool(y, errors, method="dersimonian-laird")


def test_a_study_that_outweighs_all_others():
    found = pool([1, 2, 3], [1e-9, 1, 1e9])
    assert found.mean.estimate == pytest.approx(1, abs=0.7)
    assert 0 <= found.i2 <= 1

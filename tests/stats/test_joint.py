"""One test of several coefficients."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pesue.stats import clusters
from pesue.stats.estimates import Refusal, Why
from pesue.stats.joint import joint
from pesue.stats.regression import design, ols


def a_fit(seed=1, n=60):
    rng = np.random.default_rng(seed)
    columns = rng.normal(size=(3, n))
    return ols(rng.normal(size=n), design(*columns))


def test_of_one_coefficient_it_is_the_t_test():
    fit = a_fit()
    variance = fit.covariance("HC2")
    found = joint(fit, variance, [2], df=fit.n - fit.k)
    t = fit.coefficients[2] / np.sqrt(variance[2, 2])
    assert found.f == pytest.approx(t**2)
    assert found.p == pytest.approx(2 * stats.t.sf(abs(t), fit.n - fit.k))


def test_of_all_slopes_it_is_the_f_test_of_the_fit():
    fit = a_fit()
    found = joint(fit, fit.covariance("iid"), [1, 2, 3], df=fit.n - fit.k)
    y = fit.residuals + (fit.basis @ np.linalg.solve(fit.root, fit.coefficients))
    whole, left = np.square(y - y.mean()).sum(), np.square(fit.residuals).sum()
    assert found.f == pytest.approx((whole - left) / 3 / (left / (fit.n - fit.k)))


@given(st.integers(0, 10**6), st.permutations([1, 2, 3]))
def test_neither_order_nor_units_of_the_columns_change_it(seed, order):
    fit = a_fit(seed)
    first = joint(fit, fit.covariance(), [1, 2, 3], df=56)
    assert joint(fit, fit.covariance(), order, df=56).f == pytest.approx(first.f)
    y = fit.residuals + (fit.basis @ np.linalg.solve(fit.root, fit.coefficients))
    x = fit.basis @ np.linalg.inv(fit.root)
    other = ols(y, x * np.array([1, 10, 0.1, 1000]))
    assert joint(other, other.covariance(), order, df=56).f == pytest.approx(first.f)


def test_without_degrees_of_freedom_it_is_that_of_large_samples():
    fit = a_fit()
    found = joint(fit, fit.covariance(), [1, 2])
    assert found.p == pytest.approx(stats.chi2.sf(2 * found.f, 2))
    near = joint(fit, fit.covariance(), [1, 2], df=1e7)
    assert near.p == pytest.approx(found.p, rel=1e-5)


def test_hotellings_is_less_sure_and_of_one_the_same():
    fit = a_fit()
    team = np.arange(fit.n) % 8
    covariance = clusters.covariance(fit, team)
    plain = joint(fit, covariance, [1, 2, 3], df=7)
    careful = joint(fit, covariance, [1, 2, 3], df=7, hotelling=True)
    assert careful.f == pytest.approx(plain.f * 5 / 7)
    assert careful.df == 5
    assert careful.p > plain.p
    one = joint(fit, covariance, [1], df=7, hotelling=True)
    assert one.p == pytest.approx(joint(fit, covariance, [1], df=7).p)


@pytest.mark.parametrize(
    ("about", "df", "why"),
    [
        ([], 50, Why.REPEATED),
        ([1, 1], 50, Why.REPEATED),
        ([4], 50, Why.NOT_IN_RANGE),
        ([1, 2, 3], 2, Why.FEW),
    ],
)
def test_what_cannot_be_asked_is_refused(about, df, why):
    fit = a_fit()
    with pytest.raises(Refusal) as refusal:
        joint(fit, fit.covariance(), about, df=df, hotelling=True)
    assert refusal.value.why is why


def test_a_covariance_that_tells_nothing_is_refused():
    fit = a_fit()
    for covariance, why in (
        (np.zeros((4, 4)), Why.CONSTANT),
        (np.ones((4, 4)), Why.CONSTANT),
        (np.full((4, 4), np.nan), Why.NOT_FINITE),
        (np.eye(3), Why.SHAPES),
    ):
        with pytest.raises(Refusal) as refusal:
            joint(fit, covariance, [1, 2])
        assert refusal.value.why is why

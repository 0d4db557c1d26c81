"""The joint test against statsmodels."""

import numpy as np
import pytest
import statsmodels.api as sm

from pesue.stats import clusters
from pesue.stats.joint import joint
from pesue.stats.regression import design, ols

pytestmark = pytest.mark.long


def some(seed):
    rng = np.random.default_rng(seed)
    n = 240
    arm, motive = rng.integers(0, 2, n), rng.integers(0, 3, n)
    second, third = motive == 1, motive == 2
    x = design(arm, second, third, arm * second, arm * third)
    y = rng.poisson(np.exp(0.2 + 0.3 * arm * third)).astype(float)
    return y, x, np.arange(n) % 24


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("kind", ["HC0", "HC1", "HC2", "HC3"])
def test_it_is_the_f_test_of_robust_errors(seed, kind):
    y, x, _team = some(seed)
    fit = ols(y, x)
    oracle = sm.OLS(y, x).fit(cov_type=kind, use_t=True).f_test(np.eye(6)[4:])
    found = joint(fit, fit.covariance(kind), [4, 5], df=fit.n - fit.k)
    assert found.f == pytest.approx(float(oracle.fvalue), rel=1e-8)
    assert found.p == pytest.approx(float(oracle.pvalue), rel=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_it_is_the_f_test_of_teams(seed):
    y, x, team = some(seed)
    fit = ols(y, x)
    asked = {"groups": team}
    oracle = sm.OLS(y, x).fit(cov_type="cluster", cov_kwds=asked, use_t=True)
    tested = oracle.f_test(np.eye(6)[4:])
    found = joint(fit, clusters.covariance(fit, team, "CR1"), [4, 5], df=23)
    assert found.f == pytest.approx(float(tested.fvalue), rel=1e-8)
    assert found.p == pytest.approx(float(tested.pvalue), rel=1e-6)

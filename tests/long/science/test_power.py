"""Power, likeness within teams and explained variance against statsmodels."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.api import OLS, add_constant
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm
from statsmodels.stats.power import NormalIndPower

from pesue.stats.power import People, Teams, icc, mde, needed, power, r_squared

pytestmark = pytest.mark.long


def test_people_are_statsmodels_normal_power():
    for n, share, wanted in ((200, 0.5, 0.8), (5000, 0.3, 0.9), (60, 0.5, 0.7)):
        design = People(n, sd=2.0, share=share)
        oracle = NormalIndPower().solve_power(
            nobs1=n * share, ratio=(1 - share) / share, alpha=0.05, power=wanted
        )
        assert mde(design, power=wanted) == pytest.approx(2 * oracle, rel=1e-4)
    size = NormalIndPower().solve_power(effect_size=0.1, alpha=0.05, power=0.8)
    assert needed(People(4, 1.0), 0.1) == pytest.approx(2 * size, abs=2)
    curve = power(People(500, 1.0), [0.1, 0.2, 0.3])
    for found, effect in zip(curve, (0.1, 0.2, 0.3), strict=True):
        oracle = NormalIndPower().power(effect, 250, 0.05, alternative="two-sided")
        wrong_way = stats.norm.cdf(-1.959964 - effect * np.sqrt(125))
        assert found == pytest.approx(oracle - wrong_way, abs=1e-6)


def test_likeness_is_that_of_an_analysis_of_variance():
    rng = np.random.default_rng(2)
    for _ in range(20):
        sizes = rng.integers(1, 30, 25)
        teams = np.repeat(np.arange(25), sizes)
        y = rng.normal(0, 0.5, 25)[teams] + rng.normal(0, 1, len(teams))
        table = anova_lm(ols("y ~ C(t)", pd.DataFrame({"y": y, "t": teams})).fit())
        between, within = table["mean_sq"]
        size = (len(y) - (sizes**2).sum() / len(y)) / 24
        oracle = (between - within) / (between + (size - 1) * within)
        assert icc(y, teams).estimate == pytest.approx(oracle, abs=1e-9)


def test_explained_variance_is_that_of_a_regression():
    rng = np.random.default_rng(3)
    before = rng.gamma(1, 1, 80)
    after = 0.6 * before + rng.normal(0, 0.7, 80)
    oracle = OLS(after, add_constant(before)).fit().rsquared_adj
    assert r_squared(before, after) == pytest.approx(oracle)


@pytest.mark.parametrize(("teams", "likeness"), [(10, 0.1), (20, 0.1), (60, 0.05)])
def test_the_smallest_effect_of_teams_is_found_four_times_of_five(teams, likeness):
    rng = np.random.default_rng(11)
    trials = 6000
    effect = mde(Teams(teams, 12, 1, icc=likeness))
    own = rng.normal(0, np.sqrt(likeness), (trials, teams))
    y = own + rng.normal(0, np.sqrt((1 - likeness) / 12), (trials, teams))
    half = teams // 2
    t = stats.ttest_ind(y[:, :half] + effect, y[:, half:], axis=1)
    assert (t.pvalue <= 0.05).mean() == pytest.approx(0.8, abs=0.03)


def test_unequal_teams_by_the_design_effect():
    """Sizes with a coefficient of variation of .6, people weighted alike."""
    rng = np.random.default_rng(12)
    trials, teams, likeness = 3000, 40, 0.1
    sizes = np.resize([3, 8, 12, 25], teams)
    cv = sizes.std() / sizes.mean()
    design = Teams(teams, sizes.mean(), 1, icc=likeness, cv=cv)
    labels = np.repeat(np.arange(teams), sizes)
    effects = []
    for _ in range(trials):
        arm = rng.permutation(np.arange(teams) < teams / 2)[labels]
        y = rng.normal(0, np.sqrt(likeness), teams)[labels]
        y = y + rng.normal(0, np.sqrt(1 - likeness), len(labels))
        effects.append(y[arm].mean() - y[~arm].mean())
    assert np.std(effects) == pytest.approx(design.se, rel=0.06)

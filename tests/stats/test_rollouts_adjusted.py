"""Effects with covariates held equal."""

import numpy as np
import pytest

from pesue.stats.estimates import Unusable, Why
from pesue.stats.rollouts import callaway_santanna
from pesue.stats.rollouts.adjusted import adjusted
from tests.stats.panels import drawn, panel

pytestmark = pytest.mark.thorough

METHODS = ["doubly_robust", "regression"]


def confounded(seed, units=400):
    """Those with a large covariate begin more often, and grow without it, too."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=units)
    first = np.where(rng.random(units) < 1 / (1 + np.exp(-x)), 3, 0)
    treated = (np.arange(1, 5) >= 3) * (first == 3)[:, None]
    trend = x[:, None] * np.arange(4)
    return trend + 2 * treated + rng.normal(size=(units, 4)), first, x


@pytest.mark.parametrize("method", METHODS)
def test_a_covariate_that_drives_start_and_trend_is_held_equal(method):
    outcomes, first, x = confounded(0)
    plain = callaway_santanna(panel(outcomes, first)).simple()
    assert plain.low > 2.5
    found = callaway_santanna(panel(outcomes, first, covariates=x), method=method)
    assert found.simple().low < 2 < found.simple().high
    assert abs(found.cells[0].value) < 3 * found.cells[0].estimate.se


def test_regression_is_least_squares_among_those_compared_with():
    outcomes, first, x = confounded(1)
    found = callaway_santanna(
        panel(outcomes, first, covariates=x), method="regression"
    ).cells[1]
    change, inside = outcomes[:, 2] - outcomes[:, 1], first == 3
    line = np.polyfit(x[~inside], change[~inside], 1)
    expected = (change[inside] - np.polyval(line, x[inside])).mean()
    assert found.value == pytest.approx(expected)


@pytest.mark.parametrize("method", METHODS)
def test_the_errors_are_those_of_units_drawn_again(method):
    found = []
    for seed in range(200):
        outcomes, first, x = confounded(seed, 200)
        of = panel(outcomes, first, covariates=x)
        found.append(callaway_santanna(of, method=method).simple())
    seen = np.std([one.estimate for one in found])
    assert np.mean([one.estimate for one in found]) == pytest.approx(2, abs=0.06)
    # 200 draws know their spread to 5 %.
    assert np.mean([one.se for one in found]) == pytest.approx(seen, rel=0.15)


@pytest.mark.parametrize("method", METHODS)
def test_each_units_influence_is_what_leaving_it_out_changes(method):
    """Both models are wrong here, so that no part of the influence vanishes."""
    rng = np.random.default_rng(4)
    x = rng.normal(size=400)
    treated = rng.random(400) < 1 / (1 + np.exp(0.3 - x - 0.5 * x**2))
    change = np.exp(x) + treated + rng.normal(size=400)
    columns = np.column_stack([np.ones(400), x])
    effect, influence = adjusted(columns, treated, change, method)
    without = [
        adjusted(columns[kept], treated[kept], change[kept], method)[0]
        for kept in ~np.eye(400, dtype=bool)
    ]
    left_out = 399 * (effect - np.array(without))
    assert influence.mean() == pytest.approx(0, abs=1e-12)
    assert np.corrcoef(influence, left_out)[0, 1] > 0.999
    assert influence.std() == pytest.approx(left_out.std(), rel=0.03)


def test_a_covariate_that_says_nothing_changes_little():
    outcomes, first = drawn(3, {3: 200, 0: 200}, 4)
    noise = np.random.default_rng(9).normal(size=400)
    plain = callaway_santanna(panel(outcomes, first)).simple()
    found = callaway_santanna(panel(outcomes, first, covariates=noise)).simple()
    assert found.estimate == pytest.approx(plain.estimate, abs=plain.se / 3)
    assert found.se == pytest.approx(plain.se, rel=0.03)


@pytest.mark.parametrize("method", METHODS)
def test_the_unit_and_origin_of_a_covariate_do_not_matter(method):
    outcomes, first, x = confounded(2)
    one = callaway_santanna(panel(outcomes, first, covariates=x), method=method)
    same = 1e6 * x + 1e9
    other = callaway_santanna(panel(outcomes, first, covariates=same), method=method)
    assert other.simple().estimate == pytest.approx(one.simple().estimate)
    assert other.simple().se == pytest.approx(one.simple().se)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("columns", [np.ones(40), np.ones((40, 2)) * [[1, 2]]])
def test_covariates_that_are_constant_are_refused(columns, method):
    outcomes, first = drawn(3, {3: 20, 0: 20}, 4)
    with pytest.raises(Unusable) as refusal:
        callaway_santanna(panel(outcomes, first, covariates=columns), method=method)
    assert refusal.value.why == Why.SINGULAR


def test_covariates_that_tell_the_groups_apart_without_fail_are_refused():
    outcomes, first = drawn(3, {3: 20, 0: 20}, 4)
    apart = np.where(first == 3, 1.0, 0.0) + np.linspace(0, 0.1, 40)
    of = panel(outcomes, first, covariates=apart)
    with pytest.raises(Unusable) as refusal:
        callaway_santanna(of)
    assert refusal.value.why == Why.SINGULAR

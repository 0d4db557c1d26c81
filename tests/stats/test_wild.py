import time
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pesue.stats.clusters import regress, wild_bootstrap
from pesue.stats.estimates import Refusal, Why
from pesue.stats.regression import design, ols


def some(seed: int, count: int = 7, effect: float = 0.0):
    rng = np.random.default_rng(seed)
    team = np.repeat(np.arange(count), rng.integers(2, 8, count))
    x = design(team % 2, rng.normal(size=len(team)))
    y = rng.normal(size=count)[team] + rng.normal(size=len(team)) + effect * x[:, 1]
    return y, x, team


def t_of(y, x, team, column, null=0.0):
    fit = ols(y, x)
    bread = np.linalg.inv(x.T @ x)
    scores = [
        x[team == name].T @ fit.residuals[team == name] for name in np.unique(team)
    ]
    variance = bread @ sum(np.outer(s, s) for s in scores) @ bread
    return (fit.coefficients[column] - null) / np.sqrt(variance[column, column])


def by_refitting(y, x, team, column, null=0.0, signs=None):
    """p with a whole fit for each draw."""
    rest = np.delete(x, column, axis=1)
    without = ols(y - null * x[:, column], rest)
    fitted = y - without.residuals
    signs = signs or list(product([-1, 1], repeat=len(set(team))))
    drawn = [
        t_of(fitted + np.array(sign)[team] * without.residuals, x, team, column, null)
        for sign in signs
    ]
    observed = abs(t_of(y, x, team, column, null))
    return np.mean(np.abs(drawn) >= observed * (1 - 1e-9))


@pytest.mark.parametrize("column", [1, 2])
@pytest.mark.parametrize("seed", range(3))
def test_p_is_that_of_refitting_every_draw(seed, column):
    y, x, team = some(seed)
    found = wild_bootstrap(y, x, column, team, seed=0)
    assert found.p == by_refitting(y, x, team, column)
    assert (found.draws, found.enumerated, found.clusters) == (128, True, 7)
    assert found.estimate == pytest.approx(ols(y, x).coefficients[column])


@pytest.mark.parametrize("column", [1, 2])
def test_the_interval_holds_what_the_test_does_not_refuse(column):
    y, x, team = some(4, 8)
    found = wild_bootstrap(y, x, column, team, seed=0, confidence=0.9)
    width = found.high - found.low
    for end, outwards in ((found.low, -1), (found.high, 1)):
        within, beyond = end - outwards * width / 1e5, end + outwards * width / 1e5
        assert by_refitting(y, x, team, column, within) > 0.1
        assert by_refitting(y, x, team, column, beyond) <= 0.1


def test_draws_equal_to_the_observed_count():
    # All signs the same, and all the opposite, always are.
    y, x, team = some(5, 10, effect=50)
    assert wild_bootstrap(y, x, 1, team, seed=0).p == 2 / 2**10


def test_drawn_signs_come_near_to_all_signs():
    y, x, team = some(6, 13, effect=0.5)
    signs = np.random.default_rng(0).choice([-1, 1], (1500, 13)).tolist()
    exact = by_refitting(y, x, team, 1, signs=signs)
    found = wild_bootstrap(y, x, 1, team, draws=20_000, seed=1)
    assert (found.draws, found.enumerated) == (20_000, False)
    assert found.p == pytest.approx(exact, abs=0.04)


def test_webbs_six_numbers_come_near_to_the_signs():
    y, x, team = some(7, 30, effect=0.5)
    signs = wild_bootstrap(y, x, 1, team, seed=1)
    webb = wild_bootstrap(y, x, 1, team, seed=1, weights="webb")
    assert not webb.enumerated
    assert webb.p == pytest.approx(signs.p, abs=0.03)
    assert webb.p != signs.p
    assert not wild_bootstrap(
        *some(7)[:2], 1, some(7)[2], seed=1, weights="webb"
    ).enumerated


def test_a_seed_draws_the_same_and_a_generator_goes_on():
    y, x, team = some(8, 20, effect=0.5)
    first = wild_bootstrap(y, x, 1, team, seed=3)
    assert wild_bootstrap(y, x, 1, team, seed=3) == first
    chance = np.random.default_rng(3)
    assert wild_bootstrap(y, x, 1, team, seed=chance) == first
    assert wild_bootstrap(y, x, 1, team, seed=chance) != first


def test_the_smallest_p_of_a_sample_is_not_0():
    y, x, team = some(9, 20, effect=100)
    assert wild_bootstrap(y, x, 1, team, draws=999, seed=1).p == 1 / 1000


def test_many_teams_agree_with_cr2():
    y, x, team = some(10, 80)
    found, cr2 = wild_bootstrap(y, x, 1, team, seed=2), regress(y, x, team)[1]
    assert found.p == pytest.approx(cr2.p, abs=0.03)
    assert found.low == pytest.approx(cr2.low, abs=0.1 * cr2.se)
    assert found.high == pytest.approx(cr2.high, abs=0.1 * cr2.se)


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.floats(-50, 50), st.floats(0.1, 50))
def test_units_change_nothing(seed, shift, times):
    y, x, team = some(seed, 9)
    found = wild_bootstrap(y, x, 1, team, seed=0)
    scaled = wild_bootstrap(shift + times * y, x, 1, team, seed=0)
    assert scaled.p == found.p
    for end, same in ((scaled.low, found.low), (scaled.high, found.high)):
        assert (end is None) == (same is None)
        assert end is None or end == pytest.approx(times * same, rel=1e-6, abs=1e-6)


def test_an_end_that_is_not_reached_is_none():
    # At 99 % six teams cannot refuse anything: the smallest p is 2 / 64.
    y, x, team = some(11, 6, effect=5)
    found = wild_bootstrap(y, x, 1, team, seed=0, confidence=0.99)
    assert (found.low, found.high, found.p) == (None, None, 2 / 64)


def test_large_samples_are_drawn_in_pieces(monkeypatch):
    y, x, team = some(12, 20)
    monkeypatch.setattr("pesue.stats.wild.AT_ONCE", 700)
    found = wild_bootstrap(y, x, 1, team, draws=99, seed=1)
    assert found.draws == 99


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"outcome": [np.nan] * 30}, Why.NOT_FINITE),
        ({"clusters": [1] * 30}, Why.FEW_CLUSTERS),
        ({"clusters": np.arange(30) // 6}, Why.FEW_CLUSTERS),
        ({"clusters": [1, 2]}, Why.SHAPES),
        ({"columns": design(np.arange(30) < 3)}, Why.FEW_CLUSTERS),
        ({"columns": design([1] * 30)}, Why.SINGULAR),
        ({"outcome": [3] * 30}, Why.CONSTANT),
        ({"outcome": np.tile([0.1, 0.7, 0.4], 10)}, Why.CONSTANT),
        ({"draws": 0}, Why.FEW),
        ({"confidence": 1.0}, Why.NOT_IN_RANGE),
    ],
)
def test_refusals(change, why):
    given = {
        "outcome": np.sqrt(np.arange(30)),
        "columns": design(np.arange(30) // 3 % 2),
        "column": 1,
        "clusters": np.arange(30) // 3,
        "seed": 1,
    }
    wild_bootstrap(**given)
    with pytest.raises(Refusal) as refused:
        wild_bootstrap(**(given | change))
    assert refused.value.why is why


def test_forty_teams_take_no_time():
    y, x, team = some(13, 40)
    began = time.process_time()
    wild_bootstrap(y, x, 1, team, seed=1)
    assert time.process_time() - began < 0.5

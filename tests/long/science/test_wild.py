"""The wild bootstrap against wildboottest, where equal draws are not extreme."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from wildboottest.wildboottest import wildboottest

from pesue.stats.clusters import wild_bootstrap
from pesue.stats.regression import design

# What the others warn of is theirs.
pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("ignore")]


def some(seed: int, count: int, effect: float = 0.0):
    rng = np.random.default_rng(seed)
    team = np.repeat(np.arange(count), rng.integers(4, 20, count))
    x = rng.normal(size=len(team))
    y = 0.4 * rng.normal(size=count)[team] + rng.normal(size=len(team)) + x / 2
    return y + effect * (team % 2), team % 2, x, team


def theirs(y, arm, x, team, draws, weights="rademacher"):
    frame = pd.DataFrame({"y": y, "arm": arm * 1.0, "x": x, "team": team})
    model = sm.OLS.from_formula("y ~ arm + x", frame)
    found = wildboottest(
        model,
        param="arm",
        cluster=frame.team,
        B=draws,
        weights_type=weights,
        impose_null=True,
        bootstrap_type="11",
        seed=1,
        show=False,
    )
    return float(np.ravel(found["p-value"])[0])


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("count", [6, 8, 10, 12])
def test_all_signs_give_the_same_p_but_for_two_equal_draws(seed, count):
    y, arm, x, team = some(seed, count, effect=0.4 * (seed % 3))
    ours = wild_bootstrap(y, design(arm, x), 1, team, seed=1)
    assert ours.enumerated
    other = theirs(y, arm, x, team, draws=99_999)
    # Of the two draws that equal the observed, rounding lets some count there, too.
    missed = (ours.p - other) * 2**count
    assert missed == pytest.approx(round(missed), abs=1e-6)
    assert round(missed) in (0, 1, 2)


@pytest.mark.parametrize("weights", ["rademacher", "webb"])
@pytest.mark.parametrize("effect", [0, 0.25, 0.5])
def test_drawn_p_agree_within_their_own_error(effect, weights):
    y, arm, x, team = some(7, 30, effect)
    draws = 99_999
    ours = wild_bootstrap(
        y, design(arm, x), 1, team, draws=draws, seed=1, weights=weights
    )
    other = theirs(y, arm, x, team, draws, weights)
    error = np.sqrt(2 * ours.p * (1 - ours.p) / draws)
    assert abs(ours.p - other) < 3 * error + 1e-4

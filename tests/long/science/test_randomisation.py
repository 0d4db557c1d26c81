"""Tests by the lot against pyfixest's randomisation inference, and intervals at full
size: whether they hold the truth as often as they say."""

import numpy as np
import pandas as pd
import pyfixest
import pytest

from pesue.stats import randomisation
from pesue.stats.randomisation import Blocked, Clustered, Complete

pytestmark = pytest.mark.long
DRAWS = 9999


def monte_carlo(p):
    """Three standard errors of the difference of two drawn p."""
    return 3 * np.sqrt(2 * p * (1 - p) / DRAWS) + 2 / DRAWS


def test_people():
    rng = np.random.default_rng(1)
    lot = Complete((60, 60))
    for effect in (0.0, 0.3, 0.5):
        d = lot.draw(rng, 1)[0]
        y = rng.exponential(size=120) + effect * d
        frame = pd.DataFrame({"y": y, "d": d.astype(float)})
        oracle = pyfixest.feols("y ~ d", frame).ritest(
            "d", reps=DRAWS, rng=np.random.default_rng(2), type="randomization-c"
        )["Pr(>|t|)"]
        found = randomisation.test(y, d, lot, draws=DRAWS, seed=3)
        assert found.p == pytest.approx(oracle, abs=monte_carlo(found.p))


def test_teams():
    rng = np.random.default_rng(4)
    team = np.repeat(np.arange(16), 8)
    lot = Clustered(team, Complete((8, 8)))
    for effect in (0.0, 1.0):
        d = lot.draw(rng, 1)[0]
        y = rng.normal(size=16)[team] + rng.normal(size=128) + effect * d
        frame = pd.DataFrame({"y": y, "d": d.astype(float), "team": team})
        oracle = pyfixest.feols("y ~ d", frame).ritest(
            "d", reps=DRAWS, rng=np.random.default_rng(5), cluster="team"
        )["Pr(>|t|)"]
        found = randomisation.test(y, d, lot, draws=DRAWS, seed=6)
        # pyfixest throws a coin for each team, we keep their numbers: not the same lot
        assert found.p == pytest.approx(oracle, abs=monte_carlo(found.p) + 0.03)


@pytest.mark.parametrize("statistic", ["difference", "studentised"])
def test_size_and_coverage(statistic):
    """2,000 trials in unequal blocks, of skewed outcomes."""
    rng, rounds, rejected, held = np.random.default_rng(7), 2000, 0, 0
    blocks = np.repeat([0, 1, 2], [8, 12, 20])
    lot = Blocked(blocks, [[4, 4], [8, 4], [10, 10]])
    base = np.array([0.5, 1, 2])[blocks]
    for seed in range(rounds):
        d = lot.draw(rng, 1)[0]
        y = base * rng.exponential(size=40) + 0.5 * d
        found = randomisation.interval(
            y, d, lot, statistic=statistic, draws=199, seed=seed
        )
        held += found.low <= 0.5 <= found.high
        none = y - 0.5 * d
        rejected += (
            randomisation.test(
                none, d, lot, statistic=statistic, draws=199, seed=seed
            ).p
            <= 0.05
        )
    error = 3 * np.sqrt(0.05 * 0.95 / rounds)
    assert rejected / rounds == pytest.approx(0.05, abs=error)
    assert held / rounds == pytest.approx(0.95, abs=error)

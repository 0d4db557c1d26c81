"""Shrinkage at the size of the simulation plan (S12), and whether what is called
likely is as often true."""

import numpy as np
import pytest

from pesue.stats.shrinkage import shrink

pytestmark = pytest.mark.long


@pytest.mark.parametrize(("k", "low", "high"), [(20, 0.9, 1.1), (8, 0.9, 1.3)])
def test_winners_curse(k, low, high):
    rng, claimed, shrunk, true = np.random.default_rng(1), 0.0, 0.0, 0.0
    said, held = [], []
    for _ in range(2000):
        errors = 2 * np.exp(0.3 * rng.normal(size=k))
        truth = rng.normal(1.4, 1.4, k)
        y = rng.normal(truth, errors)
        found = shrink(y, errors)
        best = int(found.estimates.argmax())
        claimed, shrunk = claimed + y[best], shrunk + found.estimates[best]
        true += truth[best]
        likely = (found.positive > 0.8) & (found.positive < 0.9)
        said += (truth[likely] > 0).tolist()
        held += ((found.low <= truth) & (truth <= found.high)).tolist()
    assert claimed / true > 1.3
    assert low <= shrunk / true <= high
    assert 0.75 <= np.mean(said) <= 0.95
    assert 0.92 <= np.mean(held) <= 0.98

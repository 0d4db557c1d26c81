"""Kaplan and Meier's curve against statsmodels, and how often its interval holds."""

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from pesue.stats.survival import by, kaplan_meier

pytestmark = pytest.mark.long


def test_the_curve_and_greenwoods_error_are_statsmodels():
    rng = np.random.default_rng(1)
    for _ in range(300):
        n = rng.integers(2, 200)
        times = rng.integers(1, 40, n).astype(float)
        did = rng.integers(0, 2, n)
        if not did.any():
            continue
        theirs, ours = SurvfuncRight(times, did), kaplan_meier(times, did)
        # statsmodels keeps times at which people were only lost
        fell = np.isin(theirs.surv_times, ours.times)
        assert theirs.surv_times[fell] == pytest.approx(ours.times)
        assert theirs.surv_prob[fell] == pytest.approx(ours.share, abs=1e-12)
        assert theirs.n_risk[fell] == pytest.approx(ours.at_risk)
        assert theirs.n_events[fell] == pytest.approx(ours.events)
        inside = ours.share > 0
        errors = theirs.surv_prob_se[fell]
        assert errors[inside] == pytest.approx(ours.se[inside], abs=1e-12)


def test_the_interval_is_that_of_statsmodels_by_its_median():
    """Theirs are the times at which half is within the interval, log(-log)."""
    rng = np.random.default_rng(2)
    for _ in range(100):
        times = rng.exponential(10, 120)
        did = (rng.random(120) < 0.8).astype(int)
        with np.errstate(divide="ignore", invalid="ignore"):  # at a share of 0
            theirs = SurvfuncRight(times, did).quantile_ci(0.5, method="cloglog")
        ours = kaplan_meier(times, did)
        within = (ours.low <= 0.5) & (ours.high >= 0.5) & (ours.share > 0)
        last = ours.times[within].max()
        assert ours.times[within].min() == theirs[0]
        assert last < theirs[1] <= ours.times[ours.times > last].min()


def test_the_interval_covers():
    """Of those who begin after ten days on average, at their third, tenth, 25th day."""
    rng = np.random.default_rng(3)
    held = np.zeros(3)
    days, draws = (3, 10, 25), 4000
    for _ in range(draws):
        begins, lost = rng.exponential(10, 150), rng.uniform(5, 60, 150)
        curve = kaplan_meier(np.minimum(begins, lost), begins <= lost)
        for place, day in enumerate(days):
            found, truth = by(curve, day), 1 - np.exp(-day / 10)
            held[place] += found.low <= truth <= found.high
    assert (held / draws > 0.935).all(), held / draws
    assert (held / draws < 0.975).all(), held / draws

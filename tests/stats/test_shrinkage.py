import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from pesue.stats.estimates import Refusal, Why
from pesue.stats.shrinkage import shrink

pytestmark = pytest.mark.thorough

# Coaching for a test in eight schools (Rubin 1981): effects and their errors.
SCHOOLS = [28, 8, -3, 7, -1, 1, 18, 12], [15, 10, 16, 11, 9, 11, 10, 18]


def by_hand(y, errors, which):
    """Posterior mean, sd and chance above 0 of one effect: over tau by quadrature,
    the rest by the inverse of the precision matrix of all effects and their mean."""
    y, errors = np.asarray(y, float), np.asarray(errors, float)
    k = len(y)

    def given_tau(tau):
        precision = np.zeros((k + 1, k + 1))
        precision[:k, :k] = np.diag(1 / errors**2 + 1 / tau**2)
        precision[:k, k] = precision[k, :k] = -1 / tau**2
        precision[k, k] = k / tau**2
        covariance = np.linalg.inv(precision)
        centre = covariance @ np.r_[y / errors**2, 0]
        contrasts = np.column_stack([np.ones(k - 1), -np.eye(k - 1)])
        likelihood = stats.multivariate_normal.pdf(
            contrasts @ y,
            np.zeros(k - 1),
            contrasts @ np.diag(errors**2 + tau**2) @ contrasts.T,
        )
        return likelihood, centre[which], covariance[which, which]

    def over(function):
        return integrate.quad(
            lambda u: function(*given_tau(u / (1 - u))) / (1 - u) ** 2,
            *(1e-6, 1 - 1e-6),
            points=[0.5, 0.9, 0.99],
            limit=200,
        )[0]

    whole = over(lambda like, m, v: like)
    mean = over(lambda like, m, v: like * m) / whole
    square = over(lambda like, m, v: like * (v + m * m)) / whole
    above = over(lambda like, m, v: like * stats.norm.cdf(m / np.sqrt(v))) / whole
    return mean, np.sqrt(square - mean**2), above


def test_eight_schools():
    found = shrink(*SCHOOLS)
    for school in (0, 2, 6):
        mean, sd, above = by_hand(*SCHOOLS, school)
        assert found.estimates[school] == pytest.approx(mean, abs=2e-3)
        assert found.sds[school] == pytest.approx(sd, rel=2e-3)
        assert found.positive[school] == pytest.approx(above, abs=2e-4)
    assert found.tau == 0  # yet the schools are not taken to be all alike
    assert found.estimates.max() - found.estimates.min() > 5


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 1000), st.integers(3, 6))
def test_agrees_with_quadrature(seed, k):
    rng = np.random.default_rng(seed)
    errors = np.exp(rng.normal(0, 0.5, k))
    y = rng.normal(1, 2, k)
    found = shrink(y, errors)
    mean, sd, above = by_hand(y, errors, 1)
    assert found.estimates[1] == pytest.approx(mean, abs=5e-3)
    assert found.sds[1] == pytest.approx(sd, rel=5e-3)
    assert found.positive[1] == pytest.approx(above, abs=2e-3)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(0.1, 5)), min_size=3, max_size=9))
def test_estimates_are_drawn_inwards_and_the_order_is_kept(effects):
    y, errors = np.array(effects).T
    found = shrink(y, errors)
    assert (found.estimates >= y.min() - 1e-6).all()
    assert (found.estimates <= y.max() + 1e-6).all()
    assert (found.low < found.estimates).all()
    assert (found.estimates < found.high).all()
    turned = shrink(y[::-1], errors[::-1])
    assert turned.estimates[::-1] == pytest.approx(found.estimates)
    mirrored = shrink(-y, errors)
    assert mirrored.positive == pytest.approx(1 - found.positive, abs=1e-9)
    assert -mirrored.high == pytest.approx(found.low, abs=1e-6)


def test_exact_estimates_stay_and_vague_ones_go_to_the_mean():
    exact = shrink([0, 5, 11], [1e-3] * 3)
    assert exact.estimates == pytest.approx([0, 5, 11], abs=1e-3)
    assert exact.sds == pytest.approx([1e-3] * 3, rel=1e-2)
    one_vague = shrink([0, 1, 2, 1, 40], [0.5, 0.5, 0.5, 0.5, 200])
    assert abs(one_vague.estimates[4] - one_vague.mean) < 1


def test_the_interval_holds_its_share_of_the_posterior():
    wide, narrow = shrink(*SCHOOLS, confidence=0.95), shrink(*SCHOOLS, confidence=0.5)
    assert (wide.low < narrow.low).all()
    assert (narrow.high < wide.high).all()
    # Where an interval begins at 0, all but its tail is above.
    school = SCHOOLS[0].index(18)
    level = 2 * found if (found := 1 - wide.positive[school]) < 0.5 else 1
    at_zero = shrink(*SCHOOLS, confidence=1 - level)
    assert at_zero.low[school] == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize(
    ("estimates", "errors", "why"),
    [
        ([], [], Why.EMPTY),
        ([1, 2], [1, 1], Why.FEW),
        ([1, 2, 3], [1, 1], Why.SHAPES),
        ([1, 2, 3], [1, 1, 0], Why.NOT_IN_RANGE),
        ([1, 2, np.nan], [1, 1, 1], Why.NOT_FINITE),
        ([1, 2, 3], [1, 1, np.inf], Why.NOT_FINITE),
    ],
)
def test_refusals(estimates, errors, why):
    with pytest.raises(Refusal) as refused:
        shrink(estimates, errors)
    assert refused.value.why == why


@pytest.mark.thorough
def test_the_best_of_many_levers_is_not_said_to_do_more_than_it_does():
    """Effects of 1.4 +- 1.4 points measured with errors of 2: the winner's curse."""
    rng, claimed, shrunk, true = np.random.default_rng(1), [], [], []
    for _ in range(250):
        errors = 2 * np.exp(0.3 * rng.normal(size=20))
        truth = rng.normal(1.4, 1.4, 20)
        y = rng.normal(truth, errors)
        found = shrink(y, errors)
        best = int(found.estimates.argmax())
        claimed.append(y[best])
        shrunk.append(found.estimates[best])
        true.append(truth[best])
    assert sum(claimed) / sum(true) > 1.4
    assert 0.9 <= sum(shrunk) / sum(true) <= 1.1


@pytest.mark.thorough
def test_what_is_said_to_be_likely_is_as_often_true():
    rng, said, held = np.random.default_rng(2), [], []
    for _ in range(400):
        errors = 2 * np.exp(0.3 * rng.normal(size=6))
        truth = rng.normal(1, 2, 6)
        found = shrink(rng.normal(truth, errors), errors)
        likely = (found.positive > 0.8) & (found.positive < 0.9)
        said += (truth[likely] > 0).tolist()
        held += ((found.low <= truth) & (truth <= found.high)).tolist()
    assert 0.75 <= np.mean(said) <= 0.95
    assert 0.92 <= np.mean(held) <= 0.98

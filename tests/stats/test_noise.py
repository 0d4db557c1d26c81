from math import exp, inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pesue.stats.estimates import TooFew, Unusable, Why
from pesue.stats.noise import (
    Budget,
    geometric,
    noisy_count,
    noisy_share,
    variance,
)
from pesue.stats.proportions import wilson

pytestmark = pytest.mark.thorough


def chances(epsilon, most=60):
    """Of each noise from -most to most, straight from the definition."""
    a = exp(-epsilon)
    values = np.arange(-most, most + 1)
    return values, (1 - a) / (1 + a) * a ** np.abs(values)


@pytest.mark.parametrize(("epsilon", "sensitivity"), [(1, 1), (0.5, 1), (1, 3), (3, 1)])
def test_the_noise_has_its_distribution(epsilon, sensitivity):
    drawn = geometric(np.random.default_rng(1), epsilon, sensitivity, 100_000)
    values, expected = chances(epsilon / sensitivity)
    near = np.abs(values) <= 3
    seen = np.array([(drawn == value).mean() for value in values[near]])
    assert seen == pytest.approx(expected[near], abs=0.006)
    assert drawn.mean() == pytest.approx(0, abs=0.06)
    spread = variance(epsilon, sensitivity)
    assert drawn.var() == pytest.approx(spread, rel=0.05)
    assert spread == pytest.approx(expected @ values**2, rel=1e-6)


def test_one_person_changes_each_release_by_no_more_than_the_factor():
    """The definition of differential privacy, on the noise as it was drawn."""
    drawn = geometric(np.random.default_rng(2), 1.0, size=400_000)
    for value in range(-2, 3):
        with_one = (drawn + 1 == value).mean()
        without = (drawn == value).mean()
        assert exp(-1) * 0.95 <= with_one / without <= exp(1) * 1.05


def test_much_epsilon_is_no_noise():
    assert not geometric(np.random.default_rng(3), 50, size=1000).any()
    assert variance(800) == 0
    found = noisy_count(7, np.random.default_rng(3), 50)
    assert (found.low, found.count, found.high) == (7, 7, 7)


@given(st.floats(0.05, 5), st.integers(1, 4), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_the_interval_of_a_count_is_the_shortest_that_holds_it(
    epsilon, sensitivity, confidence
):
    found = noisy_count(
        10**6, np.random.default_rng(4), epsilon, sensitivity, confidence=confidence
    )
    reach = found.high - found.count
    assert found.count - found.low == reach
    values, expected = chances(epsilon / sensitivity, 5000)
    assert expected[np.abs(values) <= reach].sum() >= confidence - 1e-9
    if reach:
        assert expected[np.abs(values) < reach].sum() < confidence


def test_a_count_is_released_without_itself():
    rng = np.random.default_rng(5)
    found = [noisy_count(3, rng, 1.0) for _ in range(2000)]
    assert np.mean([each.low <= 3 <= each.high for each in found]) >= 0.95
    assert all(each.low >= 0 for each in found)
    assert min(each.count for each in found) < 0  # not cut off: it is 3 on average
    assert np.mean([each.count for each in found]) == pytest.approx(3, abs=0.1)
    assert found[:5] == [
        noisy_count(3, rng, 1.0) for rng in [np.random.default_rng(5)] for _ in range(5)
    ]


@pytest.mark.parametrize(("of", "epsilon"), [(25, 1.0), (25, 0.3), (10, 1.0), (200, 1)])
def test_the_interval_of_a_share_covers_whatever_the_share(of, epsilon):
    """Coverage summed over all counts and noises, not simulated."""
    values, noise = chances(epsilon, 60)
    found = [noisy_share(y, of, epsilon) for y in range(of + 1)]
    low = np.array([each.low for each in found])
    high = np.array([each.high for each in found])
    shown = np.clip(np.arange(of + 1)[:, None] + values, 0, of)
    for p in (0.0, 0.01, 0.05, 0.2, 0.37, 0.5, 0.81, 0.99, 1.0):
        held = (low[shown] <= p) & (p <= high[shown])
        assert stats.binom.pmf(np.arange(of + 1), of, p) @ (held @ noise) >= 0.95 - 1e-6


def test_a_team_of_25_with_and_without_counting_the_noise():
    rng = np.random.default_rng(15)
    naive = ours = 0
    intervals = [noisy_share(y, 25, 1.0) for y in range(26)]
    counts = rng.binomial(25, 0.3, 4000)
    for released in np.clip(counts + geometric(rng, 1.0, size=4000), 0, 25):
        usual, found = wilson(int(released), 25), intervals[released]
        naive += usual.low <= 0.3 <= usual.high
        ours += found.low <= 0.3 <= found.high
    assert naive / 4000 < 0.92
    assert ours / 4000 >= 0.92


def test_without_noise_it_is_the_exact_interval():
    found = noisy_share(6, 25, 60)
    exact = stats.binomtest(6, 25).proportion_ci(0.95)
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high), abs=1e-6)
    assert found.share == 0.24


@given(st.integers(-30, 60), st.integers(1, 30), st.floats(0.1, 4))
def test_a_share_lies_in_its_interval_within_0_and_1(released, of, epsilon):
    found = noisy_share(released, of, epsilon)
    assert 0 <= found.low <= found.share <= found.high <= 1
    turned = noisy_share(of - released, of, epsilon)
    assert (turned.low, turned.high) == pytest.approx((1 - found.high, 1 - found.low))
    if released < 0:
        assert found == noisy_share(0, of, epsilon)


def test_large_organisations():
    found = noisy_share(30_000, 100_000, 1.0)
    usual = wilson(30_000, 100_000)
    assert (found.low, found.high) == pytest.approx((usual.low, usual.high), abs=5e-5)


def test_the_years_budget():
    budget = Budget()
    assert (budget.left, budget.releases(1)) == (4, 4)
    for _ in range(4):
        budget = budget.spend(1)
    assert (budget.left, budget.releases(1), budget.releases(0.5)) == (0, 0, 0)
    with pytest.raises(Unusable) as spent:
        budget.spend(1)
    assert spent.value.about["left"] == 0
    with pytest.raises(Unusable):
        Budget(total=1, spent=0.5).spend(0.6)
    tenths = Budget(total=1)
    for _ in range(10):
        tenths = tenths.spend(0.1)
    assert tenths.releases(0.1) == 0
    # 0.3 - 0.2 is a little less than 0.1 in binary fractions.
    assert Budget(total=0.3).spend(0.1).spend(0.1).releases(0.1) == 1


def test_refusals():
    rng = np.random.default_rng(1)
    for epsilon, sensitivity in (
        (0, 1),
        (-1, 1),
        (nan, 1),
        (inf, 1),
        (1, 0),
        (1e-9, 1),
    ):
        for use in (
            lambda e, s: geometric(rng, e, s),
            lambda e, s: noisy_count(5, rng, e, s),
            lambda e, s: noisy_share(5, 10, e, s),
            variance,
        ):
            with pytest.raises(Unusable) as refused:
                use(epsilon, sensitivity)
            assert refused.value.why is Why.NOT_IN_RANGE
    for epsilon in (0, -1, nan):
        with pytest.raises(Unusable):
            Budget().spend(epsilon)
    with pytest.raises(Unusable):
        noisy_count(-1, rng, 1)
    with pytest.raises(TooFew):
        noisy_share(0, 0, 1)

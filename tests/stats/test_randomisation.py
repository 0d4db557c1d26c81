from itertools import combinations
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pesue.stats import randomisation
from pesue.stats.estimates import TooFew, Unusable, Why
from pesue.stats.randomisation import Bernoulli, Blocked, Clustered, Complete, Staggered

OUTCOME, ARM, LOT = [1, 2, 3, 4, 6, 7, 8, 9], [0, 0, 0, 0, 1, 1, 1, 1], Complete((4, 4))


def test_the_worked_example():
    found = randomisation.test(OUTCOME, ARM, LOT)
    assert found.observed == 5
    assert found.p == pytest.approx(2 / 70)
    assert found.mean == pytest.approx(0)
    assert (found.assignments, found.exact) == (70, True)
    interval = randomisation.interval(OUTCOME, ARM, LOT)
    assert (interval.low, interval.high) == pytest.approx((2, 8), abs=1e-5)
    assert (interval.estimate, interval.exact) == (5, True)


def test_fishers_lady_tasting_tea():
    """Eight cups, four with milk first, all told right: one in seventy."""
    found = randomisation.test(ARM, ARM, LOT, alternative="greater")
    assert found.p == pytest.approx(1 / 70)


def brute(outcome, treated, statistic):
    """Over all choices of as many treated, one by one."""
    n = len(outcome)
    own = statistic(outcome, np.asarray(treated, bool))
    found = []
    for chosen in combinations(range(n), sum(treated)):
        mask = np.zeros(n, bool)
        mask[list(chosen)] = True
        found.append(statistic(outcome, mask))
    return np.mean(np.abs(found) >= abs(own) - 1e-9)


def difference(y, t):
    return y[t].mean() - y[~t].mean()


def studentised(y, t):
    return stats.ttest_ind(y[t], y[~t], equal_var=False).statistic


@pytest.mark.thorough
@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 5), st.integers(2, 4))
def test_agrees_with_going_through_all_by_hand(seed, treated, control):
    rng = np.random.default_rng(seed)
    y = rng.normal(size=treated + control) + rng.integers(0, 3, treated + control)
    d = rng.permutation([1] * treated + [0] * control)
    for name, by_hand in (("difference", difference), ("studentised", studentised)):
        lot = Complete((control, treated))
        found = randomisation.test(y, d, lot, statistic=name)
        assert found.observed == pytest.approx(by_hand(y, d == 1))
        assert found.p == pytest.approx(brute(y, d, by_hand))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["difference", "studentised"]))
def test_the_interval_holds_what_the_test_does_not_reject(seed, statistic):
    rng = np.random.default_rng(seed)
    d = rng.permutation([0, 0, 0, 0, 1, 1, 1, 1, 1])
    y = rng.exponential(size=9) + 2 * d
    lot = Complete((4, 5))
    found = randomisation.interval(y, d, lot, statistic=statistic, confidence=0.9)
    reach = found.high - found.low
    for effect, inside in [
        (found.low - 1e-3 * reach, False),
        (found.low + 1e-3 * reach, True),
        (found.estimate, True),
        (found.high - 1e-3 * reach, True),
        (found.high + 1e-3 * reach, False),
    ]:
        taken_off = randomisation.test(y - effect * d, d, lot, statistic=statistic)
        assert (taken_off.p > 0.1) == inside


def test_drawn_assignments_come_close_to_all_of_them():
    rng = np.random.default_rng(5)
    lot = Complete((12, 12))
    d = lot.draw(rng, 1)[0]
    y = rng.normal(size=24) + 0.8 * d
    drawn = randomisation.test(y, d, lot, draws=20_000, seed=1)
    every = stats.permutation_test(
        (y[d == 1], y[d == 0]),
        lambda a, b, axis: a.mean(axis) - b.mean(axis),
        vectorized=True,
        n_resamples=20_000,
        rng=rng,
    )
    assert not drawn.exact
    assert drawn.p == pytest.approx(every.pvalue, abs=0.006)
    assert drawn.p * 20_001 == pytest.approx(round(drawn.p * 20_001))
    assert abs(drawn.mean) < 0.02


def test_a_drawn_p_is_never_zero():
    y = np.r_[np.zeros(50), np.ones(50) * 100] + np.arange(100) / 1000
    d = np.repeat([0, 1], 50)
    found = randomisation.test(y, d, Complete((50, 50)), draws=99)
    assert found.p == 1 / 100


def test_teams_are_redrawn_as_teams():
    teams = np.repeat(np.arange(6), 5)
    d = np.repeat([0, 0, 0, 1, 1, 1], 5)
    y = d + np.arange(30) / 1000
    found = randomisation.test(y, d, Clustered(teams, Complete((3, 3))))
    assert (found.p, found.assignments) == (pytest.approx(2 / 20), 20)
    assert randomisation.test(y, d, Complete((15, 15)), draws=999).p == 1 / 1000


def test_blocks_are_redrawn_within():
    blocks = np.repeat([0, 1, 2, 3], 2)
    d = np.array([0, 1] * 4)
    y = 10.0 * blocks + d
    found = randomisation.test(y, d, Blocked.of(blocks, d))
    assert (found.p, found.assignments) == (pytest.approx(2 / 16), 16)
    assert randomisation.test(y, d, Complete((4, 4))).p > 0.7


def test_throws_that_leave_an_arm_empty_are_left_out():
    y, d = np.array([1.0, 2, 4, 8]), np.array([0, 0, 1, 1])
    found = randomisation.test(y, d, Bernoulli(4))
    assert found.assignments == 14  # of 16
    halves = [
        difference(y, np.array(row) == 1)
        for row in np.ndindex(2, 2, 2, 2)
        if 0 < sum(row) < 4
    ]
    wanted = np.mean(np.abs(halves) >= difference(y, d == 1) - 1e-9)
    assert found.p == pytest.approx(wanted)


def test_of_three_arms_two_are_compared_given_the_third():
    rng = np.random.default_rng(6)
    d = np.repeat([0, 1, 2], 4)
    y = rng.normal(size=12) + 3 * (d == 2)
    found = randomisation.test(y, d, Complete((4, 4, 4)), arms=(0, 2))
    here = d != 1
    alone = randomisation.test(y[here], d[here] // 2, Complete((4, 4)))
    assert found == alone


def test_a_statistic_of_ones_own_sees_all_arms():
    waves = Staggered((1, 1, 2, 2, 3, 3))
    d = np.array([1, 1, 2, 2, 3, 3])
    y = np.array([9.0, 8, 6, 5, 3, 1])

    def slope(outcome, rows):
        return (rows - rows.mean(axis=1, keepdims=True)) @ outcome

    found = randomisation.test(y, d, waves, statistic=slope, alternative="less")
    assert found.assignments == 90
    assert found.p == pytest.approx(1 / 90)
    other = randomisation.test(y, d, waves, statistic=slope, alternative="greater")
    assert other.p == 1


def test_with_too_few_assignments_there_is_no_bound():
    found = randomisation.interval([1, 2, 5, 6], [0, 0, 1, 1], Complete((2, 2)))
    assert (found.low, found.high) == (-inf, inf)


def test_where_all_in_both_arms_are_equal_the_ratio_is_endless_and_counts():
    y, d = [0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 1]
    found = randomisation.test(y, d, Complete((3, 3)), statistic="studentised")
    assert found.observed == inf
    assert found.p == pytest.approx(2 / 20)


@pytest.mark.parametrize(
    ("outcome", "assigned", "mechanism", "why"),
    [
        ([1, 2, 3], ARM, LOT, Why.SHAPES),
        ([1, 2, 3, 4], [0, 1, 1, 0], LOT, Why.SHAPES),
        ([], [], LOT, Why.EMPTY),
        ([*OUTCOME[:-1], np.nan], ARM, LOT, Why.NOT_FINITE),
        ([*OUTCOME[:-1], inf], ARM, LOT, Why.NOT_FINITE),
        (OUTCOME, [0, 0, 0, 0, 0, 1, 1, 1], LOT, Why.NOT_BY_LOT),
        (OUTCOME, [1] * 8, LOT, Why.NOT_BY_LOT),
        (OUTCOME, [1] * 8, Bernoulli(8), Why.ONE_ARM),
        ([3] * 8, ARM, LOT, Why.CONSTANT),
        ([0] * 8, ARM, LOT, Why.CONSTANT),
    ],
)
def test_refusals(outcome, assigned, mechanism, why):
    for method in (randomisation.test, randomisation.interval):
        with pytest.raises((TooFew, Unusable)) as refused:
            method(outcome, assigned, mechanism)
        assert refused.value.why == why


def test_a_team_split_between_arms_was_not_drawn():
    lot = Clustered([0, 0, 1, 1], Complete((1, 1)))
    with pytest.raises(Unusable) as refused:
        randomisation.test([1, 2, 3, 4], [0, 1, 0, 1], lot)
    assert refused.value.why == Why.NOT_BY_LOT


def test_an_unknown_alternative():
    with pytest.raises(Unusable):
        randomisation.test(OUTCOME, ARM, LOT, alternative="both")


def test_arms_that_differ_only_outside_the_two_compared():
    with pytest.raises(TooFew) as refused:
        randomisation.test([1, 1, 1, 1, 5, 6], [0, 0, 1, 1, 2, 2], Complete((2, 2, 2)))
    assert refused.value.why == Why.CONSTANT


@pytest.mark.thorough
def test_under_no_effect_one_in_twenty_is_rejected():
    """Skewed counts, few unequal teams: still exact, where people's errors are not."""
    rng = np.random.default_rng(7)
    teams = np.repeat(np.arange(10), [3, 5, 8, 13, 4, 6, 9, 12, 7, 10])
    lot = Clustered(teams, Complete((5, 5)))
    rejected = naive = 0
    for _ in range(400):
        d = lot.draw(rng, 1)[0]
        y = rng.poisson(np.exp(rng.normal(size=10))[teams])
        rejected += randomisation.test(y, d, lot).p <= 0.05
        naive += stats.ttest_ind(y[d == 1], y[d == 0], equal_var=False).pvalue <= 0.05
    assert rejected / 400 <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 400)
    assert naive / 400 > 0.2


@pytest.mark.thorough
def test_intervals_hold_the_truth():
    rng = np.random.default_rng(8)
    lot, held = Complete((15, 25)), 0
    for seed in range(200):
        d = lot.draw(rng, 1)[0]
        y = rng.exponential(size=40) + 0.7 * d
        found = randomisation.interval(y, d, lot, draws=199, seed=seed)
        held += found.low <= 0.7 <= found.high
    assert held / 200 >= 0.95 - 3 * np.sqrt(0.05 * 0.95 / 200)
    assert held < 200


def unequal() -> tuple[np.ndarray, np.ndarray, np.ndarray, Blocked]:
    """In one block a fifth is treated, in the other four fifths; an effect of 1."""
    blocks = np.repeat([0, 1], [20, 20])
    arm = np.concatenate([np.repeat([0, 1], [16, 4]), np.repeat([0, 1], [4, 16])])
    noise = np.random.default_rng(3).normal(size=40)
    return noise + 5 * blocks + arm, arm, blocks, Blocked.of(blocks, arm)


@pytest.mark.parametrize("statistic", ["difference", "studentised"])
def test_blocks_with_other_shares_are_compared_within(statistic):
    y, arm, blocks, lot = unequal()
    apart = [
        y[(blocks == b) & (arm == 1)].mean() - y[(blocks == b) & (arm == 0)].mean()
        for b in (0, 1)
    ]
    ends = randomisation.interval(y, arm, lot, statistic=statistic)
    assert ends.estimate == pytest.approx(np.mean(apart))
    assert ends.low < 1 < ends.high < 2.5
    found = randomisation.test(y, arm, lot, statistic=statistic, draws=4000)
    assert abs(found.mean) < 0.1, "the plain difference would be 3 on average"


def test_unequal_blocks_by_brute_force():
    y = np.array([1.0, 4, 2, 9, 12, 7, 8])
    arm = np.array([0, 1, 0, 1, 0, 1, 1])
    blocks = np.array([0, 0, 0, 1, 1, 1, 1])
    lot = Blocked.of(blocks, arm)

    def apart(given):
        parts = []
        for b, size in ((0, 3), (1, 4)):
            here = blocks == b
            one, other = y[here & (given == 1)], y[here & (given == 0)]
            parts.append(size / 7 * (one.mean() - other.mean()))
        return sum(parts)

    every = np.array([apart(rows) for rows in lot.every()[0]])
    found = randomisation.test(y, arm, lot)
    assert found.exact
    assert found.observed == pytest.approx(apart(arm))
    assert found.p == pytest.approx(np.mean(abs(every) >= abs(apart(arm)) - 1e-9))
    assert found.mean == pytest.approx(0, abs=1e-12)


def test_who_could_come_into_one_arm_only_tells_nothing():
    y, arm, blocks, lot = unequal()
    outcome, arms = np.append(y, [99, 98]), np.append(arm, [1, 1])
    more = Blocked.of(np.append(blocks, [2, 2]), arms)
    alone = randomisation.test(y, arm, lot)
    assert randomisation.test(outcome, arms, more).observed == pytest.approx(
        alone.observed
    )
    nobody = Blocked.of([0, 0, 1, 1], [0, 0, 1, 1])
    with pytest.raises(TooFew) as refused:
        randomisation.test([1.0, 2, 3, 4], [0, 0, 1, 1], nobody)
    assert refused.value.why is Why.ONE_ARM


def test_an_average_of_no_effect_in_blocks():
    """Effects that differ but are 0 on average, and more spread in the smaller arm."""
    rng, rejected = np.random.default_rng(2), 0
    blocks = np.repeat([0, 1], [30, 60])
    lot = Blocked(blocks, [[20, 10], [45, 15]])
    for seed in range(400):
        arm = lot.draw(rng, 1)[0]
        y = 3 * blocks + rng.normal(size=90) * np.where(arm == 1, 3, 1)
        found = randomisation.test(
            y, arm, lot, statistic="studentised", draws=199, seed=seed
        )
        rejected += found.p <= 0.05
    assert rejected / 400 < 0.085

from itertools import product
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pesue.stats import checks
from pesue.stats.assignment import Complete
from pesue.stats.estimates import Refusal, Unusable, Why
from pesue.stats.team_assignment import Clustered, Staggered


def test_a_ratio_that_rings():
    """An example of R. Kohavi, D. Tang and Y. Xu, "Trustworthy Online Controlled
    Experiments" (2020), chapter 3: 821,588 and 815,482 people, p = 1.8e-6."""
    found = checks.sample_ratio([821_588, 815_482])
    assert found.p == pytest.approx(1.8e-6, abs=5e-8)
    assert found.alarm
    assert found.expected == (818_535, 818_535)


def test_ratios_that_do_not():
    assert not checks.sample_ratio([500, 460]).alarm
    assert checks.sample_ratio([900, 100], [0.9, 0.1]).p == 1


def multinomial(counts, shares):
    ways = factorial(sum(counts))
    for count in counts:
        ways //= factorial(count)
    return ways * np.prod(np.asarray(shares) ** np.asarray(counts))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=2, max_size=4).filter(any), st.data())
def test_few_people_exactly(counts, data):
    shares = np.array(
        data.draw(
            st.lists(st.integers(1, 5), min_size=len(counts), max_size=len(counts))
        )
    )
    shares = shares / shares.sum()
    n, own = sum(counts), multinomial(counts, shares)
    splits = [s for s in product(range(n + 1), repeat=len(counts)) if sum(s) == n]
    chances = np.array([multinomial(split, shares) for split in splits])
    if (n * shares).min() < 5:
        found = checks.sample_ratio(counts, shares)
        assert found.exact
        assert found.p == pytest.approx(chances[chances <= own * (1 + 1e-7)].sum())


def test_two_small_arms_as_the_binomial_test():
    found = checks.sample_ratio([2, 38], [0.1, 0.9])
    assert found.p == pytest.approx(stats.binomtest(2, 40, 0.1).pvalue)


def test_splits_too_many_to_go_through_are_drawn(monkeypatch):
    exact = checks.sample_ratio([2, 38], [0.1, 0.9])
    monkeypatch.setattr(checks, "OUTCOMES", 1)
    drawn = checks.sample_ratio([2, 38], [0.1, 0.9], seed=1)
    assert (exact.exact, drawn.exact) == (True, False)
    assert drawn.p == pytest.approx(exact.p, abs=0.007)
    assert checks.sample_ratio([30, 10], [0.1, 0.9]).p == 1 / 100_001


@pytest.mark.parametrize(
    ("counts", "shares", "why"),
    [
        ([], None, Why.EMPTY),
        ([0, 0], None, Why.EMPTY),
        ([10], None, Why.ONE_ARM),
        ([10, -1], None, Why.NOT_IN_RANGE),
        ([10, 1.5], None, Why.NOT_IN_RANGE),
        ([10, np.nan], None, Why.NOT_FINITE),
        ([10, 10], [0.5], Why.SHAPES),
        ([10, 10], [0.5, 0.6], Why.NOT_IN_RANGE),
        ([10, 10], [0.0, 1.0], Why.NOT_IN_RANGE),
    ],
)
def test_ratios_refused(counts, shares, why):
    with pytest.raises(Refusal) as refused:
        checks.sample_ratio(counts, shares)
    assert refused.value.why == why


def test_the_alarm_is_seldom_false_and_finds_a_broken_split():
    rng = np.random.default_rng(1)
    fair = rng.binomial(480, 0.5, 5000)
    broken = rng.binomial(480, 0.58, 1000)
    false = np.mean([checks.sample_ratio([b, 480 - b]).alarm for b in fair])
    found = np.mean([checks.sample_ratio([b, 480 - b]).alarm for b in broken])
    assert false <= 0.003
    assert found > 0.45


def test_standardised_differences():
    found = checks.balance([1, 2, 3, 4, 5, 6], ["a", "a", "a", "b", "b", "b"])
    assert found.differences == pytest.approx(np.array([[3.0]]))
    # 5 r², with r the correlation of 1..6 and the arm; the most there can be.
    assert found.statistic == pytest.approx(
        5 * np.corrcoef(range(6), [0] * 3 + [1] * 3)[0, 1] ** 2
    )
    assert found.p == pytest.approx(2 / 20)
    assert (found.df, found.by_lot) == (1, True)


def test_for_two_arms_it_is_hotellings_in_another_dress():
    rng = np.random.default_rng(2)
    x, arm = rng.normal(size=(100, 3)), np.repeat([0, 1], [40, 60])
    found = checks.balance(x, arm)
    apart = x[arm == 1].mean(axis=0) - x[arm == 0].mean(axis=0)
    whole = np.cov(x.T) * (1 / 40 + 1 / 60)  # under the lot's own variance
    assert found.statistic == pytest.approx(apart @ np.linalg.solve(whole, apart))
    assert found.p == pytest.approx(stats.chi2.sf(found.statistic, 3))
    assert not found.by_lot


def test_three_arms_together_and_each_against_the_first():
    rng = np.random.default_rng(3)
    arm = np.repeat([0, 1, 2], 50)
    x = rng.normal(size=150) + 0.8 * (arm == 2)
    found = checks.balance(x, arm)
    assert found.differences.shape == (2, 1)
    assert found.differences[1, 0] > 0.4
    assert (found.df, found.p < 0.01) == (2, True)
    by_lot = checks.balance(x, arm, mechanism=Complete((50, 50, 50)), draws=999)
    assert by_lot.statistic == pytest.approx(found.statistic)
    assert by_lot.p == 1 / 1000


def test_columns_that_say_the_same_count_once():
    rng = np.random.default_rng(4)
    x, arm = rng.normal(size=80), np.repeat([0, 1], 40)
    alone = checks.balance(x, arm)
    twice = checks.balance(np.column_stack([x, 3 * x + 1, np.ones(80)]), arm)
    assert (twice.p, twice.df) == (pytest.approx(alone.p), 1)
    assert twice.differences[0] == pytest.approx([*alone.differences[0]] * 2 + [0])


def test_teams_are_balanced_as_teams():
    """Teams that differ are no broken lot; to people drawn one by one they look so."""
    rng = np.random.default_rng(5)
    team = np.repeat(np.arange(12), 30)
    lot = Clustered(team, Complete((6, 6)))
    alone = together = 0
    for _ in range(100):
        x, arm = rng.normal(size=12)[team] + rng.normal(size=360), lot.draw(rng, 1)[0]
        alone += checks.balance(x, arm).p <= 0.05
        together += checks.balance(x, arm, mechanism=lot).p <= 0.05
    assert alone > 40
    assert together <= 5 + 3 * np.sqrt(5 * 0.95)


def test_waves_are_compared_by_their_own_codes():
    waves = Staggered((1, 1, 1, 4, 4, 4))
    found = checks.balance([1, 2, 3, 4, 5, 6], [1, 1, 1, 4, 4, 4], mechanism=waves)
    assert found.p == pytest.approx(2 / 20)


@pytest.mark.parametrize(
    ("before", "arm", "why"),
    [
        ([], [], Why.EMPTY),
        ([1, 2, 3, 4], [0, 0, 0, 0], Why.ONE_ARM),
        ([1, 2, 3, 4], [0, 0, 0, 1], Why.FEW),
        ([1, 2, 3, 4], [0, 0, 1], Why.SHAPES),
        ([[[1]], [[2]]], [0, 1], Why.SHAPES),
        ([1, 1, 1, 1], [0, 0, 1, 1], Why.CONSTANT),
        ([0, 0, 0, 0], [0, 0, 1, 1], Why.CONSTANT),
        ([1, 2, 3, np.nan], [0, 0, 1, 1], Why.NOT_FINITE),
    ],
)
def test_balance_refused(before, arm, why):
    with pytest.raises(Refusal) as refused:
        checks.balance(before, arm)
    assert refused.value.why == why


def test_balance_by_a_lot_that_did_not_give_it():
    with pytest.raises(Unusable) as refused:
        checks.balance([1, 2, 3, 4], [0, 0, 1, 1], mechanism=Complete((3, 1)))
    assert refused.value.why == Why.NOT_BY_LOT


def test_an_arm_that_loses_more_people():
    arm = np.repeat(["help", "none"], 100)
    lost = np.r_[np.ones(40), np.zeros(60), np.ones(15), np.zeros(85)]
    found = checks.attrition(lost, arm)
    assert [share.share for share in found.lost] == [0.4, 0.15]
    table = [[40, 60], [15, 85]]
    chi = stats.chi2_contingency(table, correction=False).statistic * 199 / 200
    assert found.p == pytest.approx(stats.chi2.sf(chi, 1))
    assert not found.by_lot


def test_few_lost_are_compared_by_lot():
    arm = np.repeat([0, 1], 40)
    lost = np.r_[np.zeros(40), np.ones(5), np.zeros(35)]
    found = checks.attrition(lost, arm, draws=9999, seed=1)
    assert found.by_lot
    exact = stats.fisher_exact([[0, 40], [5, 35]]).pvalue
    assert found.p == pytest.approx(exact, abs=0.01)


def test_nobody_lost():
    found = checks.attrition([0, 0, 0, 0], ["a", "a", "b", "b"])
    assert (found.p, [share.share for share in found.lost]) == (1, [0, 0])


@pytest.mark.parametrize(
    ("lost", "arm", "why"),
    [
        ([0, 2, 0, 1], [0, 0, 1, 1], Why.NOT_IN_RANGE),
        ([0, 1, 0, 1], [0, 0, 0, 0], Why.ONE_ARM),
        ([0, 1, 0], [0, 0, 1, 1], Why.SHAPES),
        ([], [], Why.EMPTY),
        ([0, 1, np.nan, 0], [0, 0, 1, 1], Why.NOT_FINITE),
    ],
)
def test_attrition_refused(lost, arm, why):
    with pytest.raises(Refusal) as refused:
        checks.attrition(lost, arm)
    assert refused.value.why == why


def test_what_is_wrong_with_a_list_of_exposures():
    people = ["a", "b", "a", "c", "d", "a", "e"]
    seen = [10, 20, 8, 5, 7, 12, 9.5]
    assigned = [7, 15, 7, 8, np.nan, 7, 10]
    found = checks.exposure_once(people, seen, assigned)
    assert found.first.tolist() == [2, 1, 3, 4, 6]
    assert (found.repeated, found.extra) == (("a",), 2)
    assert (found.early.tolist(), found.lead) == ([3, 6], 3)
    assert found.unassigned.tolist() == [4]
    assert checks.exposure_once(people, seen, assigned, slack=1).early.tolist() == [3]


def test_a_clean_list_has_nothing_wrong():
    found = checks.exposure_once([3, 1, 2], [5, 6, 7], [5, 5, 5])
    assert found.first.tolist() == [1, 2, 0]
    assert (found.repeated, found.extra, found.lead) == ((), 0, 0)
    assert not len(found.early)
    assert not len(found.unassigned)


def test_of_two_rows_at_the_same_time_the_upper_is_kept():
    assert checks.exposure_once([1, 1], [5, 5], [0, 0]).first.tolist() == [0]


@pytest.mark.parametrize(
    ("people", "seen", "assigned", "why"),
    [
        ([], [], [], Why.EMPTY),
        ([1, 2], [1], [1, 2], Why.SHAPES),
        ([1, 2], [1, 2], [1], Why.SHAPES),
        ([1, 2], [1, np.nan], [1, 2], Why.NOT_FINITE),
    ],
)
def test_exposures_refused(people, seen, assigned, why):
    with pytest.raises(Refusal) as refused:
        checks.exposure_once(people, seen, assigned)
    assert refused.value.why == why

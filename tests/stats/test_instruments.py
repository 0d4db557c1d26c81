from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pesue.stats.clusters import regress
from pesue.stats.estimates import TooFew, Unusable, Why
from pesue.stats.instruments import two_stage, wald
from pesue.stats.regression import design
from tests.stats.panels import some_examples


def offered(seed, n=400, *, takers=0.5, effect=1.0):
    """Half are offered; some of these take; takers differ without it, too."""
    rng = np.random.default_rng(seed)
    assigned = rng.permutation(np.arange(n) % 2).astype(float)
    willing = rng.random(n) < takers
    took = assigned * willing
    return rng.normal(size=n) + willing + effect * took, took, assigned


def test_the_ratio_of_two_differences_by_hand():
    outcome = [5, 9, 2, 4, 3, 1, 2, 4]
    took = [1, 1, 0, 1, 0, 0, 1, 0]
    assigned = [1, 1, 1, 1, 0, 0, 0, 0]
    found = wald(outcome, took, assigned)
    assert found.itt[0].estimate == pytest.approx(5 - 2.5)
    assert found.first_stage[0].estimate == pytest.approx(0.75 - 0.25)
    # HC1 with one dummy: each arm's sum of squares over its squared size, times 8 / 6.
    variance = (26 / 16 + 5 / 16) * 8 / 6
    assert found.itt[0].se == pytest.approx(np.sqrt(variance))
    assert found.itt[0].df == 6
    first = (0.75 / 16 + 0.75 / 16) * 8 / 6
    assert found.f == pytest.approx(0.5**2 / first)
    assert found.weak  # F is 2
    assert found.estimate is None


def test_a_strong_offer_has_an_estimate():
    found = wald(*offered(1))
    assert not found.weak
    assert found.f > 100
    ratio = found.itt[0].estimate / found.first_stage[0].estimate
    assert found.estimate.estimate == pytest.approx(ratio)
    assert found.estimate.low < 1 < found.estimate.high
    assert found.anderson_rubin.kind == "interval"
    assert ratio in found.anderson_rubin


def test_a_comparison_of_takers_would_have_been_wrong():
    outcome, took, assigned = offered(1, 4000)
    naive = outcome[took == 1].mean() - outcome[took == 0].mean()
    assert naive > 1.4
    assert wald(outcome, took, assigned).estimate.estimate == pytest.approx(1, abs=0.3)


def test_where_all_took_what_they_were_assigned_itt_is_the_effect():
    outcome, _, assigned = offered(2)
    found = wald(outcome, assigned, assigned)
    first = found.first_stage[0]
    assert (first.estimate, first.se, first.p) == (pytest.approx(1), 0, 0)
    assert (first.low, first.high) == (first.estimate, first.estimate)
    assert found.f == inf
    assert found.estimate.estimate == pytest.approx(found.itt[0].estimate)
    assert found.estimate.se == pytest.approx(found.itt[0].se)
    low, high = found.anderson_rubin.pieces[0]
    assert (low, high) == pytest.approx((found.itt[0].low, found.itt[0].high))


def by_matrices(y, d, z, w, clusters=None):
    """2SLS as projections, without partialling out."""
    n = len(y)
    x = np.column_stack([np.ones(n), w, d])
    every = np.column_stack([np.ones(n), w, z])
    fitted = every @ np.linalg.lstsq(every, x, rcond=None)[0]
    bread = np.linalg.inv(fitted.T @ fitted)
    beta = bread @ fitted.T @ y
    scores = fitted * (y - x @ beta)[:, None]
    left = n - x.shape[1]
    if clusters is None:
        meat = scores.T @ scores * n / left
    else:
        groups = np.unique(clusters)
        sums = np.array([scores[clusters == one].sum(0) for one in groups])
        meat = sums.T @ sums * len(groups) / (len(groups) - 1) * (n - 1) / left
    return beta[-1], np.sqrt((bread @ meat @ bread)[-1, -1])


def several(seed, n=300, strength=0.5, instruments=2):
    rng = np.random.default_rng(seed)
    z = rng.normal(size=(n, instruments))
    w = rng.normal(size=(n, 2))
    own = rng.normal(size=n)
    d = z @ np.full(instruments, strength) + w @ [0.3, -0.2] + own
    y = 0.7 * d + w @ [1, 2] + own + rng.normal(size=n) * np.exp(z[:, 0] / 2)
    return y, d, z, w


@pytest.mark.parametrize("clustered", [False, True])
@some_examples
@given(seed=st.integers(0, 999))
def test_partialling_out_changes_nothing(clustered, seed):
    y, d, z, w = several(seed)
    clusters = np.arange(300) // 10 if clustered else None
    found = two_stage(y, d, z, w, clusters)
    effect, error = by_matrices(y, d, z, w, clusters)
    assert found.estimate.estimate == pytest.approx(effect)
    assert found.estimate.se == pytest.approx(error)
    assert found.estimate.df == 296 if not clustered else 15 < found.estimate.df <= 29
    assert found.estimate.clusters == (30 if clustered else None)
    assert len(found.itt) == len(found.first_stage) == 2


def test_f_is_the_square_of_t_with_one_instrument():
    y, d, z, w = several(3, instruments=1)
    found = two_stage(y, d, z[:, 0], w)
    first = found.first_stage[0]
    assert found.f == pytest.approx((first.estimate / first.se) ** 2)
    assert two_stage(y, d, z, w) == found


def test_each_cluster_counts_once():
    outcome, took, assigned = offered(4, 60)
    teams = np.arange(60)
    one = wald(outcome, took, assigned, teams)
    twice = [np.repeat(values, 2) for values in (outcome, took, assigned, teams)]
    other = wald(*twice)
    assert other.itt[0].estimate == pytest.approx(one.itt[0].estimate)
    assert other.itt[0].se == pytest.approx(one.itt[0].se, rel=0.01)
    assert other.itt[0].df == pytest.approx(one.itt[0].df)
    assert 50 < one.itt[0].df <= 59
    naive = wald(*twice[:3])
    assert naive.itt[0].se < 0.75 * other.itt[0].se


@some_examples
@given(seed=st.integers(0, 99))
def test_units_of_measure_scale_the_effect_and_its_set(seed):
    y, d, z, w = several(seed, strength=0.15)
    one, other = two_stage(y, d, z, w), two_stage(1e3 * y + 7, 1e-2 * d, z - 5, w * 1e6)
    assert other.f == pytest.approx(one.f)
    assert other.anderson_rubin.kind == one.anderson_rubin.kind
    for piece, same in zip(
        other.anderson_rubin.pieces, one.anderson_rubin.pieces, strict=True
    ):
        assert piece == pytest.approx(tuple(1e5 * end for end in same), rel=1e-6)


def test_the_interval_at_another_confidence_is_wider():
    sets = [
        wald(*offered(1), confidence=confidence).anderson_rubin
        for confidence in (0.8, 0.95, 0.99)
    ]
    lows = [found.pieces[0][0] for found in sets]
    assert lows == sorted(lows, reverse=True)
    assert sets[1].confidence == 0.95


def test_anderson_rubin_of_one_instrument_is_the_t_test_of_itt_at_each_effect():
    outcome, took, assigned = offered(6, 200, takers=0.3)
    found = wald(outcome, took, assigned)
    (low, high) = found.anderson_rubin.pieces[0]
    for effect, inside in ((low, True), (high, True), (0.5 * (low + high), True)):
        itt = wald(outcome - effect * took, took, assigned).itt[0]
        assert (itt.p >= 0.05 - 1e-6) == inside
        if effect in (low, high):
            assert itt.p == pytest.approx(0.05, abs=1e-6)


def test_at_the_ends_of_the_set_the_robust_f_test_just_rejects():
    """The outcome less the end times the taking, regressed on all instruments."""
    y, d, z, w = several(5, instruments=3)
    found = two_stage(y, d, z, w).anderson_rubin
    x = np.column_stack([np.ones(300), w, z])
    bread = np.linalg.inv(x.T @ x)
    for end in found.pieces[0]:
        coefficients = bread @ x.T @ (y - end * d)
        scores = x * (y - end * d - x @ coefficients)[:, None]
        variance = (bread @ (scores.T @ scores) @ bread * 300 / 294)[-3:, -3:]
        f = coefficients[-3:] @ np.linalg.solve(variance, coefficients[-3:]) / 3
        assert stats.f.sf(f, 3, 294) == pytest.approx(0.05, abs=1e-6)


@pytest.mark.thorough
@pytest.mark.parametrize("takers", [0.1, 0.35])
def test_anderson_rubin_covers_even_where_few_take(takers):
    covers, weak = [], []
    for seed in range(1000):
        found = wald(*offered(seed, 480, takers=takers))
        covers.append(1 in found.anderson_rubin)
        weak.append(found.weak)
    # 95 % with a Monte Carlo error of 0.7 points.
    assert 0.93 <= np.mean(covers) <= 0.97
    assert np.mean(weak) < 0.05


@pytest.mark.thorough
def test_anderson_rubin_covers_where_nobody_was_moved():
    """The first stage is 0: the set is right, and unbounded at least as often."""
    rng = np.random.default_rng(0)
    covers, bounded = [], []
    for _ in range(1000):
        z, own = rng.integers(0, 2, 200), rng.normal(size=200)
        found = two_stage(own + rng.normal(size=200), own, z)
        covers.append(0 in found.anderson_rubin)
        bounded.append(found.anderson_rubin.kind == "interval")
    assert 0.93 <= np.mean(covers) <= 0.97
    assert np.mean(bounded) <= 0.07


TEN = np.arange(10.0)
HALF = np.array([0, 1] * 5, dtype=float)
NOISE = np.array([3, 1, 4, 1, 5, 9, 2, 6, 5, 3.5])
SOME = np.array([0, 1, 0, 0, 0, 1, 0, 1, 1, 1.0])


@pytest.mark.parametrize(
    ("arguments", "refusal", "why"),
    [
        (([], [], []), TooFew, Why.EMPTY),
        ((NOISE, SOME, np.ones(10)), TooFew, Why.ONE_ARM),
        ((NOISE, SOME, np.zeros(10)), TooFew, Why.ONE_ARM),
        ((NOISE, SOME, TEN == 3), TooFew, Why.FEW),
        ((NOISE, np.zeros(10), HALF), TooFew, Why.CONSTANT),  # nobody took
        ((NOISE, np.ones(10), HALF), TooFew, Why.CONSTANT),  # all did
        ((np.zeros(10), SOME, HALF), TooFew, Why.CONSTANT),
        ((np.full(10, 1e6), SOME, HALF), TooFew, Why.CONSTANT),
        ((HALF * 3, SOME, HALF), TooFew, Why.CONSTANT),  # nothing within the arms
        ((SOME * 3 + 1, SOME, HALF), Unusable, Why.SINGULAR),  # outcome is taking
        ((NOISE, SOME * 2, HALF), Unusable, Why.NOT_IN_RANGE),
        ((NOISE, SOME, HALF * 2), Unusable, Why.NOT_IN_RANGE),
        ((NOISE, SOME[:9], HALF), Unusable, Why.SHAPES),
        ((np.where(TEN == 3, np.nan, NOISE), SOME, HALF), Unusable, Why.NOT_FINITE),
        ((np.where(TEN == 3, np.inf, NOISE), SOME, HALF), Unusable, Why.NOT_FINITE),
        ((NOISE, SOME, HALF, np.zeros(10)), TooFew, Why.FEW_CLUSTERS),
        ((NOISE, SOME, HALF, HALF), TooFew, Why.FEW_CLUSTERS),  # one in each arm
        ((NOISE, SOME, TEN > 4, TEN // 5), TooFew, Why.FEW_CLUSTERS),
        ((NOISE, SOME, HALF, TEN[:9]), Unusable, Why.SHAPES),
    ],
)
def test_what_has_no_honest_figure_is_refused(arguments, refusal, why):
    with pytest.raises(refusal) as refused:
        wald(*arguments)
    assert refused.value.why == why


@pytest.mark.parametrize(
    ("arguments", "refusal", "why"),
    [
        ({"instruments": np.ones(10)}, Unusable, Why.SINGULAR),
        ({"instruments": np.column_stack([HALF, 2 * HALF])}, Unusable, Why.SINGULAR),
        ({"controls": np.ones(10)}, Unusable, Why.SINGULAR),
        ({"controls": HALF}, Unusable, Why.SINGULAR),  # the instrument again
        ({"controls": SOME}, TooFew, Why.CONSTANT),  # the taking again
        ({"controls": np.zeros((10, 1, 1))}, Unusable, Why.SHAPES),
        ({"controls": np.zeros((9, 1))}, Unusable, Why.SHAPES),
        (
            {"controls": np.vander(TEN / 9, 8)[:, :7], "clusters": TEN // 2},
            TooFew,
            Why.FEW_CLUSTERS,
        ),
        ({"controls": np.vander(TEN / 9, 9)[:, :8]}, TooFew, Why.FEW),
        ({"controls": np.full(10, np.nan)}, Unusable, Why.NOT_FINITE),
    ],
)
def test_columns_that_say_the_same_are_refused(arguments, refusal, why):
    with pytest.raises(refusal) as refused:
        two_stage(NOISE, SOME, **{"instruments": HALF, **arguments})
    assert refused.value.why == why


def test_clusters_that_are_few_beside_the_columns_are_refused():
    y, d, z, w = several(1)
    with pytest.raises(TooFew) as refused:
        two_stage(y, d, z, w, np.arange(300) // 60)
    assert refused.value.why == Why.FEW_CLUSTERS


def test_p_is_that_of_the_t_distribution():
    y, d, z, w = several(1)
    one = two_stage(y, d, z, w).estimate
    assert one.p == pytest.approx(2 * stats.t.sf(abs(one.estimate / one.se), 296))


def by_team(seed, teams=12, offered_to=2, size=8):
    rng = np.random.default_rng(seed)
    team = np.repeat(np.arange(teams), size)
    assigned = (team < offered_to).astype(int)
    took = rng.random(len(team)) < np.where(assigned, 0.85, 0.15)
    noise = rng.normal(0, 0.5, teams)[team] + rng.normal(size=len(team))
    return noise + 0.5 * took, took, assigned, team


def test_the_df_are_those_of_the_offered_teams():
    y, took, assigned, team = by_team(1)
    found = wald(y, took, assigned, team)
    (cr2,) = regress(y, design(assigned), team, about=[1])
    assert found.itt[0].df == pytest.approx(cr2.df)
    assert found.itt[0].df < 2.5
    assert found.estimate is None or found.estimate.df == pytest.approx(cr2.df)


def test_two_offered_teams_of_twelve_do_not_promise_too_much():
    """With G - 1 degrees of freedom the intervals would hold 81 of 100."""
    held = []
    for seed in range(250):
        y, took, assigned, team = by_team(seed)
        found = wald(y, took, assigned, team)
        held.append((0.5 in found.anderson_rubin, found.itt[0].low < 0.35))
    assert np.mean(held, axis=0).min() > 0.92


def test_one_offered_team_alone_and_five_teams_are_refused():
    y, took, assigned, team = by_team(1, offered_to=1)
    for ask in (
        lambda: two_stage(y, took, assigned, clusters=team),
        lambda: wald(*by_team(1, teams=5)),
    ):
        with pytest.raises(TooFew) as refused:
            ask()
        assert refused.value.why is Why.FEW_CLUSTERS

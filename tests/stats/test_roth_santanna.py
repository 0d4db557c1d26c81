from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pesue.stats.estimates import TooFew, Unusable, Why
from pesue.stats.rollouts import callaway_santanna, roth_santanna
from tests.stats.panels import drawn, panel, some_examples

SIZES = {2: 4, 3: 5, 5: 3, 0: 6}
ESTIMANDS = [
    {"estimand": "simple"},
    {"estimand": "cohort"},
    {"estimand": "calendar"},
    {"estimand": "event", "event_time": 0},
    {"estimand": "event", "event_time": 2},
]
names = pytest.mark.parametrize("what", ESTIMANDS, ids=lambda w: str(w.values()))


def weights(what, starts, sizes, periods):
    """The weight of each cohort and period, one by one, as the paper defines them."""
    last = max(starts)
    seen = [(g, t) for g in starts for t in periods if g <= t < last]
    n = dict(zip(starts, sizes, strict=True))
    if what["estimand"] == "event":
        seen = [(g, t) for g, t in seen if t - g == what["event_time"]]
        return {(g, t): n[g] / sum(n[h] for h, _ in seen) for g, t in seen}
    if what["estimand"] == "simple":
        return {(g, t): n[g] / sum(n[h] for h, _ in seen) for g, t in seen}
    if what["estimand"] == "cohort":
        groups = {g for g, _ in seen}
        total = sum(n[g] for g in groups)
        long = {g: sum(h == g for h, _ in seen) for g in groups}
        return {(g, t): n[g] / total / long[g] for g, t in seen}
    times = {t for _, t in seen}
    by = {t: sum(n[g] for g, s in seen if s == t) for t in times}
    return {(g, t): n[g] / by[t] / len(times) for g, t in seen}


def brute(outcomes, first, what):
    """Theta, X and their variances from matrices A_g, as in the paper's section 2."""
    starts = sorted(set(np.where(first == 0, 99, first)))
    of = {g: outcomes[np.where(first == 0, 99, first) == g] for g in starts}
    sizes = [len(of[g]) for g in starts]
    periods = range(1, outcomes.shape[1] + 1)
    after = {g: np.zeros(len(periods)) for g in starts}
    before = {g: np.zeros(len(periods)) for g in starts}
    for (g, t), weight in weights(what, starts, sizes, periods).items():
        later = [h for h in starts if h > t]
        total = sum(len(of[h]) for h in later)
        for column, matrix in ((t - 1, after), (g - 2, before)):
            if column < 0:
                continue
            matrix[g][column] += weight
            for h in later:
                matrix[h][column] -= weight * len(of[h]) / total
    theta = sum(after[g] @ of[g].mean(0) for g in starts)
    x = sum(before[g] @ of[g].mean(0) for g in starts)
    s = {g: np.cov(of[g], rowvar=False) / len(of[g]) for g in starts}
    v = sum(after[g] @ s[g] @ after[g] for g in starts)
    c = sum(before[g] @ s[g] @ after[g] for g in starts)
    vx = sum(before[g] @ s[g] @ before[g] for g in starts)
    return theta, x, v, c, vx


@names
@some_examples
@given(seed=st.integers(0, 999))
def test_it_is_the_papers_formula(what, seed):
    outcomes, first = drawn(seed, SIZES, 6, effect=1, growing=0.5)
    theta, x, v, c, vx = brute(outcomes, first, what)
    found = roth_santanna(panel(outcomes, first), **what)
    assert found.beta == pytest.approx(c / vx)
    assert found.estimate.estimate == pytest.approx(theta - c / vx * x)
    assert found.estimate.se == pytest.approx(np.sqrt(v - c**2 / vx))
    assert found.balance.estimate == pytest.approx(x, abs=1e-12)
    assert found.balance.se == pytest.approx(np.sqrt(vx))
    assert found.refined is None or found.refined.se <= found.estimate.se


@names
@pytest.mark.parametrize(("adjust", "beta"), [("did", 1), ("none", 0)])
def test_beta_1_and_0_are_the_plain_ones(what, adjust, beta):
    outcomes, first = drawn(7, SIZES, 6, effect=1)
    theta, x, v, c, vx = brute(outcomes, first, what)
    found = roth_santanna(panel(outcomes, first), adjust=adjust, **what)
    assert found.beta == beta
    assert found.estimate.estimate == pytest.approx(theta - beta * x)
    assert found.estimate.se == pytest.approx(np.sqrt(v - 2 * beta * c + beta * vx))


@names
@some_examples
@given(seed=st.integers(0, 999))
def test_no_other_beta_errs_less(what, seed):
    of = panel(*drawn(seed, SIZES, 6))
    best = roth_santanna(of, **what).estimate.se
    for adjust in ("did", "none"):
        assert best <= roth_santanna(of, adjust=adjust, **what).estimate.se + 1e-12


def test_the_difference_in_differences_is_callaway_and_santannas():
    of = panel(*drawn(7, SIZES, 6, effect=1))
    found = callaway_santanna(of, comparison="not_yet")
    did = partial(roth_santanna, of, adjust="did")
    assert did().estimate.estimate == pytest.approx(found.simple().estimate)
    for what, overall in (
        ("cohort", found.by_group(0).overall),
        ("calendar", found.calendar(0).overall),
    ):
        assert did(what).estimate.estimate == pytest.approx(overall.estimate)
    for effect in found.dynamic(0).effects:
        if effect.at >= 0:
            one = did("event", event_time=effect.at)
            assert one.estimate.estimate == pytest.approx(effect.value)


def test_the_interval_has_welchs_degrees_of_freedom():
    """One cohort and those that never begin, one period before: two samples."""
    outcomes, first = drawn(3, {2: 5, 0: 8}, 2, effect=1)
    treated, control = outcomes[:5, 1], outcomes[5:, 1]
    welch = stats.ttest_ind(treated, control, equal_var=False)
    found = roth_santanna(panel(outcomes, first), adjust="none").estimate
    assert found.df == pytest.approx(welch.df)
    assert found.p == pytest.approx(welch.pvalue)
    assert (found.low, found.high) == pytest.approx(tuple(welch.confidence_interval()))


def test_the_refined_error_takes_away_what_earlier_outcomes_explain():
    """By hand: one cohort of two begins; the last period repeats the first twice."""
    outcomes = np.array([[0, 2.0], [2, 6.5], [1, 0], [3, 4.5], [5, 7.0]])
    found = roth_santanna(panel(outcomes, [2, 2, 0, 0, 0]))
    # Slopes of the last on the first period: 4.5 / 2; and, with A = -1, -7 / 4.
    slopes = 4.5 / 2 - 7 / 4
    explained = slopes**2 * (2 + 4) / 2 / 5
    assert found.refined.se**2 == pytest.approx(found.estimate.se**2 - explained)


def test_those_treated_from_the_first_period_are_a_cohort_without_a_before():
    outcomes, first = drawn(3, {1: 5, 3: 5, 0: 5}, 4, effect=1)
    found = roth_santanna(panel(outcomes, first), "event", event_time=0)
    weight = pytest.approx(
        (outcomes[:5, 0].mean() - outcomes[5:, 0].mean()) / 2
        + (outcomes[5:10, 2].mean() - outcomes[10:, 2].mean()) / 2
    )
    none = roth_santanna(panel(outcomes, first), "event", event_time=0, adjust="none")
    assert none.estimate.estimate == weight
    assert found.balance is not None
    begun = panel(*drawn(3, {1: 5, 0: 5}, 4, effect=1))
    assert roth_santanna(begun).balance is None
    assert roth_santanna(begun).beta == 0
    assert roth_santanna(begun).refined.se == roth_santanna(begun).estimate.se


def test_where_all_begin_the_last_serve_as_comparison():
    outcomes, first = drawn(3, {2: 5, 4: 5}, 6, effect=1)
    cut = panel(outcomes[:, :3], np.where(first == 4, 0, first))
    assert roth_santanna(panel(outcomes, first)).estimate == roth_santanna(cut).estimate


@some_examples
@given(seed=st.integers(0, 99))
def test_units_of_measure_and_shifts_change_nothing_else(seed):
    outcomes, first = drawn(seed, SIZES, 6, effect=1)
    one = roth_santanna(panel(outcomes, first)).estimate
    other = roth_santanna(panel(10 * (outcomes + np.arange(6.0)) + 3, first)).estimate
    assert other.estimate == pytest.approx(10 * one.estimate, abs=1e-9)
    assert other.se == pytest.approx(10 * one.se)


def test_a_lot_that_was_not_kept_is_seen_before_the_start():
    outcomes, first = drawn(3, {3: 40, 0: 40}, 4)
    assert roth_santanna(panel(outcomes, first)).balance.p > 0.05
    chosen = outcomes + (first == 3)[:, None] * 2
    assert roth_santanna(panel(chosen, first)).balance.p < 0.001


@pytest.mark.parametrize(
    ("arguments", "refusal", "why"),
    [
        ({"estimand": "all"}, Unusable, Why.NOT_IN_RANGE),
        ({"adjust": "best"}, Unusable, Why.NOT_IN_RANGE),
        ({"estimand": "event"}, Unusable, Why.NOT_IN_RANGE),
        ({"estimand": "event", "event_time": -1}, Unusable, Why.NOT_IN_RANGE),
        ({"estimand": "event", "event_time": 5}, TooFew, Why.ONE_ARM),
    ],
)
def test_unknown_names_and_unseen_effects_are_refused(arguments, refusal, why):
    with pytest.raises(refusal) as refused:
        roth_santanna(panel(*drawn(1, SIZES, 6)), **arguments)
    assert refused.value.why == why


@pytest.mark.parametrize(
    ("sizes", "why"),
    [
        ({2: 4, 3: 1, 0: 4}, Why.FEW),
        ({2: 4, 0: 1}, Why.FEW),
        ({0: 8}, Why.ONE_ARM),
        ({3: 8}, Why.ONE_ARM),
    ],
)
def test_where_there_is_nothing_to_compare_it_is_refused(sizes, why):
    with pytest.raises(TooFew) as refused:
        roth_santanna(panel(*drawn(1, sizes, 4)))
    assert refused.value.why == why


@pytest.mark.parametrize("constant", [0.0, 1.0, 1e9])
def test_constant_outcomes_are_refused(constant):
    with pytest.raises(TooFew) as refused:
        roth_santanna(panel(np.full((8, 4), constant), [3] * 4 + [0] * 4))
    assert refused.value.why == Why.CONSTANT


def test_where_the_lot_drew_teams_people_are_not_the_unit():
    outcomes, first = drawn(1, {3: 8, 0: 8}, 4)
    people = panel(outcomes, first, clusters=np.arange(16) // 2)
    with pytest.raises(Unusable) as refused:
        roth_santanna(people)
    assert refused.value.why == Why.NOT_BY_LOT
    assert roth_santanna(people.of_clusters()).estimate.n == 8

from math import inf, isinf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from pesue.stats.estimates import Estimate, TooFew, Unusable, Why
from pesue.stats.sequences import (
    Spending,
    always_valid,
    judged,
    looks,
    mean_difference,
)

PLAN = looks([0.4, 0.7, 1])

# --- the confidence sequence ---


def test_an_interval_published_by_another_implementation():
    """A case of GrowthBook's gbstats: estimate, error, n, tuning, and its interval."""
    found = always_valid(0.503361, 0.333412, n=6461, planned=1000)
    assert (found.low, found.high) == pytest.approx((-0.55844, 1.56516), abs=2e-5)
    assert found.p == 1


@pytest.mark.parametrize(
    ("planned", "low", "high", "p"),
    [  # computed by gbstats 0.8.0 from the same case, difference in means
        (1000, -0.179089179, 0.647842512, 1.0),
        (6461, -0.159686983, 0.628440316, 0.703237230),
        (10000, -0.162113215, 0.630866548, 0.633093367),
    ],
)
def test_intervals_computed_by_another_implementation(planned, low, high, p):
    found = always_valid(
        0.23437666666666668, 0.12983081254184736, n=6461, planned=planned
    )
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-8)
    assert found.p == pytest.approx(p, abs=1e-8)


def test_a_mean_difference_has_the_usual_estimate_and_error():
    rng = np.random.default_rng(3)
    a, b = rng.normal(1, 2, 150), rng.normal(0, 1, 250)
    found = mean_difference(a, b, planned=400)
    assert found.estimate == pytest.approx(a.mean() - b.mean())
    usual = stats.ttest_ind(a, b, equal_var=False)
    assert found.estimate / found.se == pytest.approx(usual.statistic)
    assert found.n == 400
    assert isinf(found.df)
    assert found.high - found.estimate == pytest.approx(found.estimate - found.low)


def test_at_the_planned_number_it_is_about_half_wider_than_the_usual_interval():
    for planned in (200, 5000, 10**6):
        found = always_valid(0, 1, n=planned, planned=planned)
        assert found.high / 1.959964 == pytest.approx(1.548, abs=1e-3)


def test_the_interval_is_nearly_tightest_at_the_planned_number():
    def width(planned):
        return always_valid(0, 1, n=1000, planned=round(planned)).high

    best = optimize.minimize_scalar(width, bounds=(100, 10_000), method="bounded")
    assert width(1000) == pytest.approx(best.fun, rel=1e-3)
    assert width(1000) < width(300)
    assert width(1000) < width(4000)


@given(
    st.floats(-5, 5),
    st.floats(0.01, 10),
    st.integers(200, 10**6),
    st.integers(1, 10**6),
    st.sampled_from([0.8, 0.9, 0.95, 0.99]),
)
def test_p_and_interval_say_the_same(estimate, se, n, planned, confidence):
    found = always_valid(estimate, se, n=n, planned=planned, confidence=confidence)
    alpha = 1 - confidence
    if abs(found.p - alpha) > 1e-6:
        assert (found.low > 0 or found.high < 0) == (found.p < alpha)


def test_it_starts_late_and_refuses_what_has_no_error():
    zeros, ones = np.zeros(100), np.arange(100.0)
    with pytest.raises(TooFew) as early:
        mean_difference(ones[:99], ones, planned=400)
    assert early.value.why is Why.FEW
    with pytest.raises(TooFew) as lopsided:
        mean_difference(ones[:49], np.arange(500.0), planned=400)
    assert lopsided.value.about["n"] == 49
    with pytest.raises(TooFew) as constant:
        mean_difference(zeros, zeros, planned=400)
    assert constant.value.why is Why.CONSTANT
    with pytest.raises(TooFew) as empty:
        mean_difference([], ones, planned=400)
    assert empty.value.why is Why.EMPTY
    for bad in (np.nan, inf):
        with pytest.raises(Unusable):
            mean_difference(np.append(ones, bad), ones, planned=400)
        with pytest.raises(Unusable):
            always_valid(bad, 1, n=300, planned=300)
    for planned, confidence in ((0, 0.95), (-5, 0.95), (300, 1.0), (300, 0.0)):
        with pytest.raises(Unusable):
            always_valid(0, 1, n=300, planned=planned, confidence=confidence)


def test_weekly_looks_do_not_make_false_alarms():
    """52 looks at trials without any effect: the usual interval, and the sequence."""
    rng = np.random.default_rng(20)
    trials, weeks, people = 300, 52, 40  # each week
    usual = ours = 0
    for _ in range(trials):
        a = rng.exponential(1, (weeks * people // 2, 2))
        n = np.arange(100, weeks * people // 2 + 1, people // 2)  # in each arm
        sums, squares = a.cumsum(0)[n - 1], (a**2).cumsum(0)[n - 1]
        means = sums / n[:, None]
        variances = (squares - n[:, None] * means**2) / (n[:, None] - 1)
        errors = np.sqrt((variances / n[:, None]).sum(1))
        effects = means[:, 0] - means[:, 1]
        usual += (np.abs(effects) > 1.96 * errors).any()
        ours += any(
            always_valid(effect, error, n=2 * int(each), planned=2 * int(n[-1])).p
            <= 0.05
            for effect, error, each in zip(effects, errors, n, strict=True)
        )
    assert usual / trials > 0.2
    assert ours / trials <= 0.05


def test_nor_do_weekly_looks_at_the_same_people():
    """200 people from the first week on; what each does adds up over 52 weeks."""
    rng = np.random.default_rng(21)
    trials, people = 400, 200
    bound = always_valid(0, 1, n=people, planned=people).high  # in standard errors
    rate = 0.5 * np.exp(rng.normal(0, 0.5, (trials, 1, people)))
    y = rng.poisson(rate, (trials, 52, people)).cumsum(1)
    a, b = y[..., : people // 2], y[..., people // 2 :]
    errors = np.sqrt((a.var(2, ddof=1) + b.var(2, ddof=1)) / (people // 2))
    z = np.abs(a.mean(2) - b.mean(2)) / errors
    assert (z > 1.96).any(1).mean() > 0.15
    assert (z > bound).any(1).mean() <= 0.05


# --- planned looks ---


@pytest.mark.parametrize(
    "published",
    [  # DeMets & Lan, two-sided 5 %, O'Brien-Fleming type, equally spaced
        (1.9600,),
        (2.9626, 1.9686),
        (3.7103, 2.5114, 1.9930),
        (4.3326, 2.9631, 2.3590, 2.0141),
        (4.8769, 3.3569, 2.6803, 2.2898, 2.0310),
    ],
)
def test_published_boundaries(published):
    times = [(i + 1) / len(published) for i in range(len(published))]
    found = looks(times)
    assert [look.critical for look in found] == pytest.approx(published, abs=1.5e-4)
    assert [look.number for look in found] == list(range(1, len(published) + 1))
    assert found[-1].spent == pytest.approx(0.05)


def test_the_boundaries_spend_what_they_say_by_the_normal_distribution_itself():
    found = looks([0.3, 0.45, 1.0])
    times = np.array([look.information for look in found])
    covariance = np.sqrt(
        np.minimum.outer(times, times) / np.maximum.outer(times, times)
    )
    bounds = np.array([look.critical for look in found])
    for k, look in enumerate(found, start=1):
        stays = stats.multivariate_normal(cov=covariance[:k, :k]).cdf(
            bounds[:k], lower_limit=-bounds[:k]
        )
        assert 1 - stays == pytest.approx(look.spent, abs=2e-5)


def test_bonferroni_shares_the_error_out_evenly():
    found = looks([0.1, 0.2, 0.5, 0.7, 1], spending=Spending.BONFERRONI)
    assert [look.level for look in found] == pytest.approx([0.01] * 5)
    assert [look.spent for look in found] == pytest.approx(
        [0.01, 0.02, 0.03, 0.04, 0.05]
    )
    assert found[0].critical == pytest.approx(2.5758, abs=1e-4)


@pytest.mark.thorough
@given(
    st.lists(st.integers(1, 100), min_size=1, max_size=5, unique=True),
    st.sampled_from(list(Spending)),
    st.sampled_from([0.9, 0.95, 0.99]),
)
def test_each_look_spends_some_and_never_more_than_all(percents, spending, confidence):
    found = looks([p / 100 for p in sorted(percents)], spending=spending,
                  confidence=confidence)  # fmt: skip
    alpha = 1 - confidence
    spent = [look.spent for look in found]
    assert spent == sorted(spent)
    assert spent[-1] <= alpha + 1e-12
    for look in found:
        assert 0 <= look.level <= min(alpha, look.spent) + 1e-9


def test_a_look_widens_the_interval_and_asks_for_a_smaller_p():
    first, last = looks([0.5, 1])
    strong = Estimate.of(3.0, 1.0, n=240, df=22, clusters=24)  # p = .0066
    assert not judged(strong, first).decides
    assert judged(strong, last).decides
    at_first = judged(strong, first).estimate
    assert at_first.low < 0 < strong.low
    assert at_first.confidence == pytest.approx(1 - first.level)
    assert (at_first.estimate, at_first.p) == (strong.estimate, strong.p)
    assert at_first.clusters == 24


@given(st.floats(-6, 6), st.integers(3, 60), st.integers(0, 2))
def test_a_look_decides_where_its_interval_leaves_zero_out(effect, df, number):
    found = judged(Estimate.of(effect, 1.0, n=99, df=df), PLAN[number])
    assert found.decides == (not found.estimate.low <= 0 <= found.estimate.high)


def test_refused_plans():
    with pytest.raises(TooFew):
        looks([])
    for wrong in ([0.5, 0.5, 1], [0.9, 0.5], [0, 1], [0.5, 1.1], [-0.1, 1]):
        with pytest.raises(Unusable) as refused:
            looks(wrong)
        assert refused.value.why is Why.NOT_IN_RANGE
    with pytest.raises(Unusable):
        looks([0.1, 0.2, 0.3, 0.4, 0.5, 1])
    with pytest.raises(Unusable):
        looks([0.5, float("nan")])


def test_five_looks_at_teams_keep_the_false_alarms_down():
    """24 teams, no effect: 40 usual looks against 5 planned ones on Welch's t."""
    rng = np.random.default_rng(13)
    trials, teams, weeks = 600, 24, 40
    own = rng.normal(0, 0.3, (trials, 1, teams))
    # Means over the weeks so far; each team has what is its own, and luck.
    y = rng.normal(own, 1, (trials, weeks, teams)).cumsum(1)
    y /= np.arange(1, weeks + 1)[:, None]
    p = stats.ttest_ind(y[..., :12], y[..., 12:], axis=2, equal_var=False).pvalue
    naive = (p <= 0.05).any(1).mean()
    for spending in Spending:
        plan = looks([0.2, 0.4, 0.6, 0.8, 1], spending=spending)
        alarms = np.any([p[:, 8 * k.number - 1] <= k.level for k in plan], axis=0)
        assert alarms.mean() <= 0.055
    assert naive > 0.1

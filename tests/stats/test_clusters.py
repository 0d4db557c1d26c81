import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pesue.stats import clusters
from pesue.stats.estimates import Refusal, TooFew, Why
from pesue.stats.means import difference
from pesue.stats.regression import design, ols

# Six teams of two to four, three of them treated.
Y = [4, 6, 5, 1, 3, 7, 8, 9, 2, 2, 3, 5, 4, 6, 1, 3]
TEAM = [1, 1, 1, 2, 2, 3, 3, 3, 4, 4, 4, 4, 5, 5, 6, 6]
ARM = [1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0]

# Twelve teams of one to twelve.
BY_SIZE = np.repeat(np.arange(12), np.arange(1, 13))
SIZED = BY_SIZE % 2


def some(seed: int, count: int = 9, k: int = 3):
    """Outcomes, columns (a treatment of teams second) and teams, in no order."""
    rng = np.random.default_rng(seed)
    team = rng.permutation(np.repeat(np.arange(count), rng.integers(2, 8, count)))
    x = design(team % 2, *(rng.normal(size=len(team)) for _ in range(k - 2)))
    return rng.normal(size=count)[team] + rng.normal(size=len(team)), x, team


def by_the_book(y, x, team, kind):
    """Covariance and degrees of freedom with n x n matrices, as in the paper."""
    n, k = x.shape
    bread = np.linalg.inv(x.T @ x)
    left = np.eye(n) - x @ bread @ x.T
    e, names = left @ y, np.unique(team)
    meat, reach = np.zeros((k, k)), np.zeros((len(names), n, k))
    for place, name in enumerate(names):
        at = team == name
        values, vectors = np.linalg.eigh(left[np.ix_(at, at)])
        powers = np.where(values > 1e-10, np.maximum(values, 1e-10) ** -0.5, 0)
        adjust = (vectors * powers) @ vectors.T if kind == "CR2" else np.eye(at.sum())
        score = x[at].T @ adjust @ e[at]
        meat += np.outer(score, score)
        reach[place, at] = adjust @ x[at] @ bread
    g = len(names)
    factor = g / (g - 1) * (n - 1) / (n - k) if kind == "CR1" else 1
    df = []
    for column in range(k):
        theta = reach[:, :, column] @ left @ reach[:, :, column].T
        df.append(np.trace(theta) ** 2 / (theta**2).sum())
    return factor * bread @ meat @ bread, df


@pytest.mark.parametrize("kind", ["CR0", "CR1", "CR2"])
@pytest.mark.parametrize("seed", range(4))
def test_errors_and_df_are_those_of_the_paper(kind, seed):
    y, x, team = some(seed)
    expected, df = by_the_book(y, x, team, kind)
    assert clusters.covariance(ols(y, x), team, kind) == pytest.approx(expected)
    found = clusters.regress(y, x, team, kind)
    assert [one.se for one in found] == pytest.approx(np.sqrt(expected.diagonal()))
    if kind == "CR2":
        assert [one.df for one in found] == pytest.approx(df)
    else:
        assert {one.df for one in found} == {8}
    assert {(one.n, one.clusters) for one in found} == {(len(y), 9)}


def test_a_mean_of_unequal_teams_has_the_published_formulas():
    # J. E. Pustejovsky's formulas for a mean, by which clubSandwich is tested.
    rng = np.random.default_rng(7)
    sizes = np.array([1, 2, 2, 4, 7, 9, 15])
    team = np.repeat(np.arange(7), sizes)
    y = rng.normal(size=7)[team] + rng.normal(size=40)
    means = np.bincount(team, y) / sizes
    n, s = 40, sizes
    variance = (s**2 * (means - y.mean()) ** 2 / (1 - s / n)).sum() / n**2
    df = n**2 / (
        n**2 * (s**2 / (n - s) ** 2).sum()
        - 2 * n * (s**3 / (n - s) ** 2).sum()
        + (s**2 / (n - s)).sum() ** 2
    )
    (found,) = clusters.regress(y, np.ones(40), team)
    assert (found.se**2, found.df) == pytest.approx((variance, df))


@pytest.mark.parametrize(("one", "other"), [(3, 3), (4, 9), (2, 12), (20, 20)])
def test_between_equal_teams_it_is_welchs_error_with_fewer_df(one, other):
    rng = np.random.default_rng(8)
    team = np.repeat(np.arange(one + other), 6)
    y = rng.normal(size=one + other)[team] + rng.normal(size=len(team))
    found = clusters.difference(y, team < one, team)
    means = clusters.team_means(y, team < one, team)
    assert (found.estimate, found.se) == pytest.approx((means.estimate, means.se))
    m = np.array([one, other])
    df = (one + other) ** 2 * (m - 1).prod() / (m**2 * (m - 1)).sum()
    assert found.df == pytest.approx(df)


def test_within_teams_of_one_size_the_df_are_teams_less_one():
    rng = np.random.default_rng(9)
    team, arm = np.repeat(np.arange(11), 4), np.tile([0, 0, 1, 1], 11)
    y = rng.normal(size=11)[team] + rng.normal(size=44)
    assert clusters.difference(y, arm, team).df == pytest.approx(10)
    # With a column for each team, each of which alone decides its own.
    columns = np.c_[team[:, None] == np.arange(11), arm]
    (found,) = clusters.regress(y, columns, team, about=[11])
    assert found.df == pytest.approx(10)
    expected, _ = by_the_book(y, columns * 1.0, team, "CR2")
    assert found.se**2 == pytest.approx(expected[11, 11])
    with pytest.raises(TooFew) as refused:
        clusters.regress(y, columns, team)
    assert refused.value.why is Why.FEW_CLUSTERS


@given(st.integers(0, 10**6))
def test_teams_of_one_have_the_errors_of_people(seed):
    y, x, _ = some(seed)
    fit, alone = ols(y, x), np.arange(len(y))
    for kind, same in (("CR0", "HC0"), ("CR1", "HC1"), ("CR2", "HC2")):
        found = clusters.covariance(fit, alone, kind)
        assert found == pytest.approx(fit.covariance(same))


@given(st.integers(0, 10**6), st.floats(-100, 100), st.floats(0.1, 100))
def test_order_names_and_units_change_nothing(seed, shift, times):
    y, x, team = some(seed)
    order = np.random.default_rng(seed).permutation(len(y))
    names = np.array([f"team {9 - number}" for number in team])
    found = clusters.regress(y, x, team)[1]
    other = clusters.regress((shift + times * y)[order], x[order], names[order])[1]
    assert (other.estimate, other.se) == pytest.approx(
        (times * found.estimate, times * found.se), abs=1e-9
    )
    assert other.df == pytest.approx(found.df)


def test_the_normal_distribution_only_where_asked_for():
    y, x, team = some(1)
    found = clusters.regress(y, x, team, "CR1-normal")[1]
    student = clusters.regress(y, x, team, "CR1")[1]
    assert (found.df, found.se) == (np.inf, student.se)
    z = stats.norm.ppf(0.975)
    assert found.high - found.low == pytest.approx(2 * z * found.se)


def test_the_worked_example():
    found = clusters.difference(Y, ARM, TEAM)
    assert found == clusters.regress(Y, design(ARM), TEAM)[1]
    assert found.estimate == pytest.approx(49 / 8 - 20 / 8)
    people = difference([y for y, a in zip(Y, ARM, strict=True) if a], Y[3:5] + Y[8:12])
    assert found.clusters == 6
    assert found.df < 4 < people.df
    means = clusters.team_means(Y, ARM, TEAM)
    # Means 5, 8, 5 and 2, 3, 2.
    assert means.estimate == pytest.approx(18 / 3 - 7 / 3)
    assert means.se == pytest.approx(np.sqrt(3 / 3 + (1 / 3) / 3))
    assert (means.n, means.clusters) == (16, 6)


@pytest.mark.parametrize("method", [clusters.difference, clusters.team_means])
@pytest.mark.parametrize(
    ("outcome", "arm", "team", "why"),
    [
        ([], [], [], Why.EMPTY),
        (Y, [1] * 16, TEAM, Why.ONE_ARM),
        (Y, [2 * arm for arm in ARM], TEAM, Why.NOT_IN_RANGE),
        (Y, ARM[1:], TEAM, Why.SHAPES),
        (Y, ARM, TEAM[1:], Why.SHAPES),
        (Y, ARM, [[team] for team in TEAM], Why.SHAPES),
        ([np.nan, *Y[1:]], ARM, TEAM, Why.NOT_FINITE),
        (Y, ARM, [np.nan, *TEAM[1:]], Why.NOT_FINITE),
        (Y, ARM, [None, *TEAM[1:]], Why.NOT_FINITE),
        (Y, [int(team == 3) for team in TEAM], TEAM, Why.FEW_CLUSTERS),
        (Y, [int(team != 3) for team in TEAM], TEAM, Why.FEW_CLUSTERS),
        ([3] * 16, ARM, TEAM, Why.CONSTANT),
        ([0.1 + arm for arm in ARM], ARM, TEAM, Why.CONSTANT),
        # All of an arm are alike, though the means of large teams are so by rounding.
        (0.1 + 0.6 * SIZED, SIZED, BY_SIZE, Why.CONSTANT),
        # People differ, but all teams of an arm are alike.
        (
            np.tile([0.1, 0.3], 12),
            np.repeat([1, 0], 12),
            np.arange(24) // 2,
            Why.CONSTANT,
        ),
    ],
)
def test_refusals(method, outcome, arm, team, why):
    with pytest.raises(Refusal) as refused:
        method(outcome, arm, team)
    assert refused.value.why is why


def test_below_six_teams_only_randomisation_inference_can_tell():
    keep = np.array(TEAM) < 6
    five = [np.array(column)[keep] for column in (Y, ARM, TEAM)]
    for kind in ("CR2", "CR1", "CR0", "CR1-normal"):
        with pytest.raises(TooFew, match="Below 6 teams only randomisation") as refused:
            clusters.regress(five[0], design(five[1]), five[2], kind)
        assert refused.value.about == {"teams": 5, "needed": 6}
    with pytest.raises(TooFew):
        clusters.team_means(*five)


def test_the_only_treated_team_leaves_no_trace_of_its_error():
    # CR2 would measure the control teams alone, and refuse most true nulls.
    arm = np.array([int(team == 3) for team in TEAM])
    fit = ols(Y, design(arm))
    shown = clusters.covariance(fit, TEAM)[1, 1]
    outcome, team = np.array(Y)[arm == 0], np.array(TEAM)[arm == 0]
    control = clusters.covariance(ols(outcome, np.ones(13)), team)
    assert shown == pytest.approx(control[0, 0])
    with pytest.raises(TooFew, match="One team alone"):
        clusters.regress(Y, design(arm), TEAM)


def test_one_team_has_no_spread():
    for kind in ("CR0", "CR1", "CR2"):
        with pytest.raises(TooFew) as refused:
            clusters.covariance(ols(Y, design(ARM)), [1] * 16, kind)
        assert refused.value.why is Why.FEW_CLUSTERS


def test_a_team_in_both_arms_has_no_team_mean():
    with pytest.raises(Refusal) as refused:
        clusters.team_means(Y, [0, *ARM[1:]], TEAM)
    assert refused.value.why is Why.REPEATED


@given(st.integers(0, 10**6))
def test_the_df_lie_between_one_and_the_teams(seed):
    y, x, team = some(seed, 6)
    x[:, 2] *= np.where(team == 0, 1000, 1)  # a column that one team all but decides
    for one in clusters.regress(y, x, team):
        assert 1 - 1e-9 <= one.df <= 6 + 1e-9


def test_two_ways_are_the_sum_less_the_pairs():
    y, x, team = some(5, 12)
    week = np.arange(len(y)) % 5
    fit = ols(y, x)
    both = [f"{a}/{b}" for a, b in zip(team, week, strict=True)]
    expected = (
        clusters.covariance(fit, team, "CR1")
        + clusters.covariance(fit, week, "CR1")
        - clusters.covariance(fit, both, "CR1")
    )
    found = clusters.two_way(fit, team, week)
    assert np.linalg.eigvalsh(expected).min() > 0
    assert found == pytest.approx(expected)
    # The same way twice is one way.
    assert clusters.two_way(fit, team, team) == pytest.approx(
        clusters.covariance(fit, team, "CR1")
    )


def test_two_ways_have_no_variance_below_0():
    below = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        a, b = np.repeat(np.arange(3), 8), np.tile(np.arange(8), 3)
        y, x = rng.normal(size=24), design(rng.normal(size=24))
        fit = ols(y, x)
        plain = (
            clusters.covariance(fit, a, "CR1")
            + clusters.covariance(fit, b, "CR1")
            - clusters.covariance(fit, np.arange(24), "CR1")
        )
        values, vectors = np.linalg.eigh(plain)
        below += values.min() < 0
        found = clusters.two_way(fit, a, b)
        assert found == pytest.approx((vectors * np.maximum(values, 0)) @ vectors.T)
    assert below


def test_the_errors_of_teams_keep_their_promise_where_those_of_people_do_not():
    rng = np.random.default_rng(11)
    refused = {"people": 0, "teams": 0}
    for _ in range(400):
        team = np.repeat(np.arange(10), rng.integers(4, 20, 10))
        arm = np.isin(team, rng.permutation(10)[:5])
        y = rng.normal(size=10)[team] * 0.6 + rng.normal(size=len(team))
        refused["people"] += difference(y[arm], y[~arm]).p < 0.05
        refused["teams"] += clusters.difference(y, arm, team).p < 0.05
    assert refused["people"] > 400 * 0.2
    assert refused["teams"] < 400 * 0.08


def test_a_hundred_thousand_people_take_no_time():
    rng = np.random.default_rng(12)
    team = rng.integers(0, 2000, 100_000)
    y, x = rng.normal(size=100_000), design(team % 2, rng.normal(size=100_000))
    began = time.process_time()
    clusters.regress(y, x, team)
    assert time.process_time() - began < 2

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy import stats

from pesue.stats.estimates import TooFew, Unusable, Why
from pesue.stats.power import (
    People,
    Teams,
    icc,
    mde,
    needed,
    power,
    r_squared,
    sd_of_share,
)

QUARTER = sd_of_share(0.25)
ROUNDED = 2.80 / (stats.norm.ppf(0.975) + stats.norm.ppf(0.8))  # as the table has it


@pytest.mark.parametrize(
    ("n", "alone", "adjusted"),
    [(200, 17.1, 12.1), (500, 10.8, 7.7), (2000, 5.4, 3.8), (10000, 2.4, 1.7)],
)
def test_the_planning_table_of_people(n, alone, adjusted):
    for r2, points in ((0, alone), (0.5, adjusted)):
        found = 100 * mde(People(n, QUARTER, r2=r2)) * ROUNDED
        assert round(found, 1) == points


@pytest.mark.parametrize(
    ("teams", "alone", "adjusted"),
    [
        (10, 36.6, 25.9),
        (20, 24.0, 17.0),
        (40, 16.5, 11.6),
        (80, 11.5, 8.1),
        (120, 9.3, 6.6),
    ],
)
def test_the_planning_table_of_teams_of_12(teams, alone, adjusted):
    for r2, points in ((0, alone), (0.5, adjusted)):
        found = 100 * mde(Teams(teams, 12, QUARTER, icc=0.1, r2=r2))
        assert round(found, 1) == points


def test_a_small_nudge_needs_thirty_thousand_people():
    assert needed(People(4, QUARTER), 0.014) == pytest.approx(30_000, rel=2e-3)
    assert needed(People(4, QUARTER, r2=0.5), 0.014) == pytest.approx(15_000, rel=2e-3)


designs = st.one_of(
    st.builds(
        People,
        n=st.integers(4, 10**5),
        sd=st.floats(0.01, 50),
        r2=st.floats(0, 0.9),
        share=st.floats(0.1, 0.9),
    ),
    st.builds(
        Teams,
        teams=st.integers(4, 1000),
        size=st.floats(1, 200),
        sd=st.floats(0.01, 50),
        icc=st.floats(0, 1),
        cv=st.floats(0, 1),
    ),
)
chances = st.floats(0.5, 0.99)


@given(designs, chances, st.floats(0.5, 0.99))
def test_the_smallest_effect_is_found_with_just_that_power(design, wanted, confidence):
    effect = mde(design, power=wanted, confidence=confidence)
    for sign in (1, -1):
        found = power(design, sign * effect, confidence=confidence)
        assert found == pytest.approx(wanted, abs=1e-6)


@given(designs, chances, st.floats(0.05, 5))
def test_needed_is_enough_and_one_fewer_is_not(design, wanted, in_sds):
    effect = in_sds * design.sd
    try:
        units = needed(design, effect, power=wanted)
    except Unusable:
        return
    assert mde(design.resized(units), power=wanted) <= effect
    if units > 4:
        assert mde(design.resized(units - 1), power=wanted) > effect


def test_power_is_near_that_of_the_noncentral_t():
    for teams in (10, 20, 40):
        design = Teams(teams, 12, 1, icc=0.1)
        effect = mde(design)
        critical = stats.t.ppf(0.975, design.df)
        exact = stats.nct.sf(critical, design.df, effect / design.se)
        assert exact == pytest.approx(0.8, abs=0.02)


def test_a_curve_rises_with_the_effect():
    curve = power(People(500, 1), np.linspace(0, 1, 50))
    assert curve.shape == (50,)
    assert (np.diff(curve) >= 0).all()
    assert curve[0] == pytest.approx(0.025)
    assert curve[-1] > 0.999


def test_more_alike_or_unequal_teams_find_less():
    base = mde(Teams(40, 12, 1, icc=0.1))
    assert mde(Teams(40, 12, 1, icc=0.3)) > base
    assert mde(Teams(40, 12, 1, icc=0.1, cv=0.8)) > base
    assert mde(Teams(40, 12, 1, icc=0.1, share=0.2)) > base
    assert mde(Teams(40, 12, 1, icc=0.1, r2=0.4)) < base
    # Without likeness, teams find what their people drawn one by one would.
    alone = Teams(40, 12, 1, icc=0)
    assert alone.se == pytest.approx(People(480, 1).se)


def test_refused_designs():
    for wrong in (
        lambda: People(100, 0),
        lambda: People(100, float("nan")),
        lambda: People(100, float("inf")),
        lambda: People(100, 1, r2=1),
        lambda: People(100, 1, share=0),
        lambda: Teams(10, 12, 1, icc=1.1),
        lambda: Teams(10, 0.5, 1, icc=0.1),
        lambda: Teams(10, 12, 1, icc=0.1, cv=-1),
        lambda: sd_of_share(0),
        lambda: mde(People(100, 1), power=1),
        lambda: mde(People(100, 1), confidence=0),
        lambda: power(People(100, 1), [0.1, float("nan")]),
        lambda: needed(People(100, 1), 0),
        lambda: needed(People(100, 1), float("nan")),
        lambda: needed(People(100, 1), 1e-9),
    ):
        with pytest.raises(Unusable):
            wrong()
    with pytest.raises(TooFew) as few:
        People(3, 1)
    assert few.value.why is Why.FEW
    with pytest.raises(TooFew) as few:
        Teams(3, 12, 1, icc=0.1)
    assert few.value.why is Why.FEW_CLUSTERS


def test_the_smallest_effect_is_found_four_times_of_five():
    """Simulated trials with the effect the formula names, people and teams."""
    rng = np.random.default_rng(11)
    trials = 2000
    effect = mde(People(200, QUARTER))
    y = rng.binomial(100, [[0.25 - effect / 2], [0.25 + effect / 2]], (trials, 2, 1))
    p, q = y[:, 0, 0] / 100, y[:, 1, 0] / 100
    z = (q - p) / np.sqrt((p * (1 - p) + q * (1 - q)) / 99)
    assert (np.abs(z) > 1.96).mean() == pytest.approx(0.8, abs=0.03)

    effect = mde(Teams(20, 12, 1, icc=0.1))
    own = rng.normal(0, np.sqrt(0.1), (trials, 20, 1))
    teams = (own + rng.normal(0, np.sqrt(0.9), (trials, 20, 12))).mean(2)
    t = stats.ttest_ind(teams[:, :10] + effect, teams[:, 10:], axis=1)
    assert (t.pvalue <= 0.05).mean() == pytest.approx(0.8, abs=0.03)


# --- how alike people of a team are, and what the time before explains ---

JUDGES = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9],
          [6, 2, 4, 7]]  # fmt: skip


def test_a_published_intraclass_correlation():
    """Shrout & Fleiss (1979), six targets and four judges: ICC(1,1) = .17."""
    found = icc(np.ravel(JUDGES), np.repeat(range(6), 4))
    assert found.estimate == pytest.approx(0.17, abs=0.005)
    assert (found.low, found.high) == pytest.approx((-0.133, 0.723), abs=0.001)
    assert (found.n, found.clusters, found.size) == (24, 6, 4)


def test_unequal_sizes_by_hand():
    found = icc([1, 2, 3, 7, 9], ["a", "a", "a", "b", "b"])
    between, within = 3 * 2.4**2 + 2 * 3.6**2, (2 + 2) / 3
    size = 5 - 13 / 5
    by_hand = (between - within) / (between + (size - 1) * within)
    assert found.estimate == pytest.approx(by_hand)
    assert found.size == pytest.approx(size)


def test_the_interval_of_an_icc_covers_it():
    rng = np.random.default_rng(6)
    sizes = rng.poisson(11, 30) + 1
    teams = np.repeat(np.arange(30), sizes)
    covered = []
    for _ in range(400):
        own = rng.normal(0, np.sqrt(0.1), 30)
        y = own[teams] + rng.normal(0, np.sqrt(0.9), len(teams))
        found = icc(y, teams)
        covered.append(found.low <= 0.1 <= found.high)
    assert np.mean(covered) == pytest.approx(0.95, abs=0.03)


@given(
    st.lists(st.integers(0, 9), min_size=24, max_size=24),
    st.permutations(range(24)),
    st.integers(2, 8),
)
@example(
    [0] * 6 + [2, 0, 2, 0, 0, 0, 5, 0, 0, 1, 0, 1, 0, 1, 0, 3, 0, 3], [*range(24)], 2
)
def test_an_icc_is_at_most_1_and_does_not_depend_on_unit_or_order(y, order, teams):
    y, labels = np.array(y), np.arange(24) % teams
    assume(np.ptp(y) > 0)
    found, other = icc(y, labels), icc((5 - 3 * y)[order], labels[order])
    assert found.low <= found.estimate <= found.high <= 1
    assert other.estimate == pytest.approx(found.estimate, abs=1e-9)


def test_an_icc_at_its_ends():
    assert icc([1, 1, 2, 2, 3, 3], [0, 0, 1, 1, 2, 2]).estimate == 1
    opposite = icc([1, 2, 1, 2, 1, 2], [0, 0, 1, 1, 2, 2])
    assert opposite.estimate == pytest.approx(-1)


def test_refused_iccs():
    for y, labels, why in (
        ([1, 2, 3], [1, 1, 1], Why.FEW_CLUSTERS),
        ([1, 2, 3], [1, 2, 3], Why.FEW),
        ([0, 0, 0], [1, 2, 2], Why.CONSTANT),
        ([0.1, 0.1, 0.1], [1, 2, 2], Why.CONSTANT),
        ([], [], Why.EMPTY),
    ):
        with pytest.raises(TooFew) as refused:
            icc(y, labels)
        assert refused.value.why is why
    with pytest.raises(Unusable):
        icc([1, 2, np.nan], [1, 2, 2])
    with pytest.raises(Unusable):
        icc([1, 2, 3], [1, 2])


def test_what_the_time_before_explains():
    rng = np.random.default_rng(8)
    before = rng.normal(0, 1, 50_000)
    after = before + rng.normal(0, 1, 50_000)
    assert r_squared(before, after) == pytest.approx(0.5, abs=0.02)
    assert r_squared(before, -before) == pytest.approx(1)
    assert r_squared([1, 2, 3, 4], [1, -1, -1, 1]) == 0
    # With the variance of teams and people known, so is that of the means.
    teams = np.repeat(np.arange(5000), 10)
    own = rng.normal(0, 1, 5000)[teams]
    one, two = own + rng.normal(0, 1, (2, 50_000))
    assert r_squared(one, two) == pytest.approx(0.25, abs=0.03)
    assert r_squared(one, two, teams) == pytest.approx((10 / 11) ** 2, abs=0.03)


def test_few_units_do_not_promise_much():
    rng = np.random.default_rng(9)
    found = [r_squared(*rng.normal(0, 1, (2, 10))) for _ in range(500)]
    raw = [np.corrcoef(*rng.normal(0, 1, (2, 10)))[0, 1] ** 2 for _ in range(500)]
    assert np.median(found) == 0
    assert np.mean(found) < np.mean(raw)


def test_refused_relations():
    for columns in (([1, 2, 3], [1, 2, 4]), ([1, 1, 1, 1], [1, 2, 3, 4]), ([], [])):
        with pytest.raises(TooFew):
            r_squared(*columns)
    for columns in (
        ([1, 2, 3, 4], [1, 2, 3]),
        ([1, 2, 3, np.inf], [1, 2, 3, 4]),
        ([1, 2, 3, 4], [1, 2, 3, 5], [1, 2]),
    ):
        with pytest.raises(Unusable):
            r_squared(*columns)

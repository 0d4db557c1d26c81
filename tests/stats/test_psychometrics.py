import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from pesue.stats import psychometrics
from pesue.stats.estimates import TooFew, Unusable, Why
from pesue.stats.psychometrics import (
    alpha,
    best_worst,
    bootstrap_alpha,
    dif,
    item_total,
    omega,
    spearman_brown,
)


def scale(n, loadings, seed):
    """Answers of n people to items with these loadings on one thing."""
    rng = np.random.default_rng(seed)
    loadings = np.asarray(loadings)
    noise = rng.normal(0, 1, (n, len(loadings))) * np.sqrt(1 - loadings**2)
    return rng.normal(0, 1, (n, 1)) * loadings + noise


def exactly(correlations, n=40):
    """Answers whose correlations are just these."""
    k = len(correlations)
    raw = np.random.default_rng(1).normal(0, 1, (n, k))
    white = np.linalg.qr(raw - raw.mean(0))[0]
    return white @ np.linalg.cholesky(np.array(correlations)).T


# --- reliability ---


def test_alpha_by_hand():
    """Three items of variance 1 that correlate .5: alpha is 3/2 (1 - 3/6) = .75."""
    found = alpha(exactly([[1, 0.5, 0.5], [0.5, 1, 0.5], [0.5, 0.5, 1]]))
    assert found.estimate == pytest.approx(0.75)
    assert (found.n, found.items) == (40, 3)
    f = stats.f(39, 78).ppf([0.975, 0.025])
    assert (found.low, found.high) == pytest.approx(tuple(1 - 0.25 * f))


def test_alpha_is_known_by_its_split_of_the_variance():
    """The same from a table of people by items: 1 - MS(residual) / MS(people)."""
    y = scale(25, [0.8, 0.6, 0.7, 0.5], seed=2)
    people = 4 * y.mean(1).var(ddof=1)
    residual = y - y.mean(1, keepdims=True) - y.mean(0) + y.mean()
    error = (residual**2).sum() / (24 * 3)
    assert alpha(y).estimate == pytest.approx(1 - error / people)


def test_feldts_interval_covers_in_small_samples():
    truth = 4 / 3 * (1 - 4 / (4 + 12 * 0.49))
    inside = []
    for seed in range(400):
        found = alpha(scale(30, [0.7] * 4, seed))
        inside.append(found.low <= truth <= found.high)
    assert np.mean(inside) == pytest.approx(0.95, abs=0.03)


@pytest.mark.thorough
@given(
    arrays(np.int64, (12, 4), elements=st.integers(1, 7)),
    st.floats(0.1, 10),
    st.floats(-5, 5),
)
def test_alpha_does_not_depend_on_unit_nor_order(y, times, plus):
    assume((np.ptp(y, axis=0) > 0).all() and np.ptp(y.sum(1)) > 0)
    found = alpha(y)
    assert found.estimate <= 1
    assert found.low <= found.estimate <= found.high
    other = alpha(y[::-1, [2, 0, 3, 1]] * times + plus)
    assert other.estimate == pytest.approx(found.estimate, abs=1e-6)


def test_missing_answers_pair_by_pair():
    y = scale(300, [0.7, 0.8, 0.6], seed=3)
    assert alpha(y, pairwise=True) == alpha(y)
    holed = y.copy()
    holed[:40, 0] = holed[30:60, 1] = np.nan
    pairs = [[0, 1], [0, 2], [1, 2]]
    c = np.diag([np.nanvar(holed[:, i], ddof=1) for i in range(3)])
    for i, j in pairs:
        both = holed[np.isfinite(holed[:, [i, j]]).all(1)]
        c[i, j] = c[j, i] = np.cov(both[:, i], both[:, j])[0, 1]
    found = alpha(holed, pairwise=True)
    assert found.estimate == pytest.approx(1.5 * (1 - np.trace(c) / c.sum()))
    assert found.n == 240
    assert item_total(holed, pairwise=True) == pytest.approx(item_total(y), abs=0.1)
    with pytest.raises(Unusable) as refused:
        alpha(holed)
    assert refused.value.why is Why.NOT_FINITE


def test_omega_is_alpha_where_all_items_measure_alike_and_more_where_not():
    alike = exactly([[1, 0.5, 0.5], [0.5, 1, 0.5], [0.5, 0.5, 1]])
    assert omega(alike, seed=1).estimate == pytest.approx(0.75, abs=1e-6)
    loadings = np.array([0.9, 0.8, 0.5, 0.3])
    r = np.outer(loadings, loadings)
    np.fill_diagonal(r, 1)
    found = omega(exactly(r), seed=1)
    truth = loadings.sum() ** 2 / (loadings.sum() ** 2 + (1 - loadings**2).sum())
    assert found.estimate == pytest.approx(truth, abs=1e-6)
    assert found.estimate > alpha(exactly(r)).estimate + 0.02
    assert not found.heywood


def test_omega_counts_items_in_their_units():
    loadings, sds = np.array([0.9, 0.6, 0.4]), np.array([1, 2, 5])
    r = np.outer(loadings, loadings)
    np.fill_diagonal(r, 1)
    common = (loadings * sds).sum() ** 2
    truth = common / (common + ((1 - loadings**2) * sds**2).sum())
    found = omega(exactly(r) * sds, seed=1)
    assert found.estimate == pytest.approx(truth, abs=1e-6)


def test_a_heywood_case_is_named():
    r = [[1, 0.7, 0.7], [0.7, 1, 0.3], [0.7, 0.3, 1]]
    found = omega(exactly(r), seed=1)
    assert found.heywood
    assert 0 < found.estimate < 1


def test_bootstrap_intervals():
    y = scale(200, [0.7, 0.7, 0.6, 0.8], seed=5)
    drawn, feldt = bootstrap_alpha(y, seed=1), alpha(y)
    assert drawn.estimate == feldt.estimate
    assert (drawn.low, drawn.high) == pytest.approx((feldt.low, feldt.high), abs=0.03)
    assert drawn == bootstrap_alpha(y, seed=1)
    assert drawn != bootstrap_alpha(y, seed=2)
    found = omega(y, seed=1)
    assert found.low < found.estimate < found.high
    assert found.high - found.low == pytest.approx(drawn.high - drawn.low, abs=0.03)
    assert found == omega(y, seed=1)


def test_people_drawn_again_are_those_people_more_than_once():
    """The shortcut by counting against tables in which people stand repeated."""
    y = scale(15, [0.7, 0.6, 0.5], seed=6)
    times = np.random.default_rng(8).multinomial(15, np.full(15, 1 / 15), 40)
    one_by_one = [alpha(np.repeat(y, each, axis=0)).estimate for each in times]
    ours = bootstrap_alpha(y, seed=8, draws=40)
    low, high = np.quantile(one_by_one, [0.025, 0.975])
    assert (ours.low, ours.high) == pytest.approx((low, high))


def test_many_people_are_drawn_again_in_parts(monkeypatch):
    y = scale(30, [0.7, 0.6, 0.5], seed=6)
    at_once = bootstrap_alpha(y, seed=8, draws=50)
    monkeypatch.setattr(psychometrics, "AT_ONCE", 30 * 7)
    assert bootstrap_alpha(y, seed=8, draws=50) == at_once


def test_spearman_brown():
    found = spearman_brown(exactly([[1, 0.6], [0.6, 1]], n=100))
    assert found.estimate == pytest.approx(1.2 / 1.6)
    ends = np.tanh(np.arctanh(0.6) + np.array([-1, 1]) * 1.959964 / np.sqrt(97))
    assert (found.low, found.high) == pytest.approx(2 * ends / (1 + ends))
    y = np.arange(20.0)
    same = spearman_brown(np.column_stack([y, 3 * y + 1]))
    assert (same.low, same.estimate, same.high) == (1, 1, 1)
    with pytest.raises(TooFew):
        spearman_brown(np.column_stack([y, -y]))
    with pytest.raises(Unusable):
        spearman_brown(scale(50, [0.5] * 3, 1))


def test_an_item_against_the_sum_of_the_others():
    y = scale(60, [0.8, 0.6, 0.7, 0.1], seed=9)
    expected = [
        np.corrcoef(y[:, i], np.delete(y, i, axis=1).sum(1))[0, 1] for i in range(4)
    ]
    assert item_total(y) == pytest.approx(expected)
    assert np.argmin(item_total(y)) == 3
    against = item_total(np.column_stack([y[:, 0], y[:, 1], -y[:, 1]]))
    assert np.isnan(against[0])


def test_refused_scales():
    good = scale(30, [0.7, 0.6, 0.5], seed=1)
    constant = good.copy()
    constant[:, 1] = 4
    broken = good.copy()
    broken[0, 0] = np.inf
    for method in (
        alpha,
        item_total,
        lambda y: omega(y, seed=1),
        lambda y: bootstrap_alpha(y, seed=1),
    ):
        for wrong, why in (
            (good[:, :1], Why.FEW),
            (good[:9], Why.FEW),
            (constant, Why.CONSTANT),
        ):
            with pytest.raises(TooFew) as refused:
                method(wrong)
            assert refused.value.why is why
        with pytest.raises(Unusable):
            method(broken)
        with pytest.raises(Unusable):
            method(good[:, 0])
    with pytest.raises(TooFew):
        omega(good[:, :2], seed=1)
    with pytest.raises(TooFew):
        alpha(np.column_stack([good[:, 0], -good[:, 0]]))
    holed = good.copy()
    holed[:21, 0] = np.nan  # nine answered all
    with pytest.raises(TooFew) as refused:
        alpha(holed, pairwise=True)
    assert refused.value.about["n"] == 9
    apart = good.copy()
    apart[:15, 0] = apart[15:, 1] = np.nan  # nobody answered both
    with pytest.raises(TooFew):
        item_total(apart, pairwise=True)


# --- languages ---


def graded(n, seed, shift=0.0, odd=0.0):
    """Answers 1 to 7 of n people of one language to six items."""
    raw = scale(n, [0.7] * 6, seed) + shift
    raw[:, 0] += odd
    return np.clip(np.round(4 + 1.5 * raw), 1, 7)


def both(one, other):
    return np.vstack([one, other]), np.repeat([False, True], [len(one), len(other)])


def test_a_difference_in_the_thing_itself_is_none_between_items():
    found = dif(*both(graded(2000, 1), graded(2000, 2, shift=0.5)))
    assert np.abs(found.differences).max() < 0.1
    assert found.matched > 1900


def test_an_item_that_is_read_differently_is_found():
    found = dif(*both(graded(2000, 1), graded(2000, 2, odd=-0.6)))
    assert found.differences[0] == pytest.approx(-0.5, abs=0.1)
    # The others make up for it: people are alike by a sum that the item is part of.
    assert found.differences[1:] == pytest.approx([0.1] * 5, abs=0.06)
    turned = dif(*both(graded(2000, 2, odd=-0.6), graded(2000, 1)))
    assert turned.differences[0] == pytest.approx(0.5, abs=0.1)


def test_a_difference_by_hand():
    """A gap of one point at two sums, none at the third, and one with nobody alike."""
    reference = np.array([[1, 2]] * 2 + [[2, 3]] * 9 + [[3, 4]] * 3 + [[7, 7]])
    focal = np.array([[2, 1]] * 8 + [[2, 3]] * 2 + [[4, 3]] * 2)
    found = dif(*both(reference, focal))
    gap = (8 * 1 + 2 * 0 + 2 * 1) / 12
    a, b = reference.var(axis=0) * 15, focal.var(axis=0) * 12
    sds = np.sqrt((a + b) / 25)
    assert found.differences == pytest.approx([gap / sds[0], -gap / sds[1]])
    assert found.matched == 12


def test_refused_comparisons_of_languages():
    y, group = both(graded(40, 1), graded(40, 2))
    for few in (
        np.zeros(80, bool),
        np.ones(80, bool),
        np.arange(80) < 9,
        np.arange(80) > 8,
    ):
        with pytest.raises(TooFew):
            dif(y, few)
    with pytest.raises(TooFew):
        dif(np.vstack([y[:40], y[40:] + 100]), group)
    with pytest.raises(Unusable):
        dif(y, group[1:])
    y[0, 0] = np.nan
    with pytest.raises(Unusable):
        dif(y, group)


# --- best and worst ---


def test_best_worst_counts():
    found = best_worst(
        [["a", "b", "c"], ["a", "b", "d"], ["b", "c", "d"]],
        best=["a", "a", "b"],
        worst=["c", "b", "c"],
    )
    assert found.options == ("a", "b", "c", "d")
    assert found.scores.tolist() == [1, 0, -1, 0]
    assert found.shown == (2, 3, 2, 2)


@given(st.lists(st.permutations(range(5)), min_size=1, max_size=30))
def test_scores_lie_within_1_and_balance(tasks):
    shown = np.array(tasks)[:, :4]
    found = best_worst(shown, shown[:, 0], shown[:, 3])
    assert (np.abs(found.scores) <= 1).all()
    assert found.scores @ np.array(found.shown) == pytest.approx(0)


def test_refused_choices():
    good = [[1, 2, 3], [2, 3, 4]]
    with pytest.raises(TooFew):
        best_worst(np.empty((0, 3)), [], [])
    for shown, best, worst, why in (
        (good, [1, 2], [3], Why.SHAPES),
        ([1, 2], [1, 2], [2, 1], Why.SHAPES),
        (good, [1, 1], [2, 4], Why.NOT_IN_RANGE),
        (good, [1, 2], [2, 1], Why.NOT_IN_RANGE),
        (good, [1, 2], [1, 3], Why.REPEATED),
        ([[1, 1, 3]], [1], [3], Why.REPEATED),
    ):
        with pytest.raises(Unusable) as refused:
            best_worst(shown, best, worst)
        assert refused.value.why is why

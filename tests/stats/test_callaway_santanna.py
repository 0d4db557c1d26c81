import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.stats.estimates import TooFew, Unusable, Why
from pesue.stats.rollouts import callaway_santanna
from tests.stats.panels import drawn, panel, some_examples

pytestmark = pytest.mark.thorough

SIZES = {3: 5, 4: 7, 5: 4, 0: 6}


def cells(found):
    return {(cell.group, cell.period): cell.value for cell in found.cells}


def test_a_known_difference_in_differences():
    """Two begin in period 3 and two never; all by hand."""
    outcomes = [[1, 2, 6], [1, 4, 9], [0, 1, 2], [0, 1, 1]]
    found = callaway_santanna(panel(outcomes, [3, 3, 0, 0]))
    # Before: changes 1 and 3 against 1 and 1. After: 4 and 5 against 1 and 0.
    assert cells(found) == {(3, 2): pytest.approx(1.0), (3, 3): pytest.approx(4.0)}
    after = found.cells[1].estimate
    # Each arm's variance over its size: (0.25 + 0.25) / 2 in both, divided by n.
    assert after.se == pytest.approx(np.sqrt(0.25 / 2 + 0.25 / 2))
    assert found.simple().estimate == pytest.approx(4.0)
    assert (found.n, found.clusters, found.left_out) == (4, 4, 0)


@pytest.mark.parametrize("comparison", ["never", "not_yet"])
@some_examples
@given(seed=st.integers(0, 999))
def test_each_cell_is_a_difference_of_mean_changes(comparison, seed):
    outcomes, first = drawn(seed, SIZES, 6, effect=1)
    start = np.where(first == 0, 99, first)
    found = cells(callaway_santanna(panel(outcomes, first), comparison=comparison))
    assert set(found) == {(g, t) for g in (3, 4, 5) for t in range(2, 7)}
    for (group, period), value in found.items():
        base = group - 1 if period >= group else period - 1
        change = outcomes[:, period - 1] - outcomes[:, base - 1]
        others = start == 99 if comparison == "never" else start > period
        others &= start != group
        expected = change[start == group].mean() - change[others].mean()
        assert value == pytest.approx(expected, abs=1e-12)


def test_aggregations_are_the_weighted_means_they_say():
    outcomes, first = drawn(5, SIZES, 6, effect=1)
    found = callaway_santanna(panel(outcomes, first))
    value = cells(found)
    size = {3: 5, 4: 7, 5: 4}
    after = [(g, t) for g, t in value if t >= g]

    def mean(some):
        total = sum(size[g] for g, _ in some)
        return pytest.approx(sum(size[g] * value[g, t] for g, t in some) / total)

    assert found.simple().estimate == mean(after)
    groups = found.by_group(draws=0)
    means = {g: np.mean([value[g, t] for h, t in after if h == g]) for g in size}
    assert {e.at: e.value for e in groups.effects} == pytest.approx(means)
    assert groups.overall.estimate == pytest.approx(
        sum(size[g] * means[g] for g in size) / 16
    )
    events = found.dynamic(draws=0)
    assert [e.at for e in events.effects] == [-3, -2, -1, 0, 1, 2, 3]
    for effect in events.effects:
        assert effect.value == mean([(g, t) for g, t in value if t - g == effect.at])
    assert events.overall.estimate == pytest.approx(
        np.mean([e.value for e in events.effects if e.at >= 0])
    )
    periods = found.calendar(draws=0)
    assert [e.at for e in periods.effects] == [3, 4, 5, 6]
    for effect in periods.effects:
        assert effect.value == mean([(g, t) for g, t in after if t == effect.at])


@pytest.mark.parametrize(
    "statistic",
    [
        lambda found: found.simple(),
        lambda found: found.by_group(draws=0).overall,
        lambda found: found.dynamic(draws=0).overall,
        lambda found: found.calendar(draws=0).overall,
        lambda found: found.dynamic(draws=0).effects[3].estimate,
    ],
    ids=["simple", "group", "dynamic", "calendar", "event"],
)
def test_the_errors_are_those_of_units_drawn_again(statistic):
    """Effects differ by group, so that the sizes of groups matter for the error."""
    rng = np.random.default_rng(8)
    found = []
    for _ in range(250):
        first = rng.choice([2, 3, 0], 300, p=[0.2, 0.3, 0.5])
        outcomes = rng.normal(size=(300, 4))
        start = np.where(first == 0, 99, first)[:, None]
        outcomes += (np.arange(1, 5) >= start) * np.where(start == 2, 4.0, -4.0)
        found.append(statistic(callaway_santanna(panel(outcomes, first))))
    seen = np.std([one.estimate for one in found])
    # 250 draws know their spread to 4.5 %; without the sizes' part it is far off.
    assert np.mean([one.se for one in found]) == pytest.approx(seen, rel=0.14)


def test_twins_in_one_cluster_tell_no_more_than_one():
    outcomes, first = drawn(2, {2: 4, 3: 4, 0: 8}, 4)
    outcomes[:4, 1:] += 9  # so that the groups' sizes are a large part of the error
    alone = callaway_santanna(panel(outcomes, first))
    twice = np.repeat(outcomes, 2, axis=0), np.repeat(first, 2)
    clusters = np.repeat(np.arange(16), 2)
    found = callaway_santanna(panel(*twice, clusters=clusters))
    for one, other in (
        (found.simple(), alone.simple()),
        (found.by_group(0).overall, alone.by_group(0).overall),
        (found.cells[0].estimate, alone.cells[0].estimate),
    ):
        assert one.estimate == pytest.approx(other.estimate)
        assert one.se == pytest.approx(other.se * np.sqrt(16 / 15))
        assert (one.clusters, one.n, one.df) == (16, 32, 15)


def test_the_last_group_is_compared_with_where_nobody_never_begins():
    outcomes, first = drawn(4, {2: 4, 4: 4}, 6)
    found = callaway_santanna(panel(outcomes, first), comparison="not_yet")
    as_never = callaway_santanna(panel(outcomes[:, :3], np.where(first == 4, 0, first)))
    assert cells(found) == cells(as_never)
    assert set(cells(found)) == {(2, 2), (2, 3)}


def test_those_treated_from_the_beginning_are_left_out():
    outcomes, first = drawn(4, {3: 4, 0: 4}, 4)
    more = np.vstack([outcomes, np.full((3, 4), 7.0)])
    found = callaway_santanna(panel(more, [*first, 1, 1, 1]))
    assert found.left_out == 3
    alone = callaway_santanna(panel(outcomes, first))
    assert cells(found) == cells(alone)
    assert found.simple() == alone.simple()


def test_where_nobody_did_anything_yet_there_is_a_value_without_error():
    outcomes, first = drawn(4, {3: 4, 0: 4}, 4)
    outcomes[:, :2] = 0
    found = callaway_santanna(panel(outcomes, first))
    assert found.cells[0].value == 0
    assert found.cells[0].estimate is None
    events = found.dynamic(draws=99)
    assert events.effects[0].estimate is None
    assert events.effects[0].low is None
    assert events.effects[1].estimate is not None
    with pytest.raises(TooFew):
        found.pretrend()


@some_examples
@given(seed=st.integers(0, 99))
def test_units_of_measure_and_shifts_of_periods_change_nothing_else(seed):
    outcomes, first = drawn(seed, SIZES, 6, effect=1)
    seasons = np.arange(6.0) ** 2
    one = callaway_santanna(panel(outcomes, first)).simple()
    other = callaway_santanna(panel(10 * (outcomes + seasons) + 3, first)).simple()
    assert other.estimate == pytest.approx(10 * one.estimate, abs=1e-9)
    assert other.se == pytest.approx(10 * one.se)


def test_the_pretrend_test_is_walds():
    outcomes, first = drawn(6, {3: 30, 0: 40}, 4)
    found = callaway_santanna(panel(outcomes, first)).pretrend()
    before = callaway_santanna(panel(outcomes, first)).cells[0].estimate
    assert found.df == 1
    assert found.statistic == pytest.approx((before.estimate / before.se) ** 2)
    assert found.p == pytest.approx(before.p, rel=0.02)  # chi-square against t


def test_a_pretrend_is_seen():
    outcomes, first = drawn(6, {4: 30, 5: 30, 0: 40}, 6)
    drifting = outcomes + 0.5 * np.arange(6) * (first > 0)[:, None]
    assert callaway_santanna(panel(outcomes, first)).pretrend().p > 0.05
    found = callaway_santanna(panel(drifting, first)).pretrend()
    assert found.df == 2 + 3
    assert found.p < 1e-3


def test_the_band_covers_all_effects_at_once():
    covered = []
    for seed in range(200):
        outcomes, first = drawn(seed, {3: 40, 4: 40, 0: 80}, 5)
        found = callaway_santanna(panel(outcomes, first)).dynamic(draws=199, seed=seed)
        assert 1.96 <= found.critical < 4
        covered.append(all(effect.low <= 0 <= effect.high for effect in found.effects))
    # 95 % with a Monte Carlo error of 1.5 points; pointwise it would be 79 %.
    assert 0.90 <= np.mean(covered) <= 0.99


def test_the_band_is_the_same_for_the_same_seed():
    found = callaway_santanna(panel(*drawn(1, SIZES, 6)))
    assert found.dynamic(seed=4) == found.dynamic(seed=4)
    assert found.dynamic(seed=4).critical != found.dynamic(seed=5).critical
    with pytest.raises(Unusable):
        found.dynamic(draws=10)  # 95 % of ten are not known


@pytest.mark.parametrize(
    ("first", "comparison", "why"),
    [
        ([0, 0, 0, 0, 0, 0], "never", Why.ONE_ARM),
        ([2, 2, 3, 3, 3, 3], "never", Why.ONE_ARM),
        ([3, 3, 3, 3, 3, 3], "not_yet", Why.ONE_ARM),
        ([1, 1, 1, 0, 0, 0], "never", Why.ONE_ARM),
        ([1, 1, 1, 1, 1, 1], "never", Why.ONE_ARM),
        ([2, 2, 3, 0, 0, 0], "never", Why.FEW_CLUSTERS),
        ([2, 2, 3, 3, 3, 0], "never", Why.FEW_CLUSTERS),
        ([2, 2, 2, 2, 2, 3], "not_yet", Why.FEW_CLUSTERS),
    ],
)
def test_where_there_is_nothing_to_compare_it_is_refused(first, comparison, why):
    outcomes = np.random.default_rng(0).normal(size=(6, 4))
    with pytest.raises(TooFew) as refusal:
        callaway_santanna(panel(outcomes, first), comparison=comparison)
    assert refusal.value.why == why


def test_one_cluster_in_a_group_is_refused():
    outcomes, first = drawn(1, {3: 4, 0: 4}, 4)
    with pytest.raises(TooFew) as refusal:
        callaway_santanna(panel(outcomes, first, clusters=[0, 0, 0, 0, 1, 1, 2, 2]))
    assert refusal.value.why == Why.FEW_CLUSTERS


def test_constant_outcomes_have_no_overall_effect():
    found = callaway_santanna(panel(np.ones((8, 4)), [3] * 4 + [0] * 4))
    assert all(cell.estimate is None for cell in found.cells)
    for method in (found.simple, found.by_group, found.dynamic, found.calendar):
        with pytest.raises(TooFew) as refusal:
            method()
        assert refusal.value.why == Why.CONSTANT


@pytest.mark.parametrize("name", [{"comparison": "all"}, {"method": "ipw"}])
def test_unknown_names_are_refused(name):
    with pytest.raises(Unusable):
        callaway_santanna(panel(*drawn(1, SIZES, 6)), **name)


def with_a_single() -> tuple[np.ndarray, np.ndarray]:
    """The last unit begins in period 5, alone."""
    outcomes, first = drawn(3, {3: 5, 4: 7, 0: 6}, 6, effect=1)
    return np.vstack([outcomes, outcomes[0] + 1]), np.append(first, 5)


def test_a_group_of_one_is_refused_left_out_or_kept_without_an_error():
    outcomes, first = with_a_single()
    with pytest.raises(TooFew) as refused:
        callaway_santanna(panel(outcomes, first))
    assert refused.value.why is Why.FEW_CLUSTERS
    without = callaway_santanna(panel(outcomes[:-1], first[:-1]))
    left = callaway_santanna(panel(outcomes, first), alone="leave_out")
    assert left.simple() == without.simple()
    assert (left.left_out, left.alone) == (1, frozenset())
    kept = callaway_santanna(panel(outcomes, first), alone="keep")
    assert (kept.left_out, kept.alone) == (0, {5})
    errors = {cell.group: cell.estimate for cell in kept.cells if cell.after}
    assert errors[5] is None
    assert errors[4] is not None
    groups = {one.at: one for one in kept.by_group().effects}
    assert groups[5].estimate is None
    assert groups[5].value != 0
    own = next(one for one in kept.cells if (one.group, one.period) == (5, 5))
    others = outcomes[first == 0]
    change = (outcomes[-1, 4] - outcomes[-1, 3]) - (others[:, 4] - others[:, 3]).mean()
    assert own.value == pytest.approx(change)
    assert kept.pretrend().df == without.pretrend().df


def test_nobody_may_be_alone_among_those_compared_with():
    outcomes, first = drawn(3, {3: 5, 0: 1}, 6, effect=1)
    for alone in ("keep", "leave_out"):
        with pytest.raises(TooFew):
            callaway_santanna(panel(outcomes, first), alone=alone)
    with pytest.raises(Unusable):
        callaway_santanna(panel(outcomes, first), alone="whatever")

"""How large a break of parallel trends an effect survives."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.stats.estimates import TooFew, Unusable
from pesue.stats.rollouts import Changes, Panel, callaway_santanna, changes

pytestmark = pytest.mark.thorough


def known(mean=1.0, before=(0.1, -0.2), error=0.01, reach=1.5, df=inf) -> Changes:
    together = np.eye(len(before) + 1) * error**2
    return Changes.of(mean, before, together, reach=reach, df=df)


def test_the_ends_are_the_largest_change_times_how_often_it_is_added_up():
    found = known().bounds(1)
    assert (found.low, found.high) == pytest.approx((1 - 0.3, 1 + 0.3))
    none = known().bounds(0)
    assert none.low == none.high == 1
    assert none.interval_low == pytest.approx(1 - 1.959964 * 0.01)


@given(
    st.floats(-5, 5),
    st.lists(st.floats(-2, 2), min_size=1, max_size=5),
    st.floats(0.001, 2),
    st.floats(0, 3),
    st.floats(0, 3),
)
def test_more_is_allowed_and_the_interval_only_grows(mean, before, error, one, other):
    few, many = sorted((one, other))
    data = known(mean, before, error)
    narrow, wide = data.bounds(few), data.bounds(many)
    assert wide.interval_low <= narrow.interval_low + 1e-12
    assert narrow.interval_high <= wide.interval_high + 1e-12
    assert narrow.interval_low <= narrow.low <= narrow.high <= narrow.interval_high
    mirrored = known(-mean, [-change for change in before], error).bounds(many)
    assert mirrored.interval_low == pytest.approx(-wide.interval_high)


def test_the_breakdown_is_where_the_interval_begins_to_hold_0():
    data = known()
    found = data.breakdown()
    assert data.bounds(found * 0.999).interval_low > 0
    assert data.bounds(found * 1.001).interval_low < 0
    assert known(mean=-1.0).breakdown() == pytest.approx(found)
    assert known(error=0.6).breakdown() == 0
    exact = Changes.of(1.0, [0.0], np.zeros((2, 2)), reach=1)
    assert exact.breakdown() == inf


def test_what_is_refused():
    with pytest.raises(TooFew):
        Changes.of(1.0, [], [[1.0]], reach=1)
    with pytest.raises(Unusable):
        Changes.of(1.0, [0.1], np.eye(3), reach=1)
    for times in (-0.1, float("nan")):
        with pytest.raises(Unusable):
            known().bounds(times)


def test_it_covers_where_trends_break_as_much_as_before():
    """True changes before .1 and -.1, and .1 again in both periods after."""
    rng = np.random.default_rng(4)
    covered = 0
    together = np.array([[0.02, 0.004, 0.0], [0.004, 0.01, -0.003], [0, -0.003, 0.01]])
    for _ in range(2000):
        bias = (0.1 + 0.2) / 2
        drawn = rng.multivariate_normal([1.0 + bias, 0.1, -0.1], together)
        data = Changes.of(drawn[0], drawn[1:], together, reach=1.5)
        found = data.bounds(1)
        covered += found.interval_low <= 1.0 <= found.interval_high
    assert covered / 2000 >= 0.95


def a_panel(drift: float, seed: int = 1) -> Panel:
    """60 teams, half of which begin in period 5 of 8, and drift away all the time."""
    rng = np.random.default_rng(seed)
    first = np.where(np.arange(60) < 30, 5, 0)
    outcome = rng.normal(0, 0.3, (60, 8)) + rng.normal(0, 1, (60, 1))
    outcome += np.outer(first > 0, drift * np.arange(8))
    outcome[:30, 4:] += 1.0
    return Panel.of(
        np.repeat(np.arange(60), 8),
        np.tile(np.arange(1, 9), 60),
        outcome.ravel(),
        np.repeat(first, 8),
    )


def test_a_drift_seen_before_is_not_taken_for_an_effect_of_its_size():
    drifting = changes(callaway_santanna(a_panel(0.2)))
    assert drifting.mean > 1.3, "the drift is in the plain effect"
    found = drifting.bounds(1)
    assert found.interval_low < 1.0 < found.interval_high
    straight = changes(callaway_santanna(a_panel(0.0)))
    assert straight.breakdown() > drifting.breakdown() > 0


def test_an_event_study_gives_the_effects_and_errors_it_shows():
    effects = callaway_santanna(a_panel(0.1))
    shown, data = effects.dynamic(draws=0), changes(effects)
    assert data.mean == pytest.approx(shown.overall.estimate)
    assert data.together[0, 0] == pytest.approx(shown.overall.se**2)
    before = [effect for effect in shown.effects if effect.at < 0]
    assert data.before == pytest.approx([effect.value for effect in before])
    errors = [effect.estimate.se for effect in before]
    assert np.sqrt(data.together.diagonal()[1:]) == pytest.approx(errors)
    assert data.reach == 2.5


def test_without_a_period_before_the_start_there_is_nothing_to_go_by():
    panel = Panel.of(
        [1, 1, 2, 2, 3, 3, 4, 4], [1, 2] * 4, range(8), [2, 2] * 2 + [0] * 4
    )
    with pytest.raises(TooFew):
        changes(callaway_santanna(panel))

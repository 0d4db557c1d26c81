import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.stats.estimates import TooFew, Unusable, Why
from pesue.stats.rollouts import Panel
from tests.stats.panels import drawn, long, panel, some_examples

FOUR = np.arange(12.0).reshape(4, 3)


def test_rows_in_any_order_make_the_same_table():
    rows = long(FOUR, [2, 3, 0, np.inf], clusters=["b", "a", "b", "a"])
    order = np.random.default_rng(3).permutation(12)
    found = Panel.of(**{name: values[order] for name, values in rows.items()})
    assert found.outcomes.tolist() == FOUR.tolist()
    assert found.first.tolist() == [2, 3, 4, 4]
    assert found.never == 4
    assert found.clusters.tolist() == [1, 0, 1, 0]
    assert found.clustered
    assert not panel(FOUR, [2, 3, 0, 0]).clustered


def test_a_start_after_the_last_period_is_never():
    assert panel(FOUR, [2, 4, 9, 0]).first.tolist() == [2, 4, 4, 4]


def test_the_years_may_be_any_and_units_have_names():
    rows = long(FOUR, [2008, 0, 0, 0], start=2007)
    rows["unit"] = np.array([f"team {unit}" for unit in rows["unit"]])
    found = Panel.of(**rows)
    assert found.periods.tolist() == [2007, 2008, 2009]
    assert found.units[3] == "team 3"


def wrong(**changed):
    rows = long(FOUR, [2, 3, 0, 0])
    return {**rows, **{name: change(rows[name]) for name, change in changed.items()}}


def put(place, value):
    def change(values):
        values = np.array(values, dtype=float)
        values[place] = value
        return values

    return change


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (wrong(period=put(1, 1)), Why.REPEATED),  # twice in one period
        ({k: v[:-1] for k, v in wrong().items()}, Why.SHAPES),  # none in one
        (wrong(first_treated=put(0, 3)), Why.REPEATED),  # begins twice
        (wrong(first_treated=put(slice(None), np.nan)), Why.NOT_FINITE),
        (wrong(first_treated=put(slice(None), -np.inf)), Why.NOT_FINITE),
        (wrong(first_treated=put(slice(None), 2.5)), Why.NOT_IN_RANGE),
        (wrong(period=lambda values: values * 2), Why.NOT_IN_RANGE),  # gaps
        (wrong(period=lambda values: values + 0.5), Why.NOT_IN_RANGE),
        (wrong(period=lambda values: values - 1), Why.NOT_IN_RANGE),  # is 0 never?
        (wrong(outcome=put(5, np.nan)), Why.NOT_FINITE),
        (wrong(outcome=put(5, np.inf)), Why.NOT_FINITE),
        (wrong(outcome=lambda values: values[:-1]), Why.SHAPES),
        (wrong(unit=lambda values: values[:-1]), Why.SHAPES),
        (wrong(first_treated=lambda values: values[:-1]), Why.SHAPES),
        ({**wrong(), "clusters": np.arange(12)}, Why.REPEATED),
        ({**wrong(), "covariates": np.arange(12.0)}, Why.REPEATED),
        ({**wrong(), "covariates": np.zeros((12, 1, 1))}, Why.SHAPES),
        ({**wrong(), "covariates": np.full(12, np.nan)}, Why.NOT_FINITE),
    ],
)
def test_what_is_no_balanced_panel_is_refused(rows, why):
    with pytest.raises(Unusable) as refusal:
        Panel.of(**rows)
    assert refusal.value.why == why


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (long(FOUR[:, :1], [2, 0, 0, 0]), Why.FEW),  # one period
        (long(FOUR[:1], [2]), Why.FEW),  # one unit
        ({name: [] for name in long(FOUR, [2, 0, 0, 0])}, Why.EMPTY),
    ],
)
def test_too_small_a_panel_is_refused(rows, why):
    with pytest.raises(TooFew) as refusal:
        Panel.of(**rows)
    assert refusal.value.why == why


def test_where_a_period_is_0_never_is_infinity():
    found = panel(FOUR, [1, 2, np.inf, np.inf], start=0)
    assert found.first.tolist() == [1, 2, 3, 3]


def test_the_panel_of_clusters_has_the_means_of_its_units():
    found = panel(FOUR, [2, 0, 2, 0], clusters=["x", "y", "x", "y"]).of_clusters()
    assert found.outcomes.tolist() == [[3, 4, 5], [6, 7, 8]]
    assert found.first.tolist() == [2, 4]
    assert not found.clustered


def test_a_cluster_that_begins_twice_has_no_mean():
    with pytest.raises(Unusable) as refusal:
        panel(FOUR, [2, 2, 3, 0], clusters=["x", "y", "x", "y"]).of_clusters()
    assert refusal.value.why == Why.REPEATED


@some_examples
@given(st.integers(0, 99), st.integers(2, 5))
def test_the_last_units_and_periods_can_be_left_out(seed, last):
    outcomes, first = drawn(seed, {2: 2, 4: 2, 0: 2}, 5)
    units = np.array([True, False, True, True, True, True])
    found = panel(outcomes, first).kept(units, last)
    assert (found.outcomes == outcomes[units, :last]).all()
    assert (found.first[first[units] > last] == found.never).all()

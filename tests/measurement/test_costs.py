"""What one visit more cost, and what it would take to know."""

import pytest

from pesue.measurement.calibrated import Measured
from pesue.measurement.costs import Bound, Costs, per_visit, replacement
from pesue.measurement.needed import needed

SURE, UNSURE = Measured(400, 300, 500), Measured(200, -50, 450)


def test_costs_are_added_up():
    costs = Costs(0, 10, 50, 600, 30, 100)
    assert (costs.content, costs.people, costs.total) == (500, 300, 900)


def test_what_one_cost_has_the_ends_that_fieller_gives():
    found = per_visit(900, SURE)
    assert found.bound is Bound.BOUNDED
    assert found.estimate == pytest.approx(2.25)
    assert found.low == pytest.approx(900 / 500)
    assert found.high == pytest.approx(900 / 300)


def test_where_none_may_have_been_added_there_is_no_upper_end():
    found = per_visit(900, UNSURE)
    assert found.bound is Bound.UNBOUNDED
    assert found.least == pytest.approx(900 / 450)
    assert found.high is None


@pytest.mark.parametrize(
    ("total", "visits", "bound"),
    [
        (0, SURE, Bound.NO_COST),
        (900, Measured(-400, -500, -300), Bound.NONE_ADDED),
        (900, Measured(0, -50, 50), Bound.UNBOUNDED),
        (900, Measured(5, 5, 5), Bound.UNBOUNDED),  # without an error it proves nothing
    ],
)
def test_odd_cases(total, visits, bound):
    assert per_visit(total, visits).bound is bound


def test_a_replacement_is_a_range_and_never_below_0():
    assert replacement(SURE, 3, 2) == (600, 1500)
    assert replacement(UNSURE, 2, 3) == (0, 1350)


def test_what_it_would_take():
    visits = [80, 120, 100, 95, 105, 60, 140]
    found = needed(visits, by_links=20, items_a_day=0.5)
    assert found is not None
    assert 50 < found.items < 200
    assert found.days == 2 * found.items
    more = needed(visits, by_links=10, items_a_day=0.5)
    assert more is not None
    assert more.items == pytest.approx(4 * found.items, rel=0.1)


@pytest.mark.parametrize(
    ("visits", "by_links"), [([1, 2, 3], 5), ([1] * 9, 0), ([5] * 9, 3)]
)
def test_nothing_is_made_up_of_little(visits, by_links):
    found = needed(visits, by_links=by_links, items_a_day=1)
    assert found is None or found.items == 20

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.stats.anderson_rubin import ConfidenceSet, Forms, accepted
from tests.stats.panels import some_examples


def one(outcome, taking, of_outcome=1.0, of_taking=1.0, between=0.0):
    square = [np.array([[value]]) for value in (of_outcome, of_taking, between)]
    return Forms(np.array([outcome]), np.array([taking]), *map(np.asarray, square))


@pytest.mark.parametrize(
    ("forms", "kind"),
    [
        (one(3.0, 5.0), "interval"),
        (one(3.0, 1.0), "outside"),
        (one(1.0, 1.0), "line"),
        (one(0.0, 0.0), "line"),
        (one(3.0, 5.0, of_taking=0.0), "interval"),
    ],
)
def test_the_set_says_what_it_is(forms, kind):
    found = accepted(forms, 4.0, 0.95)
    assert found.kind == kind
    assert found.confidence == 0.95


def test_an_interval_by_hand():
    """(3 - 5 b)^2 <= 4 (1 + b^2): 21 b^2 - 30 b + 5 <= 0."""
    found = accepted(one(3.0, 5.0), 4.0, 0.95)
    root = np.sqrt(30**2 - 4 * 21 * 5)
    ends = (30 - root) / 42, (30 + root) / 42
    assert found.pieces[0] == pytest.approx(ends)
    assert 0.6 in found
    assert ends[1] + 0.01 not in found


def test_all_but_an_interval_by_hand():
    """(3 - b)^2 <= 4 (1 + b^2): 3 b^2 + 6 b - 5 >= 0."""
    found = accepted(one(3.0, 1.0), 4.0, 0.95)
    root = np.sqrt(36 + 60)
    (far, low), (high, beyond) = found.pieces
    assert (far, beyond) == (-inf, inf)
    assert (low, high) == pytest.approx(((-6 - root) / 6, (-6 + root) / 6))
    assert 0 not in found
    assert 3 in found
    assert -1e9 in found


def test_a_limit_that_is_all_but_touched_does_not_part_the_line():
    assert accepted(one(1.2, 1.6), 4.0 * (1 + 1e-13), 0.95).kind == "line"


numbers = st.floats(-5, 5).map(lambda value: round(value, 3))


@some_examples
@given(numbers, numbers, st.floats(-0.9, 0.9), st.floats(0.1, 3), st.floats(0.1, 3))
def test_one_instrument_agrees_with_the_quadratic_formula(y, d, r, a, b):
    forms = one(y, d, a**2, b**2, r * a * b)
    limit = 3.84
    found = accepted(forms, limit, 0.95)
    square = d**2 - limit * b**2
    linear = -2 * (y * d - limit * r * a * b)
    ends = np.roots([square, linear, y**2 - limit * a**2])
    real = sorted(ends.real) if np.isreal(ends).all() else []
    told = sorted(end for piece in found.pieces for end in piece if abs(end) < inf)
    if abs(square) > 1e-3 and (not real or real[1] - real[0] > 1e-3):
        assert told == pytest.approx(real, rel=1e-6, abs=1e-6)


def several(seed, k):
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(2 * k, 2 * k + 3))
    variance = root @ root.T / 10
    y, d = rng.normal(size=k) * 2, rng.normal(size=k) * 2
    top, low = slice(0, k), slice(k, 2 * k)
    return Forms(y, d, variance[top, top], variance[low, low], variance[top, low])


@some_examples
@given(seed=st.integers(0, 9999), k=st.integers(1, 4))
def test_in_the_set_is_what_the_test_does_not_reject(seed, k):
    forms = several(seed, k)
    limit = 5.0
    found = accepted(forms, limit, 0.95)
    for effect in np.tan(np.linspace(-1.57, 1.57, 401)):
        statistic = forms.statistic(effect)
        if abs(statistic - limit) > 1e-4:
            assert (effect in found) == (statistic <= limit), effect
    for low, high in found.pieces:
        for end in (low, high):
            if abs(end) < 1e6:
                assert forms.statistic(end) == pytest.approx(limit, rel=1e-4)


def test_instruments_that_contradict_each_other_leave_nothing():
    """One says the effect is 2, the other that it is -2, both with certainty."""
    small = np.eye(2) / 100
    forms = Forms(
        np.array([2.0, -2.0]), np.array([1.0, 1.0]), small, small, np.zeros((2, 2))
    )
    found = accepted(forms, 6.0, 0.95)
    assert found.kind == "empty"
    assert 0 not in found


@pytest.mark.parametrize(
    ("pieces", "kind"),
    [
        ((), "empty"),
        (((0, 1),), "interval"),
        (((0, inf),), "half_line"),
        (((-inf, inf),), "line"),
        (((-inf, 0), (1, inf)), "outside"),
        (((0, 1), (2, 3)), "pieces"),
        (((0, 1), (2, inf)), "pieces"),
        (((-inf, 0), (1, 2), (3, inf)), "pieces"),
    ],
)
def test_kinds(pieces, kind):
    assert ConfidenceSet(pieces, 0.95).kind == kind

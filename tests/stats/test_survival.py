"""Time until something happens, where for some it has not happened yet."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.stats.estimates import TooFew, Unusable, Why
from pesue.stats.survival import by, coarse, kaplan_meier

PEOPLE = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=80)


def curve_of(people):
    return kaplan_meier(*zip(*people, strict=True))


def test_without_losses_it_is_the_share_of_those_left():
    curve = kaplan_meier([1, 2, 2, 5, 9], [1] * 5)
    assert curve.times.tolist() == [1, 2, 5, 9]
    assert curve.share.tolist() == pytest.approx([0.8, 0.4, 0.2, 0])
    binomial = [np.sqrt(s * (1 - s) / 5) for s in (0.8, 0.4, 0.2)]
    assert curve.se.tolist()[:3] == pytest.approx(binomial)
    assert (curve.low[-1], curve.high[-1], curve.se[-1]) == (0, 1, 0)


def test_who_is_lost_was_at_risk_until_then():
    curve = kaplan_meier([3, 3, 4], [1, 0, 1])
    assert curve.at_risk.tolist() == [3, 1]
    assert curve.share.tolist() == pytest.approx([2 / 3, 0])


@given(PEOPLE)
def test_it_falls_within_0_and_1_and_holds_its_interval(people):
    curve = curve_of(people)
    shares = [1.0, *curve.share]
    assert all(a > b for a, b in pairwise(shares))
    assert ((curve.low >= 0) & (curve.low <= curve.share)).all()
    assert ((curve.high <= 1) & (curve.high >= curve.share)).all()
    assert curve.events.sum() == sum(did for _time, did in people)


@given(PEOPLE, st.randoms())
def test_neither_order_nor_unit_matters(people, chance):
    mixed = [(7 * time, did) for time, did in people]
    chance.shuffle(mixed)
    one, other = curve_of(people), curve_of(mixed)
    assert other.times.tolist() == [7 * time for time in one.times]
    assert other.low.tolist() == pytest.approx(one.low.tolist())


@given(PEOPLE, st.integers(1, 8))
def test_coarse_tells_of_so_many_at_each_time_and_after_the_last(people, least):
    curve = curve_of(people)
    some = coarse(curve, least)
    before = -1.0
    for time, at_risk, events in zip(
        some.times, some.at_risk, some.events, strict=True
    ):
        since = (curve.times > before) & (curve.times <= time)
        assert curve.events[since].sum() >= least
        assert at_risk - events >= least
        assert by(some, time) == by(curve, time)
        before = time


def test_before_the_first_and_at_a_time_itself():
    curve = kaplan_meier([2, 4], [1, 1])
    assert [by(curve, t).share for t in (0, 1.9, 2, 3, 99)] == [0, 0, 0.5, 0.5, 1]


def test_it_has_happened_to_nobody():
    curve = kaplan_meier([1, 2], [0, 0])
    assert not len(curve.times)
    assert by(curve, 9).share == 0
    assert not len(coarse(curve, 1).times)


@pytest.mark.parametrize(
    ("durations", "happened", "why"),
    [
        ([], [], Why.EMPTY),
        ([-1], [1], Why.NOT_IN_RANGE),
        ([1], [0.5], Why.NOT_IN_RANGE),
        ([1, 2], [1], Why.SHAPES),
        ([float("nan")], [1], Why.NOT_FINITE),
    ],
)
def test_refusals(durations, happened, why):
    with pytest.raises((TooFew, Unusable)) as refused:
        kaplan_meier(durations, happened)
    assert refused.value.why is why

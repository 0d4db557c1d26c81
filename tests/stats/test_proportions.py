import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.stats.estimates import TooFew, Unusable, Why
from pesue.stats.proportions import Group, difference, wilson


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (1, 10, 0.0179, 0.4042),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (15, 148, 0.0624, 0.1605),
    ],
)
def test_known_intervals(part, whole, low, high):
    found = wilson(part, whole)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-4)


@given(st.integers(1, 2000), st.data())
def test_the_interval_lies_within_0_and_1(whole, data):
    found = wilson(data.draw(st.integers(0, whole)), whole)
    assert 0 <= found.low < found.high <= 1


def test_at_the_ends_the_interval_begins_or_ends_just_there():
    for whole in range(1, 300):
        assert wilson(0, whole).low == 0
        assert wilson(whole, whole).high == 1


@pytest.mark.parametrize(
    ("b", "a", "low", "high"),
    [  # the worked examples of Newcombe (1998), his table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_newcombes_examples(b, a, low, high):
    found = difference(Group(a[1], a[0]), Group(b[1], b[0]))
    assert found.estimate == pytest.approx(b[0] / b[1] - a[0] / a[1])
    assert (found.low, found.high) == pytest.approx((low, high), abs=5.1e-5)


@st.composite
def groups(draw):
    people = draw(st.integers(1, 500))
    return Group(people, draw(st.integers(0, people)))


@given(groups(), groups())
def test_a_difference_turned_round_is_its_own_negative(a, b):
    there, back = difference(a, b), difference(b, a)
    assert -1 <= there.low <= there.estimate <= there.high <= 1
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))


def test_more_confidence_is_wider():
    a, b = Group(80, 48), Group(70, 56)
    narrow, wide = difference(a, b, confidence=0.8), difference(a, b, confidence=0.99)
    assert wide.low < narrow.low < narrow.high < wide.high


def test_refusals():
    for a, b in ((0, 10), (10, 0), (0, 0)):
        with pytest.raises(TooFew) as empty:
            difference(Group(a, 0), Group(b, 0))
        assert empty.value.why is Why.EMPTY
    for did in (-1, 11):
        with pytest.raises(Unusable) as wrong:
            difference(Group(10, 3), Group(10, did))
        assert wrong.value.why is Why.NOT_IN_RANGE


def test_small_whole_numbers_do_not_run_over():
    did, people = np.int32(20_000), np.int32(50_000)
    assert wilson(did, people) == wilson(20_000, 50_000)
    one, other = Group(np.int8(100), np.int8(90)), Group(np.int8(100), np.int8(10))
    assert difference(one, other) == difference(Group(100, 90), Group(100, 10))
    assert difference(one, other).n == 200


def test_nobody_did_it_by_half():
    with pytest.raises(Unusable):
        wilson(2.5, 10)
    with pytest.raises(Unusable):
        difference(Group(10, 2.5), Group(10, 1))


def test_another_confidence():
    assert wilson(3, 10, confidence=0.5).low > wilson(3, 10).low
    assert wilson(3, 10, confidence=0.5).confidence == 0.5

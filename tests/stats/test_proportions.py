import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.stats.proportions import wilson


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

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.stats.proportions import Proportion, TooFew, proportion


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
    found = proportion(part, whole)
    assert isinstance(found, Proportion)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_too_few_give_no_figure():
    assert proportion(3, 4, needed=5) == TooFew(5)
    assert isinstance(proportion(3, 5, needed=5), Proportion)
    assert proportion(0, 0) == TooFew(1)
    with pytest.raises(ValueError, match="6 of 5"):
        proportion(6, 5)


@given(st.integers(1, 2000), st.data())
def test_the_share_lies_in_its_interval_and_that_in_0_and_1(whole, data):
    found = proportion(data.draw(st.integers(0, whole)), whole)
    assert isinstance(found, Proportion)
    assert 0 <= found.low <= found.share <= found.high <= 1
    assert found.low < found.high

"""How unevenly something is shared out."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.stats.estimates import TooFew, Unusable
from pesue.stats.inequality import gini, share_of_most

AMOUNTS = st.lists(st.integers(0, 10_000), min_size=1, max_size=30).filter(sum)


@given(AMOUNTS)
def test_it_is_half_the_mean_difference_over_the_mean(amounts):
    n = len(amounts)
    differences = sum(abs(a - b) for a, b in product(amounts, repeat=2)) / n**2
    assert gini(amounts) == pytest.approx(differences / 2 / (sum(amounts) / n))


@given(AMOUNTS, st.integers(1, 9))
def test_the_unit_and_the_order_do_not_matter(amounts, times):
    as_it_is = gini(amounts)
    assert gini([times * a for a in reversed(amounts)]) == pytest.approx(as_it_is)


@given(AMOUNTS)
def test_the_most_have_all_there_is(amounts):
    assert share_of_most(amounts, len(amounts)) == pytest.approx(1)
    assert share_of_most(amounts, 1) == pytest.approx(max(amounts) / sum(amounts))


@pytest.mark.parametrize("nothing", [[], [0, 0]])
def test_nothing_is_not_shared_out(nothing):
    with pytest.raises(TooFew):
        gini(nothing)


def test_nobody_has_less_than_nothing():
    with pytest.raises(Unusable):
        gini([1, -1])

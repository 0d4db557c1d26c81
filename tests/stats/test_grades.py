from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pesue.stats.grades import Grade, weakest


def test_the_order():
    best_first = [
        Grade.OWN_TRIAL,
        Grade.POOLED_TRIALS,
        Grade.ANALOGOUS_TRIAL,
        Grade.CORRELATION,
        Grade.OPINION,
    ]
    assert sorted(Grade, reverse=True) == best_first
    assert all(better > worse for better, worse in pairwise(best_first))


def test_advice_is_as_good_as_its_weakest_sentence():
    assert weakest([Grade.OWN_TRIAL, Grade.CORRELATION]) is Grade.CORRELATION
    assert weakest([Grade.POOLED_TRIALS]) is Grade.POOLED_TRIALS
    assert weakest([]) is Grade.OPINION
    assert weakest(iter([Grade.OWN_TRIAL, Grade.OPINION])) is Grade.OPINION


@given(st.lists(st.sampled_from(Grade)), st.sampled_from(Grade))
def test_one_more_sentence_never_makes_it_better(grades, more):
    if grades:
        assert weakest([*grades, more]) <= weakest(grades)
    assert weakest([*grades, more]) <= more
    assert isinstance(weakest(grades), Grade)

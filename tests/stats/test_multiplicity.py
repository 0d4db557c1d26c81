import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pesue.stats.estimates import Refusal, Why
from pesue.stats.multiplicity import benjamini_hochberg, holm

# The fifteen p of Benjamini and Hochberg's example (1995, section 4.1).
NEUHAUS = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]
PS = st.lists(st.floats(0, 1), min_size=1, max_size=12)


def test_benjamini_and_hochbergs_example():
    """At 5 % theirs takes four as effects; Holm's, like Bonferroni's, three."""
    assert (benjamini_hochberg(NEUHAUS) <= 0.05).sum() == 4
    assert (holm(NEUHAUS) <= 0.05).sum() == 3


def test_the_worked_example_in_the_order_given():
    p = [0.04, 0.01, 0.03, 0.005]
    assert holm(p) == pytest.approx([0.06, 0.03, 0.06, 0.02])
    assert benjamini_hochberg(p) == pytest.approx([0.04, 0.02, 0.04, 0.02])


@settings(deadline=None)
@given(PS, st.floats(0.001, 0.999))
def test_rejected_are_those_that_the_step_rules_reject(p, level):
    """As the papers state them, step by step at one level."""
    order, m = np.argsort(p), len(p)
    ordered = np.asarray(p)[order]
    adjusted = {"holm": holm(p), "bh": benjamini_hochberg(p)}
    if min(abs(np.concatenate(list(adjusted.values())) - level)) < 1e-9:
        return  # on the edge, rounding decides
    down = next((i for i in range(m) if ordered[i] > level / (m - i)), m)
    up = max((i + 1 for i in range(m) if ordered[i] <= (i + 1) / m * level), default=0)
    for name, many in (("holm", down), ("bh", up)):
        rejected = np.zeros(m, bool)
        rejected[order[:many]] = True
        assert ((adjusted[name] <= level) == rejected).all()


@settings(deadline=None)
@given(PS)
def test_adjusted_are_no_smaller_in_the_same_order_and_at_most_one(p):
    for method in (holm, benjamini_hochberg):
        adjusted = method(p)
        assert (adjusted >= np.asarray(p) - 1e-15).all()
        assert adjusted.max() <= 1
        assert (np.diff(adjusted[np.argsort(p, kind="stable")]) >= 0).all()


@pytest.mark.parametrize("method", [holm, benjamini_hochberg])
@pytest.mark.parametrize(
    ("p", "why"),
    [
        ([], Why.EMPTY),
        ([0.1, np.nan], Why.NOT_FINITE),
        ([0.1, np.inf], Why.NOT_FINITE),
        ([0.1, 1.1], Why.NOT_IN_RANGE),
        ([-0.1, 1], Why.NOT_IN_RANGE),
        ([[0.1], [0.2]], Why.SHAPES),
        (0.1, Why.SHAPES),
    ],
)
def test_refusals(method, p, why):
    with pytest.raises(Refusal) as refused:
        method(p)
    assert refused.value.why == why


def test_of_twenty_questions_without_answer_one_in_twenty_rounds_has_a_win():
    rng = np.random.default_rng(1)
    p = rng.random((2000, 20))
    assert (p <= 0.05).any(axis=1).mean() > 0.6
    for method in (holm, benjamini_hochberg):
        wins = np.mean([(method(row) <= 0.05).any() for row in p])
        assert wins == pytest.approx(0.05, abs=3 * np.sqrt(0.05 * 0.95 / 2000))

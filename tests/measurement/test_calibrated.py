"""What words of sureness mean: of what is said to be likely, most is true."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.measurement.calibrated import WORDS, Measured, Said, judge

pytestmark = pytest.mark.thorough

ERROR = 0.02
ALIKE = {Said.LIKELY_LESS: Said.LIKELY, Said.VERY_LIKELY_LESS: Said.VERY_LIKELY}


def a_measured(estimate: float, error: float = ERROR) -> Measured:
    return Measured(estimate, estimate - 1.96 * error, estimate + 1.96 * error)


@pytest.mark.parametrize(
    ("estimate", "said"),
    [
        (0.06, Said.VERY_LIKELY),
        (0.045, Said.LIKELY),
        (0.03, Said.CANNOT_TELL),
        (0.0, Said.CANNOT_TELL),
        (-0.045, Said.LIKELY_LESS),
        (-0.06, Said.VERY_LIKELY_LESS),
    ],
)
def test_alone_nothing_is_said_while_the_interval_holds_0(estimate, said):
    [judged] = judge([a_measured(estimate)])
    assert judged.said is said
    assert not judged.shrunken
    assert judged.found == a_measured(estimate)


def test_with_others_the_best_is_drawn_towards_them():
    judged = judge([a_measured(y) for y in (0.04, 0.0, 0.02, -0.01)])
    assert judged[0].shrunken
    assert 0 < judged[0].found.estimate < 0.04
    assert judged[0].said is Said.LIKELY
    assert judged[3].said is Said.CANNOT_TELL


def said_and_true(
    mean: float, spread: float, trials: int, houses: int
) -> dict[Said, tuple[int, int]]:
    """How often each word was said over simulated houses, and how often it held.

    Of less and of more alike.
    """
    chance = np.random.default_rng(7)
    counts = dict.fromkeys(Said, (0, 0))
    for _ in range(houses):
        truth = chance.normal(mean, spread, trials)
        found = truth + chance.normal(0, ERROR, trials)
        for one, true in zip(judge([a_measured(y) for y in found]), truth, strict=True):
            held = true < 0 if one.said.is_harm else true > 0
            word = ALIKE.get(one.said, one.said)
            said, right = counts[word]
            counts[word] = said + 1, right + int(held)
    return counts


@pytest.mark.parametrize("trials", [3, 5, 10])
@pytest.mark.parametrize(("mean", "spread"), [(0.014, 0.014), (0.0, 0.02)])
def test_of_statements_likely_between_75_and_97_percent_are_true(mean, spread, trials):
    counts = said_and_true(mean, spread, trials, houses=2500 // trials)
    said, right = counts[Said.LIKELY]
    assert said > 80
    assert 0.75 <= right / said <= 0.97, (said, right)
    said, right = counts[Said.VERY_LIKELY]
    assert right / said >= 0.9, (said, right)


@pytest.mark.parametrize(("mean", "spread"), [(0.014, 0.014), (0.0, 0.01)])
def test_a_trial_alone_is_told_with_more_care_rather_than_less(mean, spread):
    counts = said_and_true(mean, spread, 1, houses=6000)
    said, right = counts[Said.LIKELY]
    assert said > 80
    assert right / said >= 0.75, (said, right)


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=2))
def test_below_three_no_sentence_claims_more_than_the_interval(estimates):
    for one in judge([a_measured(y) for y in estimates]):
        assert (one.said is Said.CANNOT_TELL) == one.found.holds_nothing


def test_every_word_has_words():
    assert set(WORDS) == set(Said)

from itertools import permutations

import numpy as np
import pytest

from pesue.stats.estimates import TooFew, Unusable, Why
from pesue.stats.rollouts import randomisation_test, roth_santanna
from tests.stats.panels import drawn, panel


@pytest.mark.parametrize("seed", range(5))
def test_all_assignments_are_tried_where_there_are_few(seed):
    """Against a loop that gives the starts to the units in every order."""
    outcomes, first = drawn(seed, {2: 2, 3: 2, 0: 2}, 4, effect=0.5)
    found = randomisation_test(panel(outcomes, first), draws=100)
    assert found.enumerated
    assert found.draws == 90  # 6! / 2! / 2! / 2!

    def statistic(starts):
        one = roth_santanna(panel(outcomes, starts)).estimate
        return abs(one.estimate) / one.se

    here = statistic(first)
    every = [statistic(list(starts)) for starts in set(permutations(first))]
    assert found.statistic == pytest.approx(here)
    assert found.p == pytest.approx(np.mean([t >= here * (1 - 1e-9) for t in every]))


def test_ties_count_against_us():
    """Two equal pairs: each of the 6 assignments has a mirror that is as extreme."""
    outcomes = [[0, 1.0], [0, 1.0], [0, 0.0], [0, 0.0]]
    found = randomisation_test(
        panel(outcomes, [2, 2, 0, 0]), adjust="none", studentised=False
    )
    assert (found.draws, found.statistic) == (6, pytest.approx(1.0))
    assert found.p == pytest.approx(2 / 6)


def test_an_assignment_without_any_error_counts_against_us():
    """One of 10 splits the outcomes 1, 1 from 0, 0, 0; the others are all as large."""
    outcomes = [[0, 1.0], [0, 0.0], [0, 1.0], [0, 0.0], [0, 0.0]]
    found = randomisation_test(panel(outcomes, [2, 2, 0, 0, 0]), adjust="none")
    assert (found.draws, found.p) == (10, 1.0)


def test_one_team_in_each_wave_can_be_tested_without_an_error():
    outcomes, first = drawn(5, {2: 1, 3: 1, 4: 1, 5: 1}, 5, effect=9)
    of = panel(outcomes, first)
    with pytest.raises(TooFew):
        randomisation_test(of)
    with pytest.raises(TooFew):
        randomisation_test(of, studentised=False)
    found = randomisation_test(of, adjust="did", studentised=False)
    assert found.draws == 24
    assert found.p >= 1 / 24
    assert found.value == found.statistic or found.value == -found.statistic


def test_drawn_ones_agree_with_all_and_with_the_seed():
    of = panel(*drawn(4, {2: 3, 3: 3, 0: 3}, 4, effect=0.7))
    every = randomisation_test(of, draws=5000)
    assert every.enumerated
    assert every.draws == 1680
    some = randomisation_test(of, draws=1600, seed=3)
    assert not some.enumerated
    assert some.draws == 1600
    assert some == randomisation_test(of, draws=1600, seed=3)
    error = np.sqrt(every.p * (1 - every.p) / 1600)
    assert some.p == pytest.approx(every.p, abs=4 * error)
    assert some.statistic == pytest.approx(every.statistic)


def test_the_value_is_the_estimate():
    of = panel(*drawn(4, {2: 5, 3: 5, 0: 5}, 4, effect=1))
    for what in ({"estimand": "cohort"}, {"estimand": "event", "event_time": 1}):
        for adjust in ("efficient", "did", "none"):
            one = roth_santanna(of, **what, adjust=adjust).estimate
            found = randomisation_test(of, **what, adjust=adjust, draws=9)
            assert found.value == pytest.approx(one.estimate)
            assert found.statistic == pytest.approx(abs(one.estimate) / one.se)


def test_a_large_effect_has_the_smallest_p_there_is():
    of = panel(*drawn(4, {2: 20, 0: 20}, 3, effect=20))
    assert randomisation_test(of, draws=99).p == 1 / 100


def test_it_rejects_as_seldom_as_it_says():
    p = []
    for seed in range(400):
        of = panel(*drawn(seed, {2: 3, 3: 3, 4: 3, 0: 3}, 5))
        p.append(randomisation_test(of, draws=99, seed=seed).p)
    # 5 % with a Monte Carlo error of 1.1 points, and uniform below.
    assert 0.02 <= np.mean(np.array(p) <= 0.05) <= 0.085
    assert 0.43 <= np.mean(np.array(p) <= 0.5) <= 0.575


@pytest.mark.parametrize("constant", [0.0, 1.0, 1e9])
def test_constant_outcomes_are_refused(constant):
    of = panel(np.full((8, 4), constant), [3] * 4 + [0] * 4)
    for arguments in ({}, {"adjust": "did", "studentised": False}):
        with pytest.raises(TooFew) as refused:
            randomisation_test(of, **arguments)
        assert refused.value.why == Why.CONSTANT


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ({"draws": 0}, Why.NOT_IN_RANGE),
        ({"adjust": "best"}, Why.NOT_IN_RANGE),
        ({"estimand": "all"}, Why.NOT_IN_RANGE),
    ],
)
def test_unknown_names_are_refused(arguments, why):
    with pytest.raises(Unusable) as refused:
        randomisation_test(panel(*drawn(1, {2: 3, 0: 3}, 3)), **arguments)
    assert refused.value.why == why


def test_where_the_lot_drew_teams_people_are_not_the_unit():
    outcomes, first = drawn(1, {3: 8, 0: 8}, 4)
    with pytest.raises(Unusable) as refused:
        randomisation_test(panel(outcomes, first, clusters=np.arange(16) // 2))
    assert refused.value.why == Why.NOT_BY_LOT


def test_starts_drawn_within_strata_stay_there():
    """A stratum far above the other, whose units all began first: only the lots within
    strata know that this is no effect."""
    rng = np.random.default_rng(1)
    strata = ["high"] * 8 + ["low"] * 8
    first = [2] * 6 + [0] * 2 + [2] * 2 + [0] * 6
    level = np.array([5.0] * 8 + [0.0] * 8)[:, None]
    of = panel(np.hstack([level * 0, level]) + rng.normal(size=(16, 2)), first)
    anyhow = randomisation_test(of, adjust="none", studentised=False)
    within = randomisation_test(of, adjust="none", studentised=False, strata=strata)
    assert anyhow.p < 0.06 < within.p
    assert not within.enumerated
    with pytest.raises(Unusable):
        randomisation_test(of, strata=strata[:-1])


def test_within_strata_by_brute_force():
    """Two strata of three, one of each treated: nine assignments."""
    outcomes = np.array([[0, 3.0], [0, 1.0], [0, 0.5], [0, 9.0], [0, 4.0], [0, 6.5]])
    found = randomisation_test(
        panel(outcomes, [2, 0, 0, 2, 0, 0]),
        adjust="none",
        studentised=False,
        strata=[0, 0, 0, 1, 1, 1],
        draws=9000,
        seed=4,
    )
    y = outcomes[:, 1]
    every = [
        y[[a, b]].mean() - np.delete(y, [a, b]).mean()
        for a in (0, 1, 2)
        for b in (3, 4, 5)
    ]
    exact = np.mean(np.abs(every) >= abs(every[0]) - 1e-9)
    assert found.p == pytest.approx(exact, abs=0.015)

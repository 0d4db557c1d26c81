"""Whatever a stranger gives: labels and numbers of any kind, read or refused."""

import subprocess
import sys
from decimal import Decimal

import numpy as np
import pytest

import pesue.stats
from pesue.stats import (
    checks,
    clusters,
    instruments,
    means,
    power,
    proportions,
    psychometrics,
    randomisation,
    ratios,
    sequences,
    simulated,
)
from pesue.stats.assignment import Blocked, Complete
from pesue.stats.estimates import Refusal, Unusable, Why, floats, in_order, named
from pesue.stats.regression import design, ols
from pesue.stats.rollouts import Panel, callaway_santanna
from pesue.stats.shrinkage import shrink
from pesue.stats.team_assignment import Clustered, Staggered

rng = np.random.default_rng(1)
Y = rng.normal(size=48)
T = np.repeat([0, 1], 24)
TEAM = np.repeat(np.arange(12), 4)
FOUND = clusters.difference(Y, T, TEAM)


class NoAnswer:
    """As pandas' NA: neither equal nor unequal to anything."""

    def __eq__(self, other):
        return self

    __hash__ = object.__hash__

    def __ne__(self, other):
        return self

    def __bool__(self):
        raise TypeError("boolean value of NA is ambiguous")


NA = NoAnswer()


def with_gap(gap) -> np.ndarray:
    some = TEAM.astype(object)
    some[3] = gap
    return some


def frozen(array: np.ndarray) -> np.ndarray:
    array = array.copy()
    array.flags.writeable = False
    return array


@pytest.mark.parametrize(
    ("outcome", "treated", "team"),
    [
        (list(Y), tuple(T), [f"team {n:02}" for n in TEAM]),
        (Y.astype(object), T.astype(object), TEAM.astype(object)),
        ([Decimal(str(y)) for y in Y], T == 1, TEAM.astype(float)),
        (frozen(Y), frozen(T), frozen(TEAM)),
        (Y, T.astype(np.int8), TEAM.astype(np.uint8)),
        (Y, [str(t) for t in T], [n if n % 2 else str(n) for n in TEAM]),
        (Y, T, np.datetime64("2026-01-01") + TEAM),
    ],
    ids=["lists", "objects", "decimals", "read-only", "small", "mixed", "dates"],
)
def test_numbers_and_labels_of_any_kind(outcome, treated, team):
    found = clusters.difference(outcome, treated, team)
    assert found.estimate == pytest.approx(FOUND.estimate)
    assert (found.se, found.df) == pytest.approx((FOUND.se, FOUND.df))


def test_small_whole_numbers_do_not_run_over():
    y = np.repeat(np.array([100, 120, 90, 127], dtype=np.int8), 12)
    found = clusters.team_means(y + np.tile([0, -1], 24).astype(np.int8), T, TEAM)
    assert found.estimate == pytest.approx(-1.5)
    assert means.difference(np.array([200, 250], np.uint8), [0, 1]).estimate == 224.5


@pytest.mark.parametrize("gap", [None, np.nan, NA], ids=["None", "NaN", "NA"])
@pytest.mark.parametrize(
    "ask",
    [
        lambda team: clusters.difference(Y, T, team),
        lambda team: clusters.team_means(Y, T, team),
        lambda team: ratios.ratio(abs(Y), np.ones(48), team),
        lambda team: power.icc(Y, team),
        lambda team: power.r_squared(Y, Y**2, team),
        lambda team: instruments.wald(Y, T, T, team),
        lambda team: means.differences(Y, team, 0),
        lambda team: checks.balance(Y, team),
        lambda team: checks.exposure_once(team, Y, Y),
        lambda team: Blocked.of(team, T),
        lambda team: Clustered(team, Complete((6, 6))),
        lambda team: Panel.of(team, T, Y, T),
        lambda team: simulated.simulate(
            simulated.History(Y, team),
            simulated.Lot(by_team=True),
            simulated.Effect(0),
            seed=1,
        ),
    ],
)
def test_people_without_a_team_are_no_team(ask, gap):
    with pytest.raises(Unusable) as refused:
        ask(with_gap(gap))
    assert refused.value.why is Why.NOT_FINITE


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (["a", "b"], Why.NOT_FINITE),
        ([1 + 2j, 1], Why.NOT_FINITE),
        (np.array(["2026-01-01"], "M8[D]"), Why.NOT_FINITE),
        ([[1], [2, 3]], Why.SHAPES),
        ((y for y in [1, 2]), Why.SHAPES),
    ],
)
def test_what_are_no_numbers_is_refused(given, why):
    with pytest.raises(Unusable) as refused:
        floats(given)
    assert refused.value.why is why


def test_gaps_are_no_numbers():
    hidden = np.ma.masked_array([1.0, 99.0], mask=[False, True])
    for given in (hidden, [1.0, None], np.array([1.0, NA], dtype=object)):
        assert np.array_equal(floats(given), [1, np.nan], equal_nan=True)
    with pytest.raises(Unusable):
        means.difference(hidden, [1, 2])


def test_labels_are_in_order_and_those_of_two_kinds_too():
    names, codes = named([3, "b", 1, "a", 3])
    assert (names.tolist(), codes.tolist()) == ([1, 3, "a", "b"], [1, 3, 0, 2, 1])
    with pytest.raises(Unusable):
        named(["a", float("nan"), "b"])
    assert in_order(["b", "a", "b"])[0].tolist() == [1, 0, 1]
    with pytest.raises(Unusable):
        named([["a", 1], ["b", 2]])


def answers() -> np.ndarray:
    return rng.normal(size=(30, 3)) + rng.normal(size=(30, 1))


def panel() -> Panel:
    unit, week = np.repeat(np.arange(10), 3), np.tile([1, 2, 3], 10)
    return Panel.of(unit, week, rng.normal(size=30), np.where(unit < 5, 2, 0))


@pytest.mark.parametrize("confidence", [95, 1.0, 0.0, -0.5, float("nan")])
@pytest.mark.parametrize(
    "ask",
    [
        lambda c: means.difference(Y, Y[::-1] + 1, confidence=c),
        lambda c: clusters.difference(Y, T, TEAM, confidence=c),
        lambda c: clusters.wild_bootstrap(Y, design(T), 1, TEAM, seed=1, confidence=c),
        lambda c: instruments.two_stage(Y, T, T, confidence=c),
        lambda c: power.icc(Y, TEAM, confidence=c),
        lambda c: proportions.wilson(1, 2, confidence=c),
        lambda c: proportions.difference(
            proportions.Group(3, 1), proportions.Group(3, 2), confidence=c
        ),
        lambda c: psychometrics.alpha(answers(), confidence=c),
        lambda c: psychometrics.omega(answers(), seed=1, draws=9, confidence=c),
        lambda c: psychometrics.spearman_brown(answers()[:, :2], confidence=c),
        lambda c: randomisation.interval(Y, T, Complete((24, 24)), confidence=c),
        lambda c: ratios.lift(abs(Y), np.ones(48), T, confidence=c),
        lambda c: ratios.fieller(1, 2, 1, 1, confidence=c),
        lambda c: callaway_santanna(panel(), confidence=c),
        lambda c: sequences.looks([0.5, 1], confidence=c),
        lambda c: sequences.always_valid(0, 1, n=300, planned=300, confidence=c),
        lambda c: shrink([1, 2, 3], [1, 1, 1], confidence=c),
    ],
)
def test_no_confidence_of_ninety_five(ask, confidence):
    with pytest.raises(Unusable) as refused:
        ask(confidence)
    assert refused.value.why is Why.NOT_IN_RANGE


@pytest.mark.parametrize(
    "ask",
    [
        lambda: clusters.covariance(ols(Y, design(T)), TEAM, "CR3"),
        lambda: clusters.regress(Y, design(T), TEAM, "cr2"),
        lambda: clusters.regress(Y, design(T), TEAM, about=[2]),
        lambda: ols(Y, design(T)).covariance("HC4"),
        lambda: clusters.wild_bootstrap(
            Y, design(T), 1, TEAM, seed=1, weights="mammen"
        ),
        lambda: clusters.wild_bootstrap(Y, design(T), 2, TEAM, seed=1),
        lambda: randomisation.test(Y, T, Complete((24, 24)), statistic="median"),
        lambda: randomisation.interval(Y, T, Complete((24, 24)), statistic="t"),
    ],
)
def test_an_unknown_name_is_never_taken_for_another(ask):
    with pytest.raises(Unusable) as refused:
        ask()
    assert refused.value.why is Why.NOT_IN_RANGE


def test_lots_taken_from_what_was_found():
    assert Complete.of(T).counts == (24, 24)
    assert Clustered.of([f"t{n}" for n in TEAM], T).size() == 924
    assert Staggered(np.array([2004, 2004, 2006])).chance(2004) == pytest.approx(2 / 3)
    with pytest.raises(Unusable) as refused:
        Clustered.of(TEAM, np.tile([0, 1], 24))
    assert refused.value.why is Why.NOT_BY_LOT
    for arms in ([0.5, 1], [-1, 1], [[0, 1]]):
        with pytest.raises(Refusal):
            Complete.of(arms)
    with pytest.raises(Refusal):
        Blocked.of(["a", "a"], [0.5, 1])


def test_everything_is_reached_from_the_package():
    code = (
        "import sys, pesue.stats as s; assert 'numpy' not in sys.modules;"
        "[getattr(s, name) for name in s.__all__]; "
        "assert set(s.__all__) <= set(dir(s));"
        "print(s.rollouts.Panel.__name__, s.TooFew.__name__)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert told.stdout == "Panel TooFew\n"
    with pytest.raises(AttributeError):
        _ = pesue.stats.nothing

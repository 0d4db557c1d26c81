from itertools import permutations
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pesue.stats.assignment import Bernoulli, Blocked, Complete
from pesue.stats.estimates import TooFew, Unusable, Why
from pesue.stats.redrawing import Lots
from pesue.stats.team_assignment import Clustered, Staggered

BLOCKS = ["b", "a", "b", "a", "b"]
MECHANISMS = [
    Complete((2, 3)),
    Complete((1, 2, 2)),
    Complete((0, 3)),
    Bernoulli(4, (0.5, 0.25, 0.25)),
    Blocked(BLOCKS, [[1, 1], [2, 1]]),
    Blocked.of(BLOCKS, [0, 2, 1, 0, 1]),
    Clustered(["x", "y", "x", "z", "z"], Complete((1, 2))),
    Clustered([5, 3, 3, 9, 7], Blocked([0, 0, 1, 1], [[1, 1], [1, 1]])),
    Staggered((1, 1, 2, 99)),
    Clustered([0, 0, 1, 2], Staggered((1, 2, 3))),
]


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=repr)
def test_draws_are_as_often_as_their_chances_say(mechanism):
    every, chances = mechanism.every()
    assert len(np.unique(every, axis=0)) == len(every) == mechanism.size()
    assert chances.sum() == pytest.approx(1)
    drawn = mechanism.draw(np.random.default_rng(1), 20_000)
    places = {tuple(row): place for place, row in enumerate(every)}
    found = np.bincount([places[tuple(row)] for row in drawn], minlength=len(every))
    error = np.sqrt(20_000 * chances * (1 - chances)) + 1e-9
    assert (np.abs(found - 20_000 * chances) <= 4.5 * error).all()


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=repr)
def test_each_has_the_chance_of_an_arm_that_all_assignments_give(mechanism):
    every, chances = mechanism.every()
    for arm in [*np.unique(every).tolist(), 50]:
        assert mechanism.chance(arm) == pytest.approx(chances @ (every == arm))


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=repr)
def test_only_what_is_among_all_assignments_is_possible(mechanism):
    every, _ = mechanism.every()
    there = {tuple(row) for row in every.tolist()}
    codes = [*np.unique(every).tolist(), -1, 7]
    rng = np.random.default_rng(2)
    for row in [*every, *rng.choice(codes, (300, mechanism.n)).astype(np.int16)]:
        assert mechanism.possible(row) == (tuple(row.tolist()) in there)


@pytest.mark.parametrize(
    ("mechanism", "assigned"),
    [
        (Complete((1, 2, 2)), [0, 1, 2, 1, 2]),
        (Bernoulli(5, (0.2, 0.3, 0.5)), [0, 1, 2, 1, 2]),
        (Blocked.of([0, 0, 0, 1, 1], [0, 1, 2, 2, 1]), [0, 1, 2, 2, 1]),
        (Clustered([0, 1, 2, 2, 1], Complete((1, 1, 1))), [0, 1, 2, 2, 1]),
        (Staggered((0, 1, 2, 2, 1)), [0, 1, 2, 2, 1]),
    ],
    ids=repr,
)
@pytest.mark.parametrize("arms", [(1, 2), (2, 0)])
def test_two_arms_alone_are_drawn_as_within_the_whole(mechanism, assigned, arms):
    assigned = np.array(assigned, np.int16)
    here = np.isin(assigned, arms)
    among, chances = mechanism.among(assigned, arms).every()
    every, all_chances = mechanism.every()
    same = (np.isin(every, arms) == here).all(axis=1)
    wanted: dict[tuple[int, ...], float] = {}
    for row, chance in zip(every[same], all_chances[same], strict=True):
        key = tuple((row[here] == arms[1]).astype(int).tolist())
        wanted[key] = wanted.get(key, 0) + chance / all_chances[same].sum()
    found = dict(zip(map(tuple, among.tolist()), chances.tolist(), strict=True))
    assert found == pytest.approx(wanted)


@settings(deadline=None)
@given(st.lists(st.integers(0, 3), min_size=2, max_size=4).filter(any))
def test_all_arrangements_are_the_permutations(counts):
    every, _ = Complete(tuple(counts)).every()
    codes = [arm for arm, count in enumerate(counts) for _ in range(count)]
    if len(codes) <= 7:
        assert {*map(tuple, every.tolist())} == set(permutations(codes))


def test_sizes_too_large_for_a_float_are_infinite():
    assert Complete((500, 500)).size() == inf
    assert Bernoulli(5000).size() == inf
    assert Complete((20, 20)).size() > 1e11


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: Complete((0, 0)), Why.EMPTY),
        (lambda: Complete((3, -1)), Why.NOT_IN_RANGE),
        (lambda: Bernoulli(0), Why.EMPTY),
        (lambda: Bernoulli(3, (0.5, 0.6)), Why.NOT_IN_RANGE),
        (lambda: Bernoulli(3, (1.5, -0.5)), Why.NOT_IN_RANGE),
        (lambda: Blocked([], []), Why.EMPTY),
        (lambda: Blocked([0, 0, 1], [[1, 1], [1, 1]]), Why.SHAPES),
        (lambda: Blocked([0, 0, 1], [1, 1]), Why.SHAPES),
        (lambda: Blocked([0, 0, 1], [[3, -1], [1, 0]]), Why.NOT_IN_RANGE),
        (lambda: Clustered([0, 0, 1], Complete((2, 1))), Why.SHAPES),
        (lambda: Staggered(()), Why.EMPTY),
        (lambda: Lots.of(Complete((1, 1)), 0, 0), Why.FEW),
    ],
)
def test_mechanisms_that_cannot_be(make, why):
    with pytest.raises((TooFew, Unusable)) as refused:
        make()
    assert refused.value.why == why


@pytest.mark.parametrize(
    ("assigned", "why"),
    [
        ([0, 1, 1], Why.SHAPES),
        ([[0, 1, 1, 0]], Why.SHAPES),
        ([0, 1, 1, 0.5], Why.NOT_IN_RANGE),
        ([0, 1, 1, np.nan], Why.NOT_IN_RANGE),
        ([0, 1, 1, 1], Why.NOT_BY_LOT),
        ([0, 2, 1, 0], Why.NOT_BY_LOT),
        ([0, -1, 1, 0], Why.NOT_BY_LOT),
    ],
)
def test_assignments_that_did_not_come_from_the_lot(assigned, why):
    with pytest.raises(Unusable) as refused:
        Complete((2, 2)).check(assigned)
    assert refused.value.why == why


def test_many_pairs_are_drawn_together_and_quickly():
    pairs = np.repeat(np.arange(20_000), 2)
    mechanism = Blocked(pairs, np.ones((20_000, 2), int))
    drawn = mechanism.draw(np.random.default_rng(3), 5)
    assert (drawn[:, ::2] + drawn[:, 1::2] == 1).all()
    assert abs(drawn[:, ::2].mean() - 0.5) < 0.01


def test_the_same_seed_draws_the_same_and_a_generator_moves_on():
    lot = Complete((30, 30))
    rows = [
        np.concatenate([r for r, _ in Lots.of(lot, 50, seed)]) for seed in (1, 1, 2)
    ]
    assert (rows[0] == rows[1]).all()
    assert (rows[0] != rows[2]).any()
    rng = np.random.default_rng(4)
    assert Lots.of(lot, 50, rng).seed != Lots.of(lot, 50, rng).seed


def test_draws_come_in_pieces_that_memory_holds():
    lots = Lots.of(Complete((300_000, 300_000)), 3, 1)
    assert [len(rows) for rows, _ in lots] == [1, 1, 1]

"""The lot: the same for ever, exact in its shares, and anybody can draw it anew."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.trials.assignment import Mechanism, Unit, late_arm, to_arms, to_waves

pytestmark = pytest.mark.thorough

SEEDS = st.integers(0, 2**63 - 1)
WEIGHTS = st.lists(st.integers(1, 100), min_size=1, max_size=5)
UNITS = st.dictionaries(
    st.integers(1, 10**6), st.sampled_from(["", "large", "small", "pieni"]), max_size=60
).map(lambda found: [Unit(f"team:{n}", stratum) for n, stratum in found.items()])


def shares(weights):
    return [(f"arm{n}", weight) for n, weight in enumerate(weights)]


# --- For ever


def test_what_was_drawn_once_is_drawn_for_ever():
    """Written down on the first day. If this fails, every running trial is broken."""
    units = [Unit(f"team:{n}", "large" if n % 2 else "small") for n in range(1, 9)]
    assert to_arms(units, [("now", 1), ("new", 1)], seed=2026) == ARMS
    assert to_waves(units, 3, seed=2026) == WAVES
    late = [late_arm(f"item:{n}", [("held", 15), ("at", 85)], seed=7) for n in range(9)]
    assert "".join(arm[0] for arm in late) == LATE


ARMS = {
    "team:5": "new",
    "team:1": "new",
    "team:7": "now",
    "team:3": "now",
    "team:4": "new",
    "team:2": "new",
    "team:6": "now",
    "team:8": "now",
}
WAVES = {
    "team:4": 0,
    "team:2": 1,
    "team:6": 2,
    "team:8": 1,
    "team:5": 0,
    "team:1": 2,
    "team:7": 0,
    "team:3": 2,
}
LATE = "aaahaaaha"


@given(UNITS, WEIGHTS, SEEDS, st.randoms())
def test_the_order_in_which_units_come_does_not_matter(units, weights, seed, chance):
    mixed, arms = list(units), shares(weights)
    chance.shuffle(mixed)
    other = list(arms)
    chance.shuffle(other)
    assert to_arms(units, arms, seed=seed) == to_arms(mixed, other, seed=seed)
    assert to_waves(units, 3, seed=seed) == to_waves(mixed, 3, seed=seed)


# --- Exact


@given(UNITS, WEIGHTS, SEEDS)
def test_each_stratum_has_its_shares_but_for_rounding(units, weights, seed):
    drawn = to_arms(units, shares(weights), seed=seed)
    assert sorted(drawn) == sorted(unit.id for unit in units)
    for stratum, many in Counter(unit.stratum for unit in units).items():
        got = Counter(drawn[unit.id] for unit in units if unit.stratum == stratum)
        for arm, weight in shares(weights):
            exact = many * weight / sum(weights)
            assert int(exact) <= got[arm] <= int(exact) + (exact % 1 > 0)


@given(UNITS, st.integers(1, 12), SEEDS)
def test_waves_are_alike_in_size_over_all_and_in_each_stratum(units, waves, seed):
    drawn = to_waves(units, waves, seed=seed)
    assert sorted(drawn) == sorted(unit.id for unit in units)
    sizes = Counter(drawn.values())
    assert max(sizes.values(), default=0) - min(sizes[n] for n in range(waves)) <= 1
    for stratum in {unit.stratum for unit in units}:
        within = Counter(drawn[unit.id] for unit in units if unit.stratum == stratum)
        assert max(within.values()) - min(within[n] for n in range(waves)) <= 2


def test_rounding_is_drawn_so_that_shares_are_exact_on_average():
    units, arms = [Unit(f"team:{n}") for n in range(7)], shares([3, 2, 1])
    got = Counter(
        arm for seed in range(3000) for arm in to_arms(units, arms, seed=seed).values()
    )
    for arm, weight in arms:
        assert got[arm] / 21000 == pytest.approx(weight / 6, abs=0.004)


def test_each_unit_has_the_same_chance_of_each_arm_and_wave():
    units = [Unit(f"team:{n}", "ab"[n % 2]) for n in range(9)]
    arm, wave = Counter(), Counter()
    for seed in range(4000):
        drawn = to_arms(units, shares([1, 1]), seed=seed)
        arm.update(one for one, got in drawn.items() if got == "arm0")
        waves = to_waves(units, 4, seed=seed)
        wave.update(one for one, got in waves.items() if got == 0)
    assert all(many / 4000 == pytest.approx(1 / 2, abs=0.035) for many in arm.values())
    assert all(many / 4000 == pytest.approx(1 / 4, abs=0.035) for many in wave.values())


def test_pairs_are_drawn_apart_as_chance_has_it():
    """Of four units in two arms each pair is together in one of three draws."""
    units = [Unit(f"team:{n}") for n in range(4)]
    together = Counter()
    for seed in range(3000):
        drawn = to_arms(units, shares([1, 1]), seed=seed)
        together.update(
            (a, b) for a in drawn for b in drawn if a < b and drawn[a] == drawn[b]
        )
    assert len(together) == 6
    assert all(
        many / 3000 == pytest.approx(1 / 3, abs=0.04) for many in together.values()
    )


def test_a_unit_is_drawn_once():
    with pytest.raises(ValueError, match="once"):
        to_arms([Unit("team:1"), Unit("team:1", "large")], shares([1, 1]), seed=1)


# --- Those who come later


@given(WEIGHTS, SEEDS)
def test_who_comes_later_has_a_lot_of_their_own(weights, seed):
    arms = shares(weights)
    got = [late_arm(f"member:{n}", arms, seed=seed) for n in range(5)]
    assert got == [late_arm(f"member:{n}", arms[::-1], seed=seed) for n in range(5)]


def test_late_lots_have_the_shares_of_the_trial():
    arms = [("held", 15), ("offered", 85)]
    got = Counter(late_arm(f"item:{n}", arms, seed=5) for n in range(10_000))
    assert got["held"] / 10_000 == pytest.approx(0.15, abs=0.011)


# --- Drawn anew


def a_mechanism(**fields):
    given = {
        "kind": "arms",
        "unit": "team",
        "shares": (("new", 1), ("now", 1)),
        "counts": (("large", 4), ("small", 5)),
    }
    return Mechanism(**{**given, **fields})


UNITS_OF_NINE = [Unit(f"team:{n}", "large" if n < 4 else "small") for n in range(9)]


@pytest.mark.parametrize("kind", ["arms", "rollout"])
def test_the_same_seed_draws_what_was_drawn(kind):
    made = (
        a_mechanism()
        if kind == "arms"
        else a_mechanism(kind=kind, shares=(("on", 1),), waves=4)
    )
    drawn = made.draw(UNITS_OF_NINE, seed=11)
    assert made.redraw(UNITS_OF_NINE, seed=11) == drawn
    assert made.redraw(UNITS_OF_NINE, seed=12) != drawn
    late = made.redraw(UNITS_OF_NINE, ["team:99"], seed=12)["team:99"]
    assert late == made.late("team:99", seed=12)


@given(SEEDS)
def test_those_who_are_left_are_drawn_from_as_many_lots_as_then(seed):
    """Two of the four large teams have gone: the two that are left may be alike."""
    left = UNITS_OF_NINE[2:]
    places = a_mechanism().redraw(left, seed=seed)
    assert set(places) == {unit.id for unit in left}


def test_without_the_gone_two_large_teams_would_never_be_alike():
    left, alike = UNITS_OF_NINE[2:], 0
    for seed in range(2000):
        places = a_mechanism().redraw(left, seed=seed)
        alike += places["team:2"] == places["team:3"]
    assert alike / 2000 == pytest.approx(1 / 3, abs=0.04)


def test_seeds_beside_each_other_draw_nothing_alike():
    units = [Unit(f"member:{n}") for n in range(40)]
    drawn = [to_arms(units, shares([1, 1]), seed=seed) for seed in range(200)]
    same = [sum(a[u.id] == b[u.id] for u in units) for a, b in pairwise(drawn)]
    assert sum(same) / len(same) == pytest.approx(20, abs=1)

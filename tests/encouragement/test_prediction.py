"""Whether what was said foretells anything."""

import random

import pytest

from pesue.encouragement.motives import MOTIVES
from pesue.encouragement.prediction import ENOUGH, Person, foretold, is_dropped


def a_house(effects, *, teams=24, each=14, seed=1):
    """Teams by turns in each arm; by motive, how many more tell with the new mix."""
    chance = random.Random(seed)
    return [
        Person(motive, bool(team % 2), team, float(chance.random() < share))
        for team in range(teams)
        for n in range(each)
        for motive in [MOTIVES[n % 3]]
        for share in [0.3 + (effects[motive] if team % 2 else 0)]
    ]


def test_an_effect_that_differs_by_motive_is_found():
    found = foretold(a_house({"money": 0, "recognition": 0.5, "meaning": 0}))
    assert found.did
    assert found.effects["recognition"] - found.effects["money"] > 0.3
    assert found.people == 24 * 14


@pytest.mark.parametrize("effect", [0, 0.4])
def test_the_same_effect_on_all_foretells_nothing(effect):
    found = foretold(a_house(dict.fromkeys(MOTIVES, effect)))
    assert found.p > 0.05
    assert not found.did


def test_a_motive_of_fewer_than_thirty_in_an_arm_is_left_out():
    effects = {"money": 0, "recognition": 0.5, "meaning": 0}
    people = a_house(effects)
    few = [one for one in people if one.motive != "meaning" or one.team < 7]
    assert sum(one.motive == "meaning" and one.new for one in few) < ENOUGH
    assert set(foretold(few).effects) == {"money", "recognition"}
    alone = [one for one in people if one.motive == "money"]
    assert foretold(alone).p is None
    assert foretold([]).p is None


def test_where_teams_are_too_few_or_nobody_did_anything_nothing_is_said():
    same = dict.fromkeys(MOTIVES, 0)
    assert foretold(a_house(same, teams=4, each=120)).p is None
    nobody = [Person(one.motive, one.new, one.team, 0.0) for one in a_house(same)]
    assert foretold(nobody).p is None


@pytest.mark.parametrize(
    ("waves", "dropped"),
    [
        ([], False),
        ([False], False),
        ([False, False], True),
        ([False, True], False),
        ([True, False, False], False),
        ([False, False, True], True),
    ],
)
def test_two_waves_without_prediction_drop_the_profile(waves, dropped):
    assert is_dropped(waves) is dropped

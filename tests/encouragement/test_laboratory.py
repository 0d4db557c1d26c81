"""A rule tried on the past, and the red flags it raises."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from pesue.encouragement.laboratory import Deed, Try, replay
from pesue.encouragement.red_flags import House, flags

BEGINS = date(2026, 1, 1)
STORY, VIDEO, ANSWER = "story.accepted", "story.filmed", "ask.answered"
MUCH = 10**6
HOUSE = House(could={}, people=40, teams=2)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def deed(member, day=0, *, fact=STORY, team=1, office=False):
    return Deed(fact, member, team, BEGINS + timedelta(day), office)


def played(deeds, *tries, fund=MUCH, days=90):
    return replay(deeds, tries, fund=fund, days=days, begins=BEGINS)


def raised(deeds, *tries, house=HOUSE, **fund):
    found = played(deeds, *tries, **fund)
    return {flag.key: flag.words for flag in flags(tries, found, deeds, house)}


def test_it_says_what_it_would_cost_and_how_many_get_something():
    deeds = [deed(who, day) for who in range(6) for day in (0, 1, 40)]
    found = played(deeds, Try(STORY, 10, 10))
    assert (found.cost, found.people) == (120, 6)  # the cap: one a month
    assert [(part.key.month, part.cost) for part in found.months] == [(1, 60), (2, 60)]
    assert found.concentration == pytest.approx(0)


def test_fewer_than_five_are_never_told_of():
    found = played([deed(who) for who in range(4)], Try(STORY, 10, 10))
    assert (found.cost, found.people, found.concentration) == (None, None, None)
    assert [part.cost for part in found.months + found.teams] == [None, None]


def test_a_small_team_cannot_be_had_from_the_others():
    deeds = [deed(who, team=1) for who in range(6)]
    deeds += [deed(10 + who, team=2) for who in range(5)]
    deeds += [deed(20, team=3)]
    costs = {part.key: part.cost for part in played(deeds, Try(STORY, 10, 10)).teams}
    assert costs == {1: 60, 2: None, 3: None}


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 80)), max_size=60),
    st.integers(1, 30),
    st.integers(30, 90),
    st.integers(0, 600),
)
def test_nobody_gets_more_than_the_cap_nor_all_more_than_the_budget(
    done, amount, cap, fund
):
    deeds = [deed(*one) for one in done]
    found = played(deeds, Try(STORY, amount, cap), fund=fund)
    assert sum(found.paid.values()) <= fund
    assert all(got <= 3 * cap and got % amount == 0 for got in found.paid.values())
    if found.out_on is None and not found.capped:
        assert sum(found.paid.values()) == amount * len(deeds)


def test_a_budget_that_ends_early():
    deeds = [deed(who, day=11 + who) for who in range(8)]
    words = raised(deeds, Try(STORY, 10, 10), fund=60)
    assert "day 18" in words["out"]


def test_the_next_budget_begins_anew():
    deeds = [deed(who, day=who) for who in range(8)]
    found = played(deeds, Try(STORY, 10, 10), fund=40, days=4)
    assert (found.out_on, found.cost) == (None, 80)


def test_three_who_take_half():
    deeds = [deed(who, day) for who in range(3) for day in range(9)]
    deeds += [deed(who) for who in range(3, 9)]
    assert "82 %" in raised(deeds, Try(STORY, 10, 90))["few"]


def test_one_story_made_into_five():
    assert "into 5" in raised([], Try(STORY, 20, 100))["split"]
    assert "split" not in raised([], Try(STORY, 50, 100))


def test_two_who_ask_each_other():
    assert "pairs" in raised([], Try(ANSWER, 10, 50))


def test_only_those_with_office_hours():
    deeds = [deed(who, day, office=True) for who in range(5) for day in range(4)]
    assert "office" in raised(deeds, Try(STORY, 10, 90))
    deeds += [deed(who, 5) for who in range(5)]
    assert "office" not in raised(deeds, Try(STORY, 10, 90))


@pytest.mark.parametrize(("could", "says"), [(3, "fewer than five"), (6, "6 of 40")])
def test_only_some_could_earn_at_all(could, says):
    house = House(could={ANSWER: could}, people=40, teams=2)
    assert says in raised([], Try(ANSWER, 10, 10), house=house)["could"]


def test_many_who_come_to_the_cap():
    deeds = [deed(who, day) for who in range(6) for day in range(3)]
    assert "6 people" in raised(deeds, Try(STORY, 10, 20))["cap"]


def test_most_teams_without_anything():
    deeds = [deed(who) for who in range(6)]
    house = House(could={}, people=40, teams=9)
    assert "teams" in raised(deeds, Try(STORY, 10, 10), house=house)


def test_a_video_pays_a_story_twice():
    assert "both" in raised([], Try(STORY, 10, 10), Try(VIDEO, 10, 10))


def test_fair_terms_raise_nothing():
    deeds = [deed(who, day=who, team=who % 2 + 1) for who in range(20)]
    assert raised(deeds, Try(STORY, 10, 20)) == {}

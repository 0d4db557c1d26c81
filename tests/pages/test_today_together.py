"""What Today offers beside the step: an award that is open, and the team's goal."""

from datetime import timedelta

import pytest

from pesue.encouragement.actions import award_rounds, ballots, offers
from pesue.encouragement.levers import GOALS
from pesue.encouragement.models import Aside, Goal
from pesue.encouragement.steps import forget_awards, open_votes
from pesue.pages import actions
from pesue.surveys.models import Survey
from pesue.trials.models import Exposure
from tests.make import NOON
from tests.make.awards import JUDGING, VOTING, called, category, colleagues, standing
from tests.make.goals import a_goal
from tests.make.people import a_member, a_team, an_organisation
from tests.make.trials import a_running

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
WEEK = timedelta(days=7)

# --- An award


def award(member, at=NOON):
    return actions.open_today(member, now=at).award


def test_a_call_is_there_until_one_has_named_somebody_and_then_the_vote():
    some = colleagues(6)
    found, me = called(way="vote"), some[5]
    assert award(me) == found
    first, second = standing(found, some[0], some[1], by=me)
    assert award(me) is None
    assert award(some[4]) == found
    award_rounds.go_on(found, now=JUDGING)
    assert award(me, JUDGING) is None  # its roll is not made yet
    open_votes(JUDGING)
    assert award(me, VOTING) == found
    found.refresh_from_db()
    ballots.vote(found, me, {category(found).pk: second.pk}, now=VOTING)
    assert award(me, VOTING) is None
    assert award(first.member, VOTING) == found
    assert award(some[4], VOTING + WEEK) is None  # its last day is over


def test_not_this_is_an_answer_to_a_call_and_the_vote_is_another_question(client):
    an_organisation()
    some = colleagues(6, language="en")
    found, me = called(way="vote"), some[5]
    client.force_login(me)
    client.post(f"/encouragement/awards/{found.pk}/aside")
    client.post(f"/encouragement/awards/{found.pk}/aside")
    assert award(me) is None
    assert award(some[4]) == found
    standing(found, some[0], some[1])
    award_rounds.go_on(found, now=JUDGING)
    open_votes(JUDGING)
    assert award(me, VOTING) == found
    award_rounds.call_off(found, now=VOTING)
    forget_awards(VOTING)
    assert not Aside.objects.exists()


def test_an_award_of_others_is_not_offered_nor_anything_while_one_rests():
    ours = a_team()
    [*_others, member] = colleagues(5, team=ours)
    found = called(team=ours)
    assert award(a_member(team=a_team())) is None
    assert award(member) == found
    offers.nothing(member, now=NOON)
    assert award(member) is None


def test_one_word_at_a_time():
    [*_others, member] = colleagues(5)
    found, day = called(), NOON.date()
    about = {"kind": "voice", "title": "Voice", "key": "a key"}
    survey = Survey.objects.create(**about, opens=day, closes=day + WEEK)
    assert actions.open_today(member, now=NOON).survey == survey
    assert award(member) is None
    survey.delete()
    assert award(member) == found


# --- The team's goal


def goal(member, at=NOON):
    bar = actions.open_today(member, now=at).goal
    return bar and bar.goal


def test_the_goal_of_the_smallest_team_is_shown_and_that_it_was_reached():
    house = a_team()
    team = a_team(parent=house)
    member = a_member(team=team)
    assert goal(member) is None
    of_all, of_house = a_goal(), a_goal(house)
    assert goal(a_member()) == of_all
    assert goal(member) == of_house
    mine = a_goal(team)
    assert goal(member) == mine
    mine.move(Goal.State.REACHED, now=NOON, number=mine.target, people=5)
    assert goal(member) == of_house  # one that runs comes first
    for other in (of_all, of_house):
        other.move(Goal.State.WITHDRAWN, now=NOON)
    assert goal(member) == mine
    assert goal(member, NOON + 3 * WEEK) is None
    a_goal(team, begins=NOON.date() + WEEK, ends=NOON.date() + 5 * WEEK)
    assert goal(member, NOON + 3 * WEEK) is not None


def test_a_goal_that_ended_short_of_it_is_not_spoken_of_nor_any_while_one_rests():
    member = a_member()
    short = a_goal()
    offers.nothing(member, now=NOON)
    assert goal(member) is None
    offers.come_back(member, now=NOON)
    assert goal(member) == short
    short.move(Goal.State.OVER, now=NOON)
    assert goal(member) is None


def test_a_goal_that_is_being_rolled_out_is_on_today_when_it_has_come():
    some = [a_member(team=a_team()) for _ in range(6)]
    a_goal()
    trial = a_running(GOALS.key, kind="rollout")
    seen = {member.pk for member in some if goal(member)}
    met = Exposure.objects.filter(trial=trial)
    assert 0 < len(seen) < 6
    assert set(met.values_list("member", flat=True)) == seen

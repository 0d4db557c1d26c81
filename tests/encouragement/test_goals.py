"""What a team reaches together: the bar of all, and nobody's part in it."""

from datetime import date, timedelta
from importlib import import_module

import hypothesis
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from pesue.encouragement.actions import goals as actions
from pesue.encouragement.actions.goals import Design
from pesue.encouragement.actions.refusals import NotDone
from pesue.encouragement.levers import GOALS
from pesue.encouragement.models import Goal
from pesue.encouragement.queries.goals import bar, ours
from pesue.encouragement.queries.good import deeds
from pesue.encouragement.steps import count_goals, thank_for_goals
from pesue.foundation.moves import ForbiddenMove
from pesue.guidance.models import Attempt
from pesue.people.models import Member
from pesue.reach.models import Message
from pesue.sharing.models import Share
from pesue.trials.models import Exposure, Trial
from tests.make import NOON
from tests.make.encouragement import some_thanks
from tests.make.goals import a_goal, an_accepted_story
from tests.make.guidance import an_ask
from tests.make.people import a_lead, a_member, a_team, an_organisation
from tests.make.told import a_told
from tests.make.trials import a_running

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
MONDAY = date(2026, 3, 2)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
What = Goal.What
views = import_module("pesue.encouragement.views.goals")  # hidden by its function


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(views, "now", lambda: NOON)
    with translation.override("en"):
        yield


def people(n: int, team=None) -> list[Member]:
    return [a_member(f"Person {number}", team=team) for number in range(n)]


def lead_of(team) -> Member:
    """Who leads a team and is in it."""
    lead = a_lead(team)
    lead.team = team
    lead.save()
    return lead


def lesson_by(member: Member, *, at=NOON, lesson="what") -> Attempt:
    once = f"{member.pk}{lesson}{at}"
    return Attempt.objects.create(
        member=member, course="advocate", lesson=lesson, at=at, once=once
    )


def counted(goal: Goal, at=NOON + HOUR) -> Goal:
    count_goals(at)
    goal.refresh_from_db()
    return goal


def page(client, who) -> str:
    client.force_login(who)
    return client.get("/encouragement/goals").content.decode()


def test_a_lead_sets_it_people_move_it_and_all_are_thanked(client):
    an_organisation()
    team = a_team("Leipomo")
    some, lead = people(8, team), lead_of(team)
    client.force_login(lead)
    about = {"team": team.pk, "what": "lessons", "target": "6", "weeks": "4"}
    answer = client.post(
        "/encouragement/goals/lead/new", {**about, "begins": "2026-03-02"}
    )
    assert answer.status_code == 302
    goal = Goal.objects.get()
    assert (goal.begins, goal.ends, goal.by) == (MONDAY, MONDAY + 27 * DAY, lead)

    for member in some[:4]:
        lesson_by(member)
    counted(goal)
    assert "Begun." in page(client, some[0])
    lesson_by(some[4])
    counted(goal, NOON + 2 * HOUR)
    assert "5 of 6 so far" in page(client, some[0])
    assert "Person" not in page(client, lead).partition("<main")[2]

    lesson_by(some[5])
    counted(goal, NOON + 3 * HOUR)
    assert "Reached. Thank you, all of you." in page(client, some[7])
    thank_for_goals(NOON + 3 * HOUR)
    thank_for_goals(NOON + 4 * HOUR)
    mails = Message.objects.filter(kind="goals")
    assert {mail.member for mail in mails} == set(some[:6])
    assert mails.count() == 6


def test_every_kind_of_deed_is_counted_in_its_own_unit():
    team = a_team()
    ana, kaj = people(2, team)
    other = a_member()
    for member in (ana, ana, other):
        a_told(member=member)
    lesson_by(ana)
    lesson_by(ana, lesson="may")
    an_accepted_story(ana)
    an_accepted_story(ana)
    an_ask(asker=other, answered_by=kaj, state="answered", verdict="go")
    some_thanks(giver=kaj, share=a_told(member=other))
    some_thanks(giver=ana, share=a_told(member=other))

    def number(what):
        return len({one.unit for one in deeds(what, MONDAY, MONDAY, team=team)})

    assert {what.value: number(what) for what in What} == {
        "told": 1,
        "lessons": 1,
        "stories": 2,
        "answers": 1,
        "thanked": 1,
        "good": 2,
    }


@pytest.mark.parametrize("hours", [-15, 36])
def test_what_was_done_on_other_days_is_not_counted(hours):
    lesson_by(a_member(), at=NOON + timedelta(hours=hours))
    assert not list(deeds(What.LESSONS, MONDAY, MONDAY))


def test_what_is_no_more_public_or_by_one_who_left_is_not_counted():
    a_told(state=Share.State.DELETED)
    lesson_by(a_member(state=Member.State.LEFT))
    assert not list(deeds(What.GOOD, MONDAY, MONDAY))


def test_the_bar_stands_still_until_five_more_have_moved_it():
    goal = a_goal(what=What.STORIES)
    some = people(10)
    for member in some[:5]:
        an_accepted_story(member)
    assert bar(counted(goal)).number == 5
    for number, member in enumerate(some[5:9]):
        an_accepted_story(member, at=NOON + 2 * HOUR + number * HOUR)
        later = NOON + 3 * HOUR + number * HOUR
        assert bar(counted(goal, later)).number == 5, "fewer than five since"
    an_accepted_story(some[9], at=NOON + 7 * HOUR)
    assert bar(counted(goal, NOON + 8 * HOUR)).number == 10


def test_one_who_does_all_of_it_moves_no_bar():
    goal = a_goal(what=What.STORIES, target=5)
    [member] = people(1)
    for _ in range(30):
        an_accepted_story(member)
    counted(goal)
    assert (goal.state, bar(goal).number) == ("running", None)
    counted(goal, NOON + 28 * DAY)
    assert (goal.state, bar(goal).number) == ("over", None)


def test_what_was_not_reached_is_told_without_loss(client):
    an_organisation()
    goal = a_goal()
    some = people(6)
    for member in some:
        lesson_by(member)
    counted(goal, NOON + 28 * DAY)
    assert goal.state == Goal.State.OVER
    thank_for_goals(NOON + 28 * DAY)
    assert not Message.objects.exists()
    shown = ours(some[0], today=MONDAY + 30 * DAY)
    assert [(one.number, one.state) for one in shown] == [(6, "over")]
    assert not ours(some[0], today=MONDAY + 45 * DAY), "spoken of for two weeks"
    assert "We got this far: 6" in page(client, some[0])


def test_counting_again_changes_nothing_and_not_every_second():
    goal = a_goal()
    assert count_goals(NOON) == 1
    assert count_goals(NOON + timedelta(minutes=1)) == 0
    assert count_goals(NOON + timedelta(minutes=11)) == 1
    goal.refresh_from_db()
    assert goal.state == Goal.State.RUNNING


def test_a_goal_withdrawn_while_it_is_counted_stays_withdrawn(monkeypatch):
    goal = a_goal(target=5)
    for member in people(6):
        lesson_by(member)
    from pesue.encouragement.steps import goals as steps

    def read(*args, **kwargs):
        Goal.objects.get(pk=goal.pk).move("withdrawn", now=NOON)
        return deeds(*args, **kwargs)

    monkeypatch.setattr(steps, "deeds", read)
    counted(goal)
    assert goal.state == Goal.State.WITHDRAWN
    with pytest.raises(ForbiddenMove):
        actions.withdraw(goal, now=NOON)


# --- What may stand beside what


def a_design(team, what="good", first=MONDAY, weeks=4, target=5) -> Design:
    return Design(team, what, target, first, first + weeks * 7 * DAY - DAY)


@pytest.mark.parametrize(
    ("there", "new", "beside"),
    [
        ("told", "told", False),
        ("good", "told", False),
        ("told", "good", False),
        ("told", "stories", True),
    ],
)
def test_nobody_can_take_one_bar_from_another(there, new, beside):
    top = a_team()
    team, sister = a_team(parent=top), a_team(parent=top)
    people(6, team), people(6, sister)
    lead = a_lead()
    actions.set_goal(a_design(team, there), by=lead, now=NOON)
    for other in (team, top, None):
        if beside:
            made = actions.set_goal(a_design(other, new), by=lead, now=NOON)
            made.delete()
        else:
            with pytest.raises(NotDone, match="above or below"):
                actions.set_goal(a_design(other, new), by=lead, now=NOON)
    assert actions.set_goal(a_design(sister, new), by=lead, now=NOON)
    after = a_design(team, new, first=MONDAY + 28 * DAY)
    assert actions.set_goal(after, by=lead, now=NOON)


def test_withdrawn_and_set_anew_with_other_days_would_tell_too():
    team, lead = a_team(), a_lead()
    people(6, team)
    unseen = a_goal(team, state="withdrawn")
    assert actions.set_goal(a_design(team), by=lead, now=NOON).delete()
    Goal.objects.filter(pk=unseen.pk).update(people=5, number=5)
    with pytest.raises(NotDone):
        actions.set_goal(a_design(team), by=lead, now=NOON)


@pytest.mark.parametrize(
    ("here", "about", "says"),
    [
        (4, {}, "fewer than five"),
        (6, {"target": 7}, "6 people in all"),
        (6, {"first": MONDAY - 28 * DAY}, "over"),
    ],
)
def test_what_cannot_be_shown_or_reached_is_not_set(here, about, says):
    team = a_team()
    people(here, team)
    with pytest.raises(NotDone, match=says):
        actions.set_goal(a_design(team, **about), by=a_lead(), now=NOON)
    assert not Goal.objects.exists()


class Bars(TestCase):
    @given(st.lists(st.tuples(st.integers(0, 7), st.booleans()), max_size=25))
    @hypothesis.settings(max_examples=25)
    def test_each_move_of_a_bar_is_of_five_people(self, acts):
        """Whatever is done in whatever order, and counted whenever."""
        goal, some = a_goal(what=What.STORIES, target=1000), people(8)
        at, shown, since = NOON, 0, set()
        for who, is_counted in acts:
            at += HOUR
            an_accepted_story(some[who], at=at)
            since.add(who)
            if is_counted:
                counted(goal, at)
                if goal.number != shown:
                    assert len(since) >= 5
                if goal.moved_at == at:
                    shown, since = goal.number, set()


# --- Who may


def test_a_member_sets_nothing_and_a_lead_only_where_they_lead(client):
    an_organisation()
    mine, other = a_team(), a_team()
    people(6, mine), people(6, other)
    client.force_login(a_member())
    for path in ("", "/new"):
        assert client.get(f"/encouragement/goals/lead{path}").status_code == 403
    theirs = a_goal(other)
    whole = a_goal(ends=MONDAY + 6 * DAY)
    withdraw = f"/encouragement/goals/lead/{theirs.pk}/withdraw"
    assert client.post(withdraw).status_code == 403
    lead = lead_of(mine)
    client.force_login(lead)
    for goal in (theirs, whole):
        answer = client.post(f"/encouragement/goals/lead/{goal.pk}/withdraw")
        assert answer.status_code == 404
    about = {"what": "good", "target": 5, "begins": "2026-03-30", "weeks": 1}
    for team in (other.pk, ""):
        answer = client.post("/encouragement/goals/lead/new", {**about, "team": team})
        assert answer.status_code == 422
    about["begins"] = "2026-03-02"
    answer = client.post("/encouragement/goals/lead/new", {**about, "team": mine.pk})
    assert answer.status_code == 422, "all of us have one in those days"
    assert Goal.objects.count() == 2
    assert "All of us" not in client.get("/encouragement/goals/lead").content.decode()


def test_others_goals_are_not_seen(client):
    an_organisation()
    a_goal(a_team("Myymälä"))
    assert "Nobody has set a goal" in page(client, a_member(team=a_team()))


@pytest.mark.parametrize("path", ["", "/lead"])
def test_more_goals_are_no_more_queries(client, path):
    an_organisation()
    team = a_team()
    lead = a_lead(team=team)
    client.force_login(lead)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(f"/encouragement/goals{path}")
        return len(found)

    a_goal(team, what="told")
    asked()
    few = asked()
    a_goal(team, what="stories")
    a_goal(what="lessons")
    assert asked() == few


def test_a_roll_out_shows_goals_to_those_it_has_reached(client):
    an_organisation()
    some = [a_member(team=a_team()) for _ in range(6)]
    a_goal()
    trial = a_running(GOALS.key, kind="rollout")
    seen = {m.pk for m in some if "20 people who did" in page(client, m)}
    started = set(
        trial.assignments.filter(starts_on__lte=MONDAY).values_list("unit", flat=True)
    )
    assert seen == {m.pk for m in some if m.team_id in started}
    assert 0 < len(seen) < 6
    met = Exposure.objects.filter(trial=Trial.objects.get())
    assert set(met.values_list("member", flat=True)) == seen

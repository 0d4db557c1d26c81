"""Jurors: who keeps out of what, and what nobody sees too early."""

import pytest
from django.utils import translation

from pesue.encouragement import steps
from pesue.encouragement.actions import award_rounds, juries, nominations
from pesue.encouragement.actions.awards import AwardRefused
from pesue.encouragement.models import (
    AwardNominee,
    AwardRound,
    Conflict,
    Judgement,
    Juror,
    Win,
)
from pesue.encouragement.queries.juries import Near, bench, is_revealed, sheets
from pesue.people.models import Grant, Member
from pesue.reach.models import Message
from tests.make.awards import (
    CLOSED,
    JUDGING,
    LONG_AGO,
    NOMINATING,
    VOTING,
    called,
    category,
    colleagues,
    scored,
    seated,
    standing,
)
from tests.make.people import a_member, a_team

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
State = AwardRound.State


@pytest.fixture(autouse=True)
def _here(settings, tmp_path):
    settings.DATA = tmp_path
    with translation.override("en"):
        yield


def judging(number: int = 3, **fields):
    """A round at its jury, two nominees, and jurors who are near to nobody."""
    people = colleagues(8)
    found = called(**{"way": "jury", **fields})
    nominees = standing(found, people[0], people[1])
    jurors = seated(found, number)
    award_rounds.go_on(found, now=JUDGING)
    return found, nominees, jurors


def test_who_named_somebody_scores_them_not():
    people = colleagues(8)
    found = called(way="jury")
    jurors = seated(found, 3)
    Member.objects.filter(pk=jurors[0].pk).update(joined_at=LONG_AGO)
    [ana] = standing(found, people[0], by=jurors[0])
    [kaj] = standing(found, people[1])
    award_rounds.go_on(found, now=JUDGING)
    with pytest.raises(AwardRefused, match="You named them yourself"):
        scored(ana, jurors[0], 5)
    scored(kaj, jurors[0], 1)
    assert bench(found).near == {(jurors[0].pk, ana.pk): Near.NOMINATED}


def test_who_stands_scores_nobody_in_that_category():
    people = colleagues(20)
    found = called("Bread", "Cake", way="jury")
    ana, kaj = standing(found, people[0], people[1])
    [eva] = standing(found, people[2], at=1)
    seated(found, 2)
    juries.invite(found, people[0], now=NOMINATING)
    award_rounds.go_on(found, now=JUDGING)
    for one in (ana, kaj):
        with pytest.raises(AwardRefused, match="You stand in this category"):
            scored(one, people[0], 5)
    scored(eva, people[0], 4)


def test_who_is_of_the_same_team_scores_them_not():
    _found, (ana, kaj), jurors = judging()
    Member.objects.filter(pk=jurors[0].pk).update(team=ana.member.team)
    jurors[0].refresh_from_db()
    with pytest.raises(AwardRefused, match="same team"):
        scored(ana, jurors[0], 5)
    scored(kaj, jurors[0], 2)


def test_who_is_of_a_team_below_one_that_stands_scores_it_not():
    """A ship is honoured with all who are on it; its mother company stays apart."""
    _found, (ship, _kaj), jurors = judging()
    ashore = a_team("Shore")
    whole = a_team("Ship", parent=ashore)
    aboard = a_team("Galley", parent=whole)
    AwardNominee.objects.filter(pk=ship.pk).update(member=None, team=whole)
    for juror, team in zip(jurors, (aboard, whole, ashore), strict=True):
        Member.objects.filter(pk=juror.pk).update(team=team)
    ship.refresh_from_db()
    for juror in jurors:
        juror.refresh_from_db()
    with pytest.raises(AwardRefused, match="same team"):
        scored(ship, jurors[0], 5)
    with pytest.raises(AwardRefused, match="You stand in this category"):
        scored(ship, jurors[1], 5)
    scored(ship, jurors[2], 2)


def test_who_says_they_are_too_near_is_out_with_what_they_scored():
    _found, (ana, _kaj), jurors = judging()
    scored(ana, jurors[0], 5)
    juries.keep_out(ana, jurors[0], now=JUDGING)
    juries.keep_out(ana, jurors[0], now=JUDGING)
    assert Conflict.objects.count() == 1
    assert not Judgement.objects.exists()
    with pytest.raises(AwardRefused, match="too near"):
        scored(ana, jurors[0], 5)


@pytest.mark.thorough
def test_a_score_given_before_one_came_near_does_not_count():
    found, (ana, kaj), jurors = judging(4)
    scored(ana, jurors[0], 5)
    scored(ana, jurors[1], 5)
    for juror in jurors[2:]:
        scored(ana, juror, 1)
    Member.objects.filter(pk=jurors[0].pk).update(team=ana.member.team)
    assert bench(found).scores() == {ana.pk: [5.0, 1.0, 1.0], kaj.pk: []}


def test_nobody_sees_a_score_before_all_have_scored():
    found, (ana, kaj), jurors = judging()
    today = JUDGING.date()
    scored(ana, jurors[0], 5)
    scored(kaj, jurors[0], 2)
    scored(ana, jurors[1], 4)
    scored(kaj, jurors[1], 3)
    scored(ana, jurors[2], 3)
    for juror in jurors:
        assert all(not sheet.others for sheet in sheets(found, juror, today=today))
    scored(ana, jurors[0], 4)  # one may think again
    scored(kaj, jurors[2], 1)
    seen = {sheet.nominee: sheet for sheet in sheets(found, jurors[0], today=today)}
    assert [other.mean for other in seen[ana].others] == [4.0, 3.0]
    with pytest.raises(AwardRefused, match="scores stay as they are"):
        scored(ana, jurors[0], 1)
    with pytest.raises(AwardRefused, match="done its part"):
        juries.keep_out(ana, jurors[0], now=JUDGING)
    with pytest.raises(AwardRefused, match="done its part"):
        juries.invite(found, a_member("Late", team=a_team()), now=JUDGING)


@pytest.mark.thorough
def test_after_the_last_day_it_is_open_only_if_there_is_enough_to_decide():
    found, (ana, kaj), jurors = judging()
    after = VOTING.date()
    scored(ana, jurors[0], 5)
    assert not is_revealed(found, bench(found), today=after)
    scored(ana, jurors[1], 5, now=VOTING)  # late is better than never
    with pytest.raises(AwardRefused, match=r"Fewer than 2 jurors have scored"):
        award_rounds.go_on(found, now=VOTING)
    assert steps.move_awards(VOTING) == 0
    scored(kaj, jurors[0], 2, now=VOTING)
    scored(kaj, jurors[1], 2, now=VOTING)
    assert is_revealed(found, bench(found), today=after)
    assert steps.move_awards(VOTING) == 1


def test_two_free_jurors_for_each_or_it_does_not_begin():
    people = colleagues(8)
    found = called(way="jury")
    standing(found, people[0], people[1])
    seated(found, 1)
    with pytest.raises(AwardRefused, match="fewer than 2 jurors"):
        award_rounds.go_on(found, now=JUDGING)
    assert found.state == State.NOMINATING


def test_who_holds_the_role_comes_by_themselves_and_is_written_to_once():
    team = a_team()
    people = colleagues(8, team=team)
    for member, place in ((people[6], team), (people[7], None)):
        Grant.objects.create(member=member, role=Grant.Role.JUROR, team=place)
    elsewhere = a_member("Elsewhere", team=a_team())
    Grant.objects.create(member=elsewhere, role=Grant.Role.JUROR, team=elsewhere.team)
    found = called(way="jury", team=team)
    assert set(Juror.objects.values_list("member", flat=True)) == {
        people[6].pk,
        people[7].pk,
    }
    seated(found, 2)
    standing(found, people[0], by=people[1])
    award_rounds.go_on(found, now=JUDGING)
    for _again in range(2):
        steps.tell_awards(JUDGING)
    assert Message.objects.filter(once__startswith="award-juror").count() == 4


def test_scores_are_from_one_to_five_of_each_criterion_and_by_jurors_only():
    found, (ana, kaj), jurors = judging()
    [one, *others] = found.award.criteria.values_list("pk", flat=True)
    full = dict.fromkeys([one, *others], 3)
    for points in ({}, {one: 3}, {**full, one: 6}, {**full, one: 0}, {**full, 0: 3}):
        with pytest.raises(AwardRefused, match="from 1 to 5"):
            juries.judge(ana, jurors[0], points, now=JUDGING)
    stranger = a_member("Stranger", team=a_team())
    with pytest.raises(AwardRefused, match="not in this jury"):
        juries.judge(ana, stranger, full, now=JUDGING)
    nominations.withdraw(kaj, now=JUDGING)
    with pytest.raises(AwardRefused, match="stand no more"):
        juries.judge(kaj, jurors[0], full, now=JUDGING)


def test_an_excused_juror_takes_their_scores_along():
    _found, (ana, _kaj), jurors = judging()
    scored(ana, jurors[0], 1)
    juries.excuse(Juror.objects.get(member=jurors[0]), now=JUDGING)
    assert not Judgement.objects.exists()
    with pytest.raises(AwardRefused, match="not in this jury"):
        scored(ana, jurors[0], 1)


@pytest.mark.thorough
@pytest.mark.parametrize(("point", "wins"), [(3, 1), (2, 0)])
def test_who_stands_alone_needs_the_jury_to_find_it_good(point, wins):
    people = colleagues(8)
    found = called(way="both")
    [ana] = standing(found, people[0])
    jurors = seated(found, 2)
    award_rounds.go_on(found, now=JUDGING)
    for juror in jurors:
        scored(ana, juror, point)
    award_rounds.go_on(found, now=VOTING)  # there is nothing to vote on
    assert found.state == State.DECIDED
    assert Win.objects.count() == wins
    told = {} if wins else {str(category(found).pk): "alone"}
    assert found.outcome == told


@pytest.mark.thorough
def test_a_jury_decides_alone_where_too_few_voted():
    people = colleagues(12)
    found = called(way="both")
    ana, kaj = standing(found, people[0], people[1])
    jurors = seated(found, 2)
    award_rounds.go_on(found, now=JUDGING)
    for juror in jurors:
        scored(ana, juror, 3)
        scored(kaj, juror, 4)
    award_rounds.go_on(found, now=VOTING)
    steps.open_votes(VOTING)
    steps.count_votes(CLOSED)
    found.refresh_from_db()
    assert Win.objects.get(runner_up=False).member == people[1]
    assert found.voted == 0

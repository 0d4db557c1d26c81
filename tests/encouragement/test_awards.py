"""An award from the call to the gallery, and what it refuses on the way."""

from datetime import timedelta

import pytest
from django.utils import translation

from pesue.encouragement import steps
from pesue.encouragement.actions import award_rounds, awards, nominations, wins
from pesue.encouragement.actions.awards import AwardRefused
from pesue.encouragement.award_templates import TEMPLATES
from pesue.encouragement.models import AwardNominee, AwardRound, Voter, Win
from pesue.encouragement.queries import eligibility
from pesue.encouragement.queries.awards import gallery, outcomes
from pesue.encouragement.queries.awards import standing as who_stands
from pesue.people.models import Member
from pesue.reach.models import Message
from tests.make import NOON
from tests.make.awards import (
    CLOSED,
    DATES,
    JUDGING,
    LONG_AGO,
    NOMINATING,
    VOTING,
    a_member,
    a_team,
    an_award_round,
    called,
    category,
    colleagues,
    scored,
    seated,
    standing,
    voted,
)

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
State = AwardRound.State


@pytest.fixture(autouse=True)
def _here(settings, tmp_path):
    settings.DATA = tmp_path
    with translation.override("en"):
        yield


def subjects(kind: str) -> list[str]:
    return list(Message.objects.filter(kind=kind).values_list("subject", flat=True))


def test_the_whole_way_by_its_dates():
    people = colleagues(8)
    found = called()
    steps.tell_awards(NOMINATING)
    assert len(subjects("awards")) == 8
    ana, kaj = standing(found, people[0], people[1], by=people[7])
    jurors = seated(found)
    assert moved(found, NOMINATING + timedelta(days=10)) == State.NOMINATING
    assert moved(found, JUDGING) == State.JUDGING
    for juror in jurors:
        scored(ana, juror, 5)
        scored(kaj, juror, 2)
    assert moved(found, VOTING) == State.VOTING
    assert found.on_roll == Member.objects.count() == Voter.objects.count()
    voted(found, people[2:7], ana)
    assert moved(found, VOTING) == State.VOTING, "it is open still"
    assert moved(found, CLOSED) == State.DECIDED
    assert found.voted == 5
    win = Win.objects.get(runner_up=False)
    assert (win.member, win.named) == (people[0], True)
    assert moved(found, CLOSED) == State.DECIDED, "the winner is told first"
    assert gallery() == []
    for _again in range(2):
        assert moved(found, CLOSED + timedelta(days=3)) == State.PUBLISHED
    [year] = gallery()
    assert [one.member for one in year.wins] == [people[0]]
    mine = Message.objects.filter(kind="award-mine", member=people[0])
    assert mine.count() == 2, "asked, and won: each once"
    everybody = Member.objects.count()
    assert Message.objects.filter(once__startswith="award-vote").count() == everybody
    assert Message.objects.filter(once__startswith="award-result").count() == everybody


def moved(found: AwardRound, at) -> str:
    """The worker's turn."""
    for step in (steps.open_votes, steps.count_votes, steps.move_awards):
        step(at)
    steps.open_votes(at)
    steps.tell_awards(at)
    found.refresh_from_db()
    return found.state


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"joined_at": NOON - timedelta(days=20)}, "less than 3 months"),
        ({"joined_at": None}, "less than 3 months"),
        ({"state": Member.State.LEFT}, "not for them"),
        ({"state": Member.State.INVITED}, "not for them"),
    ],
)
def test_who_may_not_stand_and_why(fields, why):
    people = colleagues(6)
    found = called()
    new = a_member("Uusi", **{"joined_at": LONG_AGO, "team": a_team(), **fields})
    with pytest.raises(AwardRefused, match=why):
        nominate(found, new, by=people[0])


def nominate(found, member, *, by, at=0, now=NOMINATING):
    named = nominations.Named(member=member)
    return nominations.nominate(
        found, category(found, at), named, by=by, why="Bread.", now=now
    )


def test_neither_oneself_nor_the_organiser_nor_who_won_lately_nor_others():
    people = colleagues(8)
    found = called(by=people[1], team=None)
    with pytest.raises(AwardRefused, match="somebody else may name you"):
        nominate(found, people[0], by=people[0])
    with pytest.raises(AwardRefused, match="They organise it"):
        nominate(found, people[1], by=people[0])
    last = an_earlier_win(found, people[2])
    with pytest.raises(AwardRefused, match="not long ago"):
        nominate(found, people[2], by=people[0])
    last.round.publish_on -= timedelta(days=400)
    AwardRound.objects.filter(pk=last.round_id).update(
        **{name: day - timedelta(days=400) for name, day in vars(DATES).items()}
    )
    nominate(found, people[2], by=people[0])
    with pytest.raises(AwardRefused, match="already"):
        nominate(found, people[2], by=people[0])


def an_earlier_win(found, member):
    earlier = AwardRound.objects.create(
        award=found.award,
        state=State.PUBLISHED,
        state_since=NOON,
        **vars(DATES),
    )
    return Win.objects.create(
        round=earlier, category=category(found), member=member, code="earlier"
    )


def test_an_award_of_a_team_is_for_that_team():
    team = a_team()
    people = colleagues(7, team=team)
    [other] = colleagues(1)
    found = called(team=team)
    assert set(eligibility.why_not(found, [other, people[0]], today=NOON.date())) == {
        other.pk
    }
    with pytest.raises(AwardRefused, match="for others"):
        nominate(found, people[0], by=other)


def test_three_names_each_and_no_more():
    people = colleagues(8)
    found = called()
    for one in people[1:4]:
        nominate(found, one, by=people[0])
    with pytest.raises(AwardRefused, match="all there is"):
        nominate(found, people[4], by=people[0])


def test_asked_once_however_many_name_them_and_a_no_is_silent():
    people = colleagues(8)
    found = called()
    first = nominate(found, people[0], by=people[1])
    second = nominate(found, people[0], by=people[2])
    assert first.nominee == second.nominee
    assert subjects("award-mine") == ["You have been named for Baker of the month"]
    nominations.decline(first.nominee, now=NOMINATING)
    assert who_stands(found) == []
    assert len(subjects("award-mine")) == 1, "nobody is told"
    nominate(found, people[0], by=people[3])
    assert AwardNominee.objects.get().state == AwardNominee.State.DECLINED
    nominations.stand(first.nominee, now=NOMINATING)  # they have thought again
    assert len(who_stands(found)) == 1
    with pytest.raises(AwardRefused, match="answered already"):
        nominations.decline(second.nominee, now=NOMINATING)


def test_nobody_stands_who_has_not_said_yes():
    people = colleagues(8)
    found = called()
    named = nominate(found, people[0], by=people[1])
    with pytest.raises(AwardRefused, match="Nobody stands"):
        award_rounds.go_on(found, now=JUDGING)
    standing(found, people[2])
    seated(found)
    award_rounds.go_on(found, now=JUDGING)
    with pytest.raises(AwardRefused, match="closed"):
        nominations.stand(named.nominee, now=JUDGING)
    with pytest.raises(AwardRefused, match="not open"):
        nominate(found, people[3], by=people[1], now=JUDGING)


def test_whoever_has_left_stands_no_more():
    people = colleagues(8)
    found = called()
    standing(found, people[0], people[1])
    Member.objects.filter(pk=people[0].pk).update(state=Member.State.LEFT)
    assert [one.member for one in who_stands(found)] == [people[1]]


def test_an_award_is_refused_where_it_would_be_no_honour():
    colleagues(4)
    found = an_award_round()
    with pytest.raises(AwardRefused, match="at least 5"):
        award_rounds.go_on(found, now=NOON)
    colleagues(8)
    many = an_award_round("A", "B")
    with pytest.raises(AwardRefused, match="2 winners among 12 people are too many"):
        award_rounds.go_on(many, now=NOON)
    colleagues(2)
    award_rounds.go_on(many, now=NOON)
    assert many.state == State.NOMINATING


def test_winners_have_a_day_before_anybody_else_reads_it():
    people = colleagues(8)
    found = called(way="jury")
    ana, kaj = standing(found, people[0], people[1])
    jurors = seated(found)
    award_rounds.go_on(found, now=JUDGING)
    for juror in jurors:
        scored(ana, juror, 5)
        scored(kaj, juror, 2)
    award_rounds.go_on(found, now=VOTING)
    assert found.state == State.DECIDED
    with pytest.raises(AwardRefused, match="a day to choose"):
        award_rounds.go_on(found, now=VOTING + timedelta(hours=23))
    wins.show(Win.objects.get(member=people[0]), named=False, public=True, now=VOTING)
    award_rounds.go_on(found, now=VOTING + timedelta(days=1))
    [told] = outcomes(found)
    assert (told.winners, told.unnamed, told.runners_up) == ([], 1, [])
    assert gallery() == []
    assert not Win.objects.filter(public=True).exists()


@pytest.mark.thorough
@pytest.mark.parametrize("key", TEMPLATES)
def test_a_template_begins_with_days_in_order(key):
    people = colleagues(30)
    found = awards.begin_from(
        TEMPLATES[key], team=None, by=people[0], begins=NOON.date(), now=NOON
    )
    assert found.award.criteria.count() == 3
    award_rounds.go_on(found, now=NOON)
    with pytest.raises(AwardRefused, match="not over yet"):
        awards.again(found.award, by=people[0], now=NOON)
    award_rounds.call_off(found, now=NOON)
    later = NOON + timedelta(days=31)
    following = awards.again(found.award, by=people[0], now=later)
    assert following.begins == later.date() + timedelta(days=1)
    assert following.vote_until - following.begins == found.vote_until - found.begins


def test_days_that_are_over_stay():
    colleagues(5)
    found = called()
    moved = awards.Dates(**{**vars(DATES), "begins": DATES.begins - timedelta(days=1)})
    with pytest.raises(AwardRefused, match="cannot be moved"):
        awards.change_dates(found, moved, now=NOON)
    later = awards.Dates(
        **{**vars(DATES), "publish_on": DATES.publish_on + timedelta(days=1)}
    )
    awards.change_dates(found, later, now=NOON)
    found.refresh_from_db()
    assert found.publish_on == later.publish_on
    bad = awards.Dates(**{**vars(DATES), "publish_on": DATES.vote_until})
    with pytest.raises(AwardRefused, match="in order"):
        awards.change_dates(found, bad, now=NOON)


@pytest.mark.thorough
def test_names_and_scores_go_some_time_after_and_the_gallery_stays():
    people = colleagues(8)
    found = called(way="jury")
    ana, kaj = standing(found, people[0], people[1])
    jurors = seated(found)
    award_rounds.go_on(found, now=JUDGING)
    for juror in jurors:
        scored(ana, juror, 4)
        scored(kaj, juror, 3)
    award_rounds.go_on(found, now=VOTING)
    award_rounds.go_on(found, now=CLOSED)
    assert steps.forget_awards(CLOSED + timedelta(days=89)) == 0
    assert steps.forget_awards(CLOSED + timedelta(days=91)) == 2
    assert not AwardNominee.objects.exists()
    assert len(gallery()) == 1

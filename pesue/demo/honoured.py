"""Whom the company honoured: two months, a vote that is open, a gala that is called."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils.timezone import localdate

from pesue.demo.company import read
from pesue.demo.house import House
from pesue.encouragement.actions import (
    award_rounds,
    awards,
    ballots,
    juries,
    nominations,
    wins,
)
from pesue.encouragement.actions.awards import Dates
from pesue.encouragement.award_templates import GALA, MONTHLY
from pesue.encouragement.deciding import most_winners
from pesue.encouragement.models import Award, AwardNominee, AwardRound, Win
from pesue.encouragement.queries.awards import scope
from pesue.encouragement.steps import count_votes, open_votes
from pesue.guidance.models import Value
from pesue.people.models import Member

DAY = timedelta(days=1)
SETTLED = timedelta(days=3)  # before, nobody has been here long enough to be named


def honour(house: House, chance: Random, *, founded: datetime, now: datetime) -> None:
    """What has happened since the house was founded: a small demo is younger."""
    told = read("honoured")
    month = told["month"]
    award = _award(month, MONTHLY.rhythm)
    values = list(Value.objects.all()[: month["criteria"]])
    for entry in month["round"]:
        began = now - timedelta(days=entry["begins"])
        if began < founded + SETTLED:
            continue
        dates = Dates.after(localdate(began), MONTHLY.days, award)
        if award.pk:
            found = awards.begin_round(award, dates, by=house.lead, now=began)
        else:
            names = [(award.name, "")]
            found = awards.begin(award, names, values, dates, by=house.lead, now=began)
        _live(found, house, chance, entry, began)
    _gala(told["gala"], house, now)
    for state in (AwardRound.State.NOMINATING, AwardRound.State.VOTING):
        AwardRound.objects.filter(state=state).update(told=state)  # without 500 mails


def _award(entry: dict[str, Any], rhythm: str) -> Award:
    return Award(
        name=entry["name"], purpose=entry["purpose"], rhythm=rhythm, months_here=0
    )


def _live(
    found: AwardRound,
    house: House,
    chance: Random,
    entry: dict[str, Any],
    began: datetime,
) -> None:
    """From the call to the result, or as far as it has come today."""
    award_rounds.go_on(found, now=began)
    jurors = [house.leader, house.admin, house.lead]
    # Jurors neither stand nor name anybody here: so all of them may score all.
    people = [one for one in house.people if one.team_id and one not in jurors]
    nominees = _named(found, chance, people, entry["why"], began + 2 * DAY)
    for juror in jurors:
        juries.invite(found, juror, now=began)
    award_rounds.go_on(found, now=began + 10 * DAY)
    _score(found, nominees, jurors, chance, began + 11 * DAY)
    voting = began + 12 * DAY
    award_rounds.go_on(found, now=voting)
    open_votes(voting)
    found.refresh_from_db()
    voters = chance.sample(people, min(entry["votes"], len(people)))
    _vote(found, nominees, voters, chance, voting)
    if entry.get("open"):
        return
    count_votes(began + 21 * DAY)
    found.refresh_from_db()
    for win in Win.objects.filter(round=found, runner_up=False):
        wins.show(win, named=True, public=False, now=began + 22 * DAY)
    award_rounds.go_on(found, now=began + 23 * DAY)
    AwardRound.objects.filter(pk=found.pk).update(told=found.state)


def _named(
    found: AwardRound,
    chance: Random,
    people: Sequence[Member],
    words: Sequence[str],
    at: datetime,
) -> list[AwardNominee]:
    """Each named by a colleague of another team, and willing."""
    [category] = found.award.categories.all()
    values = list(Value.objects.all())
    won = set(Win.objects.values_list("member", flat=True))
    organises = {found.by_id}
    here = [one for one in people if one.joined_at and one.joined_at < at - 2 * DAY]
    free = [one for one in here if one.pk not in won | organises]
    made = []
    for member, why in zip(
        chance.sample(free, min(len(free), len(words))), words, strict=False
    ):
        others = [one for one in people if one.team_id != member.team_id]
        named = nominations.nominate(
            found,
            category,
            nominations.Named(member=member),
            by=chance.choice(others),
            why=why,
            value=chance.choice(values),
            now=at,
        )
        nominations.stand(named.nominee, now=at + DAY)
        made.append(named.nominee)
    return made


def _score(
    found: AwardRound,
    nominees: Sequence[AwardNominee],
    jurors: Sequence[Member],
    chance: Random,
    at: datetime,
) -> None:
    criteria = list(found.award.criteria.values_list("pk", flat=True))
    for juror in jurors:
        for place, nominee in enumerate(nominees):
            if juror.team_id and juror.team_id == nominee.member.team_id:  # type: ignore[union-attr]
                continue
            best = 5 - min(place, 2)
            points = {one: chance.choice((best, best - 1)) for one in criteria}
            juries.judge(nominee, juror, points, now=at)


def _vote(
    found: AwardRound,
    nominees: Sequence[AwardNominee],
    voters: Sequence[Member],
    chance: Random,
    at: datetime,
) -> None:
    [category] = found.award.categories.all()
    likely = range(len(nominees) + 1, 1, -1)
    for voter in voters:
        [nominee] = chance.choices(nominees, weights=list(likely))
        ballots.vote(found, voter, {category.pk: nominee.pk}, now=at)


def _gala(entry: dict[str, Any], house: House, now: datetime) -> None:
    """Called some days ago; the advocate has been named and not answered yet."""
    began = now - timedelta(days=entry["begins"])
    award = _award(entry, GALA.rhythm)
    dates = Dates.after(localdate(began), GALA.days, award)
    most = most_winners(scope(award).count())
    found = awards.begin(
        award,
        [(name, what) for name, what in entry["categories"]][:most],
        list(Value.objects.all()[:3]),
        dates,
        by=house.lead,
        now=began,
    )
    award_rounds.go_on(found, now=began)
    nominations.nominate(
        found,
        list(found.award.categories.all())[-1],
        nominations.Named(member=house.advocate),
        by=house.leader,
        why=entry["why"],
        now=now - DAY,
    )

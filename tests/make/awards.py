"""An award at any point of its way, made by the real actions where it can be."""

from datetime import date, datetime, timedelta
from typing import Any

from pesue.encouragement import steps
from pesue.encouragement.actions import award_rounds, ballots, juries, nominations
from pesue.encouragement.actions.awards import Dates, begin
from pesue.encouragement.models import (
    Aside,
    Award,
    AwardCategory,
    AwardNominee,
    AwardRound,
    Conflict,
    Judgement,
    Juror,
    Nomination,
    Voter,
    Win,
)
from pesue.people.models import Member
from tests.make import NOON
from tests.make.people import a_member, a_team

DAY = NOON.date()
DATES = Dates(
    DAY,
    DAY + timedelta(days=10),
    DAY + timedelta(days=14),
    DAY + timedelta(days=19),
    DAY + timedelta(days=22),
)
LONG_AGO = NOON - timedelta(days=700)
NOMINATING, JUDGING = NOON, NOON + timedelta(days=11)
VOTING, CLOSED = NOON + timedelta(days=15), NOON + timedelta(days=20)


def colleagues(number: int, **fields: Any) -> list[Member]:
    """People who have been here for long, each in a team of their own."""
    return [
        a_member(
            f"Kollega {n:03}", **{"joined_at": LONG_AGO, "team": a_team(), **fields}
        )
        for n in range(number)
    ]


def an_award_round(
    *categories: str, by: Member | None = None, dates: Dates = DATES, **fields: Any
) -> AwardRound:
    award = Award(**{"name": "Baker of the month", "purpose": "For bread.", **fields})
    names = [(name, "") for name in categories or ("Baker of the month",)]
    return begin(award, names, [], dates, by=by, now=NOON)


def called(*categories: str, **fields: Any) -> AwardRound:
    found = an_award_round(*categories, **fields)
    award_rounds.go_on(found, now=NOMINATING)
    return found


def category(found: AwardRound, at: int = 0) -> AwardCategory:
    return list(found.award.categories.all())[at]


def standing(
    found: AwardRound, *members: Member, by: Member | None = None, at: int = 0
) -> list[AwardNominee]:
    """Each named by somebody and willing to stand."""
    made = []
    for member in members:
        who = by or a_member("Nimeaja", team=a_team(), joined_at=LONG_AGO)
        named = nominations.nominate(
            found,
            category(found, at),
            nominations.Named(member=member),
            by=who,
            why=f"{member.name} stayed until it was right.",
            now=NOMINATING,
        )
        nominations.stand(named.nominee, now=NOMINATING)
        made.append(named.nominee)
    return made


def seated(found: AwardRound, number: int = 3) -> list[Member]:
    """So many jurors, near to nobody."""
    members = [a_member(f"Juror {n}", team=a_team()) for n in range(number)]
    for member in members:
        juries.invite(found, member, now=NOMINATING)
    return members


def scored(
    nominee: AwardNominee, juror: Member, point: int, *, now: datetime = JUDGING
) -> None:
    criteria = nominee.round.award.criteria.values_list("pk", flat=True)
    juries.judge(nominee, juror, dict.fromkeys(criteria, point), now=now)


def voted(
    found: AwardRound,
    voters: list[Member],
    nominee: AwardNominee | None,
    *,
    now: datetime = VOTING,
) -> list[str]:
    """The codes of their ballots; in the first category."""
    chosen = {category(found).pk: nominee.pk if nominee else 0}
    return [ballots.vote(found, one, chosen, now=now) for one in voters]


def honoured(member: Member, colleague: Member) -> None:
    """A row of each table that tells of a member."""
    found = an_award_round(by=member)
    one = category(found)
    at = {"state_since": NOON, "state": AwardNominee.State.STANDING}
    mine = AwardNominee.objects.create(round=found, category=one, member=member, **at)
    theirs = AwardNominee.objects.create(
        round=found, category=one, member=colleague, **at
    )
    Nomination.objects.create(nominee=theirs, by=member, why="Bread.", at=NOON)
    Nomination.objects.create(nominee=mine, by=colleague, why="Bread.", at=NOON)
    Juror.objects.create(round=found, member=member, at=NOON)
    Conflict.objects.create(nominee=theirs, member=member, at=NOON)
    Judgement.objects.create(nominee=theirs, member=member, points={"1": 4}, at=NOON)
    Voter.objects.create(round=found, member=member, box="sealed")
    Aside.objects.create(round=found, member=member, state="voting", at=NOON)
    Win.objects.create(
        round=found, category=one, member=member, code="mine", named=True
    )


def dates_from(day: date) -> Dates:
    return Dates(*(getattr(DATES, name) + (day - DAY) for name in vars(DATES)))


def an_open_vote(
    voters: int = 12, *categories: str, **fields: Any
) -> tuple[AwardRound, list[AwardNominee], list[Member]]:
    """The round, its two nominees and those who may vote, nominees among them."""
    people = colleagues(voters)
    found = called(*categories, **{"way": "vote", **fields})
    nominees = standing(found, people[0], people[1])
    award_rounds.go_on(found, now=JUDGING)
    steps.open_votes(JUDGING)
    found.refresh_from_db()
    return found, nominees, people


def counted(found: AwardRound) -> AwardRound:
    steps.count_votes(CLOSED)
    found.refresh_from_db()
    return found

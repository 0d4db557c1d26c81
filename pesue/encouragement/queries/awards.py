"""Awards as everybody finds them: what is open, what came of it, the gallery."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, When
from django.utils.translation import gettext as _

from pesue.encouragement.models import (
    Aside,
    Award,
    AwardCategory,
    AwardNominee,
    AwardRound,
    Nomination,
    Voter,
    Win,
)
from pesue.people.access import within
from pesue.people.models import Member, Team

State = AwardRound.State


def scope(award: Award) -> QuerySet[Member]:
    """The people an award is for."""
    here = Member.objects.filter(state=Member.State.ACTIVE)
    return here.filter(team__path__startswith=award.team.path) if award.team else here


def is_in_scope(award: Award, member: Member) -> bool:
    if award.team is None or member.team is None:
        return award.team is None
    return member.team.path.startswith(award.team.path)


def rounds() -> QuerySet[AwardRound]:
    """Without the long list of codes."""
    return AwardRound.objects.defer("codes").select_related("award__team", "by")


def rounds_of(member: Member) -> QuerySet[AwardRound]:
    """Those that have been called and are for the member, the newest first."""
    mine = member.team.above() if member.team else []
    found = rounds().filter(Q(award__team=None) | Q(award__team__in=mine))
    return found.exclude(state__in=(State.CALL, State.OFF))


@dataclass(frozen=True)
class Waiting:
    """What an award would like of somebody, none of it expected."""

    to_answer: list[AwardNominee]
    to_judge: list[AwardRound]
    to_choose: list[Win]  # how it is shown


def waiting_for(member: Member) -> Waiting:
    asked = AwardNominee.objects.filter(
        Q(member=member) | Q(team__isnull=False, team=member.team_id),
        state=AwardNominee.State.ASKED,
        round__state=State.NOMINATING,
    )
    judge = rounds().filter(state=State.JUDGING, jurors__member=member)
    wins = won_by(member).filter(answered_at=None, round__state=State.DECIDED)
    return Waiting(
        list(asked.select_related("round__award", "category", "team", "member")),
        list(judge),
        list(wins),
    )


def open_to(member: Member, *, today: date) -> AwardRound | None:
    """The call or the vote that the member has not answered, nor put aside; of several
    the one that ends first. One query."""
    this = {"round": OuterRef("pk"), "member": member}
    named = Nomination.objects.filter(nominee__round=OuterRef("pk"), by=member)
    call = Q(state=State.NOMINATING, nominate_until__gte=today) & ~Exists(named)
    ballot = Exists(Voter.objects.filter(**this, box=""))
    vote = Q(state=State.VOTING, closed_at=None, vote_until__gte=today) & ballot
    aside = Exists(Aside.objects.filter(**this, state=OuterRef("state")))
    is_call = When(state=State.NOMINATING, then="nominate_until")
    until = Case(is_call, default="vote_until")
    return rounds_of(member).filter(call | vote, ~aside).order_by(until, "pk").first()


def won_by(member: Member) -> QuerySet[Win]:
    """The member's own, or their team's, decided or published."""
    rows = Win.objects.select_related("round__award", "category", "member", "team")
    return rows.filter(Q(member=member) | Q(team__isnull=False, team=member.team_id))


def categories(found: AwardRound) -> list[AwardCategory]:
    return list(AwardCategory.objects.filter(award=found.award_id))


def is_on_roll(found: AwardRound, member: Member) -> bool:
    return Voter.objects.filter(round=found, member=member).exists()


def has_voted(found: AwardRound, member: Member) -> bool:
    return Voter.objects.filter(round=found, member=member).exclude(box="").exists()


def voted_so_far(found: AwardRound) -> int:
    return Voter.objects.filter(round=found).exclude(box="").count()


@dataclass(frozen=True)
class Outcome:
    """What came of one category, as it may be told."""

    category: AwardCategory
    winners: list[Win]
    runners_up: list[Win]  # those who want to be named
    unnamed: int  # winners who would rather not be
    why_nobody: str
    people: int  # who chose somebody here; 0: too few, or no vote
    others: list[int]  # how many chose each of the others, where it may be told


NOBODY = {
    "nobody": lambda: _("Nobody stood."),
    "alone": lambda: _("Only one stood: that was no choice."),
    "turnout": lambda: _("Fewer than five voted, so the votes were not counted."),
    "level": lambda: _("Too many were level for one award."),
    "lost": lambda: _(
        "The key of the ballot was lost, so nobody can read the votes any more."
    ),
}


def outcomes(found: AwardRound) -> list[Outcome]:
    """By category, once it is published; wins of all at once."""
    wins = list(
        Win.objects.filter(round=found).select_related("member", "team", "story")
    )
    told = []
    for one in categories(found):
        here = [win for win in wins if win.category_id == one.pk]
        first = [win for win in here if not win.runner_up]
        votes = found.votes.get(str(one.pk), {})
        why = NOBODY.get(found.outcome.get(str(one.pk), ""))
        told.append(
            Outcome(
                one,
                [win for win in first if win.named],
                [win for win in here if win.runner_up and win.named],
                sum(not win.named for win in first),
                why() if why else "",
                votes.get("people", 0),
                votes.get("others", []),
            )
        )
    return told


@dataclass(frozen=True)
class Year:
    year: int
    wins: list[Win]


def gallery() -> list[Year]:
    """Who was honoured and wants to be named, by year, the newest first."""
    named = Win.objects.filter(
        named=True, runner_up=False, round__state=State.PUBLISHED
    )
    rows = named.select_related(
        "round__award", "category", "member", "team", "story"
    ).defer("round__codes")
    by_day = rows.order_by("-round__publish_on", "category__position", "pk")
    return [
        Year(year, list(wins))
        for year, wins in groupby(by_day, key=lambda win: win.round.publish_on.year)
    ]


def run_by(teams: list[str] | None) -> QuerySet[AwardRound]:
    """All rounds of awards for places a lead leads; None is the whole."""
    return rounds().filter(within(teams, "award__team__path"))


def with_nominees(found: AwardRound) -> list[AwardCategory]:
    """Its categories, each with `standing`: who stands, with what was said of them."""
    by_category: dict[int, list[AwardNominee]] = {}
    for one in standing(found):
        by_category.setdefault(one.category_id, []).append(one)
    rows = categories(found)
    for row in rows:
        row.standing = by_category.get(row.pk, [])  # type: ignore[attr-defined]
    return rows


def standing(found: AwardRound) -> list[AwardNominee]:
    """Who stands and is still here, in the order of their names: no order of merit."""
    shown = _standing(found).select_related("member__team", "team", "story", "category")
    words = Nomination.objects.select_related("value")
    shown = shown.prefetch_related(Prefetch("nominations", words, to_attr="said"))
    return sorted(shown, key=lambda one: (str(one).casefold(), one.pk))


def _standing(found: AwardRound) -> QuerySet[AwardNominee]:
    rows = AwardNominee.objects.filter(round=found, state=AwardNominee.State.STANDING)
    return rows.filter(Q(member=None) | Q(member__state=Member.State.ACTIVE))


def not_standing(found: AwardRound) -> int:
    """How many were named and have not said yes: none of them is told apart."""
    return found.nominees.exclude(state=AwardNominee.State.STANDING).count()


def teams_in(award: Award) -> QuerySet[Team]:
    return award.team.subtree() if award.team else Team.objects.all()


def on_ballot(found: AwardRound) -> dict[int, list[int]]:
    """By category with a choice to make: who stands. Where one stands alone, none."""
    by_category: dict[int, list[int]] = {}
    rows = _standing(found).order_by("pk").values_list("category", "pk")
    for category, nominee in rows:
        by_category.setdefault(category, []).append(nominee)
    return {key: rows for key, rows in by_category.items() if len(rows) > 1}

"""Who may reach which row of this room; the only way from a request to a row."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from pesue.encouragement.award_templates import TEMPLATES, Template
from pesue.encouragement.models import (
    Award,
    AwardCategory,
    AwardNominee,
    AwardRound,
    Juror,
    Win,
)
from pesue.encouragement.queries import awards as queries
from pesue.people.access import leads_all, may, needs, teams_of, within
from pesue.people.models import Grant, Member, Team

Role = Grant.Role
leads_awards = needs(Role.LEAD)  # others get 403


def may_run(member: Member, award: Award) -> bool:
    """Those who lead the place an award is for, or all of it."""
    if award.team is None:
        return leads_all(member)
    return may(member, Role.LEAD, award.team)


def places_led(member: Member) -> list[Team]:
    """Teams somebody may begin an award for."""
    led = within(teams_of(member, Role.LEAD), "path")
    return list(Team.objects.filter(led).order_by("path"))


def template(key: str) -> Template:
    if key not in TEMPLATES:
        raise Http404
    return TEMPLATES[key]


def award_round(member: Member, round_id: int) -> AwardRound:
    """One that has been called, for those it is for, its jury and its leads; once
    published, for everybody. Else 404."""
    found = get_object_or_404(queries.rounds(), pk=round_id)
    if may_run(member, found.award):
        return found
    if found.state in (AwardRound.State.CALL, AwardRound.State.OFF):
        raise Http404
    if found.state == AwardRound.State.PUBLISHED:
        return found
    sits = found.jurors.filter(member=member).exists()
    if not (sits or queries.is_in_scope(found.award, member)):
        raise Http404
    return found


def round_to_run(member: Member, round_id: int) -> AwardRound:
    found = get_object_or_404(queries.rounds(), pk=round_id)
    if not may_run(member, found.award):
        raise Http404
    return found


def round_to_name_for(member: Member, round_id: int) -> AwardRound:
    """One open for nominations to the member."""
    return _open_for(member, round_id, AwardRound.State.NOMINATING)


def round_to_vote(member: Member, round_id: int) -> AwardRound:
    """One whose vote is open, for those it is for."""
    return _open_for(member, round_id, AwardRound.State.VOTING)


def _open_for(member: Member, round_id: int, state: str) -> AwardRound:
    found = award_round(member, round_id)
    if found.state != state or not queries.is_in_scope(found.award, member):
        raise Http404
    return found


def round_to_judge(member: Member, round_id: int) -> AwardRound:
    """For its jurors, from the moment there is something to score."""
    rows = queries.rounds().filter(jurors__member=member)
    found = get_object_or_404(rows, pk=round_id)
    if found.state in (
        AwardRound.State.CALL,
        AwardRound.State.NOMINATING,
        AwardRound.State.OFF,
    ):
        raise Http404
    return found


def nominee_to_judge(member: Member, round_id: int, nominee_id: int) -> AwardNominee:
    found = round_to_judge(member, round_id)
    rows = AwardNominee.objects.select_related(
        "member__team", "team", "story", "category", "round__award"
    )
    return get_object_or_404(
        rows, pk=nominee_id, round=found, state=AwardNominee.State.STANDING
    )


def category_of(found: AwardRound, category_id: int) -> AwardCategory:
    return get_object_or_404(AwardCategory, pk=category_id, award=found.award_id)


def own_nominee(member: Member, nominee_id: int) -> AwardNominee:
    """Oneself, or the team one is in; for others it does not exist."""
    rows = AwardNominee.objects.select_related(
        "round__award", "category", "member", "team", "story"
    )
    mine = Q(member=member) | Q(team__isnull=False, team=member.team_id)
    return get_object_or_404(rows.filter(mine), pk=nominee_id)


def juror_of(found: AwardRound, juror_id: int) -> Juror:
    rows = Juror.objects.select_related("member", "round__award")
    return get_object_or_404(rows, pk=juror_id, round=found)


def own_win(member: Member, win_id: int) -> Win:
    return get_object_or_404(queries.won_by(member), pk=win_id)


def shown_win(member: Member | None, code: str) -> Win:
    """What its winner shows to whoever has the address, once it is published; to
    members, what is named; to the winner, always. Else 404."""
    rows = Win.objects.select_related(
        "round__award", "category", "member", "team", "story"
    ).defer("round__codes")
    here = Q(team__isnull=False) | Q(member__state=Member.State.ACTIVE)
    published = Q(round__state=AwardRound.State.PUBLISHED)
    seen = published & here & Q(named=True, public=True)
    if member is not None:
        seen |= published & Q(named=True) | Q(member=member)
        if member.team_id:
            seen |= Q(team=member.team_id)
    return get_object_or_404(rows.filter(seen), code=code)


def codes(found: AwardRound) -> list[str]:
    """The long list, read alone."""
    [told] = AwardRound.objects.filter(pk=found.pk).values_list("codes", flat=True)
    return list(told) if found.state == AwardRound.State.PUBLISHED else []


def colleague_called(words: str) -> Member | None:
    """The one member here of that address or name; None for nobody, or several."""
    here = Member.objects.filter(state=Member.State.ACTIVE)
    words = " ".join(words.split())
    found = list(here.filter(Q(email=words.lower()) | Q(name__iexact=words))[:2])
    return found[0] if len(found) == 1 else None

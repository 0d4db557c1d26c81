"""Who may stand for an award, and why somebody may not, in words."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pesue.content.models import Story
from pesue.encouragement.models import AwardRound, Win
from pesue.encouragement.queries.awards import is_in_scope, scope, teams_in
from pesue.people.models import Member, Team

FOUND = 8  # people, teams and stories each that a search shows


def months_before(day: date, months: int) -> date:
    """The same day so many months ago, or the 28th where there is no such day."""
    month = day.year * 12 + day.month - 1 - months
    return date(month // 12, month % 12 + 1, min(day.day, 28))


def why_not(
    found: AwardRound, members: Iterable[Member], *, today: date
) -> dict[int, str]:
    """The reason of each member who may not stand, by id; others are not in it."""
    award = found.award
    organisers = {found.by_id, award.by_id}
    came_by = months_before(today, award.months_here)
    lately = _winners(found, today)
    reasons = {}
    for one in members:
        if not one.is_active or not is_in_scope(award, one):
            reasons[one.pk] = _("This award is not for them.")
        elif one.pk in organisers:
            reasons[one.pk] = _("They organise it.")
        elif one.joined_at is None or localdate(one.joined_at) > came_by:
            reasons[one.pk] = ngettext(
                "They have been here for less than %(months)s month.",
                "They have been here for less than %(months)s months.",
                award.months_here,
            ) % {"months": award.months_here}
        elif one.pk in lately:
            reasons[one.pk] = _("They won it not long ago.")
    return reasons


def _winners(found: AwardRound, today: date) -> set[int | None]:
    since = months_before(today, found.award.months_between)
    wins = _lately(found, since).filter(member__isnull=False)
    return set(wins.values_list("member", flat=True))


def _lately(found: AwardRound, since: date) -> QuerySet[Win]:
    return Win.objects.filter(
        round__award=found.award, runner_up=False, round__publish_on__gte=since
    )


def why_not_team(found: AwardRound, team: Team, *, today: date) -> str:
    """Empty where it may stand."""
    since = months_before(today, found.award.months_between)
    if not teams_in(found.award).filter(pk=team.pk).exists():
        return _("This award is not for them.")
    if not team.members.filter(state=Member.State.ACTIVE).exists():
        return _("Nobody is in this team.")
    if _lately(found, since).filter(team=team).exists():
        return _("They won it not long ago.")
    return ""


def search(
    found: AwardRound, words: str
) -> tuple[list[Member], list[Team], list[Story]]:
    """Some people, teams and stories of whose name or title it has all the words."""
    people, teams = scope(found.award), teams_in(found.award)
    stories = Story.objects.filter(state=Story.State.ACCEPTED, author__in=people)
    for word in words.split()[:5]:
        people = people.filter(name__icontains=word)
        teams = teams.filter(name__icontains=word)
        stories = stories.filter(title__icontains=word)
    return (
        list(people.select_related("team").order_by("name", "pk")[:FOUND]),
        list(teams.order_by("name", "pk")[:FOUND]),
        list(stories.select_related("author").order_by("-accepted_at", "pk")[:FOUND]),
    )

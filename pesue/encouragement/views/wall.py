"""What we are proud of."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from pesue.encouragement.access import recognition as access
from pesue.encouragement.queries import wall as queries
from pesue.people.access import MemberRequest, signed_in


@require_safe
@signed_in
def wall(request: MemberRequest) -> HttpResponse:
    """Thanks, honours, letters and stories that people chose to show, newest first."""
    team = access.wall_team(request.GET.get("team", ""))
    after = request.GET.get("after", "")
    context = {
        "team": team,
        "teams": access.teams_around(request.user, team),
        "page": queries.page(request.user, team=team, after=after, now=now()),
        "after": after,
    }
    return render(request, "encouragement/wall.html", context)

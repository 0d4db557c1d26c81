"""What moves communities, what they get, and trying what is proposed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from pesue.encouragement.access import motives as access
from pesue.encouragement.actions import mix as actions
from pesue.encouragement.motives import FEWEST_TOLD
from pesue.encouragement.queries import mix as queries
from pesue.people.access import MemberRequest, leads_all, leads_whole
from pesue.trials.actions import NotDone


@require_safe
@access.leads
def mix(request: MemberRequest) -> HttpResponse:
    """Of the communities one leads, as far as it was released. Never of a person."""
    whole = leads_all(request.user)
    context = {
        "communities": queries.communities(access.led(request.user)),
        "quality": queries.quality() if whole else None,
        "predictions": queries.predictions() if whole else [],
        "dropped": queries.profiles_are_dropped(),
        "running": queries.running_trial() if whole else None,
        "may_try": whole,
        "k": FEWEST_TOLD,
    }
    return render(request, "encouragement/mix.html", context)


@require_POST
@leads_whole
def try_mix(request: MemberRequest) -> HttpResponse:
    """A trial is planned; what it could see and its start stand on its own page."""
    try:
        trial = actions.plan(by=request.user, now=now())
    except NotDone as refusal:
        messages.error(request, str(refusal))
        return redirect("mix")
    return redirect("trial", trial.pk)

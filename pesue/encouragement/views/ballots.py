from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pesue.encouragement.access import awards as access
from pesue.encouragement.actions import ballots
from pesue.encouragement.actions.awards import AwardRefused
from pesue.encouragement.forms.awards import VoteForm
from pesue.encouragement.queries import awards as queries
from pesue.people.access import MemberRequest, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def vote(request: MemberRequest, round_id: int) -> HttpResponse:
    """A secret ballot. The code is shown in the answer itself, and never again: a
    page to come back to would have to keep whose it is."""
    found = access.round_to_vote(request.user, round_id)
    rows = queries.with_nominees(found)
    form = VoteForm(rows, request.POST if request.method == "POST" else None)
    context = {
        "round": found,
        "categories": rows,
        "form": form,
        "on_roll": queries.is_on_roll(found, request.user),
        "again": queries.has_voted(found, request.user),
    }
    if form.is_valid():
        try:
            code = ballots.vote(found, request.user, form.chosen(), now=now())
        except AwardRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            context["code"] = code
            return render(request, "encouragement/awards/voted.html", context)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "encouragement/awards/vote.html", context, status=status)

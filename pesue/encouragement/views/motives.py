"""What moves me: seen, said, changed and forgotten by oneself."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from pesue.encouragement.actions import motives as actions
from pesue.encouragement.forms.motives import MotivesForm
from pesue.encouragement.queries import motives as queries
from pesue.people.access import MemberRequest, signed_in


@require_safe
@never_cache
@signed_in
def my_motives(request: MemberRequest) -> HttpResponse:
    """What I said, and beside it what I did after I was given something."""
    context = {
        "mine": queries.mine(request.user),
        "followed": queries.what_followed(request.user, now=now()),
    }
    return render(request, "encouragement/my_motives.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def say_motives(request: MemberRequest) -> HttpResponse:
    """One page, thirteen taps; then it is sealed."""
    found = queries.mine(request.user)
    form = MotivesForm(request.POST or None, said=found.said if found else {})
    if form.is_valid():
        try:
            actions.keep(request.user, form.said())
            messages.success(request, _("Kept. Nobody but you sees it."))
            return redirect("my-motives")
        except actions.NotSaid as refusal:
            form.add_error(None, str(refusal))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(
        request, "encouragement/say_motives.html", {"form": form}, status=status
    )


@require_POST
@signed_in
def forget_motives(request: MemberRequest) -> HttpResponse:
    actions.let_go(request.user)
    messages.success(request, _("Forgotten. It is as if you had never said it."))
    return redirect("my-motives")

"""Systems that send what happened after a visit: their keys, and their calls."""

from http import HTTPStatus

from allauth.core.ratelimit import consume
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from pesue.measurement import access
from pesue.measurement.actions import senders as actions
from pesue.measurement.forms.outside import SenderForm
from pesue.measurement.outside.called import MOST_BYTES, NotTaken
from pesue.measurement.outside.tables import Bad
from pesue.measurement.outside.words import CALLS, PROBLEMS
from pesue.measurement.views.outside import page
from pesue.people.access import MemberRequest


@require_POST
@never_cache
@access.leads
def let_in(request: MemberRequest) -> HttpResponse:
    """A key for a system. It stands on this one page, and nowhere else."""
    form = SenderForm(request.POST)
    if not form.is_valid():
        return page(request, sender=form)
    name = form.cleaned_data["name"]
    sender, token = actions.let_in(name, by=request.user, now=now())
    about = {
        "sender": sender,
        "token": token,
        "address": settings.ADDRESS,
        "today": localdate(),
    }
    return render(request, "measurement/sender.html", about)


@require_POST
@access.leads
def end(request: MemberRequest, sender_id: int) -> HttpResponse:
    """The system may send nothing more."""
    actions.end(access.sender(sender_id), now=now())
    messages.success(request, _("Ended. What it sent stays."))
    return redirect("outside")


@csrf_exempt  # no cookie opens it
@require_POST
def outcomes(request: HttpRequest) -> HttpResponse:
    """What a system sends, and what became of it; one call is all or nothing."""
    sender = access.caller(request.headers.get("Authorization", ""))
    if sender is None:
        refusal = _no("token", HTTPStatus.UNAUTHORIZED)
        refusal["WWW-Authenticate"] = "Bearer"
        return refusal
    if not consume(request, action="outcomes", key=str(sender.pk)):
        refusal = _no("often", HTTPStatus.TOO_MANY_REQUESTS)
        refusal["Retry-After"] = "60"
        return refusal
    length = request.META.get("CONTENT_LENGTH")
    if not length:  # sent in chunks: nobody knows how much it is before it is here
        return _no("length", HTTPStatus.LENGTH_REQUIRED)
    if int(length) > MOST_BYTES:
        return _no("large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        taken = actions.receive(sender, request.body, now=now())
    except NotTaken as no:
        return _no(no.reason, HTTPStatus.UNPROCESSABLE_ENTITY, no.about)
    return JsonResponse(
        {
            "counted": taken.counted,
            "repeated": taken.repeated,
            "not_counted": [_left(bad) for bad in taken.left],
        }
    )


def _no(reason: str, status: HTTPStatus, about: str = "") -> JsonResponse:
    words = str(CALLS[reason]).format(about=about)
    return JsonResponse({"reason": reason, "words": words}, status=status)


def _left(bad: Bad) -> dict[str, object]:
    words = str(PROBLEMS[bad.why]).format(about=bad.about)
    return {"outcome": bad.line, "reason": bad.why, "words": words}

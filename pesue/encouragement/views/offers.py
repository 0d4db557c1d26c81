"""The week's step, answered; and the weeks that had something good in them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pesue.encouragement.access import offers as access
from pesue.encouragement.actions import offers
from pesue.encouragement.queries.weeks import weeks
from pesue.people.access import MemberRequest, signed_in


@require_POST
@signed_in
def answer_step(request: MemberRequest, offer_id: int) -> HttpResponse:
    """I do it, or not this. "Nothing this week" has its own address."""
    offer = access.own_offer(request.user, offer_id)
    if request.POST.get("do") == "not-this":
        offers.not_this(offer, now=now())
        messages.success(request, _("Good. Something else next time."))
        return redirect("today")
    offers.press(offer, now=now())
    return redirect(offer.item or "today")


@signed_in
def my_weeks(request: MemberRequest) -> HttpResponse:
    """The last weeks that had something good in them; for the member alone."""
    found = weeks(request.user, now=now())
    return render(request, "encouragement/weeks.html", {"weeks": found})

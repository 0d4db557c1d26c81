"""Honours: those who lead give them, and whom they are about decides who sees."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pesue.encouragement.access import recognition as access
from pesue.encouragement.actions import honours as actions
from pesue.encouragement.forms.honours import HonourForm
from pesue.encouragement.forms.thanks import SearchForm
from pesue.encouragement.queries import colleagues
from pesue.encouragement.queries import honours as queries
from pesue.encouragement.views.thanks import seen
from pesue.people.access import MemberRequest, signed_in

SHOWN = 20


@require_safe
@access.honours_others
def honours(request: MemberRequest) -> HttpResponse:
    """Whom colleagues' words speak for, in a drawn order; and those I honoured."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = colleagues.by_name(words, asker=request.user)
    context = {
        "form": form,
        "asked": words,
        "found": access.honoured_among(request.user, found),
        "proposals": queries.proposals(request.user, now=now()),
        "given": queries.given_by(request.user)[:SHOWN],
    }
    return render(request, "encouragement/honours.html", context)


@access.honours_others
def honour_new(request: MemberRequest, member_id: int) -> HttpResponse:
    """What they did, and what it meant."""
    receiver = access.to_honour(request.user, member_id)
    start = {"kind": queries.kind_for(receiver, now=now())}
    form = HonourForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            actions.honour(receiver, by=request.user, **given, now=now())
        except actions.NotHonoured as refusal:
            form.add_error(None, str(refusal))
        else:
            told = _("%(name)s has been told, and nobody else.")
            messages.success(request, told % {"name": receiver.name})
            return redirect("honours")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"form": form, "receiver": receiver}
    return render(request, "encouragement/honour_new.html", context, status=status)


@require_POST
@signed_in
def honour_show(request: MemberRequest, honour_id: int) -> HttpResponse:
    """Let colleagues see an honour of mine, or no longer."""
    return seen(request, access.own_honour(request.user, honour_id))

"""Thanks: given, received, kept or shown."""

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pesue.encouragement.access import recognition as access
from pesue.encouragement.actions import shown
from pesue.encouragement.actions import thanks as actions
from pesue.encouragement.forms.thanks import SearchForm, ThanksForm
from pesue.encouragement.queries import colleagues, honours
from pesue.encouragement.queries import thanks as queries
from pesue.people.access import MemberRequest, signed_in

PAGE = 20
SHOWN = 20  # of those given, and of honours


@require_safe
@signed_in
def thanks(request: MemberRequest) -> HttpResponse:
    """Find a colleague to thank; below it what one got, and what one gave."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    received = queries.received(request.user)
    context = {
        "form": form,
        "asked": words,
        "found": colleagues.by_name(words, asker=request.user),
        "page": Paginator(received, PAGE).get_page(request.GET.get("page")),
        "honours": honours.received(request.user)[:SHOWN],
        "given": queries.given(request.user)[:SHOWN],
    }
    return render(request, "encouragement/thanks.html", context)


@signed_in
def thanks_new(request: MemberRequest, member_id: int) -> HttpResponse:
    """For what, and what it did."""
    receiver = access.colleague(request.user, member_id)
    item = access.item_meant(request.user, request.GET.get("item", ""))
    start = {"what": item.title[:150]} if item else {}
    form = ThanksForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give(
                request.user, receiver, item=item, **form.cleaned_data, now=now()
            )
        except actions.NotThanked as refusal:
            form.add_error(None, str(refusal))
        else:
            name = {"name": receiver.name}
            messages.success(request, _("%(name)s has your thanks.") % name)
            return redirect("thanks")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"form": form, "receiver": receiver, "item": item}
    return render(request, "encouragement/thanks_new.html", context, status=status)


@require_POST
@signed_in
def thanks_show(request: MemberRequest, thanks_id: int) -> HttpResponse:
    """Let colleagues see thanks I got, or no longer."""
    row = access.own_thanks(request.user, thanks_id)
    return seen(request, row)


def seen(request: MemberRequest, row: shown.Row, back: str = "thanks") -> HttpResponse:
    """Shown by the button "show", hidden by any other."""
    if "show" in request.POST:
        shown.show(row, now=now())
        messages.success(
            request, _("Colleagues can see it now. You can hide it again.")
        )
    else:
        shown.hide(row)
        messages.success(request, _("Hidden. It is yours alone again."))
    return redirect(back)

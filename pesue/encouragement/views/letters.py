"""What somebody outside wrote of us."""

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pesue.encouragement.access import recognition as access
from pesue.encouragement.actions import letters as actions
from pesue.encouragement.forms.letters import LetterForm
from pesue.encouragement.queries import letters as queries
from pesue.encouragement.views.thanks import seen
from pesue.people.access import MemberRequest, signed_in

PAGE = 20


@require_safe
@signed_in
def letters(request: MemberRequest) -> HttpResponse:
    """Those that concern me, and those I entered."""
    rows = queries.mine(request.user, today=localdate())
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "encouragement/letters.html", {"page": page})


@signed_in
def letter_new(request: MemberRequest) -> HttpResponse:
    """Enter one: about a colleague, a story, a post of mine, or a team."""
    asked = request.GET
    about = {
        "member": access.colleague_meant(request.user, asked.get("to", "")),
        "item": access.item_meant(request.user, asked.get("item", "")),
        "share": access.share_meant(request.user, asked.get("share", "")),
    }
    teams = access.teams_to_write_of(request.user)
    start = {"came_on": localdate(), "team": request.user.team_id}
    known = any(about.values())
    form = LetterForm(teams, request.POST or None, whose=known, initial=start)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, **about}
        del given["agreed"]
        actions.enter(**given, by=request.user, now=now())
        messages.success(request, _("Kept. Those it concerns can read it."))
        return redirect("letters")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"form": form, **about}
    return render(request, "encouragement/letter_new.html", context, status=status)


@require_POST
@signed_in
def letter_show(request: MemberRequest, letter_id: int) -> HttpResponse:
    """Let colleagues see a letter about me, or no longer."""
    row = access.letter_to_show(request.user, letter_id, today=localdate())
    return seen(request, row, "letters")


@require_POST
@signed_in
def letter_away(request: MemberRequest, letter_id: int) -> HttpResponse:
    """Gone at once."""
    actions.take_away(access.letter_to_take_away(request.user, letter_id))
    messages.success(request, _("Deleted."))
    return redirect("letters")

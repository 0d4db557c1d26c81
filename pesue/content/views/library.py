from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from pesue.content.access import curates, item_for, meant_for
from pesue.content.forms import LibraryForm
from pesue.content.queries.library import questions_for, shelf
from pesue.content.queries.quiet import say_quiet
from pesue.people.access import MemberRequest, signed_in


@require_safe
@signed_in
def library(request: MemberRequest) -> HttpResponse:
    """What there is to tell, newest first."""
    form = LibraryForm(request.GET)
    wanted = form.wanted()
    before = request.GET.get("before", "")
    page = shelf(meant_for(request.user), wanted, before)
    say_quiet(page.items, request.user, today=localdate(now()))
    context = {"form": form, "wanted": wanted, "shelf": page, "before": before}
    return render(request, "content/library.html", context)


@require_safe
@signed_in
def item(request: MemberRequest, item_id: int) -> HttpResponse:
    """One fact card, whole."""
    found = item_for(request.user, item_id)
    say_quiet([found], request.user, today=localdate(now()))
    context = {
        "item": found,
        "questions": questions_for(found, request.user.language),
        "may_edit": curates(request.user, found.team),
    }
    return render(request, "content/item.html", context)

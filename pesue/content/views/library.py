from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from pesue.content.access import (
    curated_paths,
    curates,
    item_for,
    items_to_curate,
    offered_to,
)
from pesue.content.forms import LibraryForm
from pesue.content.queries.holding import standing, waiting
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
    today = localdate(now())
    page = shelf(offered_to(request.user, today=today), wanted, before)
    say_quiet(page.items, request.user, today=today)
    context = {"form": form, "wanted": wanted, "shelf": page, "before": before}
    if curated_paths(request.user) != []:
        context["waiting"] = waiting(items_to_curate(request.user), today=today)[:20]
    return render(request, "content/library.html", context)


@require_safe
@signed_in
def item(request: MemberRequest, item_id: int) -> HttpResponse:
    """One fact card, whole."""
    found = item_for(request.user, item_id)
    today, may_edit = localdate(now()), curates(request.user, found.team)
    say_quiet([found], request.user, today=today)
    context = {
        "item": found,
        "questions": questions_for(found, request.user.language),
        "may_edit": may_edit,
        "holding": standing(found, request.user, today=today, curates=may_edit),
    }
    return render(request, "content/item.html", context)

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pesue.content import actions
from pesue.content.access import CURATES, item_to_curate, items_to_curate
from pesue.content.access import stories_to_review as to_review
from pesue.content.queries.desk import waiting
from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.people.access import MemberRequest, Role, needs
from pesue.trials.actions import NotDone


@require_safe
@needs(*CURATES)
def inbox(request: MemberRequest) -> HttpResponse:
    """What came in and waits for a look."""
    pages = Paginator(waiting(items_to_curate(request.user)), 20)
    context = {
        "page": pages.get_page(request.GET.get("page")),
        "stories": to_review(request.user).select_related("author").order_by("pk")[:20],
    }
    return render(request, "content/inbox.html", context)


@require_POST
@needs(*CURATES)
def item_accept(request: MemberRequest, item_id: int) -> HttpResponse:
    return _moved(request, item_id, to_library=True)


@require_POST
@needs(*CURATES)
def item_drop(request: MemberRequest, item_id: int) -> HttpResponse:
    return _moved(request, item_id, to_library=False)


@require_POST
@needs(Role.LEAD)
def item_keep_out(request: MemberRequest, item_id: int) -> HttpResponse:
    """A lead's word that an item takes no part in the hold-out, before its lot."""
    item = item_to_curate(request.user, item_id)
    try:
        actions.keep_out_of_trial(item, by=request.user, now=now())
        messages.success(request, _("It will be offered at once. That is noted."))
    except NotDone as refusal:
        messages.info(request, str(refusal))
    return redirect(item)


def _moved(request: MemberRequest, item_id: int, *, to_library: bool) -> HttpResponse:
    item = item_to_curate(request.user, item_id)
    try:
        if to_library:
            actions.accept(item, now=now())
            said = _("“%(title)s” is in the library.") % {"title": item.title}
        else:
            actions.drop(item, now=now())
            said = _("“%(title)s” is left out.") % {"title": item.title}
        messages.success(request, said)
    except (ForbiddenMove, LostRace):
        messages.warning(
            request, _("Someone else was just here: this is how it stands now.")
        )
    back = "inbox" if request.POST.get("back") == "inbox" else item
    return redirect(back)

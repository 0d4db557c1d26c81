from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from pesue.content.access import CURATES, source_of, sources_of, team_for
from pesue.content.actions.sources import add_source, read_soon, stop
from pesue.content.forms import SourceForm
from pesue.content.queries.desk import with_counts
from pesue.foundation.http import Unfetchable
from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.people.access import MemberRequest, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*CURATES)
def sources(request: MemberRequest) -> HttpResponse:
    """The feeds that bring items, and a new one."""
    form = SourceForm(request.POST or None, initial={"language": request.user.language})
    if request.method == "POST" and form.is_valid():
        try:
            added = _added(request, form)
        except Unfetchable as refusal:
            form.add_error("url", str(refusal))
        else:
            if sources_of(request.user).filter(pk=added).exists():
                return redirect("source", added)
            form.add_error("url", _("Another team's curators read this feed already."))
    pages = Paginator(with_counts(sources_of(request.user)), 50)
    page = pages.get_page(request.GET.get("page"))
    return render(request, "content/sources.html", {"form": form, "page": page})


def _added(request: MemberRequest, form: SourceForm) -> int:
    given = dict(form.cleaned_data)
    topics = given.pop("topics")
    given |= {"by": request.user, "team": team_for(request.user)}
    source = add_source(given.pop("url"), now=now(), **given)
    if not source.topics.exists():
        source.topics.set(topics)
    return source.pk


@require_safe
@needs(*CURATES)
def source(request: MemberRequest, source_id: int) -> HttpResponse:
    """One feed: how it does, and what it brought last."""
    found = source_of(request.user, source_id)
    latest = found.items.select_related("picture").defer("text").order_by("-pk")[:20]
    return render(request, "content/source.html", {"source": found, "latest": latest})


@require_POST
@needs(*CURATES)
def source_stop(request: MemberRequest, source_id: int) -> HttpResponse:
    found = source_of(request.user, source_id)
    try:
        stop(found, now=now())
    except (ForbiddenMove, LostRace):
        messages.warning(request, _("It is just being read. Try again in a moment."))
    return redirect("source", found.pk)


@require_POST
@needs(*CURATES)
def source_read(request: MemberRequest, source_id: int) -> HttpResponse:
    found = source_of(request.user, source_id)
    try:
        read_soon(found, now=now())
        messages.success(request, _("We read it in a moment."))
    except (ForbiddenMove, LostRace):
        messages.warning(request, _("It is just being read. Try again in a moment."))
    return redirect("source", found.pk)

"""My shares, and what can be done with one."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pesue.foundation.http import client
from pesue.foundation.trying import tried
from pesue.people.access import MemberRequest, signed_in
from pesue.sharing import access
from pesue.sharing.actions import drafts, settling
from pesue.sharing.actions.posts import link_of
from pesue.sharing.actions.settling import NotDone
from pesue.sharing.channels import CHANNELS, base
from pesue.sharing.forms import PostedForm
from pesue.sharing.models import Share
from pesue.sharing.queries.handoff import hand_off
from pesue.sharing.queries.links import people
from pesue.sharing.queries.shares import own

State = Share.State
SECONDS = 25.0  # that a network may take to delete a post


@require_safe
@signed_in
def shares(request: MemberRequest) -> HttpResponse:
    """What asks for a word, what waits for its time, what was told, what is begun."""
    before = request.GET.get("before", "")
    return render(
        request,
        "sharing/shares.html",
        {"own": own(request.user, before), "before": before},
    )


@require_safe
@signed_in
def share(request: MemberRequest, share_id: int) -> HttpResponse:
    """One share; a draft is in the composer."""
    found = access.own_share(request.user, share_id)
    if found.state == State.DRAFT:
        return redirect("compose", found.item_id)
    return _page(request, found)


@require_POST
@signed_in
def posted(request: MemberRequest, share_id: int) -> HttpResponse:
    """ "I posted it": of a hand-off, or of a post that we were not certain of."""
    found = access.own_share(request.user, share_id)
    form = PostedForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    url = form.cleaned_data["url"]

    def confirmed(share: Share, *, now: datetime) -> None:
        if share.state == State.UNKNOWN:
            settling.is_there(share, now=now, url=url)
        else:
            drafts.confirm(share, now=now, url=url)

    return _done(request, found, confirmed, _("Good. We tell you when people come."))


@require_POST
@signed_in
def act(request: MemberRequest, share_id: int, what: str) -> HttpResponse:
    """One press of a button; what came of it is said."""
    found = access.own_share(request.user, share_id)
    if what == "edit" or (what == "not-now" and found.state == State.HANDED):
        if found.state == State.SCHEDULED:
            words = _("It is a draft again and goes out no more by itself.")
        else:
            words = _("It is a draft again.")
        answer = _done(request, found, drafts.edit, words)
        edits = what == "edit" and found.state != State.SCHEDULED
        return redirect("compose", found.item_id) if edits else answer
    taken = _("Taken back. Nothing went out.")
    if found.state == State.UNKNOWN:
        taken = _("We do no more about it. If it is out after all, delete it there.")
    actions: dict[str, tuple[Callable[..., None], str]] = {
        "again": (drafts.try_again, _("On its way once more.")),
        "absent": (settling.is_not_there, _("Then it goes out now.")),
        "withdraw": (drafts.withdraw, taken),
        "remove": (drafts.remove, _("Gone.")),
        "delete": (_delete, _("It is deleted from the network.")),
    }
    action, words = actions[what]
    return _done(request, found, action, words)


def _delete(share: Share, *, now: datetime) -> None:
    with client(seconds=SECONDS) as http:
        settling.delete(share, now=now, http=http)


def _done(
    request: MemberRequest, found: Share, action: Callable[..., None], words: str
) -> HttpResponse:
    tried(request, lambda: action(found, now=now()), words, NotDone)
    over = {State.WITHDRAWN, State.DELETED, State.DRAFT}
    return redirect("my-shares") if found.state in over else redirect("share", found.pk)


def _page(
    request: MemberRequest, found: Share, form: PostedForm | None = None
) -> HttpResponse:
    share, link = found, link_of(found)
    channel = CHANNELS.get(share.channel)
    post = base.Post(share.text, link=link)
    context = {
        "share": share,
        "said": channel.says(post) if channel else share.text,
        "short": link,
        "is_due": share.send_at is not None and share.send_at <= now(),
        "hand_off": hand_off(found),
        "form": form or PostedForm(),
        "people": people([found.pk]).get(found.pk, 0),
        "is_post": found.state == State.SHARED,
    }
    return render(request, "sharing/share.html", context, status=422 if form else 200)

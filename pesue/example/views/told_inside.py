"""Words for inside: written here, copied or published there by the leader's press."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from pesue.content.access import item_for
from pesue.example import wording
from pesue.example.access import leaders as access
from pesue.example.actions import inside as posting
from pesue.example.actions import leaders as actions
from pesue.example.forms.leaders import InsideChannelForm, InsideForm
from pesue.example.models import Inside, InsidePost
from pesue.example.queries import leaders as queries
from pesue.foundation.http import client
from pesue.foundation.numbers import row_number
from pesue.foundation.trying import tried
from pesue.people.access import MemberRequest, admin_of_all
from pesue.sharing.channels import CHANNELS

OPENS = {"slack": "slack", "teams": "teams"}  # channels that an inner place opens
RICH = {Inside.Place.TEAMS, Inside.Place.INTRANET}  # take what stands out as it is
SECONDS = 20.0  # that a press may take


@access.leaders
def inside(request: MemberRequest) -> HttpResponse:
    """A few words for inside: written here, copied there."""
    wanted = row_number(request.GET.get("item", ""))
    item = None if wanted is None else item_for(request.user, wanted)
    if request.method != "POST":
        start = {"place": request.GET.get("place", "")}
        if item:
            start |= queries.words_about(request.user, item)
        form = InsideForm(initial=start, member=request.user)
        return render(request, "example/inside.html", {"form": form, "item": item})
    form = InsideForm(request.POST, member=request.user)
    if not form.is_valid():
        context = {"form": form, "item": item}
        return render(request, "example/inside.html", context, status=422)
    said = form.cleaned_data
    told = actions.tell_inside(request.user, item=item, **said, now=now())
    return redirect("inside-told", told.pk)


@require_safe
@access.leaders
def inside_told(request: MemberRequest, inside_id: int) -> HttpResponse:
    """The text to copy, as its place wants it; and channels that take it by a press."""
    told = access.own_inside(request.user, inside_id)
    channel = CHANNELS.get(OPENS.get(told.place, ""))
    posts = list(access.inside_posts(told))
    sent = {post.channel_id for post in posts}
    kind = OPENS.get(told.place)
    channels = access.inside_channels(kind) if kind else []
    slack = told.place == Inside.Place.SLACK
    context = {
        "told": told,
        "opens": channel.opens() if channel else "",
        "words": wording.written(told.text, wording.PASTED if slack else wording.PLAIN),
        "slack": wording.written(told.text, wording.PASTED),
        "plain": wording.written(told.text, wording.PLAIN),
        "html": wording.html(told.text),
        "rich": slack or told.place in RICH,
        "posts": posts,
        "channels": [one for one in channels if one.pk not in sent],
    }
    return render(request, "example/inside_told.html", context)


@require_POST
@access.leaders
def inside_drop(request: MemberRequest, inside_id: int) -> HttpResponse:
    told = access.own_inside(request.user, inside_id)
    off = _("Taken off.")
    if tried(request, lambda: actions.not_told(told), off, actions.NotDone):
        return redirect("leading")
    return redirect("inside-told", inside_id)


@require_POST
@access.leaders
def inside_publish(
    request: MemberRequest, inside_id: int, channel_id: int
) -> HttpResponse:
    """Into a channel, by this press and no other."""
    told = access.own_inside(request.user, inside_id)
    channel = access.inside_channel(channel_id)
    if channel.kind != told.place:
        raise Http404
    try:
        with client(seconds=SECONDS) as http:
            post = posting.publish(told, channel, now=now(), http=http)
    except posting.NotDone as refusal:
        messages.warning(request, str(refusal))
    else:
        _say(request, post)
    return redirect("inside-told", inside_id)


@require_POST
@access.leaders
def inside_looked(request: MemberRequest, inside_id: int, post_id: int) -> HttpResponse:
    """The leader looked there: it stands, or it does not and is sent once more."""
    post = access.own_inside_post(request.user, inside_id, post_id)
    if request.POST.get("there") == "yes":
        said = _("So it is noted.")
        tried(request, lambda: posting.is_there(post, now=now()), said)
        return redirect("inside-told", inside_id)
    try:
        with client(seconds=SECONDS) as http:
            posting.once_more(post, now=now(), http=http)
    except posting.NotDone as refusal:
        messages.warning(request, str(refusal))
    else:
        _say(request, post)
    return redirect("inside-told", inside_id)


def _say(request: MemberRequest, post: InsidePost) -> None:
    if post.state == InsidePost.State.OUT:
        messages.success(request, _("It is published."))
    else:
        messages.warning(request, _("Look below at how it stands."))


@require_http_methods(["GET", "HEAD", "POST"])
@admin_of_all
def inside_channels(request: MemberRequest) -> HttpResponse:
    """Channels into which leaders may publish; administrators keep them."""
    form = InsideChannelForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        posting.keep_channel(**form.cleaned_data)
        messages.success(request, _("Leaders can publish there now."))
        return redirect("inside-channels")
    context = {"form": form, "channels": access.inside_channels()}
    status = 422 if form.errors else 200
    return render(request, "example/inside_channels.html", context, status=status)


@require_POST
@admin_of_all
def inside_channel_drop(request: MemberRequest, channel_id: int) -> HttpResponse:
    posting.forget_channel(access.inside_channel(channel_id))
    messages.success(request, _("Taken off."))
    return redirect("inside-channels")

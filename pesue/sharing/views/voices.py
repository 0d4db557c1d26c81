"""Saying it first: voice notes beside a draft, for their owner alone."""

from collections.abc import Callable
from typing import TypeAlias

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from pesue.content.access import own_story
from pesue.content.models import Story
from pesue.foundation.ranges import whole_or_part
from pesue.foundation.uploads import too_large
from pesue.people.access import MemberRequest, signed_in
from pesue.sharing import access
from pesue.sharing.actions import voices
from pesue.sharing.actions.questions import begin
from pesue.sharing.actions.settling import NotDone
from pesue.sharing.sounds import TYPES

Upload: TypeAlias = "UploadedFile[bytes]"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def of_share(request: MemberRequest, item_id: int) -> HttpResponse:
    """Notes beside the draft about an item; the first begins one."""
    item, draft = access.item_to_compose(request.user, item_id)

    def keep(upload: Upload) -> None:
        voices.checked(upload)  # what is no sound begins no draft
        share = draft or begin(request.user, item, now=now())
        voices.keep(request.user, upload, share=share, now=now())

    back = reverse("compose", args=[item.pk])
    return _page(request, keep, {"back": back, "title": item.title, "draft": draft})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def of_story(request: MemberRequest, story_id: int) -> HttpResponse:
    """Notes beside a story that one writes."""
    story = own_story(request.user, story_id)
    if story.state != Story.State.DRAFT:
        raise Http404

    def keep(upload: Upload) -> None:
        voices.keep(request.user, upload, story=story, now=now())

    back = reverse("story-edit", args=[story.pk])
    return _page(request, keep, {"back": back, "title": story.title, "draft": story})


def _page(
    request: MemberRequest, keep: Callable[[Upload], None], context: dict[str, object]
) -> HttpResponse:
    upload, status = request.FILES.get("sound"), 200
    try:
        if too_large(request):
            raise NotDone(voices.too_long())
        if upload is not None:
            keep(upload)
            return redirect(request.path)
    except NotDone as refusal:
        messages.error(request, str(refusal))
        status = 422
    context["most"] = voices.MOST_MEGABYTES
    return render(request, "sharing/voice.html", context, status=status)


@require_safe
@signed_in
def hear(request: MemberRequest, voice_id: int) -> HttpResponseBase:
    """One's own note; a player may ask for a part of it."""
    voice = access.own_voice(request.user, voice_id)
    return whole_or_part(
        voices.place_of(voice),
        request.headers.get("Range", ""),
        kind=TYPES[voice.file.rpartition(".")[2]],
        kept="private, no-store",
    )


@require_POST
@signed_in
def let_go(request: MemberRequest, voice_id: int) -> HttpResponse:
    """I do not need it any more."""
    voice = access.own_voice(request.user, voice_id)
    back = ("compose-voice", voice.share.item_id) if voice.share else None
    voices.let_go([voice])
    return redirect(*back) if back else redirect("story-voice", voice.story_id)

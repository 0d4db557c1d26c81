"""A draft handed to an assistant: what the leader sees of it, and what they see."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pesue.example.access import leaders as access
from pesue.example.actions import handovers as actions
from pesue.example.actions.leaders import NotDone
from pesue.example.forms.leaders import HandForm, PrepareForm
from pesue.example.models import Handover
from pesue.example.queries import handovers as queries
from pesue.example.queries.leaders import assistant_of
from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.foundation.ranges import whole_or_part
from pesue.people.access import MemberRequest, signed_in
from pesue.sharing.actions.voices import place_of
from pesue.sharing.sounds import TYPES


@access.leaders
def hand(request: MemberRequest, share_id: int) -> HttpResponse:
    """Hand a draft of mine to my assistant."""
    draft = access.own_draft(request.user, share_id)
    named = assistant_of(request.user, now=now())
    if named is None:
        return redirect("assistant")
    form = HandForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            handed = actions.hand(draft, named, **form.cleaned_data, now=now())
            return redirect("handover", handed.pk)
        except NotDone as refusal:
            form.add_error(None, str(refusal))
        except (ForbiddenMove, LostRace):
            form.add_error(None, _("It has changed meanwhile. See how it is now."))
    context = {"form": form, "named": named, "shown": queries.to_hand(draft)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "example/hand.html", context, status=status)


@signed_in
def handover(request: MemberRequest, handed_id: int) -> HttpResponse:
    """What was prepared for me: read what was changed, take it or not."""
    handed = access.own_handover(request.user, handed_id)
    if request.method == "POST":
        return _decided(request, handed)
    shown = queries.compared(handed)
    context = {"handed": handed, "shown": shown, "read": actions.edition(handed)}
    return render(request, "example/handover.html", context)


def _decided(request: MemberRequest, handed: Handover) -> HttpResponse:
    what = request.POST.get("do", "")
    try:
        if what == "take":
            share = actions.take(handed, read=request.POST.get("read", ""), now=now())
            messages.success(
                request, _("It is in your draft. Change what you like, then publish.")
            )
            return redirect("compose", share.item_id)
        if what == "end":
            actions.take_back(handed, now=now())
            messages.success(request, _("So it is. Your own draft stands as it was."))
            return redirect(
                "leading" if access.is_leader(request.user) else "my-shares"
            )
        if what == "again":
            return redirect("hand", handed.share_id)
    except NotDone as refusal:
        messages.error(request, str(refusal))
    except (ForbiddenMove, LostRace):
        messages.info(request, _("It has changed meanwhile. See how it is now."))
    return redirect("handover", handed.pk)


@require_safe
@signed_in
def preparing(request: MemberRequest) -> HttpResponse:
    """The drafts that leaders handed to me, and for whom I prepare."""
    today = localdate()
    context = {
        "handed": access.to_prepare(request.user, today=today).order_by("-asked_at"),
        "named": queries.assisted(request.user, today=today),
    }
    return render(request, "example/preparing.html", context)


@signed_in
def prepare(request: MemberRequest, handed_id: int) -> HttpResponse:
    """One draft handed to me: what its leader said, and the text I make of it."""
    handed = access.handed_to(request.user, handed_id)
    form = PrepareForm(
        request.POST or None, initial={"text": handed.text or handed.said}
    )
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                return _prepared(request, handed, form.cleaned_data["text"])
            except NotDone as refusal:
                form.add_error("text", str(refusal))
    context = {
        "handed": handed,
        "form": form,
        "voices": access.handed_voices(handed),
        "guidelines": queries.guidelines(handed),
    }
    return render(request, "example/prepare.html", context, status=status)


def _prepared(request: MemberRequest, handed: Handover, text: str) -> HttpResponse:
    try:
        if request.POST.get("do") == "give":
            actions.prepare(handed, text, now=now())
            messages.success(
                request, _("%(name)s has it now.") % {"name": handed.leader.name}
            )
        else:
            actions.keep(handed, text)
            messages.success(request, _("Saved. It waits here for you."))
            return redirect("prepare", handed.pk)
    except (ForbiddenMove, LostRace):
        messages.info(request, _("It has changed meanwhile. See how it is now."))
    return redirect("preparing")


@require_safe
@signed_in
def handed_voice(
    request: MemberRequest, handed_id: int, voice_id: int
) -> HttpResponseBase:
    """A note that came with the draft; a player may ask for a part of it."""
    voice = access.handed_voice(request.user, handed_id, voice_id)
    return whole_or_part(
        place_of(voice),
        request.headers.get("Range", ""),
        kind=TYPES[voice.file.rpartition(".")[2]],
        kept="private, no-store",
    )

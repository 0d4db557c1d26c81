"""The composer: a fact card, an empty box, and one way out."""

import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pesue.content.models import Item
from pesue.content.queries.library import starters_for
from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.guidance.views.asks import ASKING
from pesue.people.access import MemberRequest, signed_in
from pesue.people.models import Member
from pesue.sharing import access
from pesue.sharing.actions import drafts, writing
from pesue.sharing.actions.settling import NotDone
from pesue.sharing.channels import base
from pesue.sharing.forms import ComposeForm
from pesue.sharing.models import Share
from pesue.sharing.queries import composer

KEPT = "composing"  # in the session: what was typed when it had ended
MOST_KEPT = 20_000  # characters


@require_http_methods(["GET", "HEAD", "POST"])
def compose(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """Where one writes. Typed words outlive the end of a session, too."""
    if not isinstance(request.user, Member):
        if request.method == "POST":
            request.session[KEPT] = {
                name: value[:MOST_KEPT]
                for name, value in request.POST.items()
                if name in ComposeForm.base_fields and isinstance(value, str)
            } | {"item": item_id}
        return redirect_to_login(request.get_full_path())
    return _compose(request, item_id)


@signed_in
def _compose(request: MemberRequest, item_id: int) -> HttpResponse:
    item, draft = access.item_to_compose(request.user, item_id)
    accounts = composer.accounts(request.user)
    kept = request.session.pop(KEPT, None)
    if kept and kept.pop("item", None) == item_id and _is_theirs(kept, draft):
        form = ComposeForm(kept, accounts=accounts)
        draft = writing.write(request.user, item, form.written(item, draft), now=now())
        messages.success(request, _("Here are your words again."))
    if request.method != "POST":
        writing.opened(item, request.user, now=now())
        return _page(request, item, draft)
    form = ComposeForm(request.POST, accounts=accounts)
    try:
        written = form.written(item, draft)
        draft = writing.write(request.user, item, written, now=now())
    except writing.Left as left:
        return redirect("share", left.share.pk)
    except NotDone as refusal:
        messages.error(request, str(refusal))
        return _page(request, item, draft, form)
    if form.errors:
        return _page(request, item, draft, form)
    return _do(request, item, draft, form)


def _is_theirs(kept: dict[str, Any], draft: Share | None) -> bool:
    """Whether what the browser kept was typed by whoever signed in now."""
    return str(kept.get("draft") or "") in {"", str(draft.pk) if draft else ""}


def _do(
    request: MemberRequest, item: Item, draft: Share, form: ComposeForm
) -> HttpResponse:
    """What the pressed button means, once the words are safe."""
    what, _sep, which = request.POST.get("do", "").partition("-")
    try:
        if what == "out" and which == f"{draft.channel}-{drafts.way_of(draft)}":
            _out(draft, form)
            return redirect("share", draft.pk)
        if what == "out":
            words = _("The place has changed. Look once more, then press again.")
            messages.info(request, words)
        elif what == "later":
            at = form.cleaned_data["at"]
            if at is None:
                raise NotDone(_("Choose a day and a time first."))
            drafts.schedule(draft, at, now=now())
            return redirect("share", draft.pk)
        elif what in ELSEWHERE:
            return redirect(ELSEWHERE[what], item.pk)
        elif what in {"starter", "ready"}:
            _insert(request, item, draft, which, whole=what == "ready")
        elif what == "drop":
            writing.drop_other(draft)
        elif what == "ask" and which.isdecimal():
            request.session[ASKING] = draft.text
            back = urlencode({"back": reverse("compose", args=[item.pk])})
            return redirect(f"{reverse('ask-new', args=[int(which)])}?{back}")
        elif what in CHECKED:
            CHECKED[what](request.user, draft, which)
        else:
            messages.success(request, _("Saved. It waits here for you."))
    except NotDone as refusal:
        messages.error(request, str(refusal))
        return _page(request, item, draft, form)
    except (LostRace, ForbiddenMove):
        messages.info(request, _("It has just changed in another window."))
    return redirect(request.get_full_path())  # with the way back to a lesson


# Pages that the words are saved for before one goes there.
ELSEWHERE = {"questions": "compose-questions", "voice": "compose-voice"}
# The buttons beside what the check finds: the rest of the button's name is theirs.
CHECKED: dict[str, Callable[[Member, Share, str], object]] = {
    "leave": lambda _member, draft, which: writing.leave(draft, which),
    "mark": lambda member, draft, _which: writing.mark(member, draft, now=now()),
    "unpicture": lambda member, draft, _which: writing.without_picture(
        member, draft, now=now()
    ),
}


def _out(draft: Share, form: ComposeForm) -> None:
    if drafts.way_of(draft) is base.Way.API:
        drafts.publish_now(draft, now=now())
    else:
        drafts.hand_over(draft, now=now())


def _insert(
    request: MemberRequest, item: Item, draft: Share, which: str, *, whole: bool
) -> None:
    """Put a starter into the words, because the person asked for it."""
    offered = starters_for(item, draft.language, whole=whole)
    if which.isdecimal() and int(which) < len(offered):
        writing.add(request.user, draft, offered[int(which)], now=now())


@require_POST
def look(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """Save what is typed so far, and say how it stands. Asked by the page's script."""
    if not isinstance(request.user, Member):
        return render(request, "sharing/compose_away.html", status=401)
    return _look(request, item_id)


@signed_in
def _look(request: MemberRequest, item_id: int) -> HttpResponse:
    item, draft = access.item_to_compose(request.user, item_id)
    form = ComposeForm(request.POST, accounts=composer.accounts(request.user))
    try:
        written = form.written(item, draft)
        draft = writing.write(request.user, item, written, now=now(), anew=False)
    except writing.Left as left:
        context = {"share": left.share}
        return render(request, "sharing/compose_away.html", context, status=409)
    except NotDone:
        return HttpResponse(status=503)
    what, _sep, which = request.POST.get("do", "").partition("-")
    if what == "leave":
        writing.leave(draft, which)
    desk = composer.desk(request.user, item, draft, now=now())
    return render(
        request, "sharing/compose_look.html", {"desk": desk, "form": form, "item": item}
    )


def _page(
    request: MemberRequest, item: Item, draft: Share | None, bound: Any = None
) -> HttpResponse:
    desk = composer.desk(request.user, item, draft, now=now())
    form = bound or ComposeForm(
        initial={**desk.initial, "window": secrets.token_hex(8)},
        accounts=desk.accounts,
    )
    context = {"item": item, "desk": desk, "form": form, "draft": draft}
    context["chosen"] = form["channel"].value()
    status = 422 if bound is not None else 200
    return render(request, "sharing/compose.html", context, status=status)

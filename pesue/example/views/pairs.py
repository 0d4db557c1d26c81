from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pesue.example.access import pairs as access
from pesue.example.actions import pairs as actions
from pesue.example.forms.pairs import OfferForm, ProposeForm
from pesue.example.models import RoleModel
from pesue.example.queries import pairs as queries
from pesue.foundation.trying import tried
from pesue.people.access import MemberRequest, signed_in


def _tried(request: MemberRequest, act: Callable[[], object], said: str) -> None:
    tried(request, act, said, actions.NotNow)


@require_safe
@signed_in
def role_models(request: MemberRequest) -> HttpResponse:
    """Whom one can learn from, near first; and what I show myself."""
    form = request.GET.get("form", "")
    wanted = form if form in RoleModel.Form.values else ""
    found = queries.role_models(request.user, today=localdate(), form=wanted)
    context = {
        "found": found,
        "room": queries.with_room(found),
        "forms": RoleModel.Form.choices,
        "wanted": wanted,
        "own": queries.own(request.user),
        "offer": OfferForm(),
        "propose": ProposeForm(),
    }
    return render(request, "example/role_models.html", context)


@require_POST
@signed_in
def role_model_offer(request: MemberRequest) -> HttpResponse:
    form = OfferForm(request.POST)
    if not form.is_valid():
        return render(request, "example/role_model.html", {"form": form}, status=422)
    said, by = form.cleaned_data, request.user
    _tried(
        request,
        lambda: actions.offer(by, **said, now=now()),
        _("Thank you. Colleagues can find you now; end it whenever you like."),
    )
    return redirect("role-models")


@require_POST
@signed_in
def role_model_propose(request: MemberRequest) -> HttpResponse:
    """Nobody learns whether they had been asked before, or what they say."""
    form = ProposeForm(request.POST)
    if not form.is_valid():
        return render(request, "example/role_model.html", {"form": form}, status=422)
    said, by = form.cleaned_data, request.user
    what = {"form": said["form"], "learned": said["learned"]}
    _tried(
        request,
        lambda: actions.propose(said["email"], by=by, **what, now=now()),
        _("Thank you. They are asked; nothing is shown before they say yes."),
    )
    return redirect("role-models")


@require_POST
@signed_in
def role_model_answer(request: MemberRequest, role_id: int) -> HttpResponse:
    mine = access.own_offer(request.user, role_id)
    agrees = request.POST.get("answer") == "yes"
    _tried(
        request,
        lambda: actions.answer(mine, agrees=agrees, now=now()),
        _("So it is."),
    )
    return redirect("role-models")


@require_safe
@signed_in
def pairing(request: MemberRequest) -> HttpResponse:
    """My pairs: what we do together, who asks, what has ended."""
    found = queries.pairs(request.user)
    context = {
        "pairs": found,
        "begins": not any(
            one.pair.is_open and one.pair.beginner_id == request.user.pk
            for one in found
        ),
    }
    return render(request, "example/pairing.html", context)


@require_POST
@signed_in
def pair_ask(request: MemberRequest, role_id: int) -> HttpResponse:
    guide = access.found_guide(role_id)
    _tried(
        request,
        lambda: actions.ask(request.user, guide, now=now()),
        _("Asked. You see here when it begins."),
    )
    return redirect("pairing")


@require_POST
@signed_in
def pair_accept(request: MemberRequest, pair_id: int) -> HttpResponse:
    pair = access.guided_pair(request.user, pair_id)
    _tried(
        request,
        lambda: actions.accept(pair, now=now()),
        _("Four weeks from today. Say hello to each other."),
    )
    return redirect("pairing")


@require_POST
@signed_in
def pair_end(request: MemberRequest, pair_id: int) -> HttpResponse:
    pair = access.own_pair(request.user, pair_id)
    _tried(
        request,
        lambda: actions.end(pair, now=now()),
        _("It has ended. Nobody is told by whom, or why."),
    )
    return redirect("pairing")


@require_POST
@signed_in
def pair_tick(request: MemberRequest, pair_id: int) -> HttpResponse:
    pair, key = access.own_pair(request.user, pair_id), request.POST.get("task", "")
    done = request.POST.get("done") == "yes"
    try:
        actions.tick(pair, key, done=done, now=now())
    except actions.NotNow as refusal:
        messages.warning(request, str(refusal))
    return redirect("pairing")

"""Rewards as members meet them: what I have, what there is, what I asked for."""

from http import HTTPStatus
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from pesue.encouragement.access import rewards as access
from pesue.encouragement.actions import redemptions as actions
from pesue.encouragement.actions.refusals import NotDone
from pesue.encouragement.forms.rewards import AskForm
from pesue.encouragement.queries import ledger
from pesue.encouragement.queries import rewards as queries
from pesue.people.access import MemberRequest, signed_in

SHOWN = 20  # rows of each list


@require_safe
@signed_in
def rewards(request: MemberRequest) -> HttpResponse:
    """What one's own work brought, and what it can be turned into."""
    member, today = request.user, localdate(now())
    before = request.GET.get("before", "")
    entries = ledger.statement(
        member, most=SHOWN + 1, before=int(before) if before.isdecimal() else None
    )
    context = {
        "balance": ledger.balance(member),
        "entries": entries[:SHOWN],
        "older": entries[SHOWN - 1].nr if len(entries) > SHOWN else None,
        "rewards": queries.offered(member, today=today),
        "own": queries.own(member)[:SHOWN],
        "given": queries.given_to(member)[:SHOWN],
        "causes": queries.causes(),
        "gifts": queries.gifts(member, today=today),
        "gives": queries.house_gives(),
        "answers": access.answers_claims(member),
    }
    return render(request, "encouragement/rewards.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def reward(request: MemberRequest, reward_id: int) -> HttpResponse:
    """One reward: what it is, how it is taxed, and the button that asks for it."""
    today = localdate(now())
    found = access.reward_to_ask(request.user, reward_id, today=today)
    posted = request.method == "POST"
    waits = queries.waiting(request.user, found)
    start = {"once": str(uuid4()), "price": found.points, "waits": waits}
    form = AskForm(request.POST if posted else None, initial=start)
    if form.is_valid():
        try:
            actions.ask(request.user, found, **form.cleaned_data, now=now())
        except NotDone as refusal:
            messages.error(request, str(refusal))
            return redirect("reward", found.pk)
        messages.success(
            request, _("Asked. The points are set aside until you get an answer.")
        )
        return redirect("rewards")
    treatment = queries.treatment(found, today=today)
    context = {
        "reward": found,
        "why": treatment.reason(get_language() or "en") if treatment else "",
        "rules": queries.house_rules(today) if treatment else None,
        "form": form,
        "waits": waits,
        "balance": ledger.balance(request.user),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "encouragement/reward.html", context, status=status)


@require_POST
@signed_in
def redemption_withdraw(request: MemberRequest, redemption_id: int) -> HttpResponse:
    found = access.own_redemption(request.user, redemption_id)
    try:
        actions.withdraw(found, now=now())
        messages.success(request, _("Taken back. Your points are with you again."))
    except NotDone as refusal:
        messages.error(request, str(refusal))
    return redirect("rewards")

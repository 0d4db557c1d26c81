"""The catalogue, as those keep it who lead the whole; and the desk of claims."""

from http import HTTPStatus

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
from pesue.encouragement.actions import redemptions as claims
from pesue.encouragement.actions import rewards as actions
from pesue.encouragement.actions.refusals import NotDone
from pesue.encouragement.forms.rewards import DecideForm, RewardForm
from pesue.encouragement.models import Redemption, Reward
from pesue.encouragement.queries import rewards as queries
from pesue.encouragement.tax import Rules, Treatment
from pesue.people.access import MemberRequest, leads_whole

SHOWN = 50  # rows of each list
State = Redemption.State


@require_safe
@leads_whole
def catalogue(request: MemberRequest) -> HttpResponse:
    rows = queries.catalogue()
    context = {
        "rewards": rows,
        "kinds": Reward.Kind.choices,
        **queries.law(localdate(now())),
    }
    return render(request, "encouragement/catalogue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@leads_whole
def reward_new(request: MemberRequest) -> HttpResponse:
    """A new reward; ?kind= begins with what that kind usually counts as."""
    rules, kind = queries.house_rules(localdate(now())), request.GET.get("kind", "")
    fresh = Reward()
    if kind in Reward.Kind.values:
        fresh.kind, fresh.tax_class = kind, rules.usual(kind)
    return _edited(request, fresh)


@require_http_methods(["GET", "HEAD", "POST"])
@leads_whole
def reward_edit(request: MemberRequest, reward_id: int) -> HttpResponse:
    return _edited(request, access.reward_to_keep(reward_id))


def _edited(request: MemberRequest, found: Reward) -> HttpResponse:
    today = localdate(now())
    rules = queries.house_rules(today)
    form = RewardForm(
        request.POST or None,
        request.FILES or None,
        instance=found,
        rules=rules,
        unit=queries.currency(),
        budgets=access.budgets_to_pay(),
        languages=queries.other_languages(),
    )
    if form.is_valid():
        file = form.cleaned_data["picture_file"]
        try:
            actions.save(
                form.save(commit=False),
                stock_was=form.cleaned_data["stock_was"],
                picture=file.read() if file else None,
                alt=form.cleaned_data["picture_alt"],
                by=request.user,
            )
        except NotDone as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("catalogue")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {
        "form": form,
        "reward": found,
        "treatments": _told(rules),
        "rules": rules,
    }
    return render(request, "encouragement/reward_edit.html", context, status=status)


def _told(rules: Rules) -> list[tuple[Treatment, str, str, str]]:
    """Each rule with the words for its kind and class, and why."""
    language = get_language() or "en"
    return [
        (
            one,
            str(Reward.Kind(one.kind).label),
            str(Reward.Tax(one.tax_class).label),
            one.reason(language),
        )
        for one in rules.treatments
    ]


@require_POST
@leads_whole
def reward_retire(request: MemberRequest, reward_id: int) -> HttpResponse:
    """Off the list, or on it again. What was asked for stays asked for."""
    found = access.reward_to_keep(reward_id)
    if "again" in request.POST:
        actions.offer_again(found)
        messages.success(request, _("It is offered again."))
    else:
        actions.retire(found, now=now())
        messages.success(
            request, _("It is offered no more. What was asked for stays asked for.")
        )
    return redirect("catalogue")


@require_safe
@access.answerers
def redemptions(request: MemberRequest) -> HttpResponse:
    """What colleagues asked for: a yes, a no, and handing over."""
    mine, today = access.redemptions_to_answer(request.user), localdate(now())
    waiting = list(queries.to_answer(mine)[:SHOWN])
    context = {
        "waiting": [(one, queries.would_pass(one, today=today)) for one in waiting],
        "given": queries.answered(mine)[:SHOWN],
        "rules": queries.house_rules(today),
    }
    return render(request, "encouragement/redemptions.html", context)


@require_POST
@access.answerers
def redemption_answer(request: MemberRequest, redemption_id: int) -> HttpResponse:
    found = access.redemption_to_answer(request.user, redemption_id)
    form = DecideForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the answers."))
        return redirect("redemptions")
    to, answer = form.cleaned_data["to"], form.cleaned_data["answer"]
    try:
        if to == State.APPROVED:
            claims.approve(found, by=request.user, now=now())
        elif to == State.GIVEN:
            claims.give(found, by=request.user, now=now())
        elif to == State.DECLINED:
            claims.decline(found, by=request.user, answer=answer, now=now())
        else:
            claims.take_back(found, by=request.user, answer=answer, now=now())
        messages.success(request, _("Done."))
    except NotDone as refusal:
        messages.error(request, str(refusal))
    return redirect("redemptions")

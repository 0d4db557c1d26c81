"""Awards as members meet them: the list, a round, naming, answering, the gallery."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from pesue.encouragement.access import awards as access
from pesue.encouragement.actions import nominations
from pesue.encouragement.actions.awards import AwardRefused, put_aside
from pesue.encouragement.forms.awards import NominateForm
from pesue.encouragement.models import AwardRound
from pesue.encouragement.queries import awards as queries
from pesue.encouragement.queries import eligibility
from pesue.foundation.counts import K
from pesue.people.access import MemberRequest, may, signed_in, teams_of

SHOWN = 12  # rounds on a list
State = AwardRound.State


@require_safe
@signed_in
def awards(request: MemberRequest) -> HttpResponse:
    """What is open, what waits for one, what came of the last ones."""
    member = request.user
    mine = list(queries.rounds_of(member)[:SHOWN])
    leads = may(member, access.Role.LEAD)
    paths = teams_of(member, access.Role.LEAD) if leads else []
    context = {
        "open": [one for one in mine if not one.is_over],
        "over": [one for one in mine if one.is_over],
        "waiting": queries.waiting_for(member),
        "leads": leads,
        "run": queries.run_by(paths)[:SHOWN] if leads else [],
    }
    return render(request, "encouragement/awards/awards.html", context)


@require_safe
@signed_in
def award_round(request: MemberRequest, round_id: int) -> HttpResponse:
    """One round: what it is for, where it stands, and in the end who is honoured."""
    found = access.award_round(request.user, round_id)
    published = found.state == State.PUBLISHED
    voting = found.state == State.VOTING
    context = {
        "round": found,
        "award": found.award,
        "in_scope": queries.is_in_scope(found.award, request.user),
        "runs": access.may_run(request.user, found.award),
        "judges": found.jurors.filter(member=request.user).exists(),
        "outcomes": queries.outcomes(found) if published else [],
        "categories": queries.with_nominees(found)
        if voting
        else queries.categories(found),
        "criteria": found.award.criteria.all(),
        "on_roll": voting and queries.is_on_roll(found, request.user),
        "has_voted": voting and queries.has_voted(found, request.user),
        "k": K,
    }
    return render(request, "encouragement/awards/round.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def nominate(request: MemberRequest, round_id: int) -> HttpResponse:
    """Find somebody, say why. Nobody is asked twice, nobody is told of a no."""
    found = access.round_to_name_for(request.user, round_id)
    words = (request.GET.get("q") or request.POST.get("q") or "").strip()[:80]
    people, teams, stories = eligibility.search(found, words) if words else ([], [], [])
    why_not = eligibility.why_not(found, people, today=localdate(now()))
    others = [one for one in people if one.pk not in why_not and one != request.user]
    data = request.POST if request.method == "POST" else None
    form = NominateForm(found, others, teams, stories, data)
    if form.is_valid():
        given = form.cleaned_data
        try:
            nominations.nominate(
                found,
                given["category"],
                form.named(),
                by=request.user,
                why=given["why"],
                value=given.get("value"),
                now=now(),
            )
        except AwardRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Thank you. They are asked whether they would like it.")
            )
            return redirect("award-round", found.pk)
    context = {
        "round": found,
        "form": form,
        "q": words,
        "found": bool(form.known),
        "why_not": [(one, why_not[one.pk]) for one in people if one.pk in why_not],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "encouragement/awards/nominate.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def nominee(request: MemberRequest, nominee_id: int) -> HttpResponse:
    """One has been named: what was said, and one's yes or no."""
    one = access.own_nominee(request.user, nominee_id)
    if request.method == "POST":
        ways = {
            "yes": (nominations.stand, _("Good. You stand.")),
            "no": (nominations.decline, _("All right. Nobody is told.")),
            "withdraw": (nominations.withdraw, _("Done. You stand no more.")),
        }
        do, said = ways.get(request.POST.get("answer", ""), (None, ""))
        try:
            if do:
                do(one, now=now())
                messages.success(request, said)
        except AwardRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("award-nominee", one.pk)
    context = {
        "nominee": one,
        "said": one.nominations.select_related("by", "value"),
        "round": one.round,
    }
    return render(request, "encouragement/awards/nominee.html", context)


@require_POST
@signed_in
def aside(request: MemberRequest, round_id: int) -> HttpResponse:
    """Not this one. Today does not speak of it again."""
    found = access.award_round(request.user, round_id)
    put_aside(found, request.user, now=now())
    messages.success(request, _("All right. It is under Awards, if you think again."))
    return redirect("today")


@require_safe
@signed_in
def gallery(request: MemberRequest) -> HttpResponse:
    context = {"years": queries.gallery()}
    return render(request, "encouragement/awards/gallery.html", context)


@require_safe
@signed_in
def codes(request: MemberRequest, round_id: int) -> HttpResponse:
    """Every counted ballot's code, in alphabetical order, as plain text."""
    found = access.award_round(request.user, round_id)
    told = "\n".join(access.codes(found))
    return HttpResponse(told + "\n", content_type="text/plain; charset=utf-8")


@require_POST
@signed_in
def code(request: MemberRequest, round_id: int) -> HttpResponse:
    """Whether a code is among those counted. It is asked for, and not kept."""
    found = access.award_round(request.user, round_id)
    asked = request.POST.get("code", "").strip().upper()
    if found.state != State.PUBLISHED:
        messages.info(request, _("The codes are there once the result is published."))
    elif asked and asked in access.codes(found):
        messages.success(request, _("Your ballot was counted."))
    else:
        messages.warning(
            request,
            _(
                "This code is not among those counted. If you voted again, the newer "
                "code counts. Else tell those who lead the award, or your "
                "representative: no ballot may get lost."
            ),
        )
    return redirect("award-round", found.pk)

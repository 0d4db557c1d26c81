"""The pages of those who lead an award: beginning one, and one button to go on."""

from collections.abc import Callable
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
from pesue.encouragement.actions import award_rounds, awards, juries
from pesue.encouragement.actions.awards import AwardRefused
from pesue.encouragement.award_templates import TEMPLATES
from pesue.encouragement.forms.awards import (
    AwardForm,
    DatesForm,
    days_of_first_round,
)
from pesue.encouragement.models import AwardRound
from pesue.encouragement.queries import awards as queries
from pesue.encouragement.queries import juries as of_jury
from pesue.foundation.counts import K
from pesue.foundation.trying import tried
from pesue.people.access import MemberRequest, leads_all
from pesue.people.models import Team

State = AwardRound.State


@require_http_methods(["GET", "HEAD", "POST"])
@access.leads_awards
def new(request: MemberRequest) -> HttpResponse:
    """A ready-made award with one press, or one of one's own."""
    data = request.POST if request.method == "POST" else None
    whole = leads_all(request.user)
    form = AwardForm(data, places=access.places_led(request.user), whole=whole)
    if form.is_valid():
        award = form.save(commit=False)
        given, today = form.cleaned_data, localdate(now())
        try:
            made = awards.begin(
                award,
                given["categories"],
                given["values"],
                days_of_first_round(today, award),
                by=request.user,
                now=now(),
            )
        except AwardRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("award-run", made.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"form": form, "templates": TEMPLATES.values(), "whole": whole}
    return render(request, "encouragement/awards/new.html", context, status=status)


@require_POST
@access.leads_awards
def begin_from(request: MemberRequest, key: str) -> HttpResponse:
    template = access.template(key)
    try:
        made = awards.begin_from(
            template,
            team=_place(request),
            by=request.user,
            begins=localdate(now()),
            now=now(),
        )
    except AwardRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("award-new")
    return redirect("award-run", made.pk)


def _place(request: MemberRequest) -> Team | None:
    """The whole, for those who lead it; else the topmost team they lead."""
    if leads_all(request.user):
        return None
    return access.places_led(request.user)[0]


@require_safe
@access.leads_awards
def run(request: MemberRequest, round_id: int) -> HttpResponse:
    """Where a round stands, what is missing, and the one button."""
    found = access.round_to_run(request.user, round_id)
    return render(request, "encouragement/awards/run.html", _about(found))


def _about(found: AwardRound, form: DatesForm | None = None) -> dict[str, object]:
    seen = of_jury.bench(found)
    cast = queries.voted_so_far(found) if found.state == State.VOTING else 0
    return {
        "round": found,
        "award": found.award,
        "steps": _steps(found),
        "press": _press(found),
        "nominees": seen.nominees,
        "not_standing": queries.not_standing(found),
        "jurors": [
            (one, seen.done(one.member_id), len(seen.wanted(one.member_id)))
            for one in seen.jurors
        ],
        "jury_open": found.award.has_jury
        and found.state in (State.CALL, State.NOMINATING, State.JUDGING),
        "voted": cast if cast >= K else None,
        "k": K,
        "form": None if found.is_over else form or DatesForm(found),
        "deciding": found.state == State.VOTING and found.closed_at is not None,
    }


def _steps(found: AwardRound) -> list[tuple[str, object, bool, bool]]:
    """Each part with its last day: whether it is done, and whether it is now."""
    parts = [(State.CALL, found.begins), (State.NOMINATING, found.nominate_until)]
    if found.award.has_jury:
        parts.append((State.JUDGING, found.judge_until))
    if found.award.has_vote:
        parts.append((State.VOTING, found.vote_until))
    parts += [(State.DECIDED, found.publish_on)]
    order = [state for state, _day in parts] + [State.PUBLISHED, State.OFF]
    here = order.index(State(found.state))
    return [
        (str(state.label), day, at < here, at == here)
        for at, (state, day) in enumerate(parts)
    ]


def _press(found: AwardRound) -> str:
    """What the button does now; empty where there is none."""
    first_vote = found.award.has_vote
    return {
        State.CALL: _("Call for nominations now"),
        State.NOMINATING: _("Close the list and let the jury score")
        if found.award.has_jury
        else _("Close the list and open the vote"),
        State.JUDGING: _("Open the vote") if first_vote else _("Decide"),
        State.VOTING: "" if found.closed_at else _("Close the vote and count"),
        State.DECIDED: _("Publish the result"),
    }.get(State(found.state), "")


@require_POST
@access.leads_awards
def act(request: MemberRequest, round_id: int, act: str) -> HttpResponse:
    """Go on, call off, or once more."""
    found = access.round_to_run(request.user, round_id)
    if act == "again":
        return _again(request, found)
    if act == "off":
        if request.POST.get("sure") != "yes":
            messages.error(request, _("Tick that you are sure."))
            return redirect("award-run", found.pk)
        return _tried(
            request, found, lambda: award_rounds.call_off(found, now=now()), _("Off.")
        )
    return _tried(
        request, found, lambda: award_rounds.go_on(found, now=now()), _("Done.")
    )


def _again(request: MemberRequest, found: AwardRound) -> HttpResponse:
    try:
        made = awards.again(found.award, by=request.user, now=now())
    except AwardRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("award-run", found.pk)
    return redirect("award-run", made.pk)


@require_POST
@access.leads_awards
def dates(request: MemberRequest, round_id: int) -> HttpResponse:
    found = access.round_to_run(request.user, round_id)
    form = DatesForm(found, request.POST)
    if form.is_valid():
        try:
            awards.change_dates(found, form.dates(), now=now())
        except AwardRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("award-run", found.pk)
    context = _about(found, form)
    return render(
        request,
        "encouragement/awards/run.html",
        context,
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
    )


@require_POST
@access.leads_awards
def invite_juror(request: MemberRequest, round_id: int) -> HttpResponse:
    found = access.round_to_run(request.user, round_id)
    member = access.colleague_called(request.POST.get("who", ""))
    if member is None:
        messages.error(
            request, _("Nobody, or more than one, is called that. Try the e-mail.")
        )
        return redirect("award-run", found.pk)
    said = _("%(name)s is in the jury.") % {"name": member}
    return _tried(request, found, lambda: juries.invite(found, member, now=now()), said)


@require_POST
@access.leads_awards
def excuse_juror(request: MemberRequest, round_id: int, juror_id: int) -> HttpResponse:
    found = access.round_to_run(request.user, round_id)
    juror = access.juror_of(found, juror_id)
    return _tried(
        request, found, lambda: juries.excuse(juror, now=now()), _("Excused.")
    )


def _tried(
    request: MemberRequest, found: AwardRound, do: Callable[[], object], said: str
) -> HttpResponse:
    """Do one thing, say how it went, and show the round."""
    tried(request, do, said, AwardRefused)
    return redirect("award-run", found.pk)

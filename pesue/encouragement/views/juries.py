"""The pages of jurors: whom to score, and one nominee at a time."""

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
from pesue.encouragement.actions import juries
from pesue.encouragement.actions.awards import AwardRefused
from pesue.encouragement.forms.awards import ScoreForm
from pesue.encouragement.models import AwardRound
from pesue.encouragement.queries import juries as queries
from pesue.people.access import MemberRequest, signed_in


@require_safe
@signed_in
def judge(request: MemberRequest, round_id: int) -> HttpResponse:
    """All who stand, with one's own scores; those of others when all are ready."""
    found = access.round_to_judge(request.user, round_id)
    today = localdate(now())
    rows = queries.sheets(found, request.user, today=today)
    context = {
        "round": found,
        "sheets": rows,
        "done": sum(row.mine is not None for row in rows),
        "wanted": sum(row.near is None for row in rows),
        "revealed": queries.is_revealed(found, queries.bench(found), today=today),
        "scoring": found.state == AwardRound.State.JUDGING,
    }
    return render(request, "encouragement/awards/judge.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def score(request: MemberRequest, round_id: int, nominee_id: int) -> HttpResponse:
    nominee = access.nominee_to_judge(request.user, round_id, nominee_id)
    found = nominee.round
    rows = queries.sheets(found, request.user, today=localdate(now()))
    sheet = next((row for row in rows if row.nominee.pk == nominee.pk), None)
    if sheet is None or found.state != AwardRound.State.JUDGING:
        return redirect("award-judge", found.pk)
    criteria = list(found.award.criteria.all())
    data = request.POST if request.method == "POST" else None
    form = ScoreForm(criteria, sheet.mine, data)
    if form.is_valid():
        try:
            juries.judge(
                nominee,
                request.user,
                form.points(),
                words=form.cleaned_data["words"],
                now=now(),
            )
        except AwardRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Scored."))
            return redirect("award-judge", found.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"round": found, "sheet": sheet, "form": form}
    return render(request, "encouragement/awards/score.html", context, status=status)


@require_POST
@signed_in
def keep_out(request: MemberRequest, round_id: int, nominee_id: int) -> HttpResponse:
    """A juror's own word that they are too near."""
    nominee = access.nominee_to_judge(request.user, round_id, nominee_id)
    try:
        juries.keep_out(nominee, request.user, now=now())
        messages.success(request, _("Thank you. You keep out of this one."))
    except AwardRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("award-judge", nominee.round_id)

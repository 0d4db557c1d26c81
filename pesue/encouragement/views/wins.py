"""A winner's own page, what others may see of it, its picture and its certificate."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pesue.encouragement.access import awards as access
from pesue.encouragement.actions import wins
from pesue.encouragement.award_card import SHAPES, Honour, drawn
from pesue.encouragement.forms.awards import ShowForm
from pesue.encouragement.models import Win
from pesue.guidance.certificate_pdf import Lettering, writable
from pesue.guidance.certificate_pdf import drawn as certificate_drawn
from pesue.people.access import MemberRequest, house, signed_in
from pesue.people.models import Member


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def win(request: MemberRequest, win_id: int) -> HttpResponse:
    """One's own: how it is shown, the picture, the certificate."""
    mine = access.own_win(request.user, win_id)
    if request.method == "POST":
        form = ShowForm(request.POST)
        if form.is_valid():
            wins.show(mine, **form.cleaned_data, now=now())
            messages.success(request, _("Saved. You can change it at any time."))
        return redirect("award-win", mine.pk)
    context = {
        "win": mine,
        "form": ShowForm(initial={"named": mine.named, "public": mine.public}),
        "address": settings.ADDRESS + reverse("award-shown", args=[mine.code]),
        "writable": writable(str(mine)),
    }
    return render(request, "encouragement/awards/win.html", context)


@require_safe
def shown(request: HttpRequest, code: str) -> HttpResponse:
    """The page of an honour, for whoever its winner shows it to."""
    found = access.shown_win(_member(request), code)
    context = {"win": found, "writable": writable(str(found))}
    return _unfound(render(request, "encouragement/awards/shown.html", context))


@require_safe
def card(request: HttpRequest, code: str, shape: str) -> HttpResponse:
    found = access.shown_win(_member(request), code)
    if shape not in SHAPES or not writable(str(found)):
        raise Http404
    organisation = house()
    honour = Honour(str(found), found.category.name, _about(found), organisation.name)
    picture = drawn(honour, organisation.accent, shape)
    answer = HttpResponse(picture, content_type="image/png")
    answer["Content-Disposition"] = f'inline; filename="pesue-award-{shape}.png"'
    answer["Cache-Control"] = "private, max-age=300"
    return _unfound(answer)


@signed_in
@require_safe
def certificate(request: MemberRequest, win_id: int) -> HttpResponse:
    """To keep and to print: the winner's own."""
    mine = access.own_win(request.user, win_id)
    if not writable(str(mine)):
        return redirect("award-shown", mine.code)  # there it can be printed
    organisation = house()
    lettering = Lettering(
        language=get_language() or settings.LANGUAGE_CODE,
        organisation=organisation.name,
        name=str(mine),
        has=_("is next to the winner of") if mine.runner_up else _("is honoured with"),
        title=mine.category.name,
        about=_about(mine),
        day=date_format(mine.round.publish_on, "SHORT_DATE_FORMAT"),
        address=settings.ADDRESS + reverse("award-shown", args=[mine.code])
        if mine.public
        else "",
    )
    page = certificate_drawn(lettering, organisation.accent)
    answer = HttpResponse(page, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="pesue-award.pdf"'
    return answer


def _about(win: Win) -> str:
    """The award and its month; the month alone where the category is called alike."""
    award, month = win.round.award.name, win.round.title
    return month if award == win.category.name else f"{award}: {month}"


def _member(request: HttpRequest) -> Member | None:
    return request.user if isinstance(request.user, Member) else None


def _unfound(answer: HttpResponse) -> HttpResponse:
    """Whoever has the address may look; search engines are not told."""
    answer["X-Robots-Tag"] = "noindex"
    return answer

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from pesue.example.access import takeovers as access
from pesue.example.actions import takeovers as actions
from pesue.example.forms.takeovers import (
    HelpForm,
    OfferTakeoverForm,
    PostedForm,
    WishForm,
)
from pesue.example.ics import Event, calendar
from pesue.example.models import Takeover
from pesue.example.queries import takeovers as queries
from pesue.foundation.days import month_asked
from pesue.foundation.site import host, whole
from pesue.foundation.trying import tried
from pesue.people.access import MemberRequest, signed_in
from pesue.sharing.channels import CHANNELS
from pesue.sharing.queries.handoff import allowed


def _tried(request: MemberRequest, act: Callable[[], object], said: str) -> bool:
    return tried(request, act, said, actions.NotNow)


def _month(request: MemberRequest) -> queries.TakeoverMonth:
    return queries.month(month_asked(request.GET.get("month"), localdate()))


@require_safe
@signed_in
def takeovers(request: MemberRequest) -> HttpResponse:
    """A month of channels and who tells from them; mine; wishes that I answer."""
    paths = access.led_paths(request.user)
    context = {
        "month": _month(request),
        "today": localdate(),
        "own": queries.own(request.user, today=localdate()),
        "wishes": queries.to_answer(paths).exclude(member=request.user),
        "leads": paths is None or bool(paths),
    }
    return render(request, "example/takeovers.html", context)


@require_safe
@signed_in
def takeovers_ics(request: MemberRequest) -> HttpResponse:
    """The month as a file for one's own calendar."""
    month = _month(request)
    events = [
        Event(
            key=f"takeover-{one.pk}",
            first=one.starts,
            last=one.ends,
            title=f"{one.account} ({one.network}): {one.member or ''}",
            url=whole(reverse("takeover", args=[one.pk])),
        )
        for one in month.takeovers
    ]
    answer = HttpResponse(
        calendar(events, host=host(), stamp=now()),
        content_type="text/calendar; charset=utf-8",
    )
    answer["Content-Disposition"] = 'attachment; filename="takeovers.ics"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@access.leads
def takeover_offer(request: MemberRequest) -> HttpResponse:
    """A lead offers some days to a colleague."""
    by = request.user
    form = OfferTakeoverForm(request.POST or None, initial={"keeper": by.email})
    if request.method == "POST" and form.is_valid():
        member = form.cleaned_data["member"]
        if not access.may_be_offered(by, member):
            form.add_error("member", _("You do not lead this colleague's team."))
        elif _tried(
            request,
            lambda: actions.offer(member, form.plan(), by=by, now=now()),
            _("They are asked. It is on once they say yes."),
        ):
            return redirect("takeovers")
    return _form(request, form, _("Offer a takeover"))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def takeover_ask(request: MemberRequest) -> HttpResponse:
    """I would like to tell from a channel of ours."""
    form = WishForm(request.POST or None)
    ready = request.method == "POST" and form.is_valid()
    if ready and _tried(
        request,
        lambda: actions.ask(request.user, form.plan(), now=now()),
        _("Asked. A lead answers, and you see it here."),
    ):
        return redirect("takeovers")
    return _form(request, form, _("I would like to take over a channel"))


def _form(
    request: MemberRequest, form: WishForm, title: str, status: int = 200
) -> HttpResponse:
    context = {"form": form, "title": title, "known": queries.accounts()}
    status = 422 if form.is_bound else status
    return render(request, "example/takeover_form.html", context, status=status)


@require_safe
@signed_in
def takeover(request: MemberRequest, takeover_id: int) -> HttpResponse:
    """The hand-over sheet; for those who have no part in it, only who and when."""
    found = access.takeover(request.user, takeover_id)
    return _page(request, found, HelpForm(initial={"keeper": request.user.email}))


def _page(
    request: MemberRequest,
    found: Takeover,
    form: HelpForm,
    posted: PostedForm | None = None,
    status: int = 200,
) -> HttpResponse:
    party = access.is_party(request.user, found)
    channel = CHANNELS.get(found.channel)
    context = {
        "takeover": found,
        "party": party,
        "mine": found.member_id == request.user.pk,
        "keeps": found.keeper_id == request.user.pk != found.member_id,
        "leads": access.leads_takeover(request.user, found),
        "form": form,
        "film": access.film_of(request.user, found) if party else None,
        "opens": channel.home if channel else "",
        "takes": allowed(channel),
        "tells": access.may_say_told(request.user, found, today=localdate()),
        "posted": posted or PostedForm(takeover=found),
    }
    return render(request, "example/takeover.html", context, status=status)


@require_POST
@signed_in
def takeover_answer(request: MemberRequest, takeover_id: int) -> HttpResponse:
    """Yes, no, or no more: by the one who tells, or by their lead."""
    found = access.takeover_of_party(request.user, takeover_id)
    mine = found.member_id == request.user.pk
    what = request.POST.get("answer")
    leads = access.leads_takeover(request.user, found)
    if not (mine or (leads and what != "yes")):
        raise Http404
    acts = {"yes": actions.accept, "no": actions.decline, "end": actions.end}
    if what not in acts or (what == "yes" and found.state != Takeover.State.OFFERED):
        raise Http404
    _tried(request, lambda: acts[what](found, now=now()), _("So it is."))
    gone = what != "yes"
    return redirect("takeovers") if gone else redirect("takeover", takeover_id)


@require_POST
@access.leads
def takeover_grant(request: MemberRequest, takeover_id: int) -> HttpResponse:
    """A lead's yes to a wish, with how and who helps."""
    found = access.led_takeover(request.user, takeover_id)
    form = HelpForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    _tried(
        request,
        lambda: actions.grant(found, by=request.user, **form.cleaned_data, now=now()),
        _("It is agreed. Both of you find the hand-over sheet here."),
    )
    return redirect("takeover", takeover_id)


@require_POST
@signed_in
def takeover_told(request: MemberRequest, takeover_id: int) -> HttpResponse:
    """It was told, and where; or it was not after all."""
    found = access.told_takeover(request.user, takeover_id)
    if request.POST.get("told") == "no":
        actions.not_told(found)
        messages.success(request, _("Taken off."))
        return redirect("takeover", takeover_id)
    posted = PostedForm(request.POST, takeover=found)
    if not posted.is_valid():
        return _page(request, found, HelpForm(), posted, status=422)
    _tried(
        request,
        lambda: actions.note_told(found, posted.cleaned_data["posts"], now=now()),
        _("Thank you. Colleagues find it here."),
    )
    return redirect("takeover", takeover_id)


@require_POST
@signed_in
def takeover_film(request: MemberRequest, takeover_id: int) -> HttpResponse:
    """To the kit, with a draft of its own for this takeover."""
    mine = access.own_takeover(request.user, takeover_id)
    try:
        story = actions.film_for(mine, now=now())
    except actions.NotNow as refusal:
        messages.warning(request, str(refusal))
        return redirect("takeover", takeover_id)
    return redirect("story-film", story.pk)


@require_safe
@signed_in
def takeover_captions(request: MemberRequest, takeover_id: int) -> HttpResponse:
    """The captions of what was filmed, as a file."""
    found = access.takeover_of_party(request.user, takeover_id)
    film = access.film_of(request.user, found)
    if film is None or not film.captions:
        raise Http404
    answer = HttpResponse(film.captions, content_type="text/vtt; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="takeover-{found.pk}.vtt"'
    return answer

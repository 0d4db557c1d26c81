from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pesue.encouragement.actions import NotShared, ThankingOneself
from pesue.encouragement.actions import thank as give_thanks
from pesue.example import access, actions, queries
from pesue.example.forms import AnswerForm, NominateForm, ThankForm
from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.people.access import MemberRequest, signed_in

ANSWERS = {"agree": actions.agree, "decline": actions.decline, "end": actions.end}
PAGE = 20


@signed_in
def examples(request: MemberRequest) -> HttpResponse:
    """What colleagues let us see, newest first; of one item with ?item=."""
    item = request.GET.get("item", "")
    rows = queries.newest(int(item) if item.isdecimal() else None)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    found = queries.as_seen(list(page), request.user)
    return render(request, "example/examples.html", {"page": page, "examples": found})


@signed_in
def nominate(request: MemberRequest) -> HttpResponse:
    """Tell us of a colleague's good post; the author is asked."""
    form = NominateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.nominate(data["url"], request.user, good=data["good"], now=now())
        messages.success(
            request, _("Thank you. If the author agrees, colleagues will see the post.")
        )
        return redirect("examples")
    status = 422 if form.errors else 200
    return render(request, "example/nominate.html", {"form": form}, status=status)


@signed_in
def showcase(request: MemberRequest, showcase_id: int) -> HttpResponse:
    """May we show this post of yours? Yes, no, and no more."""
    asked = access.own_showcase(request.user, showcase_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ANSWERS[form.cleaned_data["answer"]](asked, now=now())
            messages.success(request, _("So it is."))
        except (ForbiddenMove, LostRace):
            messages.error(request, _("It has changed meanwhile. See how it is now."))
        return redirect("showcase", showcase_id)
    return render(request, "example/showcase.html", {"showcase": asked})


@require_POST
@signed_in
def offer(request: MemberRequest, share_id: int) -> HttpResponse:
    """Let colleagues see my post as an example."""
    share = access.own_share(request.user, share_id)
    try:
        actions.offer(share, now=now())
    except LostRace:
        messages.error(request, _("It has changed meanwhile. See how it is now."))
    found = queries.of_share(share)
    return redirect("showcase", found.pk) if found else redirect("examples")


@require_POST
@signed_in
def thank(request: MemberRequest, showcase_id: int) -> HttpResponse:
    """Thank the author in one tap; htmx gets the button back, others the page."""
    shown = access.shown_example(showcase_id)
    form = ThankForm(request.POST)
    try:
        if form.is_valid():
            words = form.cleaned_data["words"]
            give_thanks(shown.share, request.user, words=words, now=now())
    except (ThankingOneself, NotShared) as refusal:
        messages.error(request, str(refusal))
    if request.headers.get("HX-Request"):
        [example] = queries.as_seen([shown], request.user)
        context = {"example": example, "form": form}
        return render(request, "example/_thank.html", context)
    if not form.is_valid():
        messages.error(request, _("Keep your thanks within 300 characters."))
    return redirect("examples")

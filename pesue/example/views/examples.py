from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pesue.content.models import Story
from pesue.encouragement.actions.thanks import NotShared, ThankingOneself
from pesue.encouragement.actions.thanks import thank as give_thanks
from pesue.example import actions, queries
from pesue.example.access import examples as access
from pesue.example.access.leaders import is_leader
from pesue.example.forms.examples import (
    AnswerForm,
    NominateForm,
    PicturedForm,
    ShapeForm,
    ThankForm,
)
from pesue.example.queries.handovers import assisted
from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.people.access import MemberRequest, signed_in
from pesue.sharing.models import Share

ANSWERS = {"agree": actions.agree, "decline": actions.decline, "end": actions.end}
PAGE = 20


@signed_in
def examples(request: MemberRequest) -> HttpResponse:
    """What colleagues let us see, newest first; of one item with ?item=."""
    item = request.GET.get("item", "")
    wanted = int(item) if item.isdecimal() else None
    rows = queries.newest(today=localdate(), item_id=wanted)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    found = queries.as_seen(list(page), request.user)
    context = {
        "page": page,
        "examples": found,
        "leads": is_leader(request.user),
        "prepares": assisted(request.user, today=localdate()).exists(),
    }
    return render(request, "example/examples.html", context)


@signed_in
def nominate(request: MemberRequest) -> HttpResponse:
    """Tell us of a colleague's good post; the author is asked."""
    about = {"url": request.GET.get("url", "")}
    form = NominateForm(request.POST or None, initial=about)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        words = {"good": data["good"], "value": data["value"]}
        actions.nominate(data["url"], request.user, **words, now=now())
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
    shape = ShapeForm(asked, today=localdate())
    context = {"showcase": asked, "shape": shape}
    return render(request, "example/showcase.html", context)


@require_POST
@signed_in
def shape(request: MemberRequest, showcase_id: int) -> HttpResponse:
    """Until when, with its picture or not, and who is in it."""
    mine = access.own_showcase(request.user, showcase_id)
    form = ShapeForm(mine, request.POST, today=localdate())
    if form.is_valid():
        actions.shape(mine, **form.cleaned_data, now=now())
        messages.success(request, _("So it is."))
        return redirect("showcase", showcase_id)
    context = {"showcase": mine, "shape": form}
    return render(request, "example/showcase.html", context, status=422)


@signed_in
def pictured(request: MemberRequest, pictured_id: int) -> HttpResponse:
    """May we show this picture of you? Yes, no, and no more."""
    asked = access.own_pictured(request.user, pictured_id)
    form = PicturedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        agrees = form.cleaned_data["answer"] == "yes"
        try:
            actions.answer_picture(asked, agrees=agrees, now=now())
            messages.success(request, _("So it is."))
        except LostRace:
            messages.error(request, _("It has changed meanwhile. See how it is now."))
        return redirect("pictured", pictured_id)
    return render(request, "example/pictured.html", {"asked": asked})


@signed_in
def followed(request: MemberRequest) -> HttpResponse:
    """What followed examples: a story, and no measure."""
    return render(request, "example/followed.html", {"story": queries.story()})


@require_POST
@signed_in
def offer(request: MemberRequest, share_id: int) -> HttpResponse:
    """Let colleagues see my post as an example."""
    return _offered(request, access.own_share(request.user, share_id))


@require_POST
@signed_in
def offer_story(request: MemberRequest, story_id: int) -> HttpResponse:
    """The same of my story in the library."""
    return _offered(request, access.own_story(request.user, story_id))


def _offered(request: MemberRequest, told: Share | Story) -> HttpResponse:
    try:
        return redirect("showcase", actions.offer(told, request.user, now=now()).pk)
    except LostRace:
        messages.error(request, _("It has changed meanwhile. See how it is now."))
        return redirect("examples")


@require_POST
@signed_in
def thank(request: MemberRequest, showcase_id: int) -> HttpResponse:
    """Thank the author in one tap; htmx gets the button back, others the page."""
    shown = access.shown_example(showcase_id)
    form = ThankForm(request.POST)
    try:
        if form.is_valid():
            words = form.cleaned_data["words"]
            if shown.share:
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

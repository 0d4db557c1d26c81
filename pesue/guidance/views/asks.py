"""A topic, whom to ask, and the answer in place."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.guidance import access
from pesue.guidance.actions import asks as actions
from pesue.guidance.forms import AnswerForm, AskForm
from pesue.guidance.models import Ask
from pesue.guidance.queries import asks as queries
from pesue.guidance.queries import overview, quiet
from pesue.guidance.speaking import may_speak
from pesue.people.access import MemberRequest, signed_in

ASKING = "asking"  # in the session: the draft that a question is about


@signed_in
def topic(request: MemberRequest, topic_id: int) -> HttpResponse:
    """What a topic covers, who may speak, and whom to ask."""
    found = access.topic(topic_id)
    owners = queries.owners_of(found)
    periods = quiet.on_topics([found], request.user, today=localdate(now()))
    context = {
        "topic": found,
        "owners": owners,
        "may": may_speak(found.who, is_owner=request.user in owners),
        "guidelines": overview.of_topic(found),
        "shown": queries.shown(found)[:20],
        "latest": queries.latest(request.user, [found]),
        "periods": periods,
        "may_write": access.may_write(request.user),
        "form": AskForm(initial={"back": request.path}),
    }
    return render(request, "guidance/topic.html", context)


@signed_in
def ask_new(request: MemberRequest, topic_id: int) -> HttpResponse:
    """A question in one line."""
    found = access.topic(topic_id)
    if request.method == "POST":
        form = AskForm(request.POST)
        if form.is_valid():
            try:
                made = actions.ask(request.user, found, **form.cleaned_data, now=now())
            except actions.NotDone as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Asked. You get the answer by mail, too."))
                return redirect(made.back or "asks")
    else:
        draft = request.session.pop(ASKING, "")
        back = request.GET.get("back", "")
        form = AskForm(initial={"draft": draft, "back": back})
    context = {"topic": found, "form": form, "owners": queries.who_answers(found)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "guidance/ask_new.html", context, status=status)


@signed_in
def asks(request: MemberRequest) -> HttpResponse:
    """What waits for my answer, and what I have asked."""
    leads_all = access.may_write(request.user)
    context = {
        "waiting": queries.waiting(request.user, leads_all=leads_all, now=now())[:50],
        "own": queries.own(request.user)[:30],
    }
    return render(request, "guidance/asks.html", context)


@signed_in
def ask(request: MemberRequest, ask_id: int) -> HttpResponse:
    """One question: its answer, or the three taps that answer it."""
    found = access.ask(request.user, ask_id)
    may_answer = access.may_answer(request.user, found)
    form = AnswerForm(request.POST or None, instance=found)
    status = HTTPStatus.OK
    if request.method == "POST" and may_answer:
        try:
            _answer(request, found, form)
        except actions.NotDone as refusal:
            form.add_error("answer", str(refusal))
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            found = access.ask(request.user, ask_id)
        else:
            return redirect("ask", ask_id)
    context = {"ask": found, "form": form, "may_answer": may_answer}
    return render(request, "guidance/ask.html", context, status=status)


def _answer(request: MemberRequest, found: Ask, form: AnswerForm) -> None:
    if not form.is_valid():
        raise actions.NotDone(_("Choose one of the three answers."))
    given = form.cleaned_data
    fresh = access.ask(request.user, found.pk)  # the form has written on the other
    try:
        actions.answer(
            fresh,
            by=request.user,
            verdict=given["verdict"],
            words=given["answer"].strip(),
            asked_as=given["asked_as"].strip(),
            shown=given["shown"],
            now=now(),
        )
    except (LostRace, ForbiddenMove):
        messages.info(request, _("A colleague has just answered it."))
    else:
        messages.success(request, _("Answered. Thank you."))


@require_POST
@signed_in
def ask_act(request: MemberRequest, ask_id: int, act: str) -> HttpResponse:
    """Take a question back, or take an answer off the topic's page."""
    found = access.ask(request.user, ask_id)
    if act == "hide" and access.may_answer(request.user, found):
        actions.hide(found)
    elif act == "take-back" and found.asker_id == request.user.pk:
        try:
            actions.take_back(found, now=now())
        except (LostRace, ForbiddenMove):
            messages.info(request, _("It has just been answered."))
    return redirect("asks")

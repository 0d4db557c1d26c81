"""A topic, whom to ask, and the answer in place."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.guidance import access
from pesue.guidance.actions import asks as actions
from pesue.guidance.forms import AnswerForm, AskForm
from pesue.guidance.forms.asks import own_path
from pesue.guidance.models import Ask, Topic
from pesue.guidance.queries import asks as queries
from pesue.guidance.queries import overview, quiet
from pesue.guidance.speaking import may_speak
from pesue.people.access import MemberRequest, signed_in

ASKING = "asking"  # in the session: the draft that a question is about
SHOWN = 30  # rows of each pile


@require_safe
@signed_in
def topic(request: MemberRequest, topic_id: int) -> HttpResponse:
    """What a topic covers, who may speak, and whom to ask."""
    found = access.topic(topic_id)
    owners = queries.owners_of(found)
    context = {
        "topic": found,
        "owners": owners,
        "mine": request.user in owners,
        "may": may_speak(found.who, is_owner=request.user in owners),
        "guidelines": overview.of_topic(found),
        "known": found.known.all()[:SHOWN],
        "ask": queries.latest(request.user, [found]),
        "periods": quiet.on_topics([found], request.user, today=localdate(now())),
        "follows": request.user.topics.filter(pk=found.pk).exists(),
        "may_write": access.may_write(request.user),
        "may_hide": access.answers_for(request.user, found),
    }
    return render(request, "guidance/topic.html", context)


@signed_in
def ask_new(request: MemberRequest, topic_id: int) -> HttpResponse:
    """A question in one line."""
    found = access.topic(topic_id)
    if request.method != "POST":
        draft = request.session.pop(ASKING, "")
        start = {"draft": draft, "back": own_path(request.GET.get("back", ""))}
        if draft:
            start["words"] = _("May I tell it like this?")
        return _ask_new(request, found, AskForm(initial=start))
    form = AskForm(request.POST)
    if form.is_valid():
        try:
            made = actions.ask(request.user, found, **form.cleaned_data, now=now())
        except actions.NotDone as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Asked. You get the answer by mail, too."))
            return redirect(made.back or "asks")
    return _ask_new(request, found, form, HTTPStatus.UNPROCESSABLE_ENTITY)


def _ask_new(
    request: MemberRequest, found: Topic, form: AskForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    owners = queries.who_answers(found, asker=request.user)
    back = own_path(str(form["back"].value() or ""))
    context = {"topic": found, "form": form, "owners": owners, "back": back}
    return render(request, "guidance/ask_new.html", context, status=status)


@require_safe
@signed_in
def asks(request: MemberRequest) -> HttpResponse:
    """What waits for my answer, and what I have asked."""
    waiting = queries.open_asks(request.user)
    late = queries.late_asks(request.user, now=now())
    context = {
        "waiting": waiting[:SHOWN],
        "late": late.exclude(pk__in=waiting.values("pk"))[:SHOWN],
        "own": queries.own(request.user)[:SHOWN],
        "answered": queries.answered(request.user)[:SHOWN],
    }
    return render(request, "guidance/asks.html", context)


@signed_in
def ask(request: MemberRequest, ask_id: int) -> HttpResponse:
    """One question: its answer, or the three taps that answer it."""
    found = access.ask(request.user, ask_id)
    form = AnswerForm(found, request.POST or None)
    may_answer, status = access.may_answer(request.user, found), HTTPStatus.OK
    if may_answer and form.is_valid():
        try:
            _answer(request, found, form)
        except actions.NotDone as refusal:
            form.add_error("words", str(refusal))
        except (LostRace, ForbiddenMove):
            status, found = HTTPStatus.CONFLICT, access.ask(request.user, ask_id)
        else:
            return redirect("ask", ask_id)
    if form.errors:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {
        "ask": found,
        "form": form,
        "late": status == HTTPStatus.CONFLICT,
        "may_answer": may_answer,
    }
    return render(request, "guidance/ask.html", context, status=status)


def _answer(request: MemberRequest, found: Ask, form: AnswerForm) -> None:
    given = form.cleaned_data
    actions.answer(
        found,
        by=request.user,
        verdict=given["verdict"],
        words=given["words"],
        known_as=given["known_as"],
        now=now(),
    )
    name = found.asker.name
    messages.success(
        request, _("Thank you. %(name)s has your answer.") % {"name": name}
    )


@require_POST
@signed_in
def ask_back(request: MemberRequest, ask_id: int) -> HttpResponse:
    """The asker needs no answer any more. Others' questions are not theirs to take."""
    found = access.own_ask(request.user, ask_id)
    try:
        actions.take_back(found, now=now())
        messages.success(request, _("Taken back."))
    except (LostRace, ForbiddenMove):
        messages.info(request, _("It has just been answered."))
    return redirect(found.back or "asks")


@require_POST
@signed_in
def known_drop(request: MemberRequest, known_id: int) -> HttpResponse:
    known = access.known_to_drop(request.user, known_id)
    actions.hide(known)
    messages.success(request, _("Taken out."))
    return redirect("topic", known.topic_id)

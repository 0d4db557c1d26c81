"""The course: its contents, a lesson, the first post, and answers that come back."""

import json
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from pesue.guidance.actions.course import keep
from pesue.guidance.course import files
from pesue.guidance.course.names import NAMES
from pesue.guidance.forms.course import AnswerForm, waited
from pesue.guidance.queries import course as guidance
from pesue.pages.course import actions, queries
from pesue.people.access import MemberRequest, signed_in
from pesue.people.actions.refusals import Refused
from pesue.people.models import Member

Tried = tuple[str, str, str, int]  # course, lesson, question, choice


@signed_in
def course(request: MemberRequest) -> HttpResponse:
    """All courses of the member, and what is asked again this week.

    With `bare`, the contents alone: nobody's, to be kept on a device.
    """
    at, bare = now(), "bare" in request.GET
    said: list[guidance.Due] = []
    tried, form = _tried(request)
    if tried:
        said = _asked(request.user, tried)
        keep(request.user, [form.answer(at=at)], now=at)
    asked = [] if bare else guidance.due(request.user, now=at)
    context = {
        "shelf": queries.shelf(request.user, now=at),
        "asked": [*said, *(one for one in asked if one not in said)],
        "tried": tried,
        "missed": form.data.get("question") if form.errors else "",
        "once": _once,
        "bare": bare,
    }
    page = "pages/course/contents.html" if bare else "pages/course/course.html"
    return render(request, page, context)


@signed_in
def lesson(request: MemberRequest, course: str, lesson: str) -> HttpResponse:
    """A lesson. It holds nothing of its reader; with `bare` no form's token either."""
    at = now()
    own = queries.own(request.user, now=at)
    text = guidance.lesson(request.user, course, lesson, own=own)
    if text is None:
        raise Http404
    tried, form = _tried(request)
    finished = form.is_valid() and not form.cleaned_data["question"]
    if form.is_valid():
        keep(request.user, [form.answer(at=at)], now=at)
    keys = guidance.grown(own) if course == "further" else list(files.keys(course))
    number, of, after = queries.around(
        course, lesson, keys if lesson in keys else [lesson]
    )
    context = {
        "course": course,
        "name": NAMES[course],
        "lesson": lesson,
        "text": text,
        "own": own,
        "number": number,
        "of": of,
        "after": after,
        "tried": tried,
        "missed": form.data.get("question") if form.errors else "",
        "finished": finished,
        "once": _once,
        "bare": "bare" in request.GET,
    }
    return render(request, "pages/course/lesson.html", context)


def _once() -> str:
    """Another for each form of a page."""
    return uuid4().hex


def _tried(request: HttpRequest) -> tuple[Tried | None, AnswerForm]:
    """The answer that a page's own form brings, if it does."""
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if not form.is_valid() or not form.cleaned_data["question"]:
        return None, form
    data = form.cleaned_data
    return (data["course"], data["lesson"], data["question"], data["choice"]), form


def _asked(member: Member, tried: Tried) -> list[guidance.Due]:
    """The question that was just answered, to say what the choice means."""
    found = guidance.questions(member, {tried[:2]}, now=now()).get(tried[:3])
    return [guidance.Due(tried[0], tried[1], found)] if found else []


@require_POST
def answers(request: HttpRequest) -> HttpResponse:
    """Answers that waited on a device: each is kept once, and only its reader's own."""
    member = request.user
    if not isinstance(member, Member):
        return JsonResponse({"kept": False}, status=401)
    try:
        sent: Any = json.loads(request.body)
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict) or sent.get("reader") != member.device_key:
        return JsonResponse({"kept": False}, status=409)
    at = now()
    keep(member, waited(sent.get("answers"), now=at), now=at)
    return JsonResponse({"kept": True})


@require_safe
@signed_in
def first_post(request: MemberRequest) -> HttpResponse:
    """A few items of the library, each a way to an empty box of one's own."""
    items = queries.to_begin_with(request.user, now=now())
    context = {"items": items, "drafted": queries.has_draft(request.user)}
    return render(request, "pages/course/first_post.html", context)


@require_POST
@signed_in
def certify(request: MemberRequest, course: str) -> HttpResponse:
    try:
        certificate = actions.certify(request.user, course, now=now())
    except Refused as refusal:
        messages.info(request, str(refusal))
        return redirect("course")
    return redirect("certificate", certificate.code)

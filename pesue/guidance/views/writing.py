from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from pesue.guidance import access
from pesue.guidance.actions import writing as actions
from pesue.guidance.forms import FollowForm
from pesue.guidance.forms.quiet import begun_as
from pesue.guidance.markdown import Part, written
from pesue.guidance.models import Guideline
from pesue.guidance.queries import overview as queries
from pesue.people.access import MemberRequest, signed_in

GIVEN = ("name", "people", "pattern")  # what a link to an empty form may fill in
TITLES: dict[str, str | Promise] = {
    "values": gettext_lazy("A value"),
    "guidelines": gettext_lazy("A guideline"),
    "topics": gettext_lazy("A topic"),
    "concepts": gettext_lazy("A concept"),
    "quiet": gettext_lazy("A quiet period"),
}


@signed_in
def guidance(request: MemberRequest) -> HttpResponse:
    """One calm page: what we stand for, what to do, whom to ask."""
    words = request.GET.get("q", "").strip()[:100]
    today = localdate(now())
    found = queries.everything(request.user, today=today, words=words)
    may_write = access.may_write(request.user)
    context = {"guidance": found, "may_write": may_write, "words": words}
    return render(request, "guidance/guidance.html", context)


@signed_in
def export(request: MemberRequest) -> HttpResponse:
    """All of it as Markdown, for the intranet."""
    found = queries.everything(request.user, today=localdate(now()))
    text = written(_("What guides us"), _parts(found))
    answer = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="guidance.md"'
    return answer


def _parts(found: queries.Guidance) -> list[Part]:
    kinds = [
        Part(
            str(dict(Guideline.Kind.choices)[kind]).capitalize(),
            [(one.text, [one.instead, one.why, one.example]) for one in rows],
        )
        for kind, rows in found.by_kind
    ]
    values = [
        (f"{one.name}: {one.meaning}", [str(b) for b in one.behaviours.all()])
        for one in found.values
    ]
    topics = [
        (
            f"{one.name}: {one.get_who_display()}",
            [", ".join(owner.name for owner in one.owners.all())],
        )
        for one in found.topics
    ]
    concepts = [(one.name, [one.brief]) for one in found.concepts]
    return [
        *kinds,
        Part(_("What we stand for"), values),
        Part(_("Topics, and whom to ask"), topics),
        Part(_("What we tell together now"), concepts),
    ]


@require_POST
@signed_in
def follow(request: MemberRequest) -> HttpResponse:
    form = FollowForm(request.POST)
    if form.is_valid():
        actions.follow(request.user, form.cleaned_data["topics"])
        messages.success(request, _("You see more of these from now on."))
    else:
        messages.error(request, _("A topic was taken out meanwhile. Choose again."))
    return redirect("guidance")


@require_POST
@signed_in
def follow_one(request: MemberRequest, topic_id: int) -> HttpResponse:
    topic = access.topic(topic_id)
    actions.follow_one(request.user, topic, follows="follows" in request.POST)
    return redirect("topic", topic_id)


@signed_in
def write(request: MemberRequest, noun: str, row_id: int | None = None) -> HttpResponse:
    """The form of a value, guideline, topic or concept; for leads."""
    row = access.to_write(request.user, noun, row_id)
    known = {key: request.GET[key] for key in GIVEN if key in request.GET}
    if noun == "quiet" and row is None:
        kind = request.GET.get("kind", "")
        known |= begun_as(kind, today=localdate(now()), by=request.user)
    form = access.form_of(noun)(request.POST or None, instance=row, initial=known)
    if request.method == "POST" and form.is_valid():
        actions.write(form, now=now(), by=request.user)
        messages.success(request, _("Kept. Everybody can read it now."))
        return redirect("quiet" if noun == "quiet" else "guidance")
    context: dict[str, object] = {"form": form, "title": TITLES[noun], "noun": noun}
    context["row"] = row
    context["may_drop"] = row is not None and access.may_write(request.user)
    status = 422 if form.errors else 200
    return render(request, "guidance/write.html", context, status=status)


@require_POST
@access.writers
def drop(request: MemberRequest, noun: str, row_id: int) -> HttpResponse:
    row = access.to_write(request.user, noun, row_id)
    if row is not None:
        actions.drop(row, by=request.user, now=now())
        messages.success(request, _("Taken out."))
    return redirect("guidance")

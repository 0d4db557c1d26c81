"""From the guideline of before to one that enables: read, go through, publish."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.foundation.uploads import too_large
from pesue.guidance import access
from pesue.guidance.actions import old as actions
from pesue.guidance.documents import Unreadable
from pesue.guidance.forms import OldForm, SentenceForm
from pesue.guidance.models import OldGuideline, OldSentence
from pesue.guidance.queries import old as queries
from pesue.guidance.reader import Law, law_in
from pesue.guidance.wordings import configured
from pesue.people.access import MemberRequest
from pesue.people.models import Organisation

AT_ONCE = 15  # sentences on a page: some minutes' work
LABELS: dict[str, str | Promise] = {
    "do": gettext_lazy("lets or asks one to act"),
    "dont": gettext_lazy("forbids or warns"),
    "overbroad": gettext_lazy("goes too far"),
    "value": gettext_lazy("says what we stand for"),
    "neutral": gettext_lazy("describes"),
}
TABS: dict[str, str | Promise] = {
    "rules": gettext_lazy("Rules"),
    "overbroad": gettext_lazy("Goes too far"),
    "values": gettext_lazy("Values"),
    "rest": gettext_lazy("The rest"),
}


@dataclass(frozen=True)
class Row:
    """A sentence on the page; without a form, it is published already."""

    sentence: OldSentence
    form: SentenceForm | None
    label: str | Promise
    law: Law | None


@access.writers
def old_guidelines(request: MemberRequest) -> HttpResponse:
    """Bring a guideline of before; those brought earlier; how enabling each is."""
    posted = request.method == "POST"
    form = OldForm(request.POST, request.FILES) if posted else OldForm()
    if posted and "file" in too_large(request):
        form.add_error("file", _("This file is too large. Bring a smaller one."))
    if form.is_valid():
        try:
            return redirect("old-guideline", _taken_in(request, form).pk)
        except (Unreadable, actions.NotRead) as refusal:
            field = "file" if form.cleaned_data["file"] else "text"
            form.add_error(field, str(refusal))
    rows = list(access.old_guidelines())
    context = {"form": form, "rows": rows, "plot": _plot(rows)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "guidance/old_guidelines.html", context, status=status)


def _plot(rows: list[OldGuideline]) -> list[tuple[str, float]]:
    """The last few texts in the order of time, then what is in force."""
    ours = queries.our_score()
    if not rows or ours is None:
        return []
    bars = [(row.name[:24], round(row.score)) for row in reversed(rows[:5])]
    return [*bars, (_("Ours now"), round(ours.value))]


def _taken_in(request: MemberRequest, form: OldForm) -> OldGuideline:
    file, at = form.cleaned_data["file"], now()
    if file:
        return actions.take_in(file.name, file.read(), by=request.user, now=at)
    name = _("Pasted text")
    return actions.take_in_text(
        name, form.cleaned_data["text"], by=request.user, now=at
    )


@access.writers
def old_guideline(request: MemberRequest, old_id: int) -> HttpResponse:
    """Some sentences at a time: look, change, untick, go on."""
    old = access.old_guideline(old_id)
    show = request.GET.get("show", "")
    show = show if show in queries.SHOWN else "rules"
    rows = Paginator(queries.sentences(old, show), AT_ONCE)
    page = rows.get_page(request.GET.get("page"))
    posted = request.method == "POST" and old.state == OldGuideline.State.OPEN
    shown = _rows(request, page, bound=posted)
    forms = [row.form for row in shown if row.form]
    if posted and all([form.is_valid() for form in forms]):
        actions.decide(old, [form.decided() for form in forms])
        if page.has_next():
            return redirect(_address(old, show, page.next_page_number()))
        return redirect(_next(old, show))
    standing = queries.standing(old)
    context = {
        "old": old,
        "page": page,
        "rows": shown,
        "forms": forms,
        "show": show,
        "tabs": [(key, TABS[key], standing.counts[key]) for key in TABS],
        "standing": standing,
        "score": queries.score_of_old(old),
        "model": configured(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if posted else HTTPStatus.OK
    return render(request, "guidance/old_guideline.html", context, status=status)


def _rows(request: MemberRequest, page: Page[OldSentence], *, bound: bool) -> list[Row]:
    topics, values = access.choices()
    data = request.POST if bound else None
    rules = (Organisation.the() or Organisation()).rules
    return [
        Row(
            sentence,
            None
            if sentence.made_id
            else SentenceForm(sentence, data, topics=topics, values=values),
            LABELS[sentence.label],
            law_in(rules, sentence.law),
        )
        for sentence in page
    ]


def _address(old: OldGuideline, show: str, page: int = 1) -> str:
    return f"{reverse('old-guideline', args=[old.pk])}?show={show}&page={page}"


def _next(old: OldGuideline, show: str) -> str:
    """The kind of sentences that is still to be gone through, else the end."""
    counts = queries.standing(old).counts
    order = [key for key in ("rules", "overbroad", "values") if counts[key]]
    later = order[order.index(show) + 1 :] if show in order else []
    if later:
        return _address(old, later[0])
    return reverse("old-publish", args=[old.pk])


@access.writers
def old_publish(request: MemberRequest, old_id: int) -> HttpResponse:
    """What would be published, whole; then it is."""
    old = access.old_guideline(old_id)
    if request.method == "POST":
        try:
            made = actions.publish(old, by=request.user, now=now())
        except (LostRace, ForbiddenMove):
            messages.info(request, _("It has been published already."))
        else:
            said = ngettext(
                "%(made)d guideline is published.",
                "%(made)d guidelines are published.",
                made,
            )
            messages.success(request, said % {"made": made})
        return redirect("guidance")
    context = {
        "old": old,
        "standing": queries.standing(old),
        "taken": queries.taken(old),
        "would": queries.score_to_be(old),
    }
    return render(request, "guidance/old_publish.html", context)


@require_POST
@access.writers
def old_act(request: MemberRequest, old_id: int, act: str) -> HttpResponse:
    """Put aside, take up again, forget, or ask a model for wordings."""
    old = access.old_guideline(old_id)
    try:
        if act == "aside":
            actions.put_aside(old, now=now())
        elif act == "open":
            actions.take_up(old, now=now())
        elif act == "forget":
            actions.forget(old)
            return redirect("old-guidelines")
        elif act == "model":
            _ask_model(request, old)
    except (LostRace, ForbiddenMove):
        messages.info(request, _("It has just changed in another window."))
    return redirect("old-guideline", old.pk)


def _ask_model(request: MemberRequest, old: OldGuideline) -> None:
    asked = actions.ask_model(old) if configured() else 0
    said = ngettext(
        "The model is asked for %(asked)d wording. Look again in a minute.",
        "The model is asked for %(asked)d wordings. Look again in a minute.",
        asked,
    )
    messages.success(request, said % {"asked": asked})

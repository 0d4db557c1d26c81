"""Concepts: all of them, each while it lives, and its harvest."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pesue.content.actions.pictures import MOST_BYTES, store_picture
from pesue.content.actions.refusals import CannotUse
from pesue.foundation.markdown import html_of
from pesue.foundation.uploads import too_large
from pesue.guidance import access
from pesue.guidance.places import PLACES
from pesue.pages.concepts import queries
from pesue.pages.concepts.forms import ExampleForm
from pesue.people.access import MemberRequest, signed_in


@require_GET
@signed_in
def concepts(request: MemberRequest) -> HttpResponse:
    today = localdate(now())
    context = {
        "concepts": queries.all_concepts(today=today),
        "today": today,
        "may_write": access.may_write(request.user),
    }
    return render(request, "pages/concepts/concepts.html", context)


@signed_in
def concept(request: MemberRequest, concept_id: int) -> HttpResponse:
    """While it lives: what, why and how to join. Afterwards: what came of it."""
    return _page(request, concept_id, ExampleForm())


def _page(request: MemberRequest, concept_id: int, form: ExampleForm) -> HttpResponse:
    found = access.concept(concept_id)
    context = {
        "living": queries.living(found, request.user, now=now()),
        "channels": [PLACES[key] for key in found.channels if key in PLACES],
        "may_lead": access.may_lead(request.user, found),
        "form": form,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "pages/concepts/concept.html", context, status=status)


@require_GET
@signed_in
def sheet(request: MemberRequest, concept_id: int) -> HttpResponse:
    """The sheet, for printing."""
    found = access.concept(concept_id)
    if not found.sheet:
        raise Http404
    context = {"concept": found, "html": html_of(found.sheet)}
    return render(request, "pages/concepts/sheet.html", context)


@require_POST
@signed_in
def example(request: MemberRequest, concept_id: int) -> HttpResponse:
    """A picture that shows how; nobody is in it who has not agreed."""
    found = access.concept(concept_id)
    if not access.may_lead(request.user, found):
        raise Http404
    form = ExampleForm(request.POST, request.FILES)
    if "picture" in too_large(request):
        form.add_error("picture", str(CannotUse("huge picture")))
    if not form.is_valid():
        return _page(request, concept_id, form)
    given = form.cleaned_data
    try:
        if given["picture"].size > MOST_BYTES:
            raise CannotUse("huge picture")
        store_picture(
            given["picture"].read(),
            alt=given["alt"],
            by=request.user,
            concept=found,
            people=given["people"],
        )
    except CannotUse as refusal:
        form.add_error("picture", str(refusal))
        return _page(request, concept_id, form)
    messages.success(request, _("Added."))
    return redirect("concept", concept_id)

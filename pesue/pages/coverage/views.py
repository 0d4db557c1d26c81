"""The coverage map, and one value's branch of it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from pesue.guidance import access
from pesue.pages.coverage import queries
from pesue.pages.coverage.queries import Coverage, Grown
from pesue.pages.coverage.river import Pool, Source, brook, river
from pesue.people.access import MemberRequest, signed_in

LABELS = {
    "quarter": gettext_lazy("Three months"),
    "year": gettext_lazy("A year"),
    "all": gettext_lazy("From the beginning"),
}
DRAWN = 14  # concepts in the picture: those with most told; the table has all


@require_GET
@signed_in
def coverage(request: MemberRequest) -> HttpResponse:
    """Values, the concepts grown on them, and what was told."""
    period = request.GET.get("period", "")
    period = period if period in queries.PERIODS else "year"
    found = queries.coverage(now=now(), period=period)
    sources, pools = drawn(found)
    context = {
        "coverage": found,
        "river": river(sources, pools) if sources else None,
        "brook": brook(sources, pools),
        "period": period,
        "periods": LABELS.items(),
        "may_write": access.may_write(request.user),
    }
    return render(request, "pages/coverage/coverage.html", context)


@require_GET
@signed_in
def of_value(request: MemberRequest, value_id: int) -> HttpResponse:
    """From a value down to what was told on it."""
    found = queries.told_on(access.value(value_id), request.user, now=now())
    context = {"told": found, "may_write": access.may_write(request.user)}
    return render(request, "pages/coverage/value.html", context)


def drawn(found: Coverage) -> tuple[list[Source], list[Pool]]:
    """What the pictures show."""
    grown = {g.concept.pk: g for branch in found.branches for g in branch.grown}
    most = sorted(grown.values(), key=lambda g: (-g.told, g.concept.pk))[:DRAWN]
    kept = {g.concept.pk for g in most}
    order = [  # in the order of the values, so that few streams cross
        key
        for key in dict.fromkeys(
            g.concept.pk for branch in found.branches for g in branch.grown
        )
        if key in kept
    ]
    sources = [
        Source(
            branch.value.pk,
            branch.value.name,
            tuple(g.concept.pk for g in branch.grown if g.concept.pk in kept),
        )
        for branch in found.branches
    ]
    pools = [
        Pool(key, grown[key].concept.name, grown[key].told, words(grown[key]))
        for key in order
    ]
    return sources, pools


def words(grown: Grown) -> str:
    """What was told, in words; what may not be shown is left out."""
    parts = [
        (ngettext("%(n)d card", "%(n)d cards", grown.items), grown.items),
        (ngettext("%(n)d story", "%(n)d stories", grown.stories), grown.stories),
        (ngettext("%(n)d+ post", "%(n)d+ posts", grown.posts or 0), grown.posts or 0),
    ]
    return " · ".join(text % {"n": number} for text, number in parts if number)

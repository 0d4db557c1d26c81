from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from pesue.encouragement.months import in_month
from pesue.encouragement.queries import letters
from pesue.pages.meaning import queries
from pesue.people.access import MemberRequest, signed_in

PAGE = 10
SHOWN = 3  # letters


@require_safe
@signed_in
def my_impact(request: MemberRequest) -> HttpResponse:
    """What my words did. Nobody else sees it, and nobody is compared."""
    rows = queries.read_posts(request.user)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    cards = [
        (one, f"{in_month(one.month)} {one.month.year}")
        for one in queries.cards(request.user)
    ]
    mine = letters.about(request.user, today=localdate())
    context = {
        "page": page,
        "told": queries.told(list(page)),
        "cards": cards,
        "letters": mine[:SHOWN],
    }
    return render(request, "pages/meaning.html", context)

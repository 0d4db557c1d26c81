from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from pesue.content.access import CURATES
from pesue.measurement.access import may_bring
from pesue.measurement.periods import DAY, WEEK, monday
from pesue.measurement.queries.evidence import advice
from pesue.measurement.queries.results import COUNTED
from pesue.pages.desk.queries import desk as read_desk
from pesue.people.access import MemberRequest, needs


@require_safe
@needs(*CURATES)
def desk(request: MemberRequest) -> HttpResponse:
    """Ten minutes on Monday: what waits, how it goes, and one thing to do next."""
    at = now()
    found = read_desk(request.user, now=at)
    first = monday(localdate(at)) - WEEK
    numbers = found.week.numbers if found.week else {}
    return render(
        request,
        "pages/desk/desk.html",
        {
            "desk": found,
            "first": first,
            "last": first + WEEK - DAY,
            "advice": advice(request.user, today=localdate(at))
            if may_bring(request.user)
            else [],
            "figures": [(of, numbers.get(of.name)) for of in COUNTED],
        },
    )

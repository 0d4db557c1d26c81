from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from pesue.content.access import meant_for
from pesue.content.queries.calendar import month
from pesue.people.access import MemberRequest, signed_in


@require_safe
@signed_in
def calendar(request: MemberRequest) -> HttpResponse:
    """A month: what is valid until when, and which concepts run. ?month=2026-03."""
    today = localdate()
    first = _first(request.GET.get("month"), today)
    context = {"month": month(meant_for(request.user), first), "today": today}
    return render(request, "content/calendar.html", context)


def _first(text: str | None, today: date) -> date:
    """The first of the month asked for; of this one, if that is no month."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return first if 2000 <= first.year <= 2100 else today.replace(day=1)

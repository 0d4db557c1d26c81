from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from pesue.content.access import offered_to
from pesue.content.queries.calendar import month
from pesue.foundation.days import month_asked
from pesue.people.access import MemberRequest, signed_in


@require_safe
@signed_in
def calendar(request: MemberRequest) -> HttpResponse:
    """A month: what is valid until when, and which concepts run. ?month=2026-03."""
    today = localdate()
    first = month_asked(request.GET.get("month"), today)
    context = {
        "month": month(offered_to(request.user, today=today), first),
        "today": today,
    }
    return render(request, "content/calendar.html", context)

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from pesue.guidance import access
from pesue.guidance.models import QuietPeriod
from pesue.guidance.queries.quiet import calm
from pesue.guidance.strip import strip
from pesue.people.access import MemberRequest, signed_in


@require_safe
@signed_in
def quiet(request: MemberRequest) -> HttpResponse:
    """What is quiet now, what comes, and what was; for all to see."""
    today = localdate(now())
    found = calm(today=today)
    spans = [(p.name, p.starts, p.ends) for p in [*found.now, *found.coming]]
    context = {
        "calm": found,
        "kinds": QuietPeriod.Kind.choices,
        "may_write": access.may_write(request.user),
        "strip": strip(spans, today=today),
    }
    return render(request, "guidance/quiet.html", context)

from django.http import HttpResponse
from django.shortcuts import render

from pesue.people.access import MemberRequest, signed_in


@signed_in
def encouragement(request: MemberRequest) -> HttpResponse:
    """Where everything stands that encourages: one's own first, then what leads do."""
    return render(request, "encouragement/encouragement.html")

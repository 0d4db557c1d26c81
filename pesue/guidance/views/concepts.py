from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from pesue.guidance import access
from pesue.guidance.patterns import patterns
from pesue.people.access import MemberRequest


@access.writers
def concept_begin(request: MemberRequest) -> HttpResponse:
    """Ready-made beginnings to choose from; nothing begins before it is saved."""
    found = patterns(get_language() or "en").values()
    return render(request, "guidance/concept_begin.html", {"patterns": found})

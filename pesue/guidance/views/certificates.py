from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pesue.guidance import access
from pesue.guidance.actions import certificates as actions
from pesue.guidance.certificate_pdf import Lettering, drawn, writable
from pesue.guidance.course.names import NAMES
from pesue.people.access import MemberRequest, house, signed_in
from pesue.people.models import Member


@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """What one has been through: its owner's page, and others' if the owner says so."""
    member = request.user if isinstance(request.user, Member) else None
    found = access.certificate(member, code)
    address = settings.ADDRESS + reverse("certificate", args=[code])
    context = {
        "certificate": found,
        "name": NAMES[found.course],
        "mine": found.member_id == getattr(member, "pk", None),
        "address": address,
        "writable": writable(found.member.name),
    }
    return _unfound(render(request, "guidance/course/certificate.html", context))


@require_safe
def certificate_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The same to keep and to print."""
    member = request.user if isinstance(request.user, Member) else None
    found = access.certificate(member, code)
    if not writable(found.member.name):
        return redirect("certificate", code)  # there it can be printed
    organisation = house()
    name = NAMES[found.course]
    address = settings.ADDRESS + reverse("certificate", args=[code])
    lettering = Lettering(
        language=get_language() or settings.LANGUAGE_CODE,
        organisation=organisation.name,
        name=found.member.name,
        has=_("has been through"),
        title=str(name.title),
        about=str(name.taken),
        day=date_format(localtime(found.at), "SHORT_DATE_FORMAT"),
        address=address if found.public else "",
    )
    page = drawn(lettering, organisation.accent)
    answer = HttpResponse(page, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="pesue-{found.course}.pdf"'
    return _unfound(answer)


@require_POST
@signed_in
def certificate_show(request: MemberRequest, code: str) -> HttpResponse:
    """The owner's yes or no to a page that others can open."""
    mine = access.own_certificate(request.user, code)
    actions.show(mine, public=request.POST.get("public") == "yes")
    return redirect("certificate", code)


def _unfound(answer: HttpResponse) -> HttpResponse:
    """Whoever has the address may look; search engines are not told."""
    answer["X-Robots-Tag"] = "noindex"
    return answer

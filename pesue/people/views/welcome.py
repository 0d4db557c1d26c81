"""The first run, and looking around in the demo."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from pesue.people.access import admit, demo_member, is_founded
from pesue.people.actions import first_run, members
from pesue.people.actions.refusals import Refused
from pesue.people.forms import WelcomeForm


def welcome(request: HttpRequest) -> HttpResponse:
    """Create the organisation and its first administrator, or look around."""
    if is_founded():
        return redirect("today")
    language = get_language() or "fi"
    form = WelcomeForm(
        request.POST or None,
        initial={"language": language[:2], "languages": ["fi", "sv", "en"]},
    )
    if form.is_valid():
        wanted = form.cleaned_data
        try:
            admin = first_run.found(
                name=wanted["organisation"],
                language=wanted["language"],
                languages=wanted["languages"],
                admin_name=wanted["name"],
                email=wanted["email"],
                password=wanted["password"],
                now=now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            admit(request, admin, method="password")
            return redirect("today")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    about = {
        "form": form,
        "demo_runs": first_run.demo_is_being_filled(),
        "demo_trouble": first_run.demo_trouble(),
    }
    return render(request, "people/welcome.html", about, status=status)


@require_POST
def look_around(request: HttpRequest) -> HttpResponse:
    """Begin to fill the demo; the welcome page goes on when it is filled."""
    if not is_founded():
        first_run.look_around()
    return redirect("welcome")


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Be an advocate, a lead or a leader of the demo organisation; 404 elsewhere.

    They speak the language that the visitor reads.
    """
    member = demo_member(request.POST.get("who", ""))
    language = (get_language() or member.language)[:2]
    members.settle(member, name=member.name, language=language, part=member.part)
    admit(request, member, method="demo")
    return redirect("today")

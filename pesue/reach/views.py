"""Signing in by an e-mailed link; which mail one wants."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core.ratelimit import consume
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from pesue.people.access import MemberRequest, signed_in, too_many
from pesue.reach.access import bearer, reachable, unsubscriber
from pesue.reach.actions import line, signing_in
from pesue.reach.forms import LinkForm, MailForm
from pesue.reach.queries import wanted_kinds


def sign_in_link(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same whether the address is known or not."""
    form = LinkForm(request.POST or None)
    if not form.is_valid():
        status = 422 if form.errors else 200
        page = "reach/sign_in_link.html"
        return render(request, page, {"form": form}, status=status)
    email = form.cleaned_data["email"]
    if not consume(request, action="request_login_code", key=email.lower()):
        return too_many(request)
    signing_in.ask_in(reachable(email), now=now())
    return render(request, "reach/sign_in_sent.html", {"email": email})


@never_cache
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """A button first, so that a mail scanner that follows links does not use it up."""
    if request.method != "POST":
        return render(request, "reach/sign_in_button.html")
    if not consume(request, action="login"):
        return too_many(request)
    member = bearer(token)
    if member is None:
        return render(request, "reach/sign_in_over.html", status=410)
    record_authentication(request, member, method="link")
    response: HttpResponse = perform_login(request, member, email_verification="none")
    return response


@csrf_exempt
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """One click in the mail program (RFC 8058), or a button in the browser."""
    member, kind = unsubscriber(token)
    if request.method == "POST":
        line.unsubscribe(member, kind, now=now())
    done = request.method == "POST"
    return render(request, "reach/unsubscribe.html", {"kind": kind, "done": done})


@signed_in
def mail(request: MemberRequest) -> HttpResponse:
    """Which mail I want."""
    posted = request.POST if request.method == "POST" else None
    form = MailForm(posted, initial={"kinds": wanted_kinds(request.user)})
    if form.is_valid():
        line.choose(request.user, form.cleaned_data["kinds"], now=now())
        messages.success(request, _("Saved."))
        return redirect("mail")
    return render(request, "reach/mail.html", {"form": form})

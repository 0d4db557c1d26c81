"""Settings, accounts: connect, come back, disconnect."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pesue.foundation.http import client
from pesue.people.access import MemberRequest, signed_in
from pesue.people.models import Organisation
from pesue.sharing import access
from pesue.sharing.actions import accounts as doing
from pesue.sharing.actions.connect import (
    Leaving,
    NotConnected,
    come_back,
    public_metadata,
    publishers,
)
from pesue.sharing.actions.connect import connect as begin
from pesue.sharing.channels import CHANNELS
from pesue.sharing.channels.base import Publisher
from pesue.sharing.forms import ConnectForm
from pesue.sharing.queries.accounts import accounts_of

KEPT = "leaving"  # in the session, while the person is at their network
SECONDS = 25.0  # that all our questions to a network may take


@require_safe
@signed_in
def accounts(request: MemberRequest) -> HttpResponse:
    return _page(request)


@require_POST
@signed_in
def connect(request: MemberRequest, key: str) -> HttpResponse:
    """Connect by app password, or show the way to the network's own question."""
    channel = CHANNELS.get(key)
    if not isinstance(channel, Publisher):
        raise Http404
    form = ConnectForm(channel, request.POST)
    if not form.is_valid():
        return _page(request, form, key)
    try:
        with client(seconds=SECONDS) as http:
            gone = begin(request.user, key, **form.cleaned_data, now=now(), http=http)
    except NotConnected as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, key)
    if isinstance(gone, Leaving):
        request.session[KEPT] = gone.kept
        # A redirect would be stopped by our own policy: forms may lead nowhere else.
        context = {"url": gone.url, "host": urlsplit(gone.url).netloc}
        return render(request, "sharing/accounts_leave.html", context)
    messages.success(request, _("%(name)s is connected.") % {"name": gone.handle})
    return redirect("accounts")


@require_safe
def back(request: HttpRequest, key: str) -> HttpResponseBase:
    """The network sends people here, perhaps by another name of this machine."""
    if request.get_host() != urlsplit(settings.ADDRESS).netloc:
        return redirect(f"{settings.ADDRESS}{request.get_full_path()}")
    return _back(request, key)


@signed_in
def _back(request: MemberRequest, key: str) -> HttpResponse:
    kept = request.session.pop(KEPT, {})
    try:
        with client(seconds=SECONDS) as http:
            account = come_back(
                request.user,
                key,
                back=request.GET.dict(),
                kept=kept,
                now=now(),
                http=http,
            )
    except NotConnected as refusal:
        messages.error(request, str(refusal))
    else:
        words = _("%(name)s is connected.") % {"name": account.handle}
        messages.success(request, words)
    return redirect("accounts")


@require_POST
@signed_in
def disconnect(request: MemberRequest, account_id: int) -> HttpResponse:
    account = access.own_account(request.user, account_id)
    if account.state == account.State.CONNECTED:
        with client(seconds=SECONDS) as http:
            doing.disconnect(account, now=now(), http=http)
    words = _("%(name)s is disconnected.") % {"name": account.handle}
    messages.success(request, words)
    return redirect("accounts")


@require_safe
def metadata(request: HttpRequest) -> HttpResponse:
    """What authorization servers of the AT Protocol read about this installation."""
    organisation = Organisation.the()
    name = f"Pesue, {organisation}" if organisation else "Pesue"
    found = public_metadata(name, now=now())
    if found is None:
        raise Http404
    return JsonResponse(found)


def _page(
    request: MemberRequest, typed: ConnectForm | None = None, key: str = ""
) -> HttpResponse:
    """The page, with what was typed where it was refused."""
    forms = [
        (channel, typed if typed and channel.key == key else ConnectForm(channel))
        for channel in publishers()
    ]
    names = {channel.key: channel.name for channel in CHANNELS.values()}
    mine = [
        (account, names.get(account.channel, account.channel))
        for account in accounts_of(request.user)
    ]
    return render(
        request,
        "sharing/accounts.html",
        {"forms": forms, "accounts": mine},
        status=422 if typed else 200,
    )

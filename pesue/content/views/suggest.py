from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pesue.content import actions
from pesue.content.canonical import canonical
from pesue.content.forms import SuggestForm
from pesue.people.access import MemberRequest, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def suggest(request: MemberRequest) -> HttpResponse:
    """What a colleague found on the web, into the inbox.

    The bookmarklet and a phone's share sheet come here with ?url=&title=&text=;
    Android puts the address into `text`.
    """
    if request.method != "POST":
        given = {name: request.GET.get(name, "") for name in ("url", "title", "text")}
        if not given["url"] and canonical(given["text"].split(" ")[-1]):
            head, _space, given["url"] = given["text"].rpartition(" ")
            given["text"] = head
        return _page(request, SuggestForm(initial=given))
    form = SuggestForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    item, new = actions.suggest(request.user, **form.cleaned_data, now=now())
    if new:
        said = _("Thank you. It waits for a look, and you will find it here.")
    else:
        said = _("Someone was just as quick: it is here already.")
    messages.success(request, said)
    return redirect("suggest") if not new else redirect(item)


def _page(request: MemberRequest, form: SuggestForm) -> HttpResponse:
    return render(request, "content/suggest.html", {"form": form})


@require_safe
@signed_in
def bookmarklet(request: MemberRequest) -> HttpResponse:
    """A bookmark that suggests the page one is reading."""
    address = f"{settings.ADDRESS}/suggest"
    code = (
        "javascript:location.href="
        f"'{address}?url='+encodeURIComponent(location.href)"
        "+'&title='+encodeURIComponent(document.title)"
        "+'&text='+encodeURIComponent(String(getSelection()).slice(0,1500))"
    )
    return render(request, "content/bookmarklet.html", {"code": code})

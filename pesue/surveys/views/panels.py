"""A panel of experts, for those who lead the whole organisation."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pesue.foundation.counts import K
from pesue.foundation.trying import tried
from pesue.people.access import MemberRequest
from pesue.surveys import access
from pesue.surveys.actions import NotDone, experts, panels
from pesue.surveys.forms.panels import AddressForm, ExpertForm, PanelForm, TrendForm
from pesue.surveys.models import Expert, Panel
from pesue.surveys.queries import panels as queries


@access.leads
def listed(request: MemberRequest) -> HttpResponse:
    """All panels, and a form for a new one."""
    form = PanelForm(request.POST or None, today=localdate(now()))
    if form.is_valid():
        try:
            made = panels.ask_panel(**form.cleaned_data, by=request.user, now=now())
            return redirect("panel", made.pk)
        except NotDone as refusal:
            form.add_error("title", str(refusal))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    about = {"panels": queries.panels()[:50], "form": form}
    return render(request, "surveys/panels.html", about, status=status)


@access.leads
def panel(request: MemberRequest, panel_id: int) -> HttpResponse:
    """One panel: who is asked, what was named, the list, the result."""
    found = access.panel_of(request.user, panel_id)
    initial = {"language": found.language}
    form = ExpertForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            experts.invite(found, **form.cleaned_data, now=now())
        except NotDone as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("Invited. The mail goes out in a moment."))
            return redirect("panel", found.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "surveys/panel.html", _about(found, form), status=status)


def _about(found: Panel, form: ExpertForm) -> dict[str, object]:
    today = localdate(now())
    is_over = found.state not in Panel.OPEN
    return {
        "panel": found,
        "form": None if is_over else form,
        "experts": queries.experts(found),
        "trends": queries.trends(found),
        "left_out": queries.left_out(found),
        "result": queries.result(found),
        "quotes": queries.quotes(found),
        "to_stand_beside": queries.to_stand_beside(),
        "begun": found.opens <= today,
        "kept": Expert.HELD.keep.days,
        "k": K,
    }


@require_POST
@access.leads
def act(request: MemberRequest, panel_id: int, act: str) -> HttpResponse:
    """Move a panel on."""
    found = access.panel_of(request.user, panel_id)
    if act == "drop":
        return _drop(request, found)
    beside = queries.to_stand_beside() if request.POST.get("beside") == "yes" else None
    ways: dict[str, tuple[Callable[[], object], str]] = {
        "list": (
            lambda: panels.list_trends(found, now=now()),
            _("Round one is over. Make the list."),
        ),
        "rank": (
            lambda: panels.start_ranking(found, now=now()),
            _("Round two has begun. The mails go out in a moment."),
        ),
        "close": (lambda: panels.close_panel(found, now=now()), _("Closed.")),
        "publish": (
            lambda: panels.publish(found, beside=beside, now=now()),
            _("Published. Everybody can read it now."),
        ),
        "off": (
            lambda: panels.take_off(found, now=now()),
            _("It is off the web."),
        ),
    }
    if act not in ways:
        raise Http404
    return _tried(request, found, *ways[act])


def _drop(request: MemberRequest, found: Panel) -> HttpResponse:
    if request.POST.get("sure") != "yes":
        messages.error(request, _("Tick that you are sure."))
        return redirect("panel", found.pk)
    experts.drop_panel(found)
    messages.success(request, _("Deleted, with all that was known of its experts."))
    return redirect("panels")


@require_POST
@access.leads
def expert(
    request: MemberRequest, panel_id: int, expert_id: int, act: str
) -> HttpResponse:
    """Write to an expert again, take their quote off, or let go of them."""
    one = access.expert_of(request.user, panel_id, expert_id)
    if act == "again":
        form = AddressForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("That is no e-mail address."))
            return redirect("panel", panel_id)
        email = form.cleaned_data["email"]
        said = _("A new mail goes out in a moment. Former links are over.")
        write = lambda: experts.write_again(one, email=email)  # noqa: E731
        return _tried(request, one.panel, write, said)
    ways: dict[str, tuple[Callable[[], object], str]] = {
        "erase": (
            lambda: experts.erase(one),
            _("Erased: nothing of them is kept."),
        ),
        "unquote": (
            lambda: experts.withdraw_quote(one),
            _("The quote is gone."),
        ),
    }
    return _tried(request, one.panel, *ways[act])


@require_POST
@access.leads
def trend(
    request: MemberRequest, panel_id: int, trend_id: int, act: str
) -> HttpResponse:
    """Word, merge or leave out one of the list."""
    one = access.trend_of(request.user, panel_id, trend_id)
    if act == "leave-out":
        return _tried(request, one.panel, lambda: panels.leave_out(one), _("Left out."))
    if act == "merge":
        number = request.POST.get("into", "")
        if not (number.isascii() and number.isdecimal()):
            messages.error(request, _("Choose which one it is merged into."))
            return redirect("panel", panel_id)
        into = access.trend_of(request.user, panel_id, int(number))
        merge = lambda: panels.merge(one, into=into)  # noqa: E731
        return _tried(request, one.panel, merge, _("Merged."))
    form = TrendForm(request.POST)
    if not form.is_valid():
        said = [str(error) for errors in form.errors.values() for error in errors]
        messages.error(request, " ".join(said))
        return redirect("panel", panel_id)
    word = lambda: panels.word(one, **form.cleaned_data)  # noqa: E731
    return _tried(request, one.panel, word, _("Saved."))


@require_POST
@access.leads
def put_back(request: MemberRequest, panel_id: int, idea_id: int) -> HttpResponse:
    one = access.idea_of(request.user, panel_id, idea_id)
    return _tried(
        request, one.panel, lambda: panels.put_back(one), _("Back on the list.")
    )


def _tried(
    request: HttpRequest, found: Panel, do: Callable[[], object], said: str
) -> HttpResponse:
    """Do one thing, say how it went, and show the panel."""
    tried(request, do, said, NotDone)
    return redirect("panel", found.pk)

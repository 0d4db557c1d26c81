"""What people from outside see: the experts by their link, everybody the result."""

from http import HTTPStatus
from typing import Any

from allauth.core.ratelimit import consume
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pesue.foundation.secrets import hashed
from pesue.people.access import too_many
from pesue.people.models import Organisation
from pesue.surveys import access
from pesue.surveys.actions import NotDone, experts
from pesue.surveys.forms.panels import ExpertSays, NamingForm, RankingForm
from pesue.surveys.models import Expert, Panel
from pesue.surveys.queries import panels as queries

HOURS = 12 * 60 * 60  # seconds that a browser stays let in
FRESH = 300  # seconds that a copy of the public page may be shown
SALT = "pesue.panel"
State = Panel.State


@never_cache
def enter(request: HttpRequest) -> HttpResponse:
    """The token comes behind a #, or typed from the mail: never in an address that a
    server sees. From here on a cookie of this one page stands for it."""
    if request.method != "POST":
        return _unlisted(render(request, "surveys/panel_in.html"))
    if not consume(request, action="signup"):
        return too_many(request)
    typed = "".join(request.POST.get("code", "").split())
    token = typed.rpartition("#")[2].lower()
    expert = access.expert_by(token, today=localdate(now()))
    if expert is None:
        return _over(request)
    page = reverse("panel-expert", args=[expert.pk])
    answer = redirect(page)
    answer.set_signed_cookie(
        f"panel-{expert.pk}",
        hashed(token),
        salt=SALT,
        max_age=HOURS,
        path=page,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return answer


def _let_in(request: HttpRequest, expert_id: int) -> Expert | None:
    kept = request.get_signed_cookie(
        f"panel-{expert_id}", default="", salt=SALT, max_age=HOURS
    )
    return access.expert_in(expert_id, kept or "", today=localdate(now()))


@never_cache
def expert(request: HttpRequest, expert_id: int) -> HttpResponse:
    """The round that is open, or what can still be withdrawn."""
    found = _let_in(request, expert_id)
    if found is None:
        return _over(request)
    with translation.override(_language(request, found)):
        return _unlisted(_round(request, found))


def _language(request: HttpRequest, found: Expert) -> str:
    """Theirs, unless they chose another here."""
    chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    known = request.user.is_authenticated
    return translation.get_language() if chosen or known else found.language


def _round(request: HttpRequest, found: Expert) -> HttpResponse:
    today, panel = localdate(now()), found.panel
    is_open = panel.is_open(today)
    form: NamingForm | RankingForm | None = None
    posted = request.POST if request.method == "POST" else None
    if is_open and panel.state == State.NAMING:
        form = NamingForm(found, posted)
    elif is_open and panel.state == State.RANKING:
        form = RankingForm(found, queries.shuffled(panel, found), posted)
    elif posted is not None:
        messages.info(request, _("That part of the panel is over. Thank you."))
        return redirect("panel-expert", found.pk)
    if form is not None and form.is_valid():
        try:
            _save(found, form)
        except experts.Stale as refusal:
            _again(found, form, str(refusal))
        except NotDone as refusal:
            messages.info(request, str(refusal))
            return redirect("panel-expert", found.pk)
        else:
            messages.success(request, _("Thank you, it is saved."))
            return redirect("panel-expert", found.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form and form.errors else HTTPStatus.OK
    about: dict[str, Any] = {
        "expert": found,
        "panel": panel,
        "form": form,
        "is_open": is_open,
    }
    about |= {"kept": Expert.HELD.keep.days}
    return render(request, "surveys/panel_expert.html", about, status=status)


def _save(found: Expert, form: NamingForm | RankingForm) -> None:
    today, given = localdate(now()), form.cleaned_data
    if isinstance(form, NamingForm):
        experts.name_trends(found, form.named(), edition=given["edition"], today=today)
    else:
        experts.rank(
            found,
            form.order(),
            quote=given["quote"],
            quoting=given["quoting"],
            edition=given["edition"],
            today=today,
        )


def _again(found: Expert, form: ExpertSays, why: str) -> None:
    found.refresh_from_db()
    form.now_at(found.edition)
    form.add_error(None, why)


@require_POST
@never_cache
def leave(request: HttpRequest, expert_id: int, act: str) -> HttpResponse:
    """Withdraw the quote, or all."""
    found = _let_in(request, expert_id)
    if found is None:
        return _over(request)
    with translation.override(_language(request, found)):
        if act == "unquote":
            experts.withdraw_quote(found)
            messages.success(request, _("Your quote is gone."))
            return redirect("panel-expert", found.pk)
        experts.erase(found)
        return _unlisted(render(request, "surveys/panel_left.html"))


def _over(request: HttpRequest) -> HttpResponse:
    """One page for a wrong link, one that is over, and one of somebody who left."""
    page = render(request, "surveys/panel_over.html", status=HTTPStatus.NOT_FOUND)
    return _unlisted(page)


def _unlisted(answer: HttpResponse) -> HttpResponse:
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
def published(request: HttpRequest, slug: str, language: str = "") -> HttpResponse:
    """The result for everybody. Nothing of the reader is in it, so copies are fine."""
    found = access.published(slug)
    chosen = language or found.language
    with translation.override(chosen):
        about = {
            "panel": found,
            "result": queries.result(found),
            "quotes": queries.quotes(found),
            "beside": queries.beside(found),
            "language": chosen,
            "languages": settings.LANGUAGES,
            "site": settings.ADDRESS,
            "home": Organisation.the(),
            "version": settings.VERSION,
        }
        # Without the request: whoever is signed in sees the page that all others see.
        answer = HttpResponse(render_to_string("surveys/panel_published.html", about))
    answer["Cache-Control"] = f"public, max-age={FRESH}"
    return answer

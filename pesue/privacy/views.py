"""What Pesue holds about me: seen, taken along, let go."""

from http import HTTPStatus

from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_POST

from pesue.foundation.http import client
from pesue.people.access import MemberRequest, Role, needs, signed_in, teams_of
from pesue.people.actions.refusals import Refused
from pesue.privacy import queries
from pesue.privacy.access import table_of
from pesue.privacy.actions import erasing, export
from pesue.privacy.forms import EraseForm


@require_GET
@signed_in
def privacy(request: MemberRequest) -> HttpResponse:
    """Each table: why, how long, how many rows of mine; and who looked."""
    tables = [(h, h.rows(request.user).count()) for h in queries.holdings()]
    held = [(holding, rows) for holding, rows in tables if rows]
    about = {
        "held": held,
        "empty": [holding for holding, rows in tables if not rows],
        "looks": queries.looks_at(request.user)[:20],
    }
    return render(request, "privacy/privacy.html", about)


@require_GET
@signed_in
def table(request: MemberRequest, key: str) -> HttpResponse:
    """My rows of one table."""
    holding = table_of(key)
    page = Paginator(holding.rows(request.user), 25).get_page(request.GET.get("page"))
    rows = [queries.plain(row) for row in page]
    about = {"holding": holding, "page": page, "rows": rows}
    return render(request, "privacy/table.html", about)


@require_POST
@signed_in
def take_along(request: MemberRequest) -> FileResponse:
    """All of it in one file."""
    name = f"pesue-{localdate().isoformat()}.zip"
    return FileResponse(export.pack(request.user), as_attachment=True, filename=name)


@signed_in
def erase(request: MemberRequest) -> HttpResponse:
    """What would go and what would stay; then, when one is sure, done at once."""
    posted = request.POST if request.method == "POST" else None
    form = EraseForm(request.user, posted)
    if form.is_valid():
        try:
            with client(seconds=2 * erasing.LONGEST) as http:
                posts = form.cleaned_data["posts"]
                erasing.erase(request.user, posts=posts, now=now(), http=http)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            logout(request)
            return render(request, "privacy/erased.html")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    about = {"form": form, "held": queries.holdings()}
    return render(request, "privacy/erase.html", about, status=status)


@require_GET
@needs(Role.PRIVACY)
def looks(request: MemberRequest) -> HttpResponse:
    """For the privacy officer: who looked at whose data, in their teams."""
    seen = queries.all_looks(teams_of(request.user, Role.PRIVACY))
    page = Paginator(seen, 50).get_page(request.GET.get("page"))
    return render(request, "privacy/looks.html", {"page": page})

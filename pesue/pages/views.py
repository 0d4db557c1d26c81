"""Pages made of several rooms, and the shell around all of them."""

from http import HTTPStatus

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
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from pesue.content.queries.stories import told_to_all
from pesue.encouragement.actions import offers
from pesue.pages import actions, handbook, palette
from pesue.people.access import MemberRequest, signed_in
from pesue.people.models import Organisation

SHELL = [
    "pesue/pesue.css",
    "pesue/pesue.js",
    "pesue/course.js",
    "pesue/icons.svg",
    "pesue/icons/mark.svg",
    "pesue/icons/icon-192.png",
    "django_htmx/htmx-4.min.js",
]


@require_GET
def home(request: HttpRequest) -> HttpResponseBase:
    """The first page: Today for members, a way in for others."""
    if request.user.is_authenticated:
        return today(request)
    organisation = Organisation.the()
    if organisation is None:
        return redirect("welcome")
    if organisation.demo:
        return redirect("demo")
    return render(request, "pages/home.html", {"stories": told_to_all().exists()})


@require_GET
def demo(request: HttpRequest) -> HttpResponse:
    """Whom to be in the demo organisation; 404 in a real one."""
    organisation = Organisation.the()
    if organisation is None or not organisation.demo:
        raise Http404
    return render(request, "pages/demo.html")


@signed_in
def today(request: MemberRequest) -> HttpResponse:
    found = actions.open_today(request.user, now=now())
    return render(request, "pages/today.html", {"today": found})


@require_POST
@signed_in
def rest(request: MemberRequest) -> HttpResponse:
    """Nothing this week, or something after all."""
    if request.POST.get("back"):
        offers.come_back(request.user, now=now())
    else:
        offers.nothing(request.user, now=now())
        messages.success(request, _("Good. See you next week."))
    return redirect("today")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages; a member's own is remembered."""
    code = request.POST.get("language", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    if code not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        actions.speak(request.user, code)
    translation.activate(code)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=31_536_000,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


@require_GET
def manifest(request: HttpRequest) -> JsonResponse:
    """What a device needs to know to keep Pesue among its apps."""
    organisation = Organisation.the()
    name = organisation.name if organisation else "Pesue"
    icons = [("icon-192", 192, "any"), ("icon-512", 512, "any")]
    return JsonResponse(
        {
            "id": "/",
            "name": f"Pesue · {name}",
            "short_name": "Pesue",
            "lang": translation.get_language(),
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#fbf8f4",
            "theme_color": "#fbf8f4",
            "icons": [
                {
                    "src": static(f"pesue/icons/{file}.png"),
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                    "purpose": purpose,
                }
                for file, size, purpose in [*icons, ("maskable-512", 512, "maskable")]
            ],
            "share_target": {
                "action": "/suggest",
                "method": "GET",
                "params": {"title": "title", "text": "text", "url": "url"},
            },
        },
        content_type="application/manifest+json",
    )


@require_GET
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Keeps the shell and the lessons for moments without a network; never anyone's
    pages."""
    shell = [static(path) for path in SHELL] + [reverse("offline")]
    return render(
        request,
        "pages/service-worker.js",
        {"shell": shell, "static": settings.STATIC_URL},
        content_type="text/javascript",
    )


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/offline.html")


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@require_GET
@cache_control(public=True, max_age=31_536_000, immutable=True)
def accent(request: HttpRequest, colour: str) -> HttpResponse:
    """The style sheet of an accent, made readable on our grounds."""
    light, dark = palette.for_light(f"#{colour}"), palette.for_dark(f"#{colour}")
    return render(
        request,
        "pages/accent.css",
        {"light": light, "dark": dark},
        content_type="text/css",
    )


@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    found = [handbook.doc(name) for name in handbook.names()]
    return render(request, "pages/docs.html", {"docs": found})


@require_GET
def doc(request: HttpRequest, name: str) -> HttpResponse:
    found = handbook.doc(name)
    if found is None:
        raise Http404
    return render(request, "pages/doc.html", {"doc": found})


@require_GET
@cache_control(public=True, max_age=86_400)
def doc_picture(request: HttpRequest, name: str) -> HttpResponse:
    picture = handbook.picture(name)
    if picture is None:
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    return HttpResponse(picture.data, content_type=picture.mime)

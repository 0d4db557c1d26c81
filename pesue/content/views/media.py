import re

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from pesue.content.access import file_is_public
from pesue.content.keeping import place_of

NAME = re.compile(r"([0-9a-f]{64})(-480|-960)?\.(webp|mp4|webm)")
TYPES = {"webp": "image/webp", "mp4": "video/mp4", "webm": "video/webm"}
YEAR = 365 * 24 * 3600  # seconds


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture or video by the hash of its content, which never changes.

    Members see all; others what belongs to a story on the web.
    """
    known = NAME.fullmatch(name)
    if not known:
        raise Http404
    digest, _width, kind = known.groups()
    public = file_is_public(f"{digest}.{kind}")
    if not (public or request.user.is_authenticated):
        return redirect_to_login(request.get_full_path())
    try:
        file = place_of(settings.MEDIA_ROOT, name).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(file, content_type=TYPES[kind])
    whose = "public" if public else "private"
    answer["Cache-Control"] = f"{whose}, max-age={YEAR}, immutable"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer

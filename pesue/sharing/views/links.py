"""A share's link as a picture, for a poster or a slide."""

from django.http import Http404, HttpResponse

from pesue.people.access import MemberRequest, signed_in
from pesue.sharing.access import own_share
from pesue.sharing.clicks import qr
from pesue.sharing.models import Share
from pesue.sharing.queries.links import short_address


@signed_in
def qr_svg(request: MemberRequest, share_id: int) -> HttpResponse:
    return HttpResponse(
        qr.svg(_address(own_share(request.user, share_id))),
        content_type="image/svg+xml",
    )


@signed_in
def qr_png(request: MemberRequest, share_id: int) -> HttpResponse:
    """For a slide or a print; the browser offers to keep it."""
    share = own_share(request.user, share_id)
    answer = HttpResponse(qr.png(_address(share)), content_type="image/png")
    answer["Content-Disposition"] = (
        f'attachment; filename="pesue-{share.link.slug}.png"'
    )
    return answer


def _address(share: Share) -> str:
    if not hasattr(share, "link"):
        raise Http404
    return short_address(share.link)

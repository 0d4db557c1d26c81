"""A member's own page, and which of them are on the web."""

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from pesue.example.models import GivenSlug, OwnPage
from pesue.foundation.gone import Gone
from pesue.people.models import Member
from pesue.sharing.models import Share


def own_page(member: Member) -> OwnPage | None:
    """The member's page as they left it, shown or not; None before there is one."""
    return OwnPage.objects.filter(member=member).first()


def pages_on_the_web() -> QuerySet[OwnPage]:
    """Of those who want one and are here."""
    rows = OwnPage.objects.filter(shown=True, member__state=Member.State.ACTIVE)
    return rows.select_related("member")


def public_page(slug: str) -> OwnPage:
    """A page on the web. Raises Gone where one was; others get 404."""
    found = pages_on_the_web().filter(slug=slug).first()
    if found is None:
        get_object_or_404(GivenSlug, mac=GivenSlug.mac_of(slug))
        raise Gone
    return found


def posts_to_show(member: Member) -> QuerySet[Share]:
    """The member's own posts that everybody can open, the newest first."""
    shared = Share.objects.filter(member=member, state=Share.State.SHARED)
    seen = shared.filter(Q(url__startswith="https://") | Q(url__startswith="http://"))
    return seen.select_related("item").order_by("-shared_at", "-pk")

"""The only way from a request to an example."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from pesue.example.models import Showcase
from pesue.people.models import Member
from pesue.sharing.models import Share


def own_showcase(member: Member, showcase_id: int) -> Showcase:
    """What the member was asked about their own post; 404 for anyone else's."""
    rows = Showcase.objects.select_related("share__item", "asked_by")
    return get_object_or_404(rows, pk=showcase_id, author=member)


def own_share(member: Member, share_id: int) -> Share:
    """The member's own public post; 404 for anyone else's."""
    return get_object_or_404(
        Share, pk=share_id, member=member, state=Share.State.SHARED
    )


def shown() -> QuerySet[Showcase]:
    """Examples that colleagues may see: the author agreed, and the post stands."""
    return Showcase.objects.filter(
        state=Showcase.State.AGREED,
        share__state=Share.State.SHARED,
        author__state=Member.State.ACTIVE,
    ).select_related("author__team", "share__item__picture")


def shown_example(showcase_id: int) -> Showcase:
    """An example that colleagues may see; 404 otherwise."""
    return get_object_or_404(shown(), pk=showcase_id)

"""Which stories are to be told, and which posts are to be taken back."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from pesue.content.access import stories_on_the_web
from pesue.content.models import Story
from pesue.content.queries.stories import told_to_all
from pesue.doors.models import Actor, Post
from pesue.example.models import OwnPage

OPEN = Actor.State.OPEN


def live() -> "QuerySet[Post]":
    return Post.objects.filter(withdrawn_at=None)


def with_story(posts: "QuerySet[Post]") -> "QuerySet[Post]":
    """With all that a document says of each."""
    return posts.select_related(
        "actor__member__own_page",
        "note__actor",
        "story__author",
        "story__concept",
        "story__video",
    ).prefetch_related("story__pictures")


def to_tell() -> "QuerySet[Story]":
    """Stories that their author's own actor has not told yet, the oldest first."""
    mine = live().filter(actor__member=OuterRef("author"), story=OuterRef("pk"))
    return _with_actor().filter(~Exists(mine)).order_by("accepted_at", "pk")


def for_the_house(house: Actor) -> "QuerySet[Story]":
    """Stories that the house has not told: those of authors who tell none themselves,
    and those that their authors have told, to be echoed."""
    here = live().filter(story=OuterRef("pk"))
    own = _with_actor().filter(pk=OuterRef("pk"))
    return (
        told_to_all()
        .filter(~Exists(here.filter(actor=house)))
        .filter(Exists(here.filter(note=None)) | ~Exists(own))
        .order_by("accepted_at", "pk")
    )


def to_take_back() -> "QuerySet[Post]":
    """Posts of stories that are on the web no more, or no more on their author's page,
    and echoes of notes that are gone."""
    shown = stories_on_the_web().filter(pk=OuterRef("story"))
    left_out = OwnPage.left_out.through.objects.filter(
        story=OuterRef("story"), ownpage__member=OuterRef("actor__member")
    )
    return live().filter(
        ~Exists(shown) | Exists(left_out) | Q(note__withdrawn_at__isnull=False)
    )


def _with_actor() -> "QuerySet[Story]":
    """Stories whose authors can be followed, but those they left out."""
    author = Actor.objects.filter(member=OuterRef("author"), state=OPEN)
    left_out = OwnPage.left_out.through.objects.filter(
        story=OuterRef("pk"), ownpage__member=OuterRef("author")
    )
    return told_to_all().filter(Exists(author)).filter(~Exists(left_out))

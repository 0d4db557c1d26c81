"""What this room tells the rest of the world."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pesue.content.models import Item, Story, Video
from pesue.foundation.facts import Fact

FACTS = [
    Fact(
        "item.suggested",
        Item,
        at="added_at",
        by="suggested_by",
        what=_("A colleague suggested something to tell."),
        where=Q(suggested_by__isnull=False),
    ),
    Fact(
        "item.ready",
        Item,
        at="ready_at",
        by="",
        what=_("Something new to tell came into the library."),
    ),
    Fact(
        "story.accepted",
        Story,
        at="accepted_at",
        by="author",
        what=_("A colleague's own story came into the library."),
    ),
    Fact(
        "story.filmed",
        Video,
        at="story__accepted_at",
        by="story__author",
        what=_("A story that came into the library has a video."),
        where=Q(state=Video.State.READY),
    ),
]

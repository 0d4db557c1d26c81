"""What this room tells the rest of the world."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pesue.encouragement.queries.deeds import Told, declare
from pesue.encouragement.rungs import Deed
from pesue.example.models import (
    Inside,
    OwnPage,
    Pair,
    PairTask,
    Pictured,
    RoleModel,
    Showcase,
    Takeover,
)
from pesue.foundation.facts import Fact

# Each thing that two have done together: whoever showed how helped somebody begin.
declare(Told(Deed.HELPED, PairTask.objects.all, "pair__guide", "at"))

FACTS = [
    Fact(
        "example.agreed",
        Showcase,
        at="state_since",
        by="author",
        what=_("A post may be shown to colleagues as an example."),
        where=Q(state=Showcase.State.AGREED),
    ),
    Fact(
        "picture.agreed",
        Pictured,
        at="state_since",
        by="member",
        what=_("Somebody in a picture let it be shown to colleagues."),
        where=Q(state=Pictured.State.AGREED),
    ),
    Fact(
        "role_model.agreed",
        RoleModel,
        at="state_since",
        by="member",
        what=_("Somebody shows colleagues how."),
        where=Q(state=RoleModel.State.AGREED),
    ),
    Fact(
        "pair.done",
        Pair,
        at="state_since",
        by="guide",
        what=_("Two have been four weeks together: one showed how, one began."),
        where=Q(state=Pair.State.DONE),
    ),
    Fact(
        "own_page.shown",
        OwnPage,
        at="shown_since",
        by="member",
        what=_("Somebody has a page of their own on the web."),
        where=Q(shown=True),
    ),
    Fact(
        "inside.told",
        Inside,
        at="at",
        by="member",
        what=_("A leader told something inside the organisation."),
    ),
    Fact(
        "takeover.done",
        Takeover,
        at="state_since",
        by="member",
        what=_("Somebody told from a channel of the organisation's."),
        where=Q(state=Takeover.State.DONE),
    ),
    Fact(
        "takeover.told",
        Takeover,
        at="told_at",
        by="member",
        what=_("What was posted in a takeover is said."),
        where=Q(told_at__isnull=False),
    ),
]

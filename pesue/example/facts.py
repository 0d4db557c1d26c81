"""What this room tells the rest of the world."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pesue.example.models import Showcase
from pesue.foundation.facts import Fact

FACTS = [
    Fact(
        "example.agreed",
        Showcase,
        at="state_since",
        by="author",
        what=_("A post may be shown to colleagues as an example."),
        where=Q(state=Showcase.State.AGREED),
    ),
]

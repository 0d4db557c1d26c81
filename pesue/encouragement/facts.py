"""What this room tells the rest of the world."""

from django.utils.translation import gettext_lazy as _

from pesue.encouragement.models import Impact, Thanks
from pesue.foundation.facts import Fact

FACTS = [
    Fact("thanks.given", Thanks, at="at", by="giver", what=_("Thanks were given.")),
    Fact(
        "impact.told",
        Impact,
        at="at",
        by="member",
        what=_("A post brought people to read."),
    ),
]

"""What this room tells the rest of the world."""

from django.utils.translation import gettext_lazy as _

from pesue.foundation.facts import Fact
from pesue.guidance.models import Guideline

FACTS = [
    Fact(
        "guideline.changed",
        Guideline,
        at="changed_at",
        by="",
        what=_("A guideline was written or changed."),
    ),
]

"""What this room tells the rest of the world."""

from django.utils.translation import gettext_lazy as _

from pesue.foundation.facts import Fact
from pesue.surveys.models import Survey

FACTS = [
    Fact("survey.closed", Survey, at="closes", by="", what=_("A survey has closed.")),
]

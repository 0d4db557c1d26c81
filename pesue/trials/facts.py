"""What this room tells the rest of the world."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pesue.foundation.facts import Fact
from pesue.trials.models import Assignment, Exposure, OptOut, Trial

FACTS = [
    Fact("trial.began", Trial, at="began_at", by="", what=_("A trial has begun.")),
    Fact("trial.over", Trial, at="over_at", by="", what=_("A trial is over.")),
    Fact(
        "trial.drawn",
        Assignment,
        at="at",
        by="member",
        what=_("A lot was drawn for somebody in a trial."),
        where=Q(member__isnull=False),
    ),
    Fact(
        "trial.met",
        Exposure,
        at="first_at",
        by="member",
        what=_("Somebody met what is being tried."),
        where=Q(member__isnull=False),
    ),
    Fact(
        "trial.stayed_out",
        OptOut,
        at="at",
        by="member",
        what=_("Somebody stays out of trials."),
    ),
]

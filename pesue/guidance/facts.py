"""What this room tells the rest of the world."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pesue.foundation.facts import Fact
from pesue.guidance.models import Ask, Concept, Guideline, Lesson, QuietPeriod

FACTS = [
    Fact(
        "guideline.changed",
        Guideline,
        at="changed_at",
        by="",
        what=_("A guideline was written or changed."),
    ),
    Fact(
        "concept.began",
        Concept,
        at="starts",
        by="",
        what=_("Something to tell together began."),
    ),
    Fact(
        "concept.ended",
        Concept,
        at="ends",
        by="",
        what=_("Something to tell together ended; what came of it stands on its page."),
    ),
    Fact(
        "ask.asked",
        Ask,
        at="asked_at",
        by="asker",
        what=_("A colleague asked the owners of a topic."),
    ),
    Fact(
        "ask.answered",
        Ask,
        at="state_since",
        by="answered_by",
        what=_("A question about a topic was answered."),
        where=Q(state=Ask.State.ANSWERED),
    ),
    Fact(
        "quiet.began",
        QuietPeriod,
        at="starts",
        by="",
        what=_("A quiet period began."),
    ),
    Fact(
        "lesson.worded",
        Lesson,
        at="changed_at",
        by="by",
        what=_("A lesson was worded for colleagues."),
    ),
]

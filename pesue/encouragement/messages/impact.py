"""What we write to those whose words did something."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pesue.encouragement.levers import IMPACT_SUBJECT
from pesue.encouragement.models import Impact
from pesue.reach.actions.line import tell
from pesue.reach.kinds import Kind, declare
from pesue.trials.queries import arm

IMPACT = declare(Kind("impact", gettext_lazy("What my words did")))
WORTH_A_MAIL = 5  # people; fewer are told on Today only
NEWS = timedelta(days=7)  # after that it is news no more


def brought(impact: Impact, *, now: datetime) -> None:
    """Tell the author what their words did; once a day at most for each post."""
    author = impact.member
    if impact.people < WORTH_A_MAIL or not author.is_active:
        return
    with translation.override(author.language):
        did = ngettext(
            "Your words brought %(people)s person to read",
            "Your words brought %(people)s people to read",
            impact.people,
        ) % {"people": impact.people}
        free = _(
            "That many at least, by our estimate, came by your post about “%(title)s”. "
            "Nothing is asked of you."
        ) % {"title": impact.share.item.title}
        tried = arm(IMPACT_SUBJECT.key, author, now)
        words = tried.words("subject", author.language) if tried else ""
        tell(
            IMPACT,
            f"impact:{impact.share_id}:{localdate(now)}",
            to=author,
            subject=words.replace("{people}", str(impact.people)) or did,
            words=[free],
            page=reverse("share", args=[impact.share_id]),
            now=now,
            ends_at=now + NEWS,
        )

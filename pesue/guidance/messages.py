"""What we write to people in this room: a question, and its answer."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.guidance.models import Ask
from pesue.people.models import Member
from pesue.reach.actions.line import queue, tell
from pesue.reach.kinds import Kind, declare

ASKED = declare(Kind("asked", gettext_lazy("When a colleague asks me something")))
ANSWERED = declare(
    Kind("answered", gettext_lazy("Answers to what I asked"), asked_for=True)
)


def asked(ask: Ask, owner: Member, *, now: datetime) -> None:
    """Tell somebody who answers for the topic; once."""
    if not owner.is_active or owner.pk == ask.asker_id:
        return
    with translation.override(owner.language):
        told = _("%(name)s asks about %(topic)s:") % {
            "name": ask.asker.name,
            "topic": ask.topic.name,
        }
        address = f"{settings.ADDRESS}{reverse('ask', args=[ask.pk])}"
        quoted = _("“%(words)s”") % {"words": ask.words}
        one_tap = _("One tap answers it: %(address)s") % {"address": address}
        queue(
            ASKED,
            f"ask:{ask.pk}:{owner.pk}",
            to=owner,
            language=owner.language,
            subject=_("%(name)s has a question") % {"name": ask.asker.name},
            text="\n\n".join([told, quoted, one_tap]),
            now=now,
        )


def answered(ask: Ask, *, now: datetime) -> None:
    """Tell the asker what was said; once."""
    asker = ask.asker
    if not asker.is_active:
        return
    with translation.override(asker.language):
        verdict = str(ask.get_verdict_display())
        who = ask.answered_by.name if ask.answered_by else ""
        told = f"{who}: {verdict}." if who else f"{verdict}."
        tell(
            ANSWERED,
            f"answer:{ask.pk}",
            to=asker,
            subject=_("An answer on %(topic)s") % {"topic": ask.topic.name},
            words=[told, ask.answer],
            page=ask.back or reverse("asks"),
            now=now,
        )

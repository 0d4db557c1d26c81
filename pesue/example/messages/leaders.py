"""What we write to leaders, and to those who prepare for them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.content.models import Item
from pesue.example.models import Assistant, Handover, LeaderPlan
from pesue.reach.actions.line import tell
from pesue.reach.kinds import Kind, declare

LEADING = declare(Kind("leading", gettext_lazy("A few words, as often as I chose")))
PREPARING = declare(
    Kind("preparing", gettext_lazy("When a text is to be prepared, or is ready"))
)


def asked(
    plan: LeaderPlan,
    item: Item | None,
    questions: Sequence[str],
    *,
    day: date,
    now: datetime,
) -> None:
    """On a day that the leader chose: something to tell, three questions, one link.

    To be called in the leader's language.
    """
    if item is None:
        subject = _("Your few words, as you chose")
        words = [
            _(
                "There is nothing new on your topics. A comment or a thank-you to "
                "somebody here is worth as much."
            )
        ]
        page = reverse("leading")
    else:
        subject = _("Your few words: %(title)s") % {"title": item.title}
        words = [
            _(
                "Three questions, one at a time. Say the answers aloud: the "
                "microphone on your phone's keyboard writes them down."
            ),
            "\n".join(f"- {question}" for question in questions),
            _("Nothing goes out before you press Publish."),
        ]
        page = reverse("compose-questions", args=[item.pk])
    tell(
        LEADING,
        f"leading:{plan.pk}:{day}",
        to=plan.member,
        subject=subject,
        words=words,
        page=page,
        now=now,
        ends_at=now + timedelta(days=3),
    )


def named(named: Assistant, *, now: datetime) -> None:
    """Tell somebody that they may prepare texts for a leader; once."""
    person = named.assistant
    if person is None or not person.is_active:
        return
    with translation.override(person.language):
        tell(
            PREPARING,
            f"assistant:{named.pk}",
            to=person,
            subject=_("%(name)s would like you to prepare texts")
            % {"name": named.leader.name},
            words=[
                _(
                    "You see only the drafts that they hand to you, one by one. You "
                    "write; they read, change, and alone publish. Either of you can "
                    "end it at any time."
                )
            ],
            page=reverse("preparing"),
            now=now,
        )


def handed(handed: Handover, *, now: datetime) -> None:
    """Tell the assistant that a draft waits."""
    person = handed.assistant
    if person is None or not person.is_active:
        return
    with translation.override(person.language):
        tell(
            PREPARING,
            f"handed:{handed.pk}:{now.isoformat()}",
            to=person,
            subject=_("%(name)s handed you a draft") % {"name": handed.leader.name},
            words=[_("Their own words are in it. Make a text of them.")],
            page=reverse("prepare", args=[handed.pk]),
            now=now,
        )


def prepared(handed: Handover, *, now: datetime) -> None:
    """Tell the leader that a text is ready to be read."""
    leader, person = handed.leader, handed.assistant
    if person is None or not leader.is_active:
        return
    with translation.override(leader.language):
        tell(
            PREPARING,
            f"prepared:{handed.pk}:{now.isoformat()}",
            to=leader,
            subject=_("%(name)s has prepared a text for you") % {"name": person.name},
            words=[
                _(
                    "You see what was changed. Nothing goes out before you press "
                    "Publish."
                )
            ],
            page=reverse("handover", args=[handed.pk]),
            now=now,
        )

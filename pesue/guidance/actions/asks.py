"""Asking the owners of a topic, and their answer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pesue.guidance import messages
from pesue.guidance.models import Ask, Known, Topic
from pesue.guidance.queries.asks import who_answers
from pesue.people.models import Member

State, Verdict = Ask.State, Ask.Verdict
MOST_OPEN = 5  # questions of one person that wait


class NotDone(Exception):
    """It cannot be asked or answered so. The text says what to do."""


def ask(
    asker: Member,
    topic: Topic,
    words: str,
    *,
    draft: str = "",
    back: str = "",
    now: datetime,
) -> Ask:
    """Ask who answers for a topic. The same question waits once. Raises NotDone."""
    if topic.owners.filter(pk=asker.pk).exists():
        raise NotDone(_("You answer for this topic yourself: trust your own word."))
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=asker.pk)  # two presses are one
        waiting = Ask.objects.filter(asker=asker, state=State.OPEN)
        known = waiting.filter(topic=topic, words=words, draft=draft).first()
        if known:
            return known
        if waiting.count() >= MOST_OPEN:
            raise NotDone(_too_many())
        made = Ask.objects.create(
            asker=asker,
            topic=topic,
            words=words,
            draft=draft,
            back=back,
            asked_at=now,
            state=State.OPEN,
            state_since=now,
        )
        for owner in who_answers(topic, asker=asker):
            messages.asked(made, owner, now=now)
    return made


def answer(
    ask: Ask,
    *,
    by: Member,
    verdict: str,
    words: str,
    known_as: str = "",
    now: datetime,
) -> None:
    """Answer, once; with `known_as` it stands on the topic's page, asked like that.

    Raises NotDone, LostRace, ForbiddenMove.
    """
    if verdict not in Verdict.values:
        raise NotDone(_("Choose one of the three answers."))
    if verdict != Verdict.GO and not words:
        raise NotDone(_("Say in a few words what to change, or why not now."))
    with transaction.atomic():
        ask.move(State.ANSWERED, now=now, answered_by=by, verdict=verdict, answer=words)
        if known_as:
            Known.objects.create(
                topic=ask.topic,
                question=known_as,
                verdict=verdict,
                answer=words,
                at=now,
            )
        messages.answered(ask, now=now)


def take_back(ask: Ask, *, now: datetime) -> None:
    """The question is settled otherwise. Raises LostRace, ForbiddenMove."""
    ask.move(State.WITHDRAWN, now=now, draft="")


def hide(known: Known) -> None:
    """Off the topic's page again."""
    known.delete()


def _too_many() -> str:
    return ngettext(
        "%(most)d of your questions waits already. Take it back, or wait a little.",
        "%(most)d of your questions wait already. Take one back, or wait a little.",
        MOST_OPEN,
    ) % {"most": MOST_OPEN}

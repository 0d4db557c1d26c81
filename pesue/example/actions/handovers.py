"""A draft on its way to an assistant and back. The assistant never touches it."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pesue.example.actions.leaders import NotDone
from pesue.example.messages import leaders as messages
from pesue.example.models import Assistant, Handover
from pesue.sharing.actions import writing
from pesue.sharing.actions.settling import NotDone as NotSaved
from pesue.sharing.composing import words_of
from pesue.sharing.models import Share

State = Handover.State


def hand(
    share: Share, named: Assistant, *, note: str, voices: bool, now: datetime
) -> Handover:
    """Show a draft of the leader's, as it is now, to their assistant. Raises NotDone,
    LostRace."""
    said = words_of(share.text, share.disclosure)
    if share.state != Share.State.DRAFT:
        raise NotDone(_("It is no draft any more."))
    if not said.strip() and not (voices and share.voices.exists()):
        raise NotDone(_("Say something first: a word, an answer, or a voice note."))
    fields = {
        "leader": named.leader,
        "assistant": named.assistant,
        "said": said,
        "note": note,
        "voices": voices,
        "asked_at": now,
        "text": "",
    }
    with transaction.atomic():
        handed, new = Handover.objects.get_or_create(
            share=share,
            defaults={**fields, "state": State.ASKED, "state_since": now},
        )
        if not new:
            if handed.state == State.ASKED:
                raise NotDone(_("It is being prepared already. Take it back first."))
            handed.move(State.ASKED, now=now, **fields)
        messages.handed(handed, now=now)
    return handed


def keep(handed: Handover, text: str) -> None:
    """What the assistant has so far; the leader does not see it yet."""
    Handover.objects.filter(pk=handed.pk, state=State.ASKED).update(text=text)


def prepare(handed: Handover, text: str, *, now: datetime) -> None:
    """Give it to the leader, who is told. Raises NotDone, ForbiddenMove, LostRace."""
    if not text.strip():
        raise NotDone(_("Write a few words first; one sentence is enough."))
    with transaction.atomic():
        handed.move(State.PREPARED, now=now, text=text.strip())
        messages.prepared(handed, now=now)


def take(handed: Handover, *, read: str, now: datetime) -> Share:
    """Put what was prepared into the leader's draft, in place of what stands there;
    that is kept beside. `read` says which text it was that the leader has read.

    Nothing goes out by it. Raises NotDone, ForbiddenMove, LostRace.
    """
    if read != edition(handed):
        raise NotDone(_("It has changed meanwhile. Read it once more."))
    share = Share.objects.select_related("item", "member", "picture", "account").get(
        pk=handed.share_id
    )
    stood = words_of(share.text, share.disclosure)
    written = replace(writing.kept(share), words=handed.text, draft=share.pk)
    try:
        with transaction.atomic():
            handed.move(State.TAKEN, now=now, said=stood)
            return writing.write(
                handed.leader, share.item, written, now=now, anew=False
            )
    except writing.Left as left:
        raise NotDone(_("It is no draft any more.")) from left
    except NotSaved as refusal:
        raise NotDone(str(refusal)) from refusal


def take_back(handed: Handover, *, now: datetime) -> None:
    """The leader wants it no more; the assistant sees it no more. Raises LostRace."""
    if State.ENDED in Handover.MOVES[handed.state]:
        handed.move(State.ENDED, now=now, text="")


def edition(handed: Handover) -> str:
    """Which text it is: another one has another time."""
    return handed.state_since.isoformat()

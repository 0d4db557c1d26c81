"""What can be done with role models and pairs. Each side decides for itself alone."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pesue.example.messages import pairs as messages
from pesue.example.models import Pair, PairTask, RoleModel
from pesue.example.pairing import KEYS, MOST_GUIDED, WEEKS
from pesue.guidance.models import Topic
from pesue.people.models import Member

State = RoleModel.State


class NotNow(Exception):
    """The message says why, and what to do instead."""


def propose(
    member: Member, form: str, by: Member, *, now: datetime, learned: str
) -> None:
    """Tell a colleague that one learned from them; ask whether others may find them.

    Silent where they were asked before, or are `by`: nobody learns who said no.
    """
    if member == by or not member.is_active:
        return
    with transaction.atomic():
        asked, new = RoleModel.objects.get_or_create(
            member=member,
            form=form,
            defaults={
                "learned": learned,
                "asked_by": by,
                "state": State.ASKED,
                "state_since": now,
            },
        )
        if new:
            messages.could_show(asked, now=now)


def offer(
    member: Member, form: str, *, now: datetime, learned: str, topic: Topic | None
) -> None:
    """One's own offer to show how. Raises LostRace."""
    with transaction.atomic():
        mine, new = RoleModel.objects.get_or_create(
            member=member,
            form=form,
            defaults={"state": State.AGREED, "state_since": now},
        )
        RoleModel.objects.filter(pk=mine.pk).update(learned=learned, topic=topic)
        if not new and mine.state != State.AGREED:
            mine.move(State.AGREED, now=now)


def answer(asked: RoleModel, *, agrees: bool, now: datetime) -> None:
    """Yes, no, or no more. Raises LostRace; what stands already is no error."""
    if agrees:
        to = State.AGREED
    else:
        to = State.DECLINED if asked.state == State.ASKED else State.ENDED
    if to in RoleModel.MOVES[asked.state]:
        asked.move(to, now=now)


def ask(beginner: Member, guide: Member, *, now: datetime) -> Pair:
    """Ask a role model for four weeks together. Raises NotNow."""
    if beginner == guide:
        raise NotNow(_("Choose somebody else: one cannot guide oneself."))
    with transaction.atomic():
        if not _has_room(guide):
            raise NotNow(_("They have enough to do now. Choose somebody else."))
        try:
            with transaction.atomic():
                pair = Pair.objects.create(
                    beginner=beginner,
                    guide=guide,
                    asked_at=now,
                    state=Pair.State.ASKED,
                    state_since=now,
                )
        except IntegrityError as error:
            raise NotNow(_("You have begun with somebody already.")) from error
        messages.asked(pair, now=now)
    return pair


def accept(pair: Pair, *, now: datetime) -> None:
    """The role model's yes: four weeks from today. Raises NotNow, LostRace."""
    if pair.guide is None:
        raise NotNow(_("This has ended."))
    with transaction.atomic():
        if not _has_room(pair.guide, but=pair):
            raise NotNow(_("You guide two already. End one of them first."))
        ends = localdate(now) + timedelta(weeks=WEEKS)
        pair.move(Pair.State.GOING, now=now, ends=ends)
        messages.began(pair, now=now)


def end(pair: Pair, *, now: datetime) -> None:
    """By either, at any time. Nobody is told by whom, or why. Raises LostRace."""
    if pair.is_open:
        pair.move(Pair.State.ENDED, now=now)


def tick(pair: Pair, key: str, *, done: bool, now: datetime) -> None:
    """The two have done a task, or have not after all."""
    if key not in KEYS or pair.state != Pair.State.GOING:
        raise NotNow(_("This has ended."))
    if done:
        PairTask.objects.get_or_create(pair=pair, key=key, defaults={"at": now})
    else:
        PairTask.objects.filter(pair=pair, key=key).delete()


def _has_room(guide: Member, *, but: Pair | None = None) -> bool:
    """Whether a role model, who must still want to be one, can take one more.

    Holds the guide's row until the transaction ends: of two who ask at once for the
    last place, one waits.
    """
    Member.objects.select_for_update().get(pk=guide.pk)
    here = RoleModel.objects.filter(
        member=guide, state=State.AGREED, member__state=Member.State.ACTIVE
    )
    going = Pair.objects.filter(guide=guide, state__in=("asked", "going"))
    if but is not None:
        going = going.exclude(pk=but.pk)
    return here.exists() and going.count() < MOST_GUIDED

"""What can be done with takeovers. Nobody takes over who has not said yes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.content.actions.stories import begin_story
from pesue.content.models import Story
from pesue.example.messages import takeovers as messages
from pesue.example.models import Takeover, TakeoverDay, TakeoverPost
from pesue.example.models.takeovers import MOST_DAYS
from pesue.example.queries import takeovers as queries
from pesue.guidance.models import Concept
from pesue.people.models import Member

State = Takeover.State
TITLE = gettext_lazy("Takeover: %(account)s, %(day)s")


class NotNow(Exception):
    """The message says why, and what to do instead."""


@dataclass(frozen=True)
class Plan:
    """When and where; `way` and `keeper` may wait until a lead says yes."""

    channel: str
    account: str
    starts: date
    ends: date
    says: str
    leaves: str = ""
    way: str = ""
    keeper: Member | None = None
    helped: str = ""
    concept: Concept | None = None


def offer(member: Member, plan: Plan, *, by: Member, now: datetime) -> Takeover:
    """A lead's offer; its days are kept until the member answers. Raises NotNow."""
    with transaction.atomic():
        made = _made(member, plan, State.OFFERED, lead=by, now=now)
        _take_days(made)
        messages.offered(made, now=now)
    return made


def ask(member: Member, plan: Plan, *, now: datetime) -> Takeover:
    """A member's wish; it keeps no day from others. Raises NotNow."""
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)  # two presses are one
        if Takeover.objects.filter(member=member, state=State.ASKED).exists():
            raise NotNow(_("You have asked for one already. Wait, or take it back."))
        made = _made(member, plan, State.ASKED, lead=None, now=now)
        messages.asked(made, now=now)
    return made


def accept(takeover: Takeover, *, now: datetime) -> None:
    """The member's yes to an offer. Raises NotNow, ForbiddenMove, LostRace."""
    _need_here(takeover)
    with transaction.atomic():
        takeover.move(State.AGREED, now=now)
        messages.agreed(takeover, now=now)


def grant(
    takeover: Takeover,
    *,
    by: Member,
    way: str,
    keeper: Member,
    helped: str,
    now: datetime,
) -> None:
    """A lead's yes to a wish: how, and who helps.

    Raises NotNow, ForbiddenMove, LostRace.
    """
    _need_here(takeover)
    said = {"lead": by, "way": way, "keeper": keeper, "helped": helped}
    with transaction.atomic():
        takeover.move(State.AGREED, now=now, **said)
        _take_days(takeover)
        messages.agreed(takeover, now=now)


def decline(takeover: Takeover, *, now: datetime) -> None:
    """No, by either, or the wish taken back; no mail.

    Raises ForbiddenMove, LostRace.
    """
    with transaction.atomic():
        takeover.move(State.DECLINED, now=now)
        takeover.taken.all().delete()


def end(takeover: Takeover, *, now: datetime) -> None:
    """Ended early, by either, without a reason; no mail. The days are free again from
    tomorrow. Raises ForbiddenMove, LostRace."""
    with transaction.atomic():
        takeover.move(State.ENDED, now=now)
        takeover.taken.filter(day__gt=localdate(now)).delete()


def film_for(takeover: Takeover, *, now: datetime) -> Story:
    """The draft in which the member films for it, begun once. Raises NotNow."""
    member = takeover.member
    if takeover.state != State.AGREED or member is None:
        raise NotNow(_("It is not on any more."))
    with transaction.atomic():
        held = Takeover.objects.select_for_update().get(pk=takeover.pk)
        if held.story is None:
            day = f"{takeover.starts.day}.{takeover.starts.month}."
            title = str(TITLE) % {"account": takeover.account, "day": day}
            held.story = begin_story(
                member, title=title[:200], concept=held.concept, now=now
            )
            held.save(update_fields=["story"])
        return held.story


def note_told(takeover: Takeover, urls: Iterable[str], *, now: datetime) -> None:
    """It was told, and what can be said of where. Said again it changes where alone.

    Raises NotNow.
    """
    with transaction.atomic():
        held = Takeover.objects.select_for_update().get(pk=takeover.pk)
        if held.member is None or not queries.has_begun(held, today=localdate(now)):
            raise NotNow(_("It can be noted from its first day on."))
        if held.told_at is None:
            Takeover.objects.filter(pk=held.pk).update(told_at=now)
        wanted = list(dict.fromkeys(urls))
        held.posts.exclude(url__in=wanted).delete()
        rows = (
            TakeoverPost(takeover=held, member=held.member, url=url) for url in wanted
        )
        TakeoverPost.objects.bulk_create(rows, ignore_conflicts=True)


def not_told(takeover: Takeover) -> None:
    """It was not told after all; nobody asks why."""
    with transaction.atomic():
        Takeover.objects.filter(pk=takeover.pk).update(told_at=None)
        TakeoverPost.objects.filter(takeover=takeover.pk).delete()


def _made(
    member: Member, plan: Plan, state: str, *, lead: Member | None, now: datetime
) -> Takeover:
    if plan.starts < localdate(now):
        raise NotNow(_("Choose a day that is still to come."))
    if not plan.starts <= plan.ends or (plan.ends - plan.starts).days >= MOST_DAYS:
        raise NotNow(_("Choose a last day within two weeks from the first."))
    return Takeover.objects.create(
        member=member, lead=lead, state=state, state_since=now, **vars(plan)
    )


def _take_days(takeover: Takeover) -> None:
    """Give the days away. Raises NotNow where one is given already."""
    where = {
        "takeover": takeover,
        "channel": takeover.channel,
        "account": takeover.account.strip().lstrip("@").casefold(),
    }
    try:
        with transaction.atomic():
            TakeoverDay.objects.bulk_create(
                TakeoverDay(day=day, **where) for day in takeover.days
            )
    except IntegrityError as error:
        raise NotNow(
            _("Somebody else has this channel on one of these days. Choose others.")
        ) from error


def _need_here(takeover: Takeover) -> None:
    if takeover.member is None or not takeover.member.is_active:
        raise NotNow(_("They are not here any more."))

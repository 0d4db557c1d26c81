"""What the worker does in this room. Each step may be run again at any time."""

from collections import defaultdict
from contextlib import suppress
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Q
from django.utils import translation
from django.utils.timezone import localdate

from pesue.content.queries.library import questions_for
from pesue.example import rhythm
from pesue.example.access.leaders import leading
from pesue.example.actions.inside import doubt
from pesue.example.actions.leaders import end as end_assistance
from pesue.example.messages import leaders as messages
from pesue.example.messages.takeovers import over as ask_what_was_posted
from pesue.example.models import (
    Assistant,
    Echo,
    Followed,
    Handover,
    InsidePost,
    LeaderPlan,
    Pair,
    Seen,
    Takeover,
    TakeoverDay,
)
from pesue.example.queries.leaders import to_tell
from pesue.foundation.counts import K
from pesue.foundation.days import following, midnight
from pesue.foundation.moves import LostRace
from pesue.people.models import Member
from pesue.sharing.models import Share
from pesue.sharing.statistics import POSTED

TWO_WEEKS = timedelta(days=14)
KEPT = timedelta(days=30)  # a handed draft's texts, however the draft stands
SENT_FOR = timedelta(minutes=5)  # far longer than one request may take
ASKED_AFTER = timedelta(days=7)  # not of what is past for longer
OUT = (Share.State.SHARED, Share.State.WITHDRAWN, Share.State.DELETED)
BATCH = 5000


def count_followed(now: datetime) -> int:
    """Of each month that is over, and two weeks more: how many told after an example.

    Then who saw what is deleted: only the numbers stay, of five people or more.
    Returns how many rows of who saw what it counted.
    """
    oldest = Seen.objects.aggregate(day=Min("day"))["day"]
    looked = 0
    while oldest and following(oldest) + TWO_WEEKS < localdate(now):
        month = oldest.replace(day=1)
        looked += _count(month, following(month))
        oldest = Seen.objects.aggregate(day=Min("day"))["day"]
    return looked


def end_pairs(now: datetime) -> int:
    """Pairs whose four weeks are over are done; without one of the two it has ended.

    Returns how many.
    """
    going, active = Pair.State.GOING, Member.State.ACTIVE
    here = Q(beginner__state=active) & Q(guide__state=active)
    lone = Pair.objects.filter(~here, state__in=(Pair.State.ASKED, going))
    over = Pair.objects.filter(here, state=going, ends__lt=localdate(now))
    number = 0
    for pairs, to in ((lone, Pair.State.ENDED), (over, Pair.State.DONE)):
        for pair in pairs.iterator(BATCH):
            with suppress(LostRace):
                pair.move(to, now=now)
                number += 1
    return number


def end_assistants(now: datetime) -> int:
    """Nobody prepares past the day that was said, for one who leads no more, or once
    either has left. What an assistant may see ends then by itself; this notes it.

    Returns how many.
    """
    going = Assistant.objects.filter(state=Assistant.State.GOING)
    lead = Exists(leading().filter(pk=OuterRef("leader")))
    here = Q(assistant__state=Member.State.ACTIVE) & lead
    over = going.filter(Q(until__lt=localdate(now)) | ~here)
    number = 0
    for named in over[:BATCH]:
        with suppress(LostRace):
            end_assistance(named, now=now)
            number += 1
    return number


def doubt_inside(now: datetime) -> int:
    """What was on its way into a channel for long may be there or not: its leader is
    asked on their page, and nothing is sent again. Returns how many."""
    sending = InsidePost.objects.filter(state=InsidePost.State.SENDING)
    number = 0
    for post in sending.filter(state_since__lt=now - SENT_FOR)[:BATCH]:
        with suppress(LostRace):
            doubt(post, now=now)
            number += 1
    return number


def forget_handovers(now: datetime) -> int:
    """Delete what was handed over once the draft is out or thrown away, and what is
    old. Returns how many."""
    over = Q(share__state__in=OUT) | Q(asked_at__lt=now - KEPT)
    old = Handover.objects.filter(over).order_by("pk").values_list("pk", flat=True)
    return Handover.objects.filter(pk__in=list(old[:BATCH])).delete()[0]


def write_to_leaders(now: datetime) -> int:
    """Write to leaders on the days they chose. A day that went by more than two days
    ago, while the worker was away, is let go. Returns how many plans it looked at."""
    today = localdate(now)
    due = LeaderPlan.objects.filter(next_on__lte=today).select_related("member__team")
    plans = list(due.order_by("pk")[:BATCH])
    for plan in plans:
        with transaction.atomic():
            _write_to(plan, today, now=now)
    return len(plans)


def _write_to(plan: LeaderPlan, today: date, *, now: datetime) -> None:
    member, day = plan.member, plan.next_on
    assert day is not None  # by the rows that are asked for
    wanted = today - day <= rhythm.LATEST and member.is_active
    if wanted and leading().filter(pk=member.pk).exists():
        item = to_tell(member, now=now)
        asked = questions_for(item, member.language)[:3] if item else []
        with translation.override(member.language):
            messages.asked(plan, item, asked, day=day, now=now)
    later = rhythm.following(plan.every, plan.weekday, day, today)
    LeaderPlan.objects.filter(pk=plan.pk, next_on=day).update(next_on=later)


def end_takeovers(now: datetime) -> int:
    """What is past is over; what nobody answered in time, or whose teller has left, did
    not come about: nobody is written to. Who has told is asked once what was posted.

    Returns how many.
    """
    state, today = Takeover.State, localdate(now)
    gone = ~Q(member__state=Member.State.ACTIVE)
    waits = Q(state__in=(state.OFFERED, state.ASKED))
    over = (
        (Takeover.objects.filter(waits & (gone | Q(starts__lt=today))), state.DECLINED),
        (Takeover.objects.filter(gone, state=state.AGREED), state.ENDED),
        (Takeover.objects.filter(state=state.AGREED, ends__lt=today), state.DONE),
    )
    number = 0
    for takeovers, to in over:
        for takeover in takeovers.iterator(BATCH):
            with suppress(LostRace), transaction.atomic():
                takeover.move(to, now=now)
                days = TakeoverDay.objects.filter(takeover=takeover)
                days.filter(day__gte=today).delete()
                if to == state.DONE and _to_ask(takeover, today):
                    ask_what_was_posted(takeover, now=now)
                number += 1
    return number


def _to_ask(takeover: Takeover, today: date) -> bool:
    return takeover.told_at is None and today - takeover.ends <= ASKED_AFTER


@transaction.atomic
def _count(month: date, end: date) -> int:
    rows = Seen.objects.filter(day__lt=end)
    first: dict[tuple[str, int], date] = {}
    seen = rows.order_by("day").values_list("tie", "member", "day")
    for tie, member, day in seen.iterator(BATCH):
        first.setdefault((tie, member), day)
    told = _told(month, end)
    ties: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for (tie, member), day in first.items():
        posts = told.get(member, [])
        after = [at for at, _ in posts if day <= at < day + TWO_WEEKS]
        began = any(at in after for at, is_first in posts if is_first)
        for n, counts in enumerate((True, bool(after), began)):
            ties[tie][n] += counts
    for tie, (saw, after_it, for_the_first) in ties.items():
        counts_of = {"saw": saw, "told": after_it, "began": for_the_first}
        Followed.objects.update_or_create(month=month, tie=tie, defaults=counts_of)
    _echo(month, end, told)
    deleted, _ = rows.delete()
    return deleted


def _echo(month: date, end: date, told: dict[int, list[tuple[date, bool]]]) -> None:
    """What followed each leader's examples, where enough people saw them."""
    first: dict[int, dict[int, date]] = defaultdict(dict)
    seen = Seen.objects.filter(day__lt=end, showcase__author__in=leading().values("pk"))
    rows = seen.order_by("day").values_list("showcase__author", "member", "day")
    for author, member, day in rows.iterator(BATCH):
        first[author].setdefault(member, day)
    for author, days in first.items():
        if len(days) < K:
            continue
        after = sum(
            any(day <= at < day + TWO_WEEKS for at, _ in told.get(member, []))
            for member, day in days.items()
        )
        is_told = min(after, len(days) - after) >= K
        Echo.objects.update_or_create(
            member_id=author,
            month=month,
            defaults={"saw": len(days), "told": after if is_told else None},
        )


def _told(month: date, end: date) -> dict[int, list[tuple[date, bool]]]:
    """The days on which each member told something, and whether it was their first."""
    posts = Share.objects.filter(state__in=POSTED, shared_at__isnull=False)
    firsts = dict(posts.order_by().values_list("member").annotate(Min("shared_at")))
    found: dict[int, list[tuple[date, bool]]] = defaultdict(list)
    rows = posts.filter(
        shared_at__gte=midnight(month), shared_at__lt=midnight(end + TWO_WEEKS)
    )
    for member, at in rows.values_list("member", "shared_at").iterator(BATCH):
        found[member].append((localdate(at), at == firsts[member]))
    return found

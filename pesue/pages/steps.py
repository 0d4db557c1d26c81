"""What the worker does with several rooms. Each step may be run again at any time."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.timezone import localdate

from pesue.encouragement.actions import offers
from pesue.encouragement.queries.offers import week_of
from pesue.example.queries import posts
from pesue.foundation.days import midnight
from pesue.foundation.models import Run
from pesue.guidance.check.quiet import touching
from pesue.guidance.models import QuietPeriod
from pesue.guidance.queries.quiet import as_check, concerns, periods
from pesue.pages import messages
from pesue.reach.models import Message
from pesue.sharing.models import Share

DAY = timedelta(days=1)


def offer_steps(now: datetime) -> int:
    """Offer each member their step of the week, once it has begun; how many got one.

    A run that did not finish is done again: nobody is offered two. Who comes into the
    house in the middle of a week is offered one when they open Today.
    """
    done = Run.last_finished(offer_steps, now=now)
    if done and week_of(done) == week_of(now):
        return 0
    offers.forget(now=now)
    return offers.offer_to_all(posts(today=localdate(now)), now=now)


def tell_quiet(now: datetime) -> int:
    """Tell those whose scheduled posts a quiet period would stop, once for each end.

    A period that is made, moved or lengthened is read anew; nothing is done to the
    posts. Returns how many it found.
    """
    locks = periods().filter(effect=QuietPeriod.Effect.LOCK, ends__gte=localdate(now))
    found = [
        (f"quiet:{period.pk}:{period.ends}:{share.pk}", share, period)
        for period in locks
        for share in _touched(period)
    ]
    keys = [once for once, _share, _period in found]
    told = set(Message.objects.filter(once__in=keys).values_list("once", flat=True))
    for once, share, period in found:
        if once not in told:
            messages.stopped(share, as_check(period), once, now=now)
    return len(found)


def _touched(period: QuietPeriod) -> Iterator[Share]:
    """Scheduled posts that would go out in its days, by those it concerns."""
    quiet = as_check(period)
    for share in _scheduled(period):
        item = share.item
        topics = {topic.pk for topic in item.topics.all()}
        touched = touching(
            [quiet], topics=topics, finance=item.finance, words="", language="en"
        )
        if touched and concerns(period, share.member):
            yield share


def _scheduled(period: QuietPeriod) -> QuerySet[Share]:
    first, after = midnight(period.starts), midnight(period.ends + DAY)
    waiting = Share.objects.filter(
        state=Share.State.SCHEDULED, send_at__gte=first, send_at__lt=after
    )
    return waiting.select_related("member__team", "item").prefetch_related(
        "item__topics"
    )

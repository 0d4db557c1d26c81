"""A card a month for those whose words were read."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby, islice

from django.db import transaction
from django.db.models import Sum
from django.utils.timezone import localdate

from pesue.encouragement.messages import cards as messages
from pesue.encouragement.models import Card, Letter
from pesue.encouragement.months import ready
from pesue.foundation.days import following
from pesue.foundation.models import Run
from pesue.people.models import Member
from pesue.sharing.models import LinkDay, Share

FEWEST = 5  # people; fewer are told on the page only
BATCH = 500


def make_cards(now: datetime) -> int:
    """The cards of months that are over, once each; returns how many it looked at.

    A worker that was away makes those of the months between, too.
    """
    last = Run.last_finished(make_cards, now=now)
    months = ready(localdate(last) if last else None, localdate(now))
    return sum(_of_month(month, now) for month in months)


def forget_letters(now: datetime) -> int:
    """Let go of letters whose time is over."""
    return Letter.objects.filter(ends_on__lt=localdate(now)).delete()[0]


def _of_month(month: date, now: datetime) -> int:
    looked = 0
    cards = _drafts(month, now)
    while batch := list(islice(cards, BATCH)):
        _keep(batch, now)
        looked += len(batch)
    return looked


def _keep(cards: list[Card], now: datetime) -> None:
    """None is stored of which the mail would be lost."""
    with transaction.atomic():
        Card.objects.bulk_create(cards, ignore_conflicts=True)
        ids = [card.member_id for card in cards]
        kept = Card.objects.filter(month=cards[0].month, member__in=ids)
        for card in kept.select_related("member", "item"):
            messages.made(card, now=now)


def _drafts(month: date, now: datetime) -> Iterator[Card]:
    """One for each member who is here and was read by FEWEST people or more."""
    days = LinkDay.objects.filter(
        day__gte=month,
        day__lt=following(month),
        people__gt=0,
        link__share__state=Share.State.SHARED,
        link__share__member__state=Member.State.ACTIVE,
    )
    whose, what = "link__share__member_id", "link__share__item_id"
    sums = days.values_list(whose, what).annotate(read=Sum("people"))
    rows = sums.order_by(whose, "-read", what).iterator(BATCH)
    for member, of_member in groupby(rows, key=lambda row: row[0]):
        items = list(of_member)
        people = sum(read for _member, _item, read in items)
        if people >= FEWEST:
            _member, item, most = items[0]
            yield Card(
                member_id=member,
                month=month,
                people=people,
                item_id=item,
                of_item=most,
                at=now,
            )

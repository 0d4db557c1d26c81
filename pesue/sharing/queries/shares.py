"""One's own shares, and what a composer needs to know of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Count, Q

from pesue.content.models import Item
from pesue.people.models import Member
from pesue.sharing.models import Share
from pesue.sharing.queries.links import people

State = Share.State
PAGE = 20
MOST_OPEN = 50  # of those that wait for something; the oldest beyond are not listed
ASKING = [State.UNKNOWN, State.REFUSED, State.HANDED]
WAITING = [State.SCHEDULED, State.SENDING]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Told:
    """A share that is out, and how many its link brought (estimated)."""

    share: Share
    people: int


@dataclass(frozen=True)
class Own:
    asking: list[Share]  # something is asked of the member
    waiting: list[Share]
    drafts: list[Share]
    told: list[Told]
    older: str  # where the next page of `told` begins, or ""

    @property
    def is_empty(self) -> bool:
        return not (self.asking or self.waiting or self.drafts or self.told)


def own(member: Member, before: str = "") -> Own:
    """The member's shares by what they need. Two queries, and one for the people."""
    rows = Share.objects.filter(member=member).select_related("item", "link")
    open_ones = list(
        rows.filter(state__in=[*ASKING, *WAITING, State.DRAFT]).order_by(
            "-state_since", "-pk"
        )[:MOST_OPEN]
    )
    told = list(
        rows.filter(_from(before), state=State.SHARED).order_by("-shared_at", "-pk")[
            : PAGE + 1
        ]
    )
    brought = people(share.pk for share in told[:PAGE])
    return Own(
        _sorted(open_ones, ASKING),
        sorted(_sorted(open_ones, WAITING), key=lambda s: s.send_at or EPOCH),
        _sorted(open_ones, [State.DRAFT]),
        [Told(share, brought.get(share.pk, 0)) for share in told[:PAGE]],
        _place(told[PAGE - 1]) if len(told) > PAGE else "",
    )


def _sorted(shares: Iterable[Share], states: list[Share.State]) -> list[Share]:
    order = {state.value: place for place, state in enumerate(states)}
    found = [share for share in shares if share.state in order]
    return sorted(found, key=lambda share: order[share.state])


def _place(share: Share) -> str:
    assert share.shared_at
    return f"{(share.shared_at - EPOCH) // timedelta(microseconds=1)}-{share.pk}"


def _from(before: str) -> Q:
    """Shares after the place `before`; a place nobody made is the beginning."""
    first, _, last = before.partition("-")
    if not (first.isdecimal() and last.isdecimal() and len(before) < 40):
        return Q()
    try:
        at = EPOCH + timedelta(microseconds=int(first))
    except OverflowError:
        return Q()
    return Q(shared_at__lt=at) | Q(shared_at=at, pk__lt=int(last))


def draft_of(member: Member, item: Item) -> Share | None:
    """The member's draft about the item, if one is begun."""
    return Share.objects.filter(member=member, item=item, state=State.DRAFT).first()


def open_of(member: Member, item: Item) -> Share | None:
    """What the member has under way about the item, besides a draft."""
    rows = Share.objects.filter(member=member, item=item, state__in=[*ASKING, *WAITING])
    return rows.order_by("-state_since").first()


def channels_used(member: Member) -> list[str]:
    """Keys of the channels the member has shared on, the most used first."""
    rows = Share.objects.filter(
        member=member, state__in=[State.SHARED, State.HANDED, State.SCHEDULED]
    )
    counted = rows.values_list("channel").annotate(times=Count("pk"))
    return [key for key, _times in counted.order_by("-times", "channel")]


def server_used(member: Member, channel: str) -> str:
    """The server the member last named for a hand-off to the channel."""
    rows = Share.objects.filter(member=member, channel=channel).exclude(server="")
    return rows.order_by("-pk").values_list("server", flat=True).first() or ""

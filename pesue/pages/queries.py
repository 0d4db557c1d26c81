"""What the Today page is made of: each part one query, however full the house is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.utils.timezone import localdate

from pesue.content.access import meant_for
from pesue.content.models import Item
from pesue.encouragement.models import Impact, Thanks
from pesue.example.models import Showcase
from pesue.example.queries import Example
from pesue.guidance.check.quiet import Quiet
from pesue.guidance.models import Ask
from pesue.guidance.queries.concepts import running
from pesue.guidance.queries.course import Step as Lesson
from pesue.pages.concepts.queries import Together
from pesue.people.models import Member
from pesue.sharing.models import Share
from pesue.sharing.queries.links import people

REMEMBERED = timedelta(days=14)  # how long a draft or a hand-off is asked about
FRESH = timedelta(days=45)  # how old an item may be and still be the next step
TOLD = timedelta(days=30)  # how long Today tells what words did


@dataclass(frozen=True)
class Step:
    """The one next small step. `kind` names its template's words."""

    kind: str  # "confirm", "unknown", "asked", "draft", "tell", "read", "rest", "none"
    share: Share | None = None
    item: Item | None = None
    showcase: Showcase | None = None


@dataclass(frozen=True)
class Today:
    """All of the page; never more than fits four minutes."""

    step: Step
    example: Example | None
    impacts: list[Impact]
    thanks: list[Thanks]
    together: Together | None = None  # a running concept
    quiets: Sequence[Quiet] = ()  # quiet periods that concern the member
    asks: Sequence[Ask] = ()  # questions that wait for the member's answer
    lesson: Lesson | None = None  # to read next


def next_step(member: Member, *, now: datetime) -> Step:
    """One thing, the nearest to done first; a week off is kept."""
    begun = _begun(member, now=now)
    if begun and begun.state != Share.State.DRAFT:
        kind = "confirm" if begun.state == Share.State.HANDED else "unknown"
        return Step(kind, share=begun, item=begun.item)
    asked = _asked(member)
    if asked:
        return Step("asked", share=asked.share, showcase=asked)
    if member.paused_until and member.paused_until > localdate(now):
        return Step("rest")
    if begun:
        return Step("draft", share=begun, item=begun.item)
    item = matched(member, now=now).first()
    if item is None:
        return Step("none")
    return Step("read" if member.part == Member.Part.READER else "tell", item=item)


def _begun(member: Member, *, now: datetime) -> Share | None:
    """What waits for the member's word: an unsettled post before a draft."""
    waiting = [Share.State.UNKNOWN, Share.State.HANDED, Share.State.DRAFT]
    return (
        member.shares.filter(state__in=waiting, drafted_at__gt=now - REMEMBERED)
        .select_related("item__picture")
        .only(
            "member",
            "state",
            "text",
            "item__title",
            "item__summary",
            *_of("item__picture"),
        )
        .order_by(F("state").desc(), "-drafted_at")  # unknown, handed, draft
        .first()
    )


def _asked(member: Member) -> Showcase | None:
    return (
        Showcase.objects.filter(author=member, state=Showcase.State.ASKED)
        .select_related("share", "asked_by")
        .order_by("-state_since")
        .first()
    )


def matched(member: Member, *, now: datetime) -> QuerySet[Item]:
    """Fresh items the member has not told yet: own topics and language first."""
    topics = Item.topics.through.objects.filter(
        item=OuterRef("pk"), topic__followers=member
    )
    told = Share.objects.filter(member=member, item=OuterRef("pk"))
    return (
        meant_for(member)
        .filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=localdate(now)),
            ~Exists(told),
            ready_at__gt=now - FRESH,
        )
        .annotate(
            mine=Exists(topics),
            ours=Exists(running(today=localdate(now)).filter(pk=OuterRef("concept"))),
            own=Case(When(language=member.language, then=1), default=0),
        )
        .select_related("picture")
        .only("title", "summary", "language", *_of("picture"))
        .order_by("-mine", "-own", "-ours", "-ready_at", "-pk")
    )


def _of(picture: str) -> list[str]:
    """What showing a picture takes."""
    return [f"{picture}__{name}" for name in ("file", "alt", "width")]


def impacts(member: Member, *, now: datetime) -> list[Impact]:
    """The member's last shares that reached someone, each with all it has by now."""
    told = (
        member.impacts.filter(at__gt=now - TOLD)
        .select_related("share__item")
        .only("member", "people", "share__item__title")
        .order_by("-at", "-people")[:20]
    )
    furthest: dict[int, Impact] = {}
    for impact in told:
        known = furthest.get(impact.share_id)
        if known is None or impact.people > known.people:
            furthest[impact.share_id] = impact
    shown = list(furthest.values())[:3]
    read = people([impact.share_id for impact in shown])
    for impact in shown:  # the same number as My shares has
        impact.people = max(impact.people, read.get(impact.share_id, 0))
    return shown


def thanks(member: Member, *, now: datetime) -> list[Thanks]:
    """The last thanks the member got, newest first."""
    return list(
        Thanks.objects.filter(receiver=member, at__gt=now - TOLD)
        .select_related("giver", "share__item")
        .only("words", "giver__name", "share__item__title")
        .order_by("-at")[:3]
    )

"""What is lived and what is only said: values, concepts, and what was told on them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet
from django.utils.timezone import localdate

from pesue.content.access import offered_to
from pesue.content.models import Item, Story
from pesue.foundation.days import midnight
from pesue.guidance.models import Concept, Value
from pesue.guidance.queries.values import Lived, lived
from pesue.measurement.queries.concepts import posts_by_concept
from pesue.pages.concepts.queries import open_to, stories
from pesue.people.models import Member
from pesue.sharing.models import Share

PERIODS = {"quarter": 91, "year": 365, "all": 0}  # days; 0 is from the beginning


@dataclass(frozen=True)
class Grown:
    """A concept, and what has been told within it."""

    concept: Concept
    items: int
    stories: int
    posts: int | None  # at least; None: no figure of them may be shown

    @property
    def told(self) -> int:
        return self.items + self.stories + (self.posts or 0)


@dataclass(frozen=True)
class Branch:
    """A value, and the concepts grown on it."""

    value: Value
    grown: list[Grown]

    @property
    def items(self) -> int:
        return sum(one.items for one in self.grown)

    @property
    def stories(self) -> int:
        return sum(one.stories for one in self.grown)

    @property
    def posts(self) -> int:
        return sum(one.posts or 0 for one in self.grown)

    @property
    def told(self) -> int:
        return self.items + self.stories + self.posts


@dataclass(frozen=True)
class Coverage:
    branches: list[Branch]
    loose: list[Grown]  # concepts without a value
    lived: Lived


def coverage(*, now: datetime, period: str) -> Coverage:
    """All values. The same number of queries, however much there is."""
    grown = _grown(Concept.objects.all(), now=now, period=period)
    by_value: dict[int, list[Grown]] = {}
    loose = []
    for one in grown:
        for value in one.concept.values.all():
            by_value.setdefault(value.pk, []).append(one)
        if not one.concept.values.all() and one.told:
            loose.append(one)
    values = Value.objects.all()
    branches = [Branch(value, by_value.get(value.pk, [])) for value in values]
    return Coverage(branches, loose, lived())


def _grown(among: QuerySet[Concept], *, now: datetime, period: str) -> list[Grown]:
    since = _since(now, period)
    concepts = list(among.prefetch_related("values").order_by("-ends", "pk"))
    items, told = _items(since), _stories(since)
    day = localdate(since) if since else None
    posts = posts_by_concept(concepts, since=day, today=localdate(now))
    return [
        Grown(c, items.get(c.pk, 0), told.get(c.pk, 0), posts.get(c.pk))
        for c in concepts
    ]


def _since(now: datetime, period: str) -> datetime | None:
    days = PERIODS[period]
    if not days:
        return None
    return midnight(localdate(now) - timedelta(days=days))


def _items(since: datetime | None) -> dict[int, int]:
    """Fact cards by concept; what colleagues made is counted as stories."""
    ready = [Item.State.READY, Item.State.EXPIRED]
    rows = Item.objects.filter(
        state__in=ready, concept__isnull=False, story__isnull=True
    )
    if since:
        rows = rows.filter(ready_at__gte=since)
    return dict(rows.order_by().values_list("concept").annotate(Count("pk")))


def _stories(since: datetime | None) -> dict[int, int]:
    rows = stories().filter(concept__isnull=False)
    if since:
        rows = rows.filter(accepted_at__gte=since)
    return dict(rows.order_by().values_list("concept").annotate(Count("pk")))


@dataclass(frozen=True)
class Told:
    """Everything told on one value that the member may see."""

    branch: Branch
    items: list[Item]
    stories: list[Story]
    own: list[Share]  # the member's own posts


def told_on(value: Value, member: Member, *, now: datetime) -> Told:
    today: date = localdate(now)
    concepts = Concept.objects.filter(values=value)
    branch = Branch(value, _grown(concepts, now=now, period="all"))
    items = offered_to(member, today=today).filter(
        concept__in=concepts, story__isnull=True
    )
    ready = items.exclude(valid_until__lt=today)
    by_colleagues = open_to(member).filter(concept__in=concepts)
    own = member.shares.filter(item__concept__in=concepts, state=Share.State.SHARED)
    return Told(
        branch,
        list(ready.select_related("concept").order_by("-ready_at")[:30]),
        list(by_colleagues[:30]),
        list(own.select_related("item").order_by("-shared_at")[:30]),
    )

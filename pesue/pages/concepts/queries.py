"""A concept while it lives, and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from pesue.content.access import for_team_of, offered_to
from pesue.content.models import Item, Picture, Story
from pesue.example.models import Takeover
from pesue.example.queries.takeovers import within_concept
from pesue.guidance.models import Concept, Prompt
from pesue.guidance.queries.concepts import prompts, running
from pesue.measurement.queries.concepts import AtLeast, at_least
from pesue.people.models import Member

SHOWN = 12  # of each


@dataclass(frozen=True)
class Harvest:
    """What came of a concept."""

    items: int
    stories: int
    told: AtLeast


@dataclass(frozen=True)
class Living:
    concept: Concept
    over: bool
    days: int  # left; 0 on the last, less than 0 when it is over
    begins_in: int  # days until it begins; less than 1: it has
    prompts: list[Prompt]
    items: list[Item]
    stories: list[Story]
    pictures: list[Picture]
    takeovers: list[Takeover]
    harvest: Harvest


def living(concept: Concept, member: Member, *, now: datetime) -> Living:
    today = localdate(now)
    items = offered_to(member, today=today).filter(concept=concept, story__isnull=True)
    return Living(
        concept=concept,
        over=concept.ends < today,
        days=(concept.ends - today).days,
        begins_in=(concept.starts - today).days,
        prompts=prompts(concept, member.language),
        items=list(items.select_related("picture").order_by("-ready_at")[:SHOWN]),
        stories=list(open_to(member).filter(concept=concept)[:SHOWN]),
        takeovers=list(within_concept(concept)[:SHOWN]),
        pictures=list(concept.pictures.exclude(people="")),
        harvest=harvest(concept, today=today),
    )


def stories() -> QuerySet[Story]:
    """Accepted ones, by authors who are here, the newest first."""
    rows = Story.objects.filter(
        state=Story.State.ACCEPTED, author__state=Member.State.ACTIVE
    )
    return rows.select_related("author", "item").order_by("-accepted_at", "-pk")


def open_to(member: Member) -> QuerySet[Story]:
    """Stories whose card is for the member's team, or was while it lasted."""
    return stories().filter(Q(item__isnull=True) | Q(item__in=for_team_of(member)))


def harvest(concept: Concept, *, today: date) -> Harvest:
    ready = [Item.State.READY, Item.State.EXPIRED]
    items = Item.objects.filter(concept=concept, state__in=ready, story__isnull=True)
    return Harvest(
        items=items.count(),
        stories=stories().filter(concept=concept).count(),
        told=at_least(concept, today=today),
    )


def all_concepts(*, today: date) -> QuerySet[Concept]:
    """Running and coming ones first, then those that are over, the newest first."""
    rows = Concept.objects.annotate(
        told=Count("items", filter=Q(items__state=Item.State.READY))
    )
    return rows.prefetch_related("values").order_by("-ends", "pk")


@dataclass(frozen=True)
class Together:
    """A running concept as Today shows it."""

    concept: Concept
    prompt: Prompt | None
    days: int


def together(member: Member, *, now: datetime) -> Together | None:
    """The running concept that ends first, with a prompt of this week."""
    today = localdate(now)
    concept = running(today=today).prefetch_related("prompts").first()
    if concept is None:
        return None
    found = prompts(concept, member.language)
    week = today.isocalendar().week
    prompt = found[week % len(found)] if found else None
    return Together(concept, prompt, (concept.ends - today).days)

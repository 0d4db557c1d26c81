"""What guides a member, on its own page and beside what they write."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q

from pesue.guidance.models import Concept, Guideline, Topic, Value
from pesue.people.models import Member

ENOUGH = 5  # guidelines beside a text: more are not read


@dataclass(frozen=True)
class Guidance:
    """All of it, for reading. `followed` holds ids of topics."""

    values: list[Value]
    guidelines: list[Guideline]
    topics: list[Topic]
    concepts: list[Concept]
    followed: set[int]


@dataclass(frozen=True)
class Fitting:
    """What fits one fact card; the more particular first."""

    values: list[Value] = field(default_factory=list)
    guidelines: list[Guideline] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    concept: Concept | None = None


def everything(member: Member, *, today: date) -> Guidance:
    """Values, guidelines, topics, and the concepts that have not ended."""
    guidelines = Guideline.objects.prefetch_related("values", "topics")
    return Guidance(
        list(Value.objects.prefetch_related("behaviours")),
        list(guidelines.select_related("owner")),
        list(Topic.objects.prefetch_related(_owners())),
        list(Concept.objects.filter(ends__gte=today).prefetch_related("values")),
        set(member.topics.values_list("pk", flat=True)),
    )


def fitting(topics: Iterable[Topic], concept: Concept | None) -> Fitting:
    """The guidelines of these topics and of all, their values and the concept's.

    A fixed number of queries, however many topics there are.
    """
    ids = [topic.pk for topic in topics]
    found = list(
        Guideline.objects.filter(Q(topics__in=ids) | Q(topics__isnull=True))
        .distinct()
        .prefetch_related("values", "topics")
        .select_related("owner")
    )
    found.sort(key=lambda guideline: not guideline.topics.all())
    guidelines = found[:ENOUGH]
    wanted = {value.pk for guideline in guidelines for value in guideline.values.all()}
    return Fitting(
        _values(wanted, concept),
        guidelines,
        list(Topic.objects.filter(pk__in=ids).prefetch_related(_owners())),
        concept,
    )


def _values(ids: Collection[int], concept: Concept | None) -> list[Value]:
    of_concept = Q(concepts=concept.pk) if concept else Q()
    rows = Value.objects.filter(Q(pk__in=ids) | of_concept).distinct()
    return list(rows.prefetch_related("behaviours"))


def _owners() -> "Prefetch[str]":
    active = Member.objects.filter(state=Member.State.ACTIVE).order_by("name")
    return Prefetch("owners", active)
